// The administration: users, two-factor authentication for everyone, audit, policy.
import {
  type AuditRecord,
  type ConsoleStep,
  type Directory,
  type FactorState,
  TwofoldError,
  type UserRow,
} from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { AdministrationPage } from '../pages/administration-page.ts';
import { appAnswers, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const step: ConsoleStep = {
  kind: 'signed-in',
  organization: 'Northwind',
  person: { id: 'maria', userName: 'maria.keller', displayName: 'Maria Keller', role: 'administrator' },
  sessionId: 'session-1',
  idleEndsAtMs: Date.now() + 30 * MINUTE_MS,
  endsAtMs: Date.now() + 12 * HOUR_MS,
  twoFactorOn: true,
  factorSetUp: true,
  trustedUntilMs: null,
  notices: [],
  pendingReset: null,
};

const user = (
  id: string,
  displayName: string,
  userName: string,
  factor: FactorState,
  more: Partial<UserRow> = {},
): UserRow => ({
  id,
  displayName,
  userName,
  factor,
  role: 'user',
  active: true,
  pendingUntilMs: null,
  lastSignInAtMs: SCENE_NOW_MS - HOUR_MS,
  trustedBrowsers: 0,
  liveSessions: 0,
  mustChangePassword: false,
  lockedUntilMs: null,
  ...more,
});

const users: readonly UserRow[] = [
  user('maria', 'Maria Keller', 'maria.keller', 'set-up', {
    role: 'administrator',
    trustedBrowsers: 2,
    liveSessions: 1,
  }),
  user('jonas', 'Jonas Frei', 'jonas.frei', 'set-up', {
    trustedBrowsers: 1,
    liveSessions: 2,
    lastSignInAtMs: SCENE_NOW_MS - DAY_MS,
  }),
  user('amina', 'Amina Diallo', 'amina.diallo', 'pending', {
    pendingUntilMs: Date.now() + 14 * MINUTE_MS,
    lastSignInAtMs: null,
  }),
  user('backup', 'Backup agent', 'svc-backup', 'service-account', { liveSessions: 1 }),
  user('li', 'Li Wei', 'li.wei', 'blocked', { lastSignInAtMs: SCENE_NOW_MS - 12 * DAY_MS }),
  user('sofia', 'Sofia Rossi', 'sofia.rossi', 'not-set-up', {
    lastSignInAtMs: null,
    mustChangePassword: true,
  }),
  user('tom', 'Tom Berger', 'tom.berger', 'set-up', {
    trustedBrowsers: 3,
    lockedUntilMs: Date.now() + 4 * MINUTE_MS,
  }),
  user('eva', 'Eva Lindqvist-Papadopoulou', 'eva.lindqvist-papadopoulou', 'set-up', { active: false }),
];

const directory: Directory = {
  twoFactorOn: true,
  twoFactorChangedAtMs: SCENE_NOW_MS - 15 * DAY_MS,
  counts: { total: 248, setUp: 201, pending: 7, notSetUp: 34, serviceAccounts: 4, blocked: 2 },
  matching: 248,
  users: [...users],
};

const record = (sequence: number, summary: string, more: Partial<AuditRecord> = {}): AuditRecord => ({
  sequence,
  atMs: SCENE_NOW_MS - (40 - sequence) * 7 * MINUTE_MS,
  event: 'signed-in',
  subject: 'jonas.frei',
  actor: 'jonas.frei',
  browser: 'Firefox on Windows',
  outcome: 'success',
  summary,
  ...more,
});

const answers: FakeAnswers = {
  ...appAnswers,
  'console:step': step,
  'administration:directory': (input) =>
    input.search === '' ? directory : { ...directory, matching: 0, users: [] },
  'administration:addUser': {
    user: user('noor', 'Noor Haddad', 'noor.haddad', 'not-set-up', { mustChangePassword: true }),
    oneTimePassword: 'wwgm-6nme-s3dw-qzpq',
    expiresAtMs: Date.now() + 7 * DAY_MS,
  },
  'administration:previewTwoFactor': ({ turnOn }) => ({
    turnOn,
    willBeAsked: ['maria.keller', 'jonas.frei', 'tom.berger'],
    mustSetUp: ['amina.diallo', 'sofia.rossi', 'noor.haddad', 'ida.strand'],
    serviceAccounts: ['svc-backup'],
    blocked: ['li.wei'],
    inactive: ['eva.lindqvist-papadopoulou'],
    liveSessions: 4,
    administratorSetUp: true,
    warnings: turnOn
      ? ['There is a single administrator. Only another administrator could help after a lost device.']
      : ['Everyone signs in with the password alone from then on.'],
  }),
  'administration:resetFactor': () => {
    throw new TwofoldError(
      'code-refused',
      'That code is not right. Enter the one that your authenticator shows now for this account.',
      { reason: 'wrong', attemptsLeft: 4 },
    );
  },
  'administration:setActive': () => {
    throw new TwofoldError(
      'conflict',
      'The last active administrator cannot be deactivated. Make somebody else an administrator first.',
      { reason: 'last-administrator' },
    );
  },
  'administration:explain': {
    next: 'Is asked for a code',
    because: [
      'Two-factor authentication is on for the organization.',
      'The user has set up two-factor authentication.',
      'The browser is not trusted: a code is asked.',
    ],
  },
  'administration:audit': ({ search }) =>
    search === ''
      ? {
          total: 1240,
          records: [
            record(40, 'Signed in with password and code.'),
            record(39, 'A code was accepted: sign-in.', { event: 'code-accepted' }),
            record(38, 'A code of a clock that is 3 time steps off was refused: sign-in.', {
              event: 'code-refused',
              outcome: 'failure',
              actor: null,
            }),
            record(37, 'The password was right.', { event: 'password-accepted' }),
            record(36, 'Two-factor authentication was reset. Sessions and the trust of all browsers ended.', {
              event: 'factor-reset',
              actor: 'maria.keller',
              browser: 'Chromium on Linux',
            }),
            record(35, 'Too many wrong codes: codes of this user are locked for a while.', {
              event: 'code-locked',
              outcome: 'failure',
              subject: 'tom.berger',
              actor: null,
            }),
            record(34, 'Added as user.', {
              event: 'user-added',
              subject: 'noor.haddad',
              actor: 'maria.keller',
              browser: 'Chromium on Linux',
            }),
          ],
        }
      : { total: 0, records: [] },
  'administration:policy': {
    digits: 6,
    periodS: 30,
    algorithm: 'SHA-1',
    windowSteps: 1,
    passwordFailures: 10,
    codeFailures: 5,
    failureWindowMs: 15 * MINUTE_MS,
    lockMs: 5 * MINUTE_MS,
    consecutiveCodeFailures: 100,
    trustMs: 30 * DAY_MS,
    trustedBrowsersPerUser: 10,
    pendingFactorMs: 20 * MINUTE_MS,
    challengeMs: 5 * MINUTE_MS,
    challengeWrongCodes: 5,
    sessionIdleMs: 30 * MINUTE_MS,
    sessionAbsoluteMs: 12 * HOUR_MS,
    oneTimePasswordMs: 7 * DAY_MS,
    passwordMinLength: 9,
  },
};

export const consoleAdministrationScenes: readonly Scene[] = [
  {
    name: 'console-users',
    route: 'console/users',
    answers,
    act: (page) => page.getByText('Tom Berger').waitFor(),
  },
  {
    name: 'console-users-off',
    route: 'console/users',
    answers: {
      ...answers,
      'console:step': { ...step, twoFactorOn: false },
      'administration:directory': { ...directory, twoFactorOn: false, twoFactorChangedAtMs: null },
    },
    act: (page) => page.getByText('Two-factor authentication is off').waitFor(),
  },
  {
    name: 'console-users-not-found',
    route: 'console/users',
    answers,
    act: async (page) => {
      await page.getByPlaceholder('Search name or user name').fill('zacharias');
      await page.getByText('Nobody found').waitFor();
    },
  },
  {
    name: 'console-users-failed',
    route: 'console/users',
    answers: {
      ...answers,
      'administration:directory': () => {
        throw new TwofoldError(
          'storage-failed',
          'The data folder cannot be read. Nothing was changed. Check its permissions, then try again.',
        );
      },
    },
    act: (page) => page.getByText('cannot be read').waitFor(),
  },
  {
    name: 'console-user-menu',
    route: 'console/users',
    answers,
    act: (page) => page.getByRole('button', { name: 'Actions for Jonas Frei' }).click(),
  },
  {
    name: 'console-turn-on',
    route: 'console/users',
    answers: {
      ...answers,
      'administration:directory': { ...directory, twoFactorOn: false, twoFactorChangedAtMs: null },
    },
    act: async (page) => {
      await new AdministrationPage(page).previewTwoFactor(true);
    },
  },
  {
    name: 'console-turn-off',
    route: 'console/users',
    answers,
    act: async (page) => {
      await new AdministrationPage(page).previewTwoFactor(false);
    },
  },
  {
    name: 'console-add-user',
    route: 'console/users',
    answers: { ...answers, 'console:step': { ...step, factorSetUp: false } },
    act: async (page) => {
      await page.getByRole('button', { name: 'Add user' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Noor Haddad');
    },
  },
  {
    name: 'console-one-time-password',
    route: 'console/users',
    answers,
    act: async (page) => {
      await page.getByRole('button', { name: 'Add user' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Noor Haddad');
      await page.locator('.dialog').getByRole('button', { name: 'Add user' }).click();
      await page.getByText('wwgm-6nme-s3dw-qzpq').waitFor();
    },
  },
  {
    name: 'console-reset-user-refused',
    route: 'console/users',
    answers,
    act: async (page) => {
      const administration = new AdministrationPage(page);
      await administration.choose('Jonas Frei', 'Reset two-factor authentication');
      await administration.confirm('Reset', '207564');
      await page.getByText('That code is not right').waitFor();
    },
  },
  {
    name: 'console-last-administrator',
    route: 'console/users',
    answers: { ...answers, 'console:step': { ...step, factorSetUp: false } },
    act: async (page) => {
      const administration = new AdministrationPage(page);
      await administration.choose('Maria Keller', 'Deactivate');
      await administration.confirm('Deactivate');
      await page.getByText('The last active administrator').waitFor();
    },
  },
  {
    name: 'console-explain',
    route: 'console/users',
    answers,
    act: async (page) => {
      await new AdministrationPage(page).choose('Jonas Frei', 'Explain');
      await page.getByText('Is asked for a code').waitFor();
    },
  },
  {
    name: 'console-audit',
    route: 'console/audit',
    answers: { ...answers, 'administration:verifyAudit': { kind: 'intact', records: 1240 } },
    act: async (page) => {
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText('Intact').waitFor();
    },
  },
  {
    name: 'console-audit-broken',
    route: 'console/audit',
    answers: {
      ...answers,
      'administration:verifyAudit': {
        kind: 'broken',
        firstBrokenSequence: 36,
        reason: 'The record was changed after it was written.',
      },
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText('Broken from').waitFor();
    },
  },
  {
    name: 'console-policy',
    route: 'console/policy',
    answers,
    act: (page) => page.getByText('Limits against guessing').waitFor(),
  },
];
