// The authenticator: empty, full, found, adding, errors.
import {
  type Account,
  type AccountCode,
  type Candidate,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { appAnswers, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const account = (id: string, issuer: string, name: string, more: Partial<Account> = {}): Account => ({
  id,
  issuer,
  name,
  type: 'totp',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  addedAtMs: SCENE_NOW_MS,
  warnings: [],
  ...more,
});

const weak =
  'The secret has only 80 bits; 128 are the least recommended. Its codes work, but they are easier to guess.';

const accounts: readonly Account[] = [
  account('github', 'GitHub', 'maria@northwind.example'),
  account('northwind', 'Northwind', 'maria.keller'),
  account('aws', 'AWS', 'maria-admin · 4471-2093'),
  account('fastmail', 'Fastmail', 'maria@fastmail.example'),
  account('proton', 'Proton', 'maria@proton.example', { warnings: [weak] }),
  account('steam', 'Steam', 'mkeller', { type: 'steam', digits: 5 }),
  account('bank', 'Bank of Aare', 'KL-20931', { digits: 8, periodS: 60 }),
];

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
  (leftMs: number) =>
  ({ ids }: { readonly ids: readonly string[] }): { codes: AccountCode[]; nowMs: number } => {
    const nowMs = Date.now();
    return {
      nowMs,
      codes: ids.map((id) => {
        const [code, nextCode] = digits[id] ?? ['104772', '993015'];
        return { id, code, nextCode, validFromMs: nowMs + leftMs - 30_000, validUntilMs: nowMs + leftMs };
      }),
    };
  };

const full: FakeAnswers = {
  ...appAnswers,
  'authenticator:list': { accounts: [...accounts] },
  'authenticator:codes': codes(24_900),
  'authenticator:copyCode': { by: 'host', clearsAfterMs: 30_000 },
  'authenticator:delete': {},
};

const empty: FakeAnswers = { ...appAnswers, 'authenticator:list': { accounts: [] } };

const candidate = (id: string, issuer: string, name: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  issuer,
  name,
  type: 'totp',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  status: 'new',
  warnings: [],
  ...more,
});
const link = 'otpauth://totp/Northwind:maria.keller?secret=JBSWY3DPEHPK3PXP&issuer=Northwind';

const openAdding = (tab: string) => async (page: Parameters<NonNullable<Scene['act']>>[0]) => {
  await page.getByRole('button', { name: 'Add account' }).click();
  await page.getByRole('tab', { name: tab }).click();
};

const readLink = async (page: Parameters<NonNullable<Scene['act']>>[0]) => {
  await openAdding('Paste a link')(page);
  await page.getByRole('textbox', { name: 'Link' }).fill(link);
  await page.getByRole('button', { name: 'Read link' }).click();
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
    answers: {
      ...full,
      'authenticator:list': {
        accounts: Array.from({ length: 10_000 }, (_, index) =>
          account(
            `many-${index}`,
            `Service ${index + 1}`,
            'maria.keller@an-organization-with-a-very-long-name.example',
          ),
        ),
      },
    },
    act: async (page) => {
      await page.locator('#account-many-0').focus();
      await page.keyboard.press('End');
      await page.getByText('Service 10000').waitFor();
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
    name: 'authenticator-rename',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await page.locator('#account-northwind').focus();
      await page.keyboard.press('e');
      await page.getByRole('dialog').waitFor();
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
  { name: 'add-account-picture', route: 'authenticator', answers: empty, act: openAdding('Read a picture') },
  { name: 'add-account-link', route: 'authenticator', answers: empty, act: openAdding('Paste a link') },
  {
    name: 'add-account-manual',
    route: 'authenticator',
    answers: full,
    act: async (page) => {
      await openAdding('Type it in')(page);
      await page.getByRole('textbox', { name: 'Issuer' }).fill('Northwind');
      await page.getByRole('textbox', { name: 'Account' }).fill('maria.keller');
      await page.getByRole('textbox', { name: 'Secret' }).fill('jbsw y3dp ehpk 3px0');
      await page.getByRole('button', { name: 'Advanced' }).click();
    },
  },
  {
    name: 'add-account-preview',
    route: 'authenticator',
    answers: {
      ...full,
      'authenticator:previewText': {
        candidates: [candidate('one', 'Northwind', 'maria.keller')],
        leftOut: [],
      },
    },
    act: async (page) => {
      await readLink(page);
      await page.getByText('Add this account?').waitFor();
    },
  },
  {
    name: 'add-account-preview-many',
    route: 'authenticator',
    answers: {
      ...full,
      'authenticator:previewText': {
        candidates: [
          candidate('one', 'Northwind', 'maria.keller'),
          candidate('two', 'GitHub', 'maria@northwind.example', { status: 'already-there' }),
          candidate('three', 'Stadtwerke <script>alert(1)</script>', 'zähler-8841', {
            digits: 8,
            algorithm: 'SHA-256',
            warnings: [weak],
          }),
        ],
        leftOut: [
          { where: 'Line 4', reason: 'The link has no secret.' },
          {
            where: 'Line 5',
            reason:
              'This account counts its codes (HOTP) instead of timing them. Twofold cannot keep such accounts yet.',
          },
        ],
      },
    },
    act: async (page) => {
      await readLink(page);
      await page.getByText('Left out').waitFor();
    },
  },
  {
    name: 'add-account-refused',
    route: 'authenticator',
    answers: {
      ...full,
      'authenticator:previewText': () => {
        throw new TwofoldError(
          'account-refused',
          'The period must be between 1 second and a day. Nothing was added.',
        );
      },
    },
    act: async (page) => {
      await readLink(page);
      await page.getByRole('alert').waitFor();
    },
  },
];
