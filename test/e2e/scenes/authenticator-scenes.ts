// The authenticator: empty, full, found, adding, errors.
import {
  type Account,
  type ClockStatus,
  type DeletedAccount,
  type Output,
  type Settings,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { sampleAccount } from '../../fakes/sample-account.ts';
import { appAnswers, appStatus, clockRight, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const account = (id: string, issuer: string, name: string, more: Partial<Account> = {}): Account =>
  sampleAccount(id, { issuer, name, addedAtMs: SCENE_NOW_MS, ...more });

const weak =
  'The secret has only 80 bits; 128 are the least recommended. Its codes work; the secret is easier to guess.';

const accounts: readonly Account[] = [
  account('github', 'GitHub', 'maria@northwind.example', { pinned: true, tags: ['work', 'code'] }),
  account('northwind', 'Northwind', 'maria.keller', { tags: ['work'], hasNote: true }),
  account('aws', 'AWS', 'maria-admin · 4471-2093', { tags: ['work'] }),
  account('fastmail', 'Fastmail', 'maria@fastmail.example', { tags: ['home'] }),
  account('proton', 'Proton', 'maria@proton.example', { warnings: [weak], tags: ['home'] }),
  account('steam', 'Steam', 'mkeller', { type: 'steam', digits: 5, tags: ['home', 'games'] }),
  account('bank', 'Bank of Aare', 'KL-20931', { digits: 8, periodS: 60 }),
];

const vpn = account('vpn', 'Northwind VPN', 'mkeller', { type: 'hotp', periodS: 0, tags: ['work'] });

const digits: Readonly<Record<string, readonly [string, string]>> = {
  github: ['482913', '118027'],
  northwind: ['207564', '946310'],
  aws: ['915038', '002775'],
  fastmail: ['330871', '581660'],
  proton: ['664209', '137904'],
  steam: ['R7QXC', 'KD4MW'],
  bank: ['71844209', '39021855'],
};

/** Codes that live for so long from when they are asked for. */
const codes =
  (leftMs: number, correctedByMs = 0) =>
  ({ ids }: { readonly ids: readonly string[] }): Output<'authenticator:codes'> => {
    const nowMs = Date.now();
    return {
      nowMs,
      correctedByMs,
      codes: ids.map((id) => {
        if (id === vpn.id) return { id, code: '', nextCode: '', validFromMs: 0, validUntilMs: 0 };
        const [code, nextCode] = digits[id] ?? ['104772', '993015'];
        return { id, code, nextCode, validFromMs: nowMs + leftMs - 30_000, validUntilMs: nowMs + leftMs };
      }),
    };
  };

export const full: FakeAnswers = {
  ...appAnswers,
  'authenticator:list': { accounts: [...accounts] },
  'authenticator:codes': codes(24_900),
  'authenticator:copyCode': { by: 'host', clearsAfterMs: 30_000 },
  'authenticator:delete': {},
};

/** The same day with other settings. */
const withSettings = (settings: Partial<Settings>): FakeAnswers => ({
  'app:status': { ...appStatus, settings: { ...appStatus.settings, ...settings } },
});

const counted: FakeAnswers = {
  ...full,
  'authenticator:list': { accounts: [vpn, ...accounts] },
  'authenticator:advance': { id: vpn.id, code: '755224', nextCode: '', validFromMs: 0, validUntilMs: 0 },
};

const details: Pick<FakeAnswers, 'authenticator:details'> = {
  'authenticator:details': ({ id }) => ({
    ...([vpn, ...accounts].find((one) => one.id === id) ?? vpn),
    note: 'The VPN asks for it as well. Help desk: extension 4471.',
    counter: id === vpn.id ? 42 : null,
  }),
};

const DAY_MS = 86_400_000;
const deleted = (one: Account, leavesInMs: number): DeletedAccount => ({
  ...one,
  deletedAtMs: Date.now() + leavesInMs - 30 * DAY_MS,
  leavesAtMs: Date.now() + leavesInMs,
});

const thousands: FakeAnswers = {
  ...full,
  'authenticator:list': {
    accounts: Array.from({ length: 10_000 }, (_, index) =>
      account(
        `many-${index}`,
        `Service ${index + 1}`,
        'maria.keller@an-organization-with-a-very-long-name.example',
        { tags: [`team ${index % 40}`] },
      ),
    ),
  },
};

const behind: ClockStatus = { ...clockRight, offsetMs: 40_200, verdict: 'warning' };

type Act = NonNullable<Scene['act']>;

const openMenuOf =
  (name: string): Act =>
  async (page) => {
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menu').waitFor();
  };

const askToReveal: Act = async (page) => {
  await openMenuOf('Northwind (maria.keller)')(page);
  await page.getByRole('menuitem', { name: 'Show secret and QR code' }).click();
  await page.getByRole('dialog').waitFor();
};

const editAccount =
  (id: string): Act =>
  async (page) => {
    await page.locator(`#account-${id}`).focus();
    await page.keyboard.press('e');
    await page.getByRole('textbox', { name: 'Issuer' }).waitFor();
  };

const empty: FakeAnswers = {
  ...appAnswers,
  'authenticator:list': { accounts: [] },
  'authenticator:trash': { accounts: [] },
};

export const authenticatorScenes: readonly Scene[] = [
  { name: 'authenticator-full', route: 'authenticator', answers: full },
  {
    name: 'authenticator-late',
    route: 'authenticator',
    answers: { ...full, 'authenticator:codes': codes(8_900) },
    act: async (page) => page.locator('#account-northwind').focus(),
  },
  { name: 'authenticator-empty', route: 'authenticator', answers: empty },
  {
    name: 'authenticator-thousands',
    route: 'authenticator',
    answers: thousands,
    act: async (page) => {
      await page.locator('#account-many-0').focus();
      await page.keyboard.press('End');
      await page.getByText('Service 10000').waitFor();
    },
  },
  {
    name: 'authenticator-thousands-search',
    route: 'authenticator',
    answers: { ...thousands, ...withSettings({ density: 'compact' }) },
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('999 team');
      await page.keyboard.press('ArrowDown');
      await page.getByText('of 10000 accounts').waitFor();
    },
  },
  {
    name: 'authenticator-compact',
    route: 'authenticator',
    answers: { ...counted, ...withSettings({ density: 'compact' }) },
    act: async (page) => page.locator('#account-aws').focus(),
  },
  {
    name: 'authenticator-hidden',
    route: 'authenticator',
    answers: { ...counted, ...withSettings({ hidesCodes: true }) },
    act: async (page) => page.locator('#account-northwind').focus(),
  },
  { name: 'authenticator-counted', route: 'authenticator', answers: counted },
  {
    name: 'authenticator-counted-shown',
    route: 'authenticator',
    answers: counted,
    act: async (page) => {
      await page.getByRole('button', { name: 'Next code of Northwind VPN' }).click();
      await page.getByText('755 224').waitFor();
    },
  },
  {
    name: 'authenticator-tag',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.getByRole('radio', { name: 'work 3' }).click();
      await page.getByText('3 of 7 accounts').waitFor();
    },
  },
  {
    name: 'authenticator-tag-rename',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.getByRole('radio', { name: 'work 3' }).click();
      await page.getByRole('button', { name: 'Actions for the tag work' }).click();
      await page.getByRole('menuitem', { name: 'Rename tag' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('home');
    },
  },
  {
    name: 'authenticator-tag-remove',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.getByRole('radio', { name: 'work 3' }).click();
      await page.getByRole('button', { name: 'Actions for the tag work' }).click();
      await page.getByRole('menuitem', { name: 'Remove tag' }).click();
      await page.getByRole('alertdialog', { name: 'Remove this tag?' }).waitFor();
    },
  },
  {
    name: 'authenticator-order',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.getByRole('button', { name: 'Order: By hand' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'authenticator-corrected',
    route: 'authenticator',
    answers: { ...full, 'authenticator:codes': codes(24_900, 40_200), 'clock:status': behind },
  },
  {
    name: 'authenticator-clock-behind',
    route: 'authenticator',
    answers: { ...full, 'clock:status': behind },
  },
  {
    name: 'authenticator-edit',
    route: 'authenticator',
    answers: { ...full, ...details },
    act: async (page) => {
      await editAccount('northwind')(page);
      await page.getByRole('textbox', { name: 'Tags' }).focus();
    },
  },
  {
    name: 'authenticator-edit-counted',
    route: 'authenticator',
    answers: { ...counted, ...details },
    act: async (page) => {
      await editAccount('vpn')(page);
      await page.getByRole('textbox', { name: 'Issuer' }).fill('');
      await page.getByRole('textbox', { name: 'Account' }).fill('');
      await page.getByRole('button', { name: 'Advanced' }).click();
      await page.getByRole('textbox', { name: 'Counter' }).focus();
    },
  },
  { name: 'authenticator-reveal-ask', route: 'authenticator', answers: full, act: askToReveal },
  {
    name: 'authenticator-reveal-passphrase',
    route: 'authenticator',
    answers: {
      ...full,
      'app:status': { ...appStatus, keys: { kind: 'ready', protection: 'passphrase' } },
      'authenticator:reveal': () => {
        throw new TwofoldError(
          'passphrase-refused',
          'This is not the passphrase. Nothing was shown. Type it again.',
          { reason: 'wrong' },
        );
      },
    },
    act: async (page) => {
      await askToReveal(page);
      await page.getByLabel('Passphrase', { exact: true }).fill('correct horse');
      await page.getByRole('button', { name: 'Show secret' }).click();
      await page.getByText('This is not the passphrase.').waitFor();
    },
  },
  {
    name: 'authenticator-revealed',
    route: 'authenticator',
    answers: {
      ...full,
      'authenticator:reveal': {
        secret: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
        link: 'otpauth://totp/Northwind:maria.keller?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Northwind',
      },
    },
    act: async (page) => {
      await askToReveal(page);
      await page.getByRole('button', { name: 'Show secret' }).click();
      await page.getByText('Hides itself in').waitFor();
    },
  },
  {
    name: 'authenticator-keyboard',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    },
  },
  {
    name: 'authenticator-trash',
    route: 'authenticator/trash',
    answers: {
      ...full,
      'authenticator:trash': () => ({
        accounts: [
          deleted(account('old-github', 'GitHub', 'maria@old-company.example'), 29.6 * DAY_MS),
          deleted(account('old-shop', 'Kaffeerösterei Aare', ''), 9.5 * DAY_MS),
          deleted(account('old-mail', 'Post', 'maria'), 5.2 * 3_600_000),
        ],
      }),
    },
  },
  {
    name: 'authenticator-trash-forever',
    route: 'authenticator/trash',
    answers: {
      ...full,
      'authenticator:trash': () => ({
        accounts: [deleted(account('old-github', 'GitHub', 'maria@old-company.example'), 29.6 * DAY_MS)],
      }),
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Delete forever: GitHub (maria@old-company.example)' }).click();
      await page.getByRole('alertdialog', { name: 'Delete this account forever?' }).waitFor();
    },
  },
  {
    name: 'authenticator-trash-empty',
    route: 'authenticator/trash',
    answers: { ...full, 'authenticator:trash': { accounts: [] } },
  },
  {
    name: 'authenticator-search',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('maria work');
      await page.keyboard.press('ArrowDown');
      await page.getByText('3 of 7 accounts').waitFor();
    },
  },
  {
    name: 'authenticator-search-nothing',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('gitlab');
      await page.getByText('Nothing found').waitFor();
    },
  },
  {
    name: 'authenticator-menu',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.getByRole('button', { name: 'Actions for Northwind' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'authenticator-copied',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.locator('#account-northwind').click();
      await page.getByText('The clipboard is cleared').waitFor();
    },
  },
  {
    name: 'authenticator-deleted',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.locator('#account-aws').focus();
      await page.keyboard.press('Delete');
      await page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  {
    name: 'authenticator-error',
    route: 'authenticator',
    answers: {
      ...appAnswers,
      'authenticator:list': () => {
        throw new TwofoldError(
          'storage-failed',
          'The accounts cannot be read from the disk. They are kept as they are. Check the disk, then try again.',
        );
      },
    },
  },
];
