// The users of the organization in every state: one, some and 100,000; bulk actions, import, units, and a unit's administrator.
import {
  type ConsoleStep,
  type Directory,
  type FactorState,
  type ImportedUser,
  type Input,
  type Output,
  TwofoldError,
  type Unit,
  type UserCounts,
  type UserRow,
} from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { AdministrationPage } from '../pages/administration-page.ts';
import { appAnswers, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An administrator with a factor is signed in. */
export const administratorStep: Extract<ConsoleStep, { kind: 'signed-in' }> = {
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
  rollOutDeadlineMs: null,
  breakGlassAtMs: null,
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
  unitId: null,
  administersUnitId: null,
  active: true,
  pendingUntilMs: null,
  lastSignInAtMs: SCENE_NOW_MS - HOUR_MS,
  trustedBrowsers: 0,
  liveSessions: 0,
  backupProvenAtMs: null,
  recoveryCodesLeft: null,
  mustChangePassword: false,
  lockedUntilMs: null,
  createdAtMs: SCENE_NOW_MS - 60 * DAY_MS,
  ...more,
});

const units: readonly Unit[] = [
  { id: 'lab', name: 'Laboratory', users: 2 },
  { id: 'sales', name: 'Sales', users: 3 },
];

export const sceneUsers: readonly UserRow[] = [
  user('amina', 'Amina Diallo', 'amina.diallo', 'pending', {
    pendingUntilMs: Date.now() + 14 * MINUTE_MS,
    lastSignInAtMs: null,
    unitId: 'sales',
  }),
  user('backup', 'Backup agent', 'svc-backup', 'service-account', { liveSessions: 1 }),
  user('eva', 'Eva Lindqvist-Papadopoulou of the night shift', 'eva.lindqvist-papadopoulou', 'set-up', {
    active: false,
    unitId: 'lab',
  }),
  user('jonas', 'Jonas Frei', 'jonas.frei', 'set-up', {
    trustedBrowsers: 1,
    liveSessions: 2,
    lastSignInAtMs: SCENE_NOW_MS - DAY_MS,
    backupProvenAtMs: SCENE_NOW_MS - 9 * DAY_MS,
    unitId: 'sales',
  }),
  user('li', 'Li Wei', 'li.wei', 'blocked', { lastSignInAtMs: SCENE_NOW_MS - 12 * DAY_MS }),
  user('maria', 'Maria Keller', 'maria.keller', 'set-up', {
    role: 'administrator',
    trustedBrowsers: 2,
    liveSessions: 1,
    backupProvenAtMs: SCENE_NOW_MS - 2 * DAY_MS,
  }),
  user('sofia', 'Sofia Rossi', 'sofia.rossi', 'not-set-up', {
    lastSignInAtMs: null,
    mustChangePassword: true,
    role: 'administrator',
    unitId: 'sales',
    administersUnitId: 'sales',
  }),
  user('tom', 'Tom Berger', 'tom.berger', 'set-up', {
    trustedBrowsers: 3,
    lockedUntilMs: Date.now() + 4 * MINUTE_MS,
    unitId: 'lab',
  }),
];

const counts: UserCounts = {
  total: 8,
  setUp: 3,
  pending: 1,
  notSetUp: 1,
  serviceAccounts: 1,
  blocked: 1,
  inactive: 1,
};

export const sceneDirectory: Directory = {
  organization: 'Northwind',
  twoFactorOn: true,
  twoFactorChangedAtMs: SCENE_NOW_MS - 15 * DAY_MS,
  rollOutDeadlineMs: null,
  counts,
  units: [...units],
  limitedToUnitId: null,
  matching: sceneUsers.length,
  users: [...sceneUsers],
};

type DirectoryInput = Input<'administration:directory'>;

/** Searches and filters a few users as main does. */
const directoryOf =
  (directory: Directory) =>
  ({ search, filter, unitId, descending, offset, limit }: DirectoryInput): Directory => {
    const words = search.toLowerCase().split(' ').filter(Boolean);
    const found = directory.users.filter(
      (row) =>
        words.every((word) => `${row.userName} ${row.displayName}`.toLowerCase().includes(word)) &&
        (filter === 'all' || row.factor === filter) &&
        (unitId === null || row.unitId === unitId),
    );
    const sorted = descending ? found.toReversed() : found;
    return { ...directory, matching: found.length, users: sorted.slice(offset, offset + limit) };
  };

const MANY = 100_000;
const givenNames = ['Amina', 'Jonas', 'Sofia', 'Tomáš', 'Олена', 'Σοφία', 'Li', 'Noor', 'Ida', 'Eva'];
const familyNames = [
  'Diallo',
  'Frei',
  'Rossi',
  'Dvořák',
  'Коваль',
  'Παππά',
  'Wei',
  'Haddad',
  'Strand',
  'Lind',
];
const states: readonly FactorState[] = [
  'set-up',
  'set-up',
  'not-set-up',
  'set-up',
  'pending',
  'service-account',
];

/** The user at that place of 100,000, the same at each asking. */
function oneOfMany(index: number): UserRow {
  const factor = states[(index * 7) % states.length] ?? 'set-up';
  const name = `${givenNames[index % 10] ?? ''} ${familyNames[Math.floor(index / 10) % 10] ?? ''}`;
  return user(`user-${index}`, name, `user.${String(index).padStart(6, '0')}`, factor, {
    trustedBrowsers: factor === 'set-up' ? index % 4 : 0,
    liveSessions: index % 3,
    lastSignInAtMs: index % 5 === 0 ? null : SCENE_NOW_MS - (index % 90) * DAY_MS,
    backupProvenAtMs: index % 6 === 0 ? SCENE_NOW_MS - (index % 40) * DAY_MS : null,
    pendingUntilMs: factor === 'pending' ? Date.now() + 9 * MINUTE_MS : null,
    unitId: index % 2 === 0 ? 'sales' : 'lab',
  });
}

const manyUsers = ({ offset, limit }: DirectoryInput): Directory => ({
  ...sceneDirectory,
  counts: {
    total: MANY,
    setUp: 61_204,
    pending: 310,
    notSetUp: 36_461,
    serviceAccounts: 12,
    blocked: 13,
    inactive: 2_000,
  },
  units: [
    { id: 'lab', name: 'Laboratory', users: 50_000 },
    { id: 'sales', name: 'Sales', users: 50_000 },
  ],
  matching: MANY,
  users: Array.from({ length: Math.max(0, Math.min(limit, MANY - offset)) }, (_, index) =>
    oneOfMany(offset + index),
  ),
});

const onlyMe: Directory = {
  ...sceneDirectory,
  twoFactorOn: false,
  twoFactorChangedAtMs: null,
  counts: {
    ...counts,
    total: 1,
    setUp: 0,
    pending: 0,
    notSetUp: 1,
    serviceAccounts: 0,
    blocked: 0,
    inactive: 0,
  },
  units: [],
  matching: 1,
  users: sceneUsers
    .filter(({ id }) => id === 'maria')
    .map((row) => ({ ...row, factor: 'not-set-up', trustedBrowsers: 0, backupProvenAtMs: null })),
};

const rowOf = ({ userId }: { readonly userId: string }): UserRow => {
  const row = sceneUsers.find(({ id }) => id === userId);
  if (row === undefined)
    throw new TwofoldError('not-found', 'There is no such user any more. Look at the list again.');
  return row;
};

const imported = (
  line: number,
  userName: string,
  displayName: string,
  unit: string,
  problem: string | null = null,
): ImportedUser => ({
  line,
  userName,
  displayName,
  role: line === 3 ? 'administrator' : 'user',
  unit,
  problem,
});

const readyImport: Output<'administration:previewUserImport'> = {
  users: [
    imported(2, 'ida.strand', 'Ida Strand', 'Sales'),
    imported(3, 'noor.haddad', 'Noor Haddad', ''),
    imported(4, 'olena.koval', 'Олена Коваль', 'Research'),
    imported(5, 'sofia.pappa', 'Σοφία Παππά', 'Research'),
    ...Array.from({ length: 240 }, (_, index) =>
      imported(6 + index, `new.user${index}`, `New User ${index}`, 'Sales'),
    ),
  ],
  newUnits: ['Research'],
  problems: 0,
};

const brokenImport: Output<'administration:previewUserImport'> = {
  users: [
    imported(2, 'ida.strand', 'Ida Strand', 'Sales'),
    imported(3, 'jonas.frei', 'Jonas Frei', 'Sales', 'Somebody has that user name already.'),
    imported(4, 'ida.strand', 'Ida Strand', 'Sales', 'The same user name stands in line 2 already.'),
    imported(
      5,
      'noor haddad',
      'Noor Haddad',
      '',
      'The user name may hold letters, digits and . _ - @ alone.',
    ),
    imported(6, '', 'Olena Koval', '', 'The user name is missing.'),
    imported(7, 'li.na', 'Li Na', '', 'The role “boss” is unknown. Use user or administrator.'),
    imported(8, 'tom.new', 'Tom New', 'Sales'),
  ],
  newUnits: [],
  problems: 5,
};

const file = {
  fileName: 'one-time-passwords-2026-11-17.csv',
  mediaType: 'text/csv',
  content: new Uint8Array([0x61]),
};

/** What every scene of the administration's users answers. */
export const userAnswers: FakeAnswers = {
  ...appAnswers,
  'console:step': administratorStep,
  'administration:directory': directoryOf(sceneDirectory),
  'administration:user': rowOf,
  'administration:addUser': {
    user: user('noor', 'Noor Haddad', 'noor.haddad', 'not-set-up', { mustChangePassword: true }),
    oneTimePassword: 'wwgm-6nme-s3dw-qzpq',
    expiresAtMs: Date.now() + 7 * DAY_MS,
  },
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
  'administration:editUser': () => {
    throw new TwofoldError('already-exists', 'Somebody has that user name already. Choose another one.');
  },
  'administration:bulk': {
    done: 5,
    notDone: [
      { userName: 'maria.keller', reason: 'Is your own account. It was left out.' },
      { userName: 'eva.lindqvist-papadopoulou', reason: 'Was deactivated.' },
      {
        userName: 'sofia.rossi',
        reason:
          'The last active administrator cannot be deactivated. Make somebody else an administrator first.',
      },
    ],
  },
  'administration:previewUserImport': ({ content }) =>
    content.includes('broken') ? brokenImport : readyImport,
  'administration:importUsers': { added: 244, file },
  'administration:exportUsers': { ...file, fileName: 'users-2026-11-17.csv' },
  'administration:addUnit': () => {
    throw new TwofoldError('already-exists', 'There is a unit of that name already. Choose another name.');
  },
  'administration:removeUnit': () => {
    throw new TwofoldError(
      'conflict',
      'The unit Sales still has 3 users. Move them to another unit first; nothing was removed.',
      { reason: 'unit-not-empty', users: 3 },
    );
  },
};

const withoutFactor: FakeAnswers = {
  ...userAnswers,
  'console:step': { ...administratorStep, factorSetUp: false },
};

/** Never answers: shows what is seen meanwhile. */
const never = (): Promise<never> => new Promise(() => undefined);

const many: FakeAnswers = { ...userAnswers, 'administration:directory': manyUsers };

const unitAdministrator: FakeAnswers = {
  ...userAnswers,
  'console:step': {
    ...administratorStep,
    person: { id: 'sofia', userName: 'sofia.rossi', displayName: 'Sofia Rossi', role: 'administrator' },
  },
  'administration:directory': directoryOf({
    ...sceneDirectory,
    counts: {
      ...counts,
      total: 3,
      setUp: 1,
      pending: 1,
      notSetUp: 1,
      serviceAccounts: 0,
      blocked: 0,
      inactive: 0,
    },
    units: units.filter(({ id }) => id === 'sales'),
    limitedToUnitId: 'sales',
    matching: 3,
    users: sceneUsers.filter(({ unitId }) => unitId === 'sales'),
  }),
};

const route = 'console/users';
const scene = (name: string, answers: FakeAnswers, act: Scene['act']): Scene => ({
  name,
  route,
  answers,
  ...(act === undefined ? {} : { act }),
});

export const usersScenes: readonly Scene[] = [
  scene('console-users', userAnswers, (page) => page.getByText('Amina Diallo', { exact: true }).waitFor()),
  scene(
    'console-users-off',
    {
      ...userAnswers,
      'console:step': { ...administratorStep, twoFactorOn: false },
      'administration:directory': directoryOf({
        ...sceneDirectory,
        twoFactorOn: false,
        twoFactorChangedAtMs: null,
      }),
    },
    (page) => page.getByText('Two-factor authentication is off').waitFor(),
  ),
  scene('console-users-only-me', { ...withoutFactor, 'administration:directory': onlyMe }, (page) =>
    page.getByText('Maria Keller', { exact: true }).waitFor(),
  ),
  scene('console-users-loading', { ...userAnswers, 'administration:directory': never }, (page) =>
    page.getByRole('status', { name: 'Loading' }).waitFor(),
  ),
  scene('console-users-not-found', userAnswers, async (page) => {
    await page.getByPlaceholder('Search name or user name').fill('zacharias');
    await page.getByText('Nobody found').waitFor();
  }),
  scene(
    'console-users-failed',
    {
      ...userAnswers,
      'administration:directory': () => {
        throw new TwofoldError(
          'storage-failed',
          'The data folder cannot be read. Nothing was changed. Check its permissions, then try again.',
        );
      },
    },
    (page) => page.getByText('cannot be read').waitFor(),
  ),
  scene('console-users-many', many, async (page) => {
    await page.getByText('user.000003').waitFor();
    // To the middle of 100,000 rows of 56 pixels.
    await page.locator('.page-scroll').evaluate((scroller) => scroller.scrollTo({ top: 50_000 * 56 }));
    await page
      .getByText(/^user\.0500/)
      .first()
      .waitFor();
  }),
  scene('console-users-many-chosen', many, async (page) => {
    await page.getByText('user.000003').waitFor();
    await page.locator('.user-list-head .choice').click();
    await page.getByText('that match').first().waitFor();
  }),
  scene('console-users-sorted', userAnswers, async (page) => {
    await page.getByRole('button', { name: 'Name', exact: true }).click();
    await page.locator('[aria-sort=descending]').waitFor();
  }),
  scene('console-users-chosen', userAnswers, (page) =>
    new AdministrationPage(page).choosePeople('Jonas Frei', 'Tom Berger'),
  ),
  scene('console-user-menu', userAnswers, (page) =>
    page.getByRole('button', { name: 'Actions for Jonas Frei' }).click(),
  ),
  scene('console-users-unit-administrator', unitAdministrator, (page) =>
    page.getByText('Users of Sales').waitFor(),
  ),
  scene('console-bulk', userAnswers, async (page) => {
    const administration = new AdministrationPage(page);
    await administration.choosePeople('Jonas Frei', 'Tom Berger');
    await administration.bulk('Deactivate');
  }),
  scene('console-bulk-unit', withoutFactor, async (page) => {
    const administration = new AdministrationPage(page);
    await administration.choosePeople('Jonas Frei', 'Tom Berger');
    await administration.bulk('Move to unit…');
  }),
  scene('console-bulk-summary', withoutFactor, async (page) => {
    const administration = new AdministrationPage(page);
    await administration.choosePeople('Jonas Frei', 'Tom Berger');
    await administration.bulk('Deactivate');
    await administration.confirm('Deactivate');
    await page.getByText('left as before').waitFor();
  }),
  scene('console-add-user', withoutFactor, async (page) => {
    await page.getByRole('button', { name: 'Add user' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Noor Haddad');
  }),
  scene('console-one-time-password', userAnswers, async (page) => {
    await page.getByRole('button', { name: 'Add user' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Noor Haddad');
    await page.locator('.dialog').getByRole('button', { name: 'Add user' }).click();
    await page.getByText('wwgm-6nme-s3dw-qzpq').waitFor();
  }),
  scene('console-edit-user', userAnswers, async (page) => {
    const dialog = await new AdministrationPage(page).choose('Jonas Frei', 'Edit');
    await dialog.getByLabel('User name').fill('jonas.berger');
  }),
  scene('console-edit-user-refused', withoutFactor, async (page) => {
    const administration = new AdministrationPage(page);
    const dialog = await administration.choose('Jonas Frei', 'Edit');
    await dialog.getByLabel('User name').fill('maria.keller');
    await administration.confirm('Save');
    await page.getByText('Somebody has that user name').waitFor();
  }),
  scene('console-delete-user', userAnswers, async (page) => {
    await new AdministrationPage(page).choose('Jonas Frei', 'Delete');
  }),
  scene('console-make-administrator', userAnswers, async (page) => {
    await new AdministrationPage(page).choose('Jonas Frei', 'Make administrator');
  }),
  scene('console-reset-user-refused', userAnswers, async (page) => {
    const administration = new AdministrationPage(page);
    await administration.choose('Jonas Frei', 'Reset two-factor authentication');
    await administration.confirm('Reset', '207564');
    await page.getByText('That code is not right').waitFor();
  }),
  scene('console-last-administrator', withoutFactor, async (page) => {
    const administration = new AdministrationPage(page);
    await administration.choose('Maria Keller', 'Deactivate');
    await administration.confirm('Deactivate');
    await page.getByText('The last active administrator').waitFor();
  }),
  scene('console-import-choose', userAnswers, async (page) => {
    await new AdministrationPage(page).openMore('Import users…');
  }),
  scene(
    'console-import-refused',
    {
      ...userAnswers,
      'administration:previewUserImport': () => {
        throw new TwofoldError(
          'invalid-input',
          'The file ends within quotes. It may have been cut off; save it again. Nothing was imported.',
        );
      },
    },
    async (page) => {
      await new AdministrationPage(page).previewImport('"jonas');
      await page.getByText('ends within quotes').waitFor();
    },
  ),
  scene('console-import-ready', userAnswers, async (page) => {
    await new AdministrationPage(page).previewImport('ready');
    await page.getByText('Every line can be imported').waitFor();
  }),
  scene('console-import-problems', userAnswers, async (page) => {
    await new AdministrationPage(page).previewImport('broken');
    await page.getByText('5 lines cannot be imported').waitFor();
  }),
  scene('console-import-working', { ...withoutFactor, 'administration:importUsers': never }, async (page) => {
    const administration = new AdministrationPage(page);
    await administration.previewImport('ready');
    await administration.confirm('Import 244 users');
    await page.getByText('Making one-time passwords').waitFor();
  }),
  scene('console-import-done', withoutFactor, async (page) => {
    const administration = new AdministrationPage(page);
    await administration.previewImport('ready');
    await administration.confirm('Import 244 users');
    await page.getByText('244 users added').waitFor();
  }),
  scene('console-units', userAnswers, async (page) => {
    await new AdministrationPage(page).openMore('Units…');
  }),
  scene('console-units-empty', { ...withoutFactor, 'administration:directory': onlyMe }, async (page) => {
    await new AdministrationPage(page).openMore('Units…');
    await page.getByText('There is no unit yet').waitFor();
  }),
  scene('console-unit-not-empty', userAnswers, async (page) => {
    await new AdministrationPage(page).openMore('Units…');
    await page.getByRole('button', { name: 'Remove Sales' }).click();
    await page.getByText('still has 3 users').waitFor();
  }),
  scene('console-unit-rename', userAnswers, async (page) => {
    await new AdministrationPage(page).openMore('Units…');
    await page.getByRole('button', { name: 'Rename Sales' }).click();
  }),
];
