// The quick-copy window in its own size, and the settings of the desktop.
import type { Page } from 'playwright-core';
import type { Account, AccountCode } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { sampleAccount } from '../../fakes/sample-account.ts';
import { appAnswers, appStatus, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const account = (id: string, issuer: string, name: string, more: Partial<Account> = {}): Account =>
  sampleAccount(id, { issuer, name, addedAtMs: SCENE_NOW_MS, ...more });

const accounts = [
  account('northwind', 'Northwind', 'maria.keller', { pinned: true }),
  account('github', 'GitHub', 'maria@northwind.example', { pinned: true }),
  account('aws', 'AWS', 'maria-admin · 4471-2093'),
  account('bank', 'Bank of Aare', 'KL-20931', { digits: 8, periodS: 60 }),
  account('token', 'Northwind VPN', 'mk', { type: 'hotp', periodS: 0 }),
  account(
    'long',
    'Stadtwerke Musterstadt Kundenzentrum',
    'maria.keller@an-organization-with-a-long-name.example',
  ),
  account('proton', 'Proton', 'maria@proton.example'),
  account('fastmail', 'Fastmail', 'maria@fastmail.example'),
  account('steam', 'Steam', 'mkeller', { type: 'steam', digits: 5 }),
  account('gitlab', 'GitLab', 'mkeller'),
];

const codeOf = (id: string): readonly [string, string] =>
  id === 'bank' ? ['71844209', '39021855'] : id === 'steam' ? ['R7QXC', 'KD4MW'] : ['482913', '118027'];

const codes = ({ ids }: { readonly ids: readonly string[] }) => {
  const nowMs = Date.now();
  return {
    nowMs,
    correctedByMs: 0,
    codes: ids.map((id): AccountCode => {
      if (id === 'token') return { id, code: '', nextCode: '', validFromMs: 0, validUntilMs: 0 };
      const [code, nextCode] = codeOf(id);
      const leftMs = id === 'bank' ? 8_900 : 24_900;
      return { id, code, nextCode, validFromMs: nowMs + leftMs - 30_000, validUntilMs: nowMs + leftMs };
    }),
  };
};

const onDesktop: FakeAnswers = {
  ...appAnswers,
  'app:status': { ...appStatus, host: 'desktop' },
  'authenticator:list': { accounts },
  'authenticator:codes': codes,
  'authenticator:copyCode': { by: 'host', clearsAfterMs: 30_000 },
};

const inItsWindow = async (page: Page): Promise<void> => {
  await page.setViewportSize({ width: 480, height: 540 });
};

const scene = (name: string, answers: FakeAnswers, act: Scene['act'] = () => Promise.resolve()): Scene => ({
  name: `quick-copy-${name}`,
  route: 'quick-copy',
  answers,
  act: async (page) => {
    await inItsWindow(page);
    await act(page);
  },
});

const withKeys = (settings: Partial<typeof appStatus.settings>, fault: string | null): FakeAnswers => ({
  ...onDesktop,
  'app:status': {
    ...appStatus,
    host: 'desktop',
    quickCopyFault: fault,
    settings: { ...appStatus.settings, ...settings },
  },
  'app:saveSettings': (saved) => saved,
});

const toDesktopCard = async (page: Page): Promise<void> => {
  await page.getByRole('group', { name: 'Keys for quick copy' }).scrollIntoViewIfNeeded();
};

export const quickCopyScenes: readonly Scene[] = [
  scene('full', onDesktop, async (page) => {
    await page.getByText('482 913').first().waitFor();
    await page.keyboard.press('ArrowDown');
  }),
  scene('found', onDesktop, async (page) => {
    await page.keyboard.type('git');
    await page.getByText('GitLab').waitFor();
  }),
  scene('nothing', onDesktop, async (page) => {
    await page.keyboard.type('zzz');
    await page.getByText('Nothing found').waitFor();
  }),
  scene('empty', { ...onDesktop, 'authenticator:list': { accounts: [] } }),
  scene('hidden', withKeys({ hidesCodes: true }, null), async (page) => {
    await page.getByLabel('Code hidden').first().waitFor();
  }),
  scene('locked', {
    ...onDesktop,
    'app:status': {
      ...appStatus,
      host: 'desktop',
      keys: { kind: 'enter-passphrase', reason: 'Your data is protected by a passphrase.' },
    },
  }),
  {
    name: 'quick-copy-settings',
    route: 'settings',
    answers: withKeys({ quickCopyKeys: 'Control+Shift+Space', staysInTray: true }, null),
    act: toDesktopCard,
  },
  {
    name: 'quick-copy-settings-taken',
    route: 'settings',
    answers: withKeys(
      { quickCopyKeys: 'Control+Alt+T' },
      'Another program or the system has these keys already. Choose others.',
    ),
    act: toDesktopCard,
  },
  {
    name: 'quick-copy-settings-recording',
    route: 'settings',
    answers: withKeys({}, null),
    act: async (page) => {
      await page.getByRole('button', { name: 'Choose keys' }).click();
      await page.keyboard.press('Control+c');
      await page.getByText('so that no program loses').waitFor();
      await toDesktopCard(page);
    },
  },
];
