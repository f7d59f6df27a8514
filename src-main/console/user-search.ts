// Finding users for administrators: search, filter, order and counts over plain records. Pure.
import type { FactorState, UserCounts, UserSort } from '../../src-shared/contract/index.ts';
import type { Factor, User } from './records.ts';
import type { FoundUsers, UserSearch } from './repository.ts';
import { codeCounterId, nameCounterId } from './throttle.ts';

/** What the search needs to know around a user; each is asked only where it matters. */
export interface UserSurroundings {
  readonly factor: (id: string) => Factor | null;
  readonly trusts: (user: User) => number;
  readonly isLocked: (user: User) => boolean;
}

const PLAIN = /^\p{ASCII}*$/u;

/** Without case and accents, so that "zürich" is found by "Zurich". */
export const searchKey = (text: string): string =>
  // Most names need no folding, and for 100,000 of them it takes long.
  PLAIN.test(text) ? text.toLowerCase() : text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

export const searchWords = (text: string): string[] => searchKey(text).split(/\s+/u).filter(Boolean);

interface Keys {
  /** What is searched. */
  readonly search: string;
  readonly displayName: string;
}

const known = new WeakMap<User, Keys>();

/** Computed once for each record: a record is replaced, never changed. */
function keysOf(user: User): Keys {
  const before = known.get(user);
  if (before !== undefined) return before;
  const displayName = searchKey(user.displayName);
  const keys = { displayName, search: `${searchKey(user.userName)}\n${displayName}` };
  known.set(user, keys);
  return keys;
}

interface CounterIds {
  readonly name: string;
  readonly code: string;
}

const counterIds = new WeakMap<User, CounterIds>();

/** The counters that can lock the user. The name's is a hash, which costs too much for 100,000 users at each search. */
export function counterIdsOf(user: User): CounterIds {
  const before = counterIds.get(user);
  if (before !== undefined) return before;
  const ids = { name: nameCounterId(user.nameKey), code: codeCounterId(user.id) };
  counterIds.set(user, ids);
  return ids;
}

/** Everyone who administers, the organization or a unit, by user name. */
export const administratorSearch = (nowMs: number): UserSearch => ({
  words: [],
  filter: 'administrators',
  unitId: null,
  scopeUnitId: null,
  sort: 'user-name',
  descending: false,
  offset: 0,
  limit: Number.MAX_SAFE_INTEGER,
  nowMs,
});

/** The state shown in lists; `pending` only while its time is not over. */
export function factorStateOf(user: User, active: Factor | null, pending: Factor | null): FactorState {
  if (user.isServiceAccount) return 'service-account';
  if (active !== null) return active.blocked ? 'blocked' : 'set-up';
  return pending === null ? 'not-set-up' : 'pending';
}

function stateAt(user: User, factor: UserSurroundings['factor'], nowMs: number): FactorState {
  const active = user.factorId === null ? null : factor(user.factorId);
  const pending = user.pendingFactorId === null ? null : factor(user.pendingFactorId);
  return factorStateOf(user, active, (pending?.pendingUntilMs ?? 0) > nowMs ? pending : null);
}

const countNames = {
  'not-set-up': 'notSetUp',
  pending: 'pending',
  'set-up': 'setUp',
  'service-account': 'serviceAccounts',
  blocked: 'blocked',
} as const satisfies Record<FactorState, keyof UserCounts>;

const stateOrder: readonly FactorState[] = ['blocked', 'not-set-up', 'pending', 'set-up', 'service-account'];

interface Candidate {
  readonly user: User;
  readonly state: FactorState;
}

function passes({ user, state }: Candidate, { filter }: UserSearch, around: UserSurroundings): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'missing':
      return user.active && (state === 'not-set-up' || state === 'pending');
    case 'inactive':
      return !user.active;
    case 'administrators':
      return user.role === 'administrator';
    case 'backup-not-proven':
      return user.backupProvenAtMs === null && (state === 'set-up' || state === 'blocked');
    case 'locked':
      return around.isLocked(user);
    default:
      return state === filter;
  }
}

/** What a column is ordered by; never seen comes before the oldest. */
function rank(sort: UserSort, { user, state }: Candidate, around: UserSurroundings): string | number {
  switch (sort) {
    case 'user-name':
      return user.nameKey;
    case 'display-name':
      return keysOf(user).displayName;
    case 'role':
      return user.role === 'administrator' ? 0 : 1;
    case 'state':
      return user.active ? 0 : 1;
    case 'factor':
      return stateOrder.indexOf(state);
    case 'last-sign-in':
      return user.lastSignInAtMs ?? 0;
    case 'trusted-browsers':
      return around.trusts(user);
    case 'backup-proven':
      return user.backupProvenAtMs ?? 0;
    case 'created':
      return user.createdAtMs;
  }
}

const compare = (left: string | number, right: string | number): number =>
  left < right ? -1 : left > right ? 1 : 0;

interface Found {
  readonly user: User;
  readonly by: string | number;
}

/**
 * Puts the item that belongs at `place` there, smaller ones before and larger ones after it, from `from` on (Hoare's
 * selection): of 100,000 users a page is looked for, and sorting all of them takes several times as long.
 */
function select<T>(items: T[], place: number, from: number, order: (a: T, b: T) => number): void {
  let low = from;
  let high = items.length - 1;
  while (low < high) {
    const pivot = items[low + ((high - low) >> 1)];
    if (pivot === undefined) return;
    let left = low;
    let right = high;
    while (left <= right) {
      for (let item = items[left]; item !== undefined && order(item, pivot) < 0; item = items[left])
        left += 1;
      for (let item = items[right]; item !== undefined && order(item, pivot) > 0; item = items[right])
        right -= 1;
      const [a, b] = [items[left], items[right]];
      if (left > right || a === undefined || b === undefined) break;
      items[left] = b;
      items[right] = a;
      left += 1;
      right -= 1;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return;
  }
}

/** The items from `offset` to `end` of all in that order. Changes the order of `items`. */
export function pageOf<T>(items: T[], offset: number, end: number, order: (a: T, b: T) => number): T[] {
  if (offset >= items.length) return [];
  // Half of all or more: sorting is as quick.
  if (end - offset < items.length / 2) {
    select(items, offset, 0, order);
    if (end < items.length) select(items, end, offset, order);
    return items.slice(offset, end).sort(order);
  }
  return items.sort(order).slice(offset, end);
}

/** The page, with counts over all in scope. `all` in any order. */
export function findUsers(all: Iterable<User>, search: UserSearch, around: UserSurroundings): FoundUsers {
  const counts = { total: 0, setUp: 0, pending: 0, notSetUp: 0, serviceAccounts: 0, blocked: 0, inactive: 0 };
  const found: Found[] = [];
  for (const user of all) {
    if (search.scopeUnitId !== null && user.unitId !== search.scopeUnitId) continue;
    const state = stateAt(user, around.factor, search.nowMs);
    counts.total += 1;
    if (user.active) counts[countNames[state]] += 1;
    else counts.inactive += 1;
    if (search.unitId !== null && user.unitId !== search.unitId) continue;
    if (search.words.length > 0) {
      const key = keysOf(user).search;
      if (!search.words.every((word) => key.includes(word))) continue;
    }
    const candidate = { user, state };
    if (passes(candidate, search, around)) found.push({ user, by: rank(search.sort, candidate, around) });
  }
  const direction = search.descending ? -1 : 1;
  // Equal ones by name, always upwards: pages must not shuffle.
  const order = (a: Found, b: Found): number =>
    compare(a.by, b.by) * direction || compare(a.user.nameKey, b.user.nameKey);
  return {
    counts,
    matching: found.length,
    users: pageOf(found, search.offset, search.offset + search.limit, order).map(({ user }) => user),
  };
}
