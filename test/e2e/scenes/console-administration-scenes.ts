// The administration: two-factor authentication for everyone, audit, policy. Its users are in users-scenes.ts.
import type { AuditRecord } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { AdministrationPage } from '../pages/administration-page.ts';
import { SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';
import { sceneDirectory, userAnswers } from './users-scenes.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

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
  ...userAnswers,
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
    name: 'console-turn-on',
    route: 'console/users',
    answers: {
      ...answers,
      'administration:directory': { ...sceneDirectory, twoFactorOn: false, twoFactorChangedAtMs: null },
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
