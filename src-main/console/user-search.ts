// Finding users for administrators: search, filter, order and counts over plain records. Pure.
import type { FactorState, UserCounts, UserSort } from '../../src-shared/contract/index.ts';
import type { Factor, User } from './records.ts';
import type { FoundUsers, UserSearch } from './repository.ts';

/** What the search needs to know around a user; each is asked only where it matters. */
export interface UserSurroundings {
  readonly factor: (id: string) => Factor | null;
  readonly trusts: (user: User) => number;
  readonly isLocked: (user: User) => boolean;
}

/** Without case and accents, so that "zürich" is found by "Zurich". */
export const searchKey = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

export const searchWords = (text: string): string[] => searchKey(text).split(/\s+/u).filter(Boolean);

const keys = new WeakMap<User, string>();

/** Computed once for each record: a record is replaced, never changed. */
function keyOf(user: User): string {
  const known = keys.get(user);
  if (known !== undefined) return known;
  const key = searchKey(`${user.userName}\n${user.displayName}`);
  keys.set(user, key);
  return key;
}

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
      return searchKey(user.displayName);
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

/** The page, with counts over all in scope. `all` in any order. */
export function findUsers(all: readonly User[], search: UserSearch, around: UserSurroundings): FoundUsers {
  const counts = { total: 0, setUp: 0, pending: 0, notSetUp: 0, serviceAccounts: 0, blocked: 0, inactive: 0 };
  const found: (Candidate & { readonly by: string | number })[] = [];
  for (const user of all) {
    if (search.scopeUnitId !== null && user.unitId !== search.scopeUnitId) continue;
    const state = stateAt(user, around.factor, search.nowMs);
    counts.total += 1;
    if (user.active) counts[countNames[state]] += 1;
    else counts.inactive += 1;
    if (search.unitId !== null && user.unitId !== search.unitId) continue;
    if (!search.words.every((word) => keyOf(user).includes(word))) continue;
    const candidate = { user, state };
    if (passes(candidate, search, around))
      found.push({ ...candidate, by: rank(search.sort, candidate, around) });
  }
  const direction = search.descending ? -1 : 1;
  // Equal ones by name, always upwards: pages must not shuffle.
  found.sort((a, b) => compare(a.by, b.by) * direction || compare(a.user.nameKey, b.user.nameKey));
  return {
    counts,
    matching: found.length,
    users: found.slice(search.offset, search.offset + search.limit).map(({ user }) => user),
  };
}
