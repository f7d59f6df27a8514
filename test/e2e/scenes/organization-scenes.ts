// The administration: two-factor authentication for everyone, audit, policy. Its users are in users-scenes.ts.
import type { Locator, Page } from 'playwright-core';
import {
  type AuditRecord,
  type Guessing,
  type Output,
  type Policy,
  TwofoldError,
  type UserRow,
} from '../../../src-shared/contract/index.ts';
import type { FakeAnswer, FakeAnswers } from '../../fakes/fake-host.ts';
import { AdministrationPage } from '../pages/administration-page.ts';
import { SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';
import { sceneDirectory, sceneUsers, userAnswers } from './users-scenes.ts';

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

const policy: Policy = {
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
  recoveryCodes: false,
  breakGlassDelayMs: DAY_MS,
  auditRetentionDays: 0,
};

const guessing: Guessing = {
  triesPerDay: 100,
  triesPerMonth: 3_000,
  chancePerDay: 0.0003,
  chancePerMonth: 0.00896,
  warnings: [],
};

const warning =
  'Somebody who has a password guesses a code with a chance of 1 in 2,000 a day and 1 in 67 a month. More than 1 in 1,000 a day or 1 in 100 a month is too much. These values bring it about: codes accepted on each side of the present one.';

/** As the sample of users has it: quick in the first days, slow since. */
const rollOut: Output<'administration:rollOut'> = {
  twoFactorOn: true,
  turnedOnAtMs: SCENE_NOW_MS - 15 * DAY_MS,
  deadlineMs: null,
  people: 244,
  setUp: 203,
  pending: 7,
  curve: Array.from({ length: 16 }, (_, day) => ({
    atMs: SCENE_NOW_MS - (15 - day) * DAY_MS,
    people: 232 + Math.round(day * 0.8),
    setUp: Math.round(203 * (1 - Math.exp(-day / 4)) * 1.024),
  })),
};

const withDeadline: Output<'administration:rollOut'> = {
  ...rollOut,
  deadlineMs: SCENE_NOW_MS + 6 * DAY_MS + 8 * HOUR_MS,
};

const complete: Output<'administration:rollOut'> = {
  ...rollOut,
  setUp: 244,
  pending: 0,
  curve: rollOut.curve.map((point, day) => ({
    ...point,
    setUp: Math.min(point.people, Math.round((point.people * day) / 11)),
  })),
};

const brokenAudit = {
  kind: 'broken',
  firstBrokenSequence: 36,
  reason: 'The record was changed after it was written.',
} as const;

const events = [
  'code-accepted',
  'code-refused',
  'factor-reset',
  'signed-in',
  'two-factor-turned-on',
  'user-added',
];

const names = [
  'Amina Diallo',
  'Sofia Rossi',
  'Noor Haddad',
  'Ida Strand',
  'Eva Lind',
  'Li Wei',
  'Tom Berger',
];

/** 41 people without a factor; the first seven have begun. */
const missing = Array.from({ length: 41 }, (_, index): UserRow[] => {
  const [like] = sceneUsers.filter(({ factor }) => factor === (index < 7 ? 'pending' : 'not-set-up'));
  const name = names[index % names.length] ?? '';
  const userName = `${name.toLowerCase().replace(' ', '.')}${index < 7 ? '' : String(index)}`;
  return like === undefined ? [] : [{ ...like, id: `missing-${index}`, displayName: name, userName }];
}).flat();

/** The same organization as the roll-out below has it. */
const grown = {
  ...sceneDirectory,
  counts: { ...sceneDirectory.counts, total: 249, setUp: 203, pending: 7, notSetUp: 34, blocked: 0 },
};

const directoryAnswer: FakeAnswer<'administration:directory'> = ({ filter }) =>
  filter === 'missing' ? { ...grown, matching: missing.length, users: missing } : grown;

export const answers: FakeAnswers = {
  'administration:apiKeys': { keys: [] },
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
  'administration:explain': ({ atMs, browser }) =>
    atMs === null
      ? {
          next: browser === 'trusted' ? 'Is signed in with the password alone' : 'Is asked for a code',
          because: [
            'Two-factor authentication is on for the organization.',
            'The user has set up two-factor authentication.',
            browser === 'trusted'
              ? 'The browser is trusted: no code is asked.'
              : 'The browser is not trusted: a code is asked.',
          ],
          facts: [
            'The user is active.',
            'The user has chosen a password.',
            'The factor was set up at 2026-11-03 08:12 UTC.',
            'Codes are locked until 2026-11-17 09:18 UTC.',
            '1 browser is trusted.',
          ],
        }
      : {
          next: 'Sign-in is refused',
          because: ['The one-time password was not used in time. Issue a new one.'],
          facts: [
            'The user is active.',
            'The one-time password was valid until 2026-11-19 16:40 UTC.',
            'No factor is set up.',
            'The user has no trusted browser.',
            'The deadline of the roll-out was 2026-11-23 17:00 UTC: sessions from before it have ended.',
          ],
        },
  'administration:directory': directoryAnswer,
  'administration:rollOut': rollOut,
  'administration:lastAuditCheck': { verdict: null },
  'database:place': { kind: 'folder', path: '/home/maria/.config/twofold' },
  'administration:audit': ({ search }) =>
    search === ''
      ? {
          total: 1240,
          isTotalExact: true,
          events,
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
      : { total: 0, isTotalExact: true, records: [], events },
  'administration:policy': { policy, defaults: policy, guessing },
  'administration:judgePolicy': (draft) => {
    if (draft.sessionIdleMs > draft.sessionAbsoluteMs) {
      throw new TwofoldError(
        'invalid-input',
        'A session cannot end unused later than it ends in any case. Nothing was saved.',
        { reason: 'policy', value: 'sessionIdleMs' },
      );
    }
    return draft.windowSteps === 2
      ? { ...guessing, chancePerDay: 0.0005, chancePerMonth: 0.0149, warnings: [warning] }
      : guessing;
  },
};

/** Opens the roll-out from the list of users. */
const openRollOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Who is missing' }).click();
  await page.getByRole('list', { name: 'People without a factor' }).waitFor();
};

const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

export const organizationScenes: readonly Scene[] = [
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
    name: 'console-roll-out',
    route: 'console/users',
    answers: {
      ...answers,
      'administration:rollOut': withDeadline,
      'administration:directory': ({ filter }) =>
        filter === 'missing'
          ? { ...grown, matching: missing.length, users: missing }
          : { ...grown, rollOutDeadlineMs: withDeadline.deadlineMs },
    },
    act: openRollOut,
  },
  {
    name: 'console-roll-out-no-deadline',
    route: 'console/users',
    answers,
    act: openRollOut,
  },
  {
    name: 'console-roll-out-first-day',
    route: 'console/users',
    answers: {
      ...answers,
      'administration:rollOut': {
        ...rollOut,
        setUp: 0,
        pending: 0,
        curve: [
          { atMs: SCENE_NOW_MS - MINUTE_MS, people: 244, setUp: 0 },
          { atMs: SCENE_NOW_MS, people: 244, setUp: 0 },
        ],
      },
    },
    act: openRollOut,
  },
  {
    name: 'console-roll-out-complete',
    route: 'console/users',
    answers: {
      ...answers,
      'administration:rollOut': complete,
      'administration:directory': ({ filter }) =>
        filter === 'missing'
          ? { ...grown, matching: 0, users: [] }
          : { ...grown, counts: { ...grown.counts, pending: 0, notSetUp: 0, setUp: 244 } },
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Roll-out' }).click();
      await page.getByText('Nobody is missing').waitFor();
    },
  },
  {
    name: 'console-roll-out-failed',
    route: 'console/users',
    answers: {
      ...answers,
      'administration:rollOut': () => {
        throw new TwofoldError(
          'storage-failed',
          'The data folder cannot be read. Nothing was changed. Check its permissions, then try again.',
        );
      },
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Who is missing' }).click();
      await page.getByText('cannot be read').waitFor();
    },
  },
  {
    name: 'console-deadline',
    route: 'console/users',
    answers,
    act: async (page) => {
      await openRollOut(page);
      await page.getByRole('button', { name: 'Set a deadline' }).click();
      await page.getByLabel('Deadline', { exact: true }).fill('2026-11-23T18:00');
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
    name: 'console-explain-after-deadline',
    route: 'console/users',
    answers: { ...answers, 'administration:rollOut': withDeadline },
    act: async (page) => {
      const dialog = await new AdministrationPage(page).choose('Sofia Rossi', 'Explain');
      await dialog.getByText('Is asked for a code').waitFor();
      await dialog.getByRole('button', { name: 'When' }).click();
      await page.getByRole('option', { name: 'After the deadline' }).click();
      await dialog.getByText('Sign-in is refused').waitFor();
    },
  },
  {
    // A database does not count on beyond some thousands.
    name: 'console-audit-many',
    route: 'console/audit',
    answers: {
      ...answers,
      'administration:audit': {
        total: 1_000,
        isTotalExact: false,
        events,
        records: [
          record(1_204_118, 'Signed in with password and code.', { atMs: SCENE_NOW_MS - MINUTE_MS }),
          record(1_204_113, 'Signed in with password and code.', { atMs: SCENE_NOW_MS - 2 * MINUTE_MS }),
        ],
      },
    },
    act: async (page) => {
      await page.getByRole('searchbox', { name: 'Search the audit' }).fill('signed');
      await page.getByText('1,000+').waitFor();
    },
  },
  {
    name: 'console-audit',
    route: 'console/audit',
    answers: {
      ...answers,
      'administration:verifyAudit': { kind: 'intact', records: 1240, firstSequence: 1 },
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.getByText('Intact').waitFor();
    },
  },
  {
    name: 'console-audit-filter',
    route: 'console/audit',
    answers,
    act: async (page) => {
      await page.getByRole('button', { name: 'Filter' }).click();
      await field(page, 'User name').fill('jonas.frei');
      await page.getByText('Filter: 1').waitFor();
    },
  },
  {
    name: 'console-audit-nothing',
    route: 'console/audit',
    answers,
    act: async (page) => {
      await page.getByPlaceholder('Search the audit').fill('zacharias');
      await page.getByText('No record found').waitFor();
    },
  },
  {
    name: 'console-audit-broken',
    route: 'console/audit',
    answers: { ...answers, 'administration:lastAuditCheck': { verdict: brokenAudit } },
    act: (page) => page.getByText('The audit is broken').waitFor(),
  },
  {
    name: 'console-policy-changed',
    route: 'console/policy',
    answers,
    act: async (page) => {
      await field(page, 'Codes accepted on each side of the present one').fill('2');
      await page.getByText('is too much').waitFor();
    },
  },
  {
    name: 'console-policy-refused',
    route: 'console/policy',
    answers,
    act: async (page) => {
      await field(page, 'A session ends unused after').fill('1440');
      await page.getByText('cannot end unused later').first().waitFor();
    },
  },
  {
    name: 'console-policy-save',
    route: 'console/policy',
    answers,
    act: async (page) => {
      await field(page, 'Codes accepted on each side of the present one').fill('2');
      await page.getByText('is too much').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('list', { name: 'Changes' }).waitFor();
    },
  },
  {
    name: 'console-policy-leave',
    route: 'console/policy',
    answers,
    act: async (page) => {
      await field(page, 'Digits of a code').fill('8');
      await page.getByRole('tab', { name: 'Users' }).click();
      await page.getByText('Leave without saving?').waitFor();
    },
  },
  {
    name: 'console-policy',
    route: 'console/policy',
    answers,
    act: (page) => page.getByText('Limits against guessing').waitFor(),
  },
];
