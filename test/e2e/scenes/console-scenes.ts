// The console as its users meet it: beginning, sign-in, set-up, codes, reset, one's own account.
import { type ConsoleStep, type MyAccount, TwofoldError } from '../../../src-shared/contract/index.ts';
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
  ...more,
});

const account: MyAccount = {
  person,
  factor: { addedAtMs: SCENE_NOW_MS - 15 * DAY_MS, lastUsedAtMs: SCENE_NOW_MS },
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
const code = (attemptsLeft: number): ConsoleStep => ({
  kind: 'code',
  organization,
  person,
  expiresAtMs: inMs(5 * MINUTE_MS),
  trustDays: 30,
  attemptsLeft,
});
const behind =
  'That code was right 90 seconds ago: the clock of the device is 90 s behind. Set the device’s clock, then use a new code.';

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
    name: 'console-code',
    route: 'console',
    answers: at(code(5)),
    act: (page) => page.getByText('I can’t use my device').click(),
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
    answers: at(signedIn({ factorSetUp: false }), {
      'console:myAccount': { ...account, factor: null, trustedBrowsers: [] },
    }),
    act: (page) => page.getByText('Recent sign-ins').waitFor(),
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
];
