// The console as its users meet it: beginning, sign-in, set-up, codes, reset, one's own account.
import {
  type ConsoleStep,
  type Directory,
  type MyAccount,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import type { Page } from 'playwright-core';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { ConsolePage } from '../pages/console-page.ts';
import { appAnswers, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const organization = 'Northwind';
const person = { id: 'jonas', userName: 'jonas.frei', displayName: 'Jonas Frei', role: 'user' } as const;
const sheet = {
  uri: 'otpauth://totp/Northwind:jonas.frei?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Northwind',
  groupedSecret: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
  issuer: organization,
  accountName: person.userName,
};

/** The pages run on the real clock, so what is left of a step is counted from now. */
const inMs = (spanMs: number): number => Date.now() + spanMs;

const signedIn = (more: Partial<Extract<ConsoleStep, { kind: 'signed-in' }>> = {}): ConsoleStep => ({
  kind: 'signed-in',
  organization,
  person,
  sessionId: 'session-1',
  idleEndsAtMs: inMs(30 * MINUTE_MS),
  endsAtMs: inMs(12 * HOUR_MS),
  twoFactorOn: true,
  factorSetUp: true,
  trustedUntilMs: null,
  notices: [],
  pendingReset: null,
  rollOutDeadlineMs: null,
  breakGlassAtMs: null,
  ...more,
});

const account: MyAccount = {
  person,
  factor: { addedAtMs: SCENE_NOW_MS - 15 * DAY_MS, lastUsedAtMs: SCENE_NOW_MS },
  backupProvenAtMs: SCENE_NOW_MS - 15 * DAY_MS,
  recoveryCodes: { left: 9, madeAtMs: SCENE_NOW_MS - 15 * DAY_MS },
  trustedBrowsers: [
    {
      id: 'trust-1',
      name: 'Firefox on Windows',
      firstUsedAtMs: SCENE_NOW_MS - 4 * DAY_MS,
      lastUsedAtMs: SCENE_NOW_MS - DAY_MS,
      expiresAtMs: SCENE_NOW_MS + 26 * DAY_MS,
      isThisBrowser: true,
    },
    {
      id: 'trust-2',
      name: 'Safari on macOS',
      firstUsedAtMs: SCENE_NOW_MS - 9 * DAY_MS,
      lastUsedAtMs: SCENE_NOW_MS - 3 * DAY_MS,
      expiresAtMs: SCENE_NOW_MS + 21 * DAY_MS,
      isThisBrowser: false,
    },
  ],
  sessions: [
    {
      id: 'session-1',
      browser: 'Firefox on Windows',
      startedAtMs: SCENE_NOW_MS,
      lastUsedAtMs: SCENE_NOW_MS,
      isThisSession: true,
    },
    {
      id: 'session-2',
      browser: 'Safari on macOS',
      startedAtMs: SCENE_NOW_MS - 2 * HOUR_MS,
      lastUsedAtMs: SCENE_NOW_MS - HOUR_MS,
      isThisSession: false,
    },
  ],
  recentSignIns: [
    { atMs: SCENE_NOW_MS, browser: 'Firefox on Windows', outcome: 'signed in' },
    { atMs: SCENE_NOW_MS - 2 * HOUR_MS, browser: 'Safari on macOS', outcome: 'signed in' },
    { atMs: SCENE_NOW_MS - 3 * DAY_MS, browser: 'Chromium on Linux', outcome: 'refused' },
  ],
};

const at = (step: ConsoleStep, more: FakeAnswers = {}): FakeAnswers => ({
  ...appAnswers,
  'console:step': step,
  'console:passwordStrength': ({ password }) =>
    password.length < 12
      ? {
          score: 1,
          accepted: false,
          advice: 'This is similar to a commonly used password. Add another word or two.',
        }
      : { score: 4, accepted: true, advice: '' },
  'console:myAccount': account,
  ...more,
});

const signedOut: ConsoleStep = { kind: 'signed-out', organization };
const setUp: ConsoleStep = {
  kind: 'set-up',
  organization,
  person,
  expiresAtMs: inMs(20 * MINUTE_MS),
  sheet,
};
const code = (
  attemptsLeft: number,
  more: Partial<Extract<ConsoleStep, { kind: 'code' }>> = {},
): ConsoleStep => ({
  kind: 'code',
  organization,
  person,
  expiresAtMs: inMs(5 * MINUTE_MS),
  trustDays: 30,
  digits: 6,
  attemptsLeft,
  breakGlass: false,
  ...more,
});
const behind =
  'That code was right 90 seconds ago: the clock of the device is 90 s behind. Set the device’s clock, then use a new code.';

const administrator = {
  id: 'maria',
  userName: 'maria.keller',
  displayName: 'Maria Keller',
  role: 'administrator',
} as const;
const offlineCodes = [
  'K7MF-2PQX-AT5N-4WVD',
  'QH3J-77LA-ZXPE-ROKC',
  '5NDA-JUWS-IB2M-VV6T',
  'GEXO-4RLY-PC7H-DS3K',
  'W2ZU-MHQN-6TFI-XJBA',
  'LR5C-YKPV-3OGE-7NWD',
  'BUT7-ASXM-QHJ2-I4ZF',
  'V6DN-WGEK-RLP5-TCYO',
  'J3OX-HZBQ-UM4S-AFR7',
  'PI2Y-KTCV-5WNL-GQED',
];

/** Nobody but whoever looks. */
const directory: Directory = {
  organization,
  twoFactorOn: true,
  twoFactorChangedAtMs: SCENE_NOW_MS - 15 * DAY_MS,
  rollOutDeadlineMs: null,
  counts: { total: 0, setUp: 0, pending: 0, notSetUp: 0, serviceAccounts: 0, blocked: 0, inactive: 0 },
  units: [],
  limitedToUnitId: null,
  matching: 0,
  users: [],
};

/** The session ends when this method is called, and there is another one after the next sign-in. */
function endingAt(
  method: 'console:changeMyPassword' | 'administration:addUser',
  home: ConsoleStep,
): FakeAnswers {
  let isOver = false;
  return {
    'console:step': () => (isOver ? signedOut : home),
    'console:signIn': () => {
      isOver = false;
      return home;
    },
    [method]: () => {
      isOver = true;
      throw new TwofoldError('not-signed-in', 'You are not signed in any more. Sign in again.');
    },
  };
}

/** Opens "I can't use my device". */
const toLostDevice = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'I can’t use my device' }).click();
  await page.getByRole('list', { name: 'Ways on' }).waitFor();
};

export const consoleScenes: readonly Scene[] = [
  { name: 'console-create', route: 'console', answers: at({ kind: 'no-organization' }) },
  {
    name: 'console-create-faults',
    route: 'console',
    answers: at({ kind: 'no-organization' }),
    act: async (page) => {
      await page.getByLabel('Password', { exact: true }).fill('north1');
      await page.getByRole('button', { name: 'Create organization' }).click();
      await page.getByText('This is similar').waitFor();
    },
  },
  {
    name: 'console-sample',
    route: 'console',
    answers: at(
      { kind: 'no-organization' },
      {
        'console:createSample': {
          organization,
          people: [
            ['Maria Keller', 'maria.keller', '2het-8456-tv66-46hv'],
            ['Jonas Frei', 'jonas.frei', 'wwgm-6nme-s3dw-qzpq'],
            ['Amara Okafor', 'amara.okafor', '4gs4-v7dl-453c-qzup'],
            ['Tomáš Dvořák', 'tomas.dvorak', 'w9us-8rt8-fsfd-aahr'],
            ['Олена Коваль', 'olena.koval', 'ddbq-9bc3-3c69-zabn'],
            ['Σοφία Παππά', 'sofia.pappa', 's3se-hp8w-gwne-w55s'],
            ['Backup agent', 'backup.agent', '6c5l-sxsf-el55-vq4u'],
          ].map(([displayName = '', userName = '', oneTimePassword = ''], index) => ({
            displayName,
            userName,
            oneTimePassword,
            role: index === 0 ? ('administrator' as const) : ('user' as const),
            isServiceAccount: index === 6,
          })),
        },
      },
    ),
    act: async (page) => {
      await page.getByRole('button', { name: 'Try a sample organization' }).click();
      await page.getByText('is ready').waitFor();
    },
  },
  {
    name: 'console-sign-in-refused',
    route: 'console',
    answers: at(signedOut, {
      'console:signIn': () => {
        throw new TwofoldError(
          'sign-in-refused',
          'User name or password is not right, or sign-in is locked for a while after too many tries. Check both, or wait some minutes.',
        );
      },
    }),
    act: async (page) => {
      const console = new ConsolePage(page);
      await console.signIn('jonas.frei', 'something');
      await console.complaint.first().waitFor();
    },
  },
  {
    name: 'console-change-password',
    route: 'console',
    answers: at({
      kind: 'change-password',
      organization,
      person,
      expiresAtMs: inMs(5 * MINUTE_MS),
    }),
    act: async (page) => {
      await page.getByLabel('New password', { exact: true }).fill('glass otter 42 lantern');
      await page.getByText('Very strong').waitFor();
    },
  },
  { name: 'console-set-up', route: 'console', answers: at(setUp) },
  {
    name: 'console-set-up-clock-behind',
    route: 'console',
    answers: at(setUp, {
      'console:confirmSetUp': () => {
        throw new TwofoldError('code-refused', behind, { reason: 'device-clock', offsetMs: -90_000 });
      },
    }),
    act: async (page) => {
      const console = new ConsolePage(page);
      await console.confirmCode('207564');
      await console.complaint.first().waitFor();
    },
  },
  {
    name: 'console-keep-secret',
    route: 'console',
    answers: at({ kind: 'keep-secret', organization, person, sheet, after: 'set-up' }),
  },
  {
    name: 'console-keep-secret-drill',
    route: 'console',
    answers: at(
      { kind: 'keep-secret', organization, person, sheet, after: 'set-up' },
      {
        'console:secretFile': {
          fileName: 'sheet.pdf',
          mediaType: 'application/pdf',
          content: new Uint8Array(1),
        },
      },
    ),
    act: async (page) => {
      await page.getByRole('button', { name: 'Save as PDF' }).click();
      await page.getByRole('button', { name: 'Prove that it works' }).click();
      await page.getByLabel('Code of the second authenticator').waitFor();
    },
  },
  { name: 'console-code', route: 'console', answers: at(code(5)) },
  {
    name: 'console-code-long-no-trust',
    route: 'console',
    answers: at(code(5, { digits: 8, trustDays: 0 })),
  },
  {
    name: 'console-code-clock-behind',
    route: 'console',
    answers: at(code(4), {
      'console:submitCode': () => {
        throw new TwofoldError('code-refused', behind, {
          reason: 'device-clock',
          offsetMs: -90_000,
          attemptsLeft: 4,
        });
      },
    }),
    act: async (page) => {
      const console = new ConsolePage(page);
      await console.submitCode('207564');
      await page.getByRole('button', { name: 'Enter two codes' }).waitFor();
    },
  },
  {
    name: 'console-resynchronize-refused',
    route: 'console',
    answers: at(code(4), {
      'console:submitCode': () => {
        throw new TwofoldError('code-refused', behind, { reason: 'device-clock', offsetMs: -90_000 });
      },
      'console:resynchronize': () => {
        throw new TwofoldError(
          'code-refused',
          'These are not two codes in a row. Enter the code that the device shows now, wait for the next one, and enter that too.',
          { reason: 'wrong-pair', attemptsLeft: 3 },
        );
      },
    }),
    act: async (page) => {
      const console = new ConsolePage(page);
      await console.submitCode('207564');
      await console.resynchronize('207564', '871093');
      await page.getByText('not two codes in a row').waitFor();
    },
  },
  {
    name: 'console-lost-device',
    route: 'console',
    answers: at(code(5, { person: administrator, breakGlass: true }), {
      'console:lostDevice': {
        trustedBrowsers: [
          { name: 'Firefox on Windows', lastUsedAtMs: SCENE_NOW_MS - DAY_MS },
          { name: 'Safari on macOS', lastUsedAtMs: SCENE_NOW_MS - 3 * DAY_MS },
        ],
        backupProvenAtMs: SCENE_NOW_MS - 15 * DAY_MS,
        administrators: ['Amara Okafor', 'Tomáš Dvořák'],
        recoveryCodesLeft: 9,
      },
    }),
    act: toLostDevice,
  },
  {
    name: 'console-lost-device-nothing-kept',
    route: 'console',
    answers: at(code(5), {
      'console:lostDevice': {
        trustedBrowsers: [],
        backupProvenAtMs: null,
        administrators: [],
        recoveryCodesLeft: null,
      },
    }),
    act: toLostDevice,
  },
  {
    name: 'console-recovery-code-refused',
    route: 'console',
    answers: at(code(5), {
      'console:lostDevice': {
        trustedBrowsers: [],
        backupProvenAtMs: null,
        administrators: ['Maria Keller'],
        recoveryCodesLeft: 9,
      },
      'console:submitRecoveryCode': () => {
        throw new TwofoldError(
          'code-refused',
          'That is none of your unused recovery codes. Check each letter, or use another one of them.',
          { reason: 'wrong', attemptsLeft: 4 },
        );
      },
    }),
    act: async (page) => {
      await toLostDevice(page);
      await page.getByRole('button', { name: 'Enter a recovery code' }).click();
      await page.getByLabel('Recovery code').fill('K7MF-2PQX-AT5N-4WVD');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('none of your unused').waitFor();
    },
  },
  {
    name: 'console-break-glass-code',
    route: 'console',
    answers: at(code(5, { person: administrator, breakGlass: true }), {
      'console:lostDevice': {
        trustedBrowsers: [],
        backupProvenAtMs: null,
        administrators: [],
        recoveryCodesLeft: null,
      },
    }),
    act: async (page) => {
      await toLostDevice(page);
      await page.getByRole('button', { name: 'Use a break-glass code' }).click();
      await page.getByLabel('Break-glass code').fill('K7MF-2PQX');
    },
  },
  {
    name: 'console-break-glass-waits',
    route: 'console',
    answers: at({
      kind: 'break-glass',
      organization,
      person: administrator,
      effectiveAtMs: inMs(DAY_MS),
    }),
  },
  {
    name: 'console-code-refused',
    route: 'console',
    answers: at(code(3), {
      'console:submitCode': () => {
        throw new TwofoldError('code-refused', 'That code was used already. Wait for the next one.', {
          reason: 'replayed',
        });
      },
    }),
    act: async (page) => {
      const console = new ConsolePage(page);
      await console.submitCode('207564');
      await console.complaint.first().waitFor();
    },
  },
  {
    name: 'console-code-locked',
    route: 'console',
    answers: at(code(0), {
      'console:submitCode': () => {
        throw new TwofoldError(
          'locked-out',
          'Too many wrong codes. Wait until the time shown, then use a new code.',
          { reason: 'too-many-codes', retryAtMs: inMs(5 * MINUTE_MS) },
        );
      },
    }),
    act: async (page) => {
      const console = new ConsolePage(page);
      await console.submitCode('207564');
      await console.complaint.first().waitFor();
    },
  },
  {
    name: 'console-home',
    route: 'console',
    answers: at(
      signedIn({
        notices: [
          {
            kind: 'wrong-code',
            message:
              'Your right password was followed by a wrong code. If that was not you, change your password.',
            atMs: SCENE_NOW_MS,
          },
        ],
      }),
    ),
    act: (page) => page.getByText('Recent sign-ins').waitFor(),
  },
  {
    name: 'console-home-without-factor',
    route: 'console',
    answers: at(signedIn({ factorSetUp: false, rollOutDeadlineMs: inMs(9 * DAY_MS) }), {
      'console:myAccount': {
        ...account,
        factor: null,
        backupProvenAtMs: null,
        trustedBrowsers: [],
        sessions: account.sessions.slice(0, 1),
        recentSignIns: [],
      },
    }),
    act: (page) => page.getByText('Recent sign-ins').waitFor(),
  },
  {
    name: 'console-home-nothing-proved',
    route: 'console',
    answers: at(
      signedIn({
        notices: [
          { kind: 'last-sign-in', message: 'Last sign-in: Safari on macOS.', atMs: SCENE_NOW_MS - HOUR_MS },
          {
            kind: 'recovery-used',
            message:
              'A recovery code was used to sign in as you. If that was not you, change your password and ask an administrator to reset your two-factor authentication.',
            atMs: SCENE_NOW_MS,
          },
        ],
      }),
      {
        'console:myAccount': {
          ...account,
          backupProvenAtMs: null,
          recoveryCodes: { left: 0, madeAtMs: null },
          trustedBrowsers: [],
        },
      },
    ),
    act: (page) => page.getByText('Recent sign-ins').waitFor(),
  },
  {
    name: 'console-recovery-codes-made',
    route: 'console',
    answers: at(signedIn(), { 'console:makeRecoveryCodes': { codes: offlineCodes, account } }),
    act: async (page) => {
      const console = new ConsolePage(page);
      await console.makeRecoveryCodes('207564');
    },
  },
  {
    name: 'console-break-glass-told',
    route: 'console/my-account',
    answers: at(signedIn({ person: administrator, breakGlassAtMs: inMs(DAY_MS) })),
    act: async (page) => {
      await page.getByRole('button', { name: 'Cancel it' }).click();
      await page.getByLabel('Your own current code').waitFor();
    },
  },
  {
    name: 'console-reset-code',
    route: 'console',
    answers: at(signedIn()),
    act: async (page) => {
      await page.getByRole('button', { name: 'Reset two-factor authentication' }).click();
      await page.getByLabel('Your own current code').fill('2075');
    },
  },
  {
    name: 'console-reset',
    route: 'console',
    answers: at(signedIn({ pendingReset: { sheet, expiresAtMs: inMs(20 * MINUTE_MS) } })),
  },
  {
    name: 'console-session-ends',
    route: 'console',
    answers: at(signedIn({ idleEndsAtMs: inMs(DAY_MS) }), {
      // Always within its last minute, however late the picture is taken.
      'console:step': () => signedIn({ idleEndsAtMs: inMs(50_000) }),
    }),
    act: (page) => page.getByText('Your session ends in a minute').waitFor(),
  },
  {
    name: 'console-session-ended-while-typing',
    route: 'console',
    answers: at(signedIn(), endingAt('console:changeMyPassword', signedIn())),
    act: async (page) => {
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByLabel('Present password', { exact: true }).fill('glass otter 42 lantern');
      await page.getByLabel('New password', { exact: true }).fill('paper walnut 77 harbour');
      await page.getByLabel('Your own current code').fill('207564');
      await page.locator('.dialog').getByRole('button', { name: 'Change password' }).click();
      await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    },
  },
  {
    name: 'console-session-ended-adding-a-user',
    route: 'console/users',
    answers: at(signedIn({ person: administrator }), {
      'administration:directory': directory,
      'administration:rollOut': {
        twoFactorOn: true,
        turnedOnAtMs: SCENE_NOW_MS - 15 * DAY_MS,
        deadlineMs: null,
        people: 0,
        setUp: 0,
        pending: 0,
        curve: [],
      },
      ...endingAt('administration:addUser', signedIn({ person: administrator })),
    }),
    act: async (page) => {
      await page.getByRole('button', { name: 'Add user' }).first().click();
      await page.getByLabel('Name', { exact: true }).fill('Tomáš Dvořák');
      await page.locator('.dialog').getByRole('button', { name: 'Add user' }).click();
      await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    },
  },
];
