// Finding users: a page is the same as of the sorted whole, whatever the order, and names are found without case and accents.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UserFilter, UserSort } from '../../../src-shared/contract/index.ts';
import type { Factor, User } from '../../../src-main/console/records.ts';
import type { UserSearch } from '../../../src-main/console/repository.ts';
import { findUsers, pageOf, searchWords } from '../../../src-main/console/user-search.ts';

const NOW = 1_000_000;

const user = (name: string, more: Partial<User> = {}): User => ({
  id: `id-${name}`,
  userName: name,
  nameKey: name.toLowerCase(),
  displayName: name,
  role: 'user',
  unitId: null,
  administersUnitId: null,
  active: true,
  isServiceAccount: false,
  passwordHash: '',
  mustChangePassword: false,
  oneTimePasswordUntilMs: null,
  trustEpoch: 1,
  factorId: null,
  pendingFactorId: null,
  backupProvenAtMs: null,
  recoveryCodes: null,
  createdAtMs: 0,
  lastSignInAtMs: null,
  recentSignIns: [],
  notices: [],
  ...more,
});

const factor = (id: string, more: Partial<Factor> = {}): Factor => ({
  id,
  userId: '',
  state: 'active',
  sealedSecret: '',
  sealedBy: null,
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  createdAtMs: 0,
  pendingUntilMs: null,
  sessionId: null,
  activatedAtMs: null,
  lastUsedAtMs: null,
  lastAcceptedStep: null,
  driftSteps: 0,
  consecutiveFailures: 0,
  blocked: false,
  ...more,
});

const factors = new Map([
  ['set-up', factor('set-up')],
  ['blocked', factor('blocked', { blocked: true })],
  ['pending', factor('pending', { state: 'pending', pendingUntilMs: NOW + 1 })],
  ['over', factor('over', { state: 'pending', pendingUntilMs: NOW })],
]);

/** One of each kind. */
const everyone: readonly User[] = [
  user('Anna', {
    role: 'administrator',
    factorId: 'set-up',
    backupProvenAtMs: 7,
    lastSignInAtMs: 9,
    createdAtMs: 1,
  }),
  user('Bülent', { factorId: 'blocked', displayName: 'Zürn, Bülent', unitId: 'sales', createdAtMs: 2 }),
  user('carla', { pendingFactorId: 'pending', unitId: 'sales', lastSignInAtMs: 4, createdAtMs: 3 }),
  user('Dirk', { pendingFactorId: 'over', createdAtMs: 4 }),
  user('eva', { active: false, factorId: 'set-up', unitId: 'sales', createdAtMs: 5 }),
  user('robot', { isServiceAccount: true, factorId: 'set-up', lastSignInAtMs: 2, createdAtMs: 6 }),
];

const around = {
  factor: (id: string) => factors.get(id) ?? null,
  trusts: ({ nameKey }: User) => (nameKey === 'anna' ? 3 : nameKey === 'eva' ? 1 : 0),
  isLocked: ({ nameKey }: User) => nameKey === 'dirk',
};

const all: UserSearch = {
  words: [],
  filter: 'all',
  unitId: null,
  scopeUnitId: null,
  sort: 'user-name',
  descending: false,
  offset: 0,
  limit: 100,
  nowMs: NOW,
};
const names = (search: Partial<UserSearch>): string[] =>
  findUsers(everyone, { ...all, ...search }, around).users.map(({ userName }) => userName);

describe('filters', () => {
  test.each<[UserFilter, string[]]>([
    ['all', ['Anna', 'Bülent', 'carla', 'Dirk', 'eva', 'robot']],
    ['missing', ['carla', 'Dirk']],
    ['not-set-up', ['Dirk']],
    ['pending', ['carla']],
    ['set-up', ['Anna', 'eva']],
    ['service-account', ['robot']],
    ['blocked', ['Bülent']],
    ['inactive', ['eva']],
    ['locked', ['Dirk']],
    ['administrators', ['Anna']],
    ['backup-not-proven', ['Bülent', 'eva']],
  ])('%s', (filter, expected) => {
    expect(names({ filter })).toEqual(expected);
  });

  test('a unit, and the unit to which an administrator is limited; counts are over what may be seen', () => {
    expect(names({ unitId: 'sales' })).toEqual(['Bülent', 'carla', 'eva']);
    expect(findUsers(everyone, { ...all, unitId: 'sales' }, around).counts.total).toBe(6);
    const limited = findUsers(everyone, { ...all, scopeUnitId: 'sales' }, around);
    expect(limited.counts).toEqual({
      total: 3,
      setUp: 0,
      pending: 1,
      notSetUp: 0,
      serviceAccounts: 0,
      blocked: 1,
      inactive: 1,
    });
    expect(limited.matching).toBe(3);
    expect(names({ scopeUnitId: 'sales', unitId: 'none' })).toEqual([]);
  });
});

describe('order by every column, equal ones by name', () => {
  test.each<[UserSort, string[], string[]]>([
    [
      'user-name',
      ['Anna', 'Bülent', 'carla', 'Dirk', 'eva', 'robot'],
      ['robot', 'eva', 'Dirk', 'carla', 'Bülent', 'Anna'],
    ],
    [
      'display-name',
      ['Anna', 'carla', 'Dirk', 'eva', 'robot', 'Bülent'],
      ['Bülent', 'robot', 'eva', 'Dirk', 'carla', 'Anna'],
    ],
    [
      'role',
      ['Anna', 'Bülent', 'carla', 'Dirk', 'eva', 'robot'],
      ['Bülent', 'carla', 'Dirk', 'eva', 'robot', 'Anna'],
    ],
    [
      'state',
      ['Anna', 'Bülent', 'carla', 'Dirk', 'robot', 'eva'],
      ['eva', 'Anna', 'Bülent', 'carla', 'Dirk', 'robot'],
    ],
    [
      'factor',
      ['Bülent', 'Dirk', 'carla', 'Anna', 'eva', 'robot'],
      ['robot', 'Anna', 'eva', 'carla', 'Dirk', 'Bülent'],
    ],
    [
      'last-sign-in',
      ['Bülent', 'Dirk', 'eva', 'robot', 'carla', 'Anna'],
      ['Anna', 'carla', 'robot', 'Bülent', 'Dirk', 'eva'],
    ],
    [
      'trusted-browsers',
      ['Bülent', 'carla', 'Dirk', 'robot', 'eva', 'Anna'],
      ['Anna', 'eva', 'Bülent', 'carla', 'Dirk', 'robot'],
    ],
    [
      'backup-proven',
      ['Bülent', 'carla', 'Dirk', 'eva', 'robot', 'Anna'],
      ['Anna', 'Bülent', 'carla', 'Dirk', 'eva', 'robot'],
    ],
    [
      'created',
      ['Anna', 'Bülent', 'carla', 'Dirk', 'eva', 'robot'],
      ['robot', 'eva', 'Dirk', 'carla', 'Bülent', 'Anna'],
    ],
  ])('%s', (sort, upwards, downwards) => {
    expect(names({ sort })).toEqual(upwards);
    expect(names({ sort, descending: true })).toEqual(downwards);
  });
});

test('every word must be found, in either name, without case and accents', () => {
  expect(names({ words: searchWords('BULENT zurn') })).toEqual(['Bülent']);
  expect(names({ words: searchWords('bül zur anna') })).toEqual([]);
  expect(names({ words: searchWords('  ') })).toHaveLength(6);
});

test('pages of any size are those of the sorted whole (property)', () => {
  const order = (a: number, b: number): number => a - b;
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 200 }),
      fc.nat(220),
      fc.nat(80),
      (items, offset, limit) => {
        const sorted = items.toSorted(order);
        expect(pageOf([...items], offset, offset + limit, order)).toEqual(
          sorted.slice(offset, offset + limit),
        );
      },
    ),
  );
});

test('pages follow one another without a gap or a double (property)', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      (texts, limit) => {
        const people = texts.map((text, index) =>
          user(text, {
            id: String(index),
            nameKey: `${text}\0${index}`,
            role: index % 2 ? 'user' : 'administrator',
          }),
        );
        const page = (offset: number) =>
          findUsers(people, { ...all, sort: 'role', offset, limit }, around).users;
        const pages = Array.from({ length: Math.ceil(people.length / limit) }, (_, at) =>
          page(at * limit),
        ).flat();
        expect(pages).toEqual(findUsers(people, { ...all, sort: 'role' }, around).users);
      },
    ),
  );
});
