// Lists, counts and the roll-out over user_list and user_counts, which the database keeps beside the users.
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { UserSort } from '../../../src-shared/contract/index.ts';
import type { User } from '../records.ts';
import type { FoundUsers, RollOutCount, RollOutState, UserSearch } from '../repository.ts';
import { inText } from './in-text.ts';
import type { Run } from './run.ts';
import type { TrackedTable } from './tracked-table.ts';

type Condition = RawBuilder<unknown>;

const all = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`TRUE` : sql.join([...conditions], sql` AND `);

const LOCKED = (nowMs: number): Condition => sql`user_id IN (
  SELECT u.id FROM twofold.counters c JOIN twofold.users u ON u.name_counter_id = c.id
  WHERE c.locked_until_ms > ${nowMs} AND c.id LIKE 'name-%'
  UNION ALL
  SELECT substr(c.id, 6) FROM twofold.counters c WHERE c.locked_until_ms > ${nowMs} AND c.id LIKE 'code-%')`;

const inUnit = (unitId: string | null): Condition[] => (unitId === null ? [] : [sql`unit_id = ${unitId}`]);

/** What user_list and user_counts both know. */
function sharedConditions({ filter, unitId, scopeUnitId }: UserSearch, proven: Condition): Condition[] {
  const units = [...inUnit(scopeUnitId), ...inUnit(unitId)];
  switch (filter) {
    case 'missing':
      return [...units, sql`active_rank = 0`, sql`state_rank = 1`];
    case 'inactive':
      return [...units, sql`active_rank = 1`];
    case 'administrators':
      return [...units, sql`role_rank = 0`];
    case 'backup-not-proven':
      return [...units, sql`NOT ${proven}`, sql`state_rank IN (0, 3)`];
    case 'set-up':
      return [...units, sql`state_rank = 3`];
    case 'blocked':
      return [...units, sql`state_rank = 0`];
    case 'service-account':
      return [...units, sql`state_rank = 4`];
    case 'not-set-up':
    case 'pending':
      return [...units, sql`state_rank = 1`];
    default:
      return units;
  }
}

/** What user_list alone knows. */
function ownConditions({ filter, words, nowMs }: UserSearch): Condition[] {
  const found = words.map((word) => sql`search_key LIKE ${inText(word)}`);
  return [
    ...(filter === 'pending' ? [sql`pending_until_ms > ${nowMs}`] : []),
    ...(filter === 'not-set-up' ? [sql`pending_until_ms <= ${nowMs}`] : []),
    ...(filter === 'locked' ? [LOCKED(nowMs)] : []),
    ...(found.length === 0
      ? []
      : [sql`user_id IN (SELECT user_id FROM twofold.user_search WHERE ${all(found)})`]),
  ];
}

const listConditions = (search: UserSearch): Condition =>
  all([...sharedConditions(search, sql`(backup_proven_at_ms > 0)`), ...ownConditions(search)]);

const Number_ = z.object({ n: z.number().int() });
const numberOf = async (run: Run, query: Condition): Promise<number> =>
  Number_.parse((await run(query)).rows[0]).n;

const sumOfCounts = (where: Condition): Condition =>
  sql`SELECT coalesce(sum(n), 0)::bigint AS n FROM twofold.user_counts WHERE ${where}`;

const countOfList = (where: Condition): Condition =>
  sql`SELECT count(*) AS n FROM twofold.user_list WHERE ${where}`;

/** Whether only looking at each one tells how many match: locked ones, set-ups under way, words. */
const needsLooking = ({ filter, words }: UserSearch): boolean =>
  words.length > 0 || filter === 'locked' || filter === 'pending';

/** How many match of those of whom the sums tell, without those who are in the midst of a set-up if need be. */
async function countBySums(
  run: Run,
  search: UserSearch,
  within: Condition,
  isWithoutPending: boolean,
): Promise<number> {
  const found = await numberOf(run, sumOfCounts(all([...sharedConditions(search, sql`is_proven`), within])));
  if (!isWithoutPending) return found;
  const inList = all([...sharedConditions(search, sql`(backup_proven_at_ms > 0)`), within]);
  return found - (await numberOf(run, countOfList(sql`${inList} AND pending_until_ms > ${search.nowMs}`)));
}

const Counts = z.array(z.object({ active: z.number().int(), state: z.number().int(), n: z.number().int() }));

async function countsOf(run: Run, { scopeUnitId, nowMs }: UserSearch): Promise<FoundUsers['counts']> {
  const scope = all(inUnit(scopeUnitId));
  const rows = Counts.parse(
    (
      await run(sql`SELECT active_rank AS active, state_rank AS state, sum(n)::bigint AS n
        FROM twofold.user_counts WHERE ${scope} GROUP BY 1, 2`)
    ).rows,
  );
  const sum = (fits: (row: z.infer<typeof Counts>[number]) => boolean): number =>
    rows.filter(fits).reduce((total, { n }) => total + n, 0);
  const ofState = (state: number): number => sum((row) => row.active === 0 && row.state === state);
  const pending = await numberOf(
    run,
    countOfList(sql`${scope} AND active_rank = 0 AND pending_until_ms > ${nowMs}`),
  );
  return {
    total: sum(() => true),
    setUp: ofState(3),
    pending,
    notSetUp: ofState(1) - pending,
    serviceAccounts: ofState(4),
    blocked: ofState(0),
    inactive: sum((row) => row.active === 1),
  };
}

const sortColumns = {
  'user-name': null,
  'display-name': 'display_key',
  role: 'role_rank',
  state: 'active_rank',
  factor: null,
  'last-sign-in': 'last_sign_in_at_ms',
  'trusted-browsers': 'trusts',
  'backup-proven': 'backup_proven_at_ms',
  created: 'created_at_ms',
} as const satisfies Record<UserSort, string | null>;

/** Which part of an order, in which order. */
interface Part {
  readonly where: Condition;
  readonly column: string | null;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** User names, as they are compared: they stand in every index, so that most orders are read from their index alone. */
const Names = z.array(z.object({ name: z.string() }));
const namesOf = (rows: readonly unknown[]): string[] => Names.parse(rows).map(({ name }) => name);

/** The names at those places, read along the index of the order, from the nearer end. */
async function namesAt(run: Run, part: Part, count: number): Promise<string[]> {
  const { where, column, offset } = part;
  const limit = Math.min(part.limit, count - offset);
  if (limit <= 0) return [];
  const isFromEnd = offset > count - offset - limit;
  const down = (isDown: boolean): Condition => (isDown !== isFromEnd ? sql`DESC` : sql`ASC`);
  // By name alone, the order itself turns; else equal ones always go by name, upwards: pages must not shuffle.
  const order =
    column === null
      ? sql`name_key ${down(part.descending)}`
      : sql`${sql.ref(column)} ${down(part.descending)}, name_key ${down(false)}`;
  const skipped = isFromEnd ? count - offset - limit : offset;
  const { rows } = await run(sql`SELECT name_key AS name FROM twofold.user_list WHERE ${where}
    ORDER BY ${order} LIMIT ${limit} OFFSET ${skipped}`);
  const names = namesOf(rows);
  return isFromEnd ? names.reverse() : names;
}

interface State {
  readonly where: Condition;
  /** Of those without a factor: only those who are not in the midst of a set-up, or only those who are. */
  readonly pending: 'without' | 'only' | null;
}

/** The states in their order; what is under way depends on the time, so that no column can hold it. */
const states: readonly State[] = [
  { where: sql`state_rank = 0`, pending: null },
  { where: sql`state_rank = 1`, pending: 'without' },
  { where: sql`state_rank = 1`, pending: 'only' },
  { where: sql`state_rank = 3`, pending: null },
  { where: sql`state_rank = 4`, pending: null },
];

async function namesByState(run: Run, search: UserSearch): Promise<string[]> {
  const list = listConditions(search);
  const { nowMs, limit } = search;
  const names: string[] = [];
  let { offset } = search;
  for (const { where: state, pending } of search.descending ? states.toReversed() : states) {
    const ofTime = { without: sql`pending_until_ms <= ${nowMs}`, only: sql`pending_until_ms > ${nowMs}` };
    const where =
      pending === null ? sql`${list} AND ${state}` : sql`${list} AND ${state} AND ${ofTime[pending]}`;
    const count =
      pending === 'only'
        ? await numberOf(run, countOfList(where))
        : await countBySums(run, search, state, pending === 'without');
    const part = {
      where,
      column: null,
      descending: false,
      offset: Math.min(offset, count),
      limit: limit - names.length,
    };
    names.push(...(await namesAt(run, part, count)));
    offset = Math.max(0, offset - count);
    if (names.length >= limit) break;
  }
  return names;
}

/** What everybody who matches has in common: nothing to order by. */
const isSame = ({ filter, sort }: UserSearch): boolean =>
  filter === 'backup-not-proven' && sort === 'backup-proven';

const Found = z.array(z.object({ matching: z.number().int(), name: z.string().nullable() }));

/** All who match are found first and put in order then: for few of many, who may be anywhere in the order. */
async function namesOfFew(run: Run, search: UserSearch): Promise<{ matching: number; names: string[] }> {
  const { sort, descending, offset, limit, nowMs } = search;
  const column = sortColumns[sort];
  const key =
    sort === 'factor'
      ? sql`CASE WHEN state_rank = 1 AND pending_until_ms > ${nowMs} THEN 2 ELSE state_rank END`
      : column === null
        ? sql`name_key`
        : sql.ref(column);
  const { rows } = await run(sql`
    WITH found AS MATERIALIZED (
      SELECT name_key AS name, ${key} AS key FROM twofold.user_list WHERE ${listConditions(search)}
    ), page AS (
      SELECT name, key FROM found ORDER BY key ${descending ? sql`DESC` : sql`ASC`}, name LIMIT ${limit} OFFSET ${offset}
    )
    SELECT counted.matching, page.name FROM (SELECT count(*) AS matching FROM found) counted LEFT JOIN page ON TRUE
    ORDER BY page.key ${descending ? sql`DESC` : sql`ASC`}, page.name`);
  const found = Found.parse(rows);
  return { matching: found[0]?.matching ?? 0, names: found.flatMap(({ name }) => name ?? []) };
}

/** Each costs a while, and somebody waits. */
const MOST_CLEARED = 200;

/** Trusts that are over count for nothing; a few are cleared away whenever somebody sorts by their number. */
const clearOverTrusts = (nowMs: number): Condition => sql`
  DELETE FROM twofold.trusts WHERE id IN (
    SELECT id FROM twofold.trusts WHERE expires_at_ms <= ${nowMs} ORDER BY expires_at_ms LIMIT ${MOST_CLEARED}
    FOR UPDATE SKIP LOCKED)`;

const MOST_COUNT_CHANGES = 5_000;

/** As `findUsers`, over the database. `canWrite`: not in a transaction that only reads. */
export async function searchUsers(
  run: Run,
  users: TrackedTable<User>,
  search: UserSearch,
  canWrite: boolean,
): Promise<FoundUsers> {
  if (canWrite) {
    await run(sql`SELECT twofold.compact_counts(${MOST_COUNT_CHANGES})`);
    if (search.sort === 'trusted-browsers') await run(clearOverTrusts(search.nowMs));
  }
  const counts = await countsOf(run, search);
  const { matching, names } = await pageOf(run, search, counts.total);
  return { counts, matching, users: await usersByName(run, users, names) };
}

/** Of no more than so many, if they are few among all, it costs less to put them in order than to look for them along it. */
const FEW = 100_000;

async function pageOf(
  run: Run,
  search: UserSearch,
  total: number,
): Promise<{ matching: number; names: string[] }> {
  if (needsLooking(search)) return namesOfFew(run, search);
  const matching = await countBySums(run, search, sql`TRUE`, search.filter === 'not-set-up');
  const { sort, descending, offset, limit } = search;
  // By name they stand in order in every index that a filter uses.
  if (sort !== 'user-name' && matching <= Math.min(FEW, total / 4)) return namesOfFew(run, search);
  if (sort === 'factor') return { matching, names: await namesByState(run, search) };
  const where = listConditions(search);
  const order = isSame(search)
    ? { column: null, descending: false }
    : { column: sortColumns[sort], descending };
  return { matching, names: await namesAt(run, { where, ...order, offset, limit }, matching) };
}

async function usersByName(run: Run, users: TrackedTable<User>, names: readonly string[]): Promise<User[]> {
  if (names.length === 0) return [];
  const found = await users.list(run, sql`t.name_key = ANY(${names})`);
  const byName = new Map(found.map((user) => [user.nameKey, user]));
  return names.flatMap((name) => byName.get(name) ?? []);
}

/** Those who are there, in the order of the ids. */
export async function usersInOrder(
  run: Run,
  users: TrackedTable<User>,
  ids: readonly string[],
): Promise<User[]> {
  if (ids.length === 0) return [];
  const found = await users.list(run, sql`t.id = ANY(${ids})`);
  const byId = new Map(found.map((user) => [user.id, user]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Counted ones of whom a factor is expected. */
const EXPECTED = sql`active_rank = 0 AND state_rank <> 4`;

const First = z.object({ first: z.number().int().nullable() });

export async function rollOut(run: Run, nowMs: number): Promise<RollOutState> {
  const people = await numberOf(run, sumOfCounts(EXPECTED));
  const setUp = await numberOf(run, sumOfCounts(sql`${EXPECTED} AND state_rank IN (0, 3)`));
  const pending = await numberOf(run, countOfList(sql`${EXPECTED} AND pending_until_ms > ${nowMs}`));
  const { rows } = await run(
    sql`SELECT min(set_up_at_ms) AS first FROM twofold.user_list WHERE ${EXPECTED} AND set_up_at_ms IS NOT NULL`,
  );
  return { people, setUp, pending, firstSetUpAtMs: First.parse(rows[0]).first };
}

const Between = z.array(z.object({ n: z.number().int() }));

/** How many have their moment in that column by each of the moments, which grow: each span is counted along the index. */
async function countedBy(run: Run, column: string, momentsMs: readonly number[]): Promise<number[]> {
  const moment = sql.ref(column);
  const { rows } = await run(sql`
    SELECT (
      SELECT count(*) FROM twofold.user_list
      WHERE ${EXPECTED} AND ${moment} > coalesce(span.after, -1) AND ${moment} <= span.until
    ) AS n
    FROM (SELECT until, lag(until) OVER (ORDER BY place) AS after, place
      FROM unnest(${momentsMs}::bigint[]) WITH ORDINALITY moments (until, place)) span
    ORDER BY span.place`);
  let total = 0;
  return Between.parse(rows).map(({ n }) => (total += n));
}

export async function rollOutAt(run: Run, momentsMs: readonly number[]): Promise<RollOutCount[]> {
  if (momentsMs.length === 0) return [];
  const created = await countedBy(run, 'created_at_ms', momentsMs);
  const setUp = await countedBy(run, 'set_up_at_ms', momentsMs);
  return momentsMs.map((_, index) => ({ people: created[index] ?? 0, setUp: setUp[index] ?? 0 }));
}

const UnitCounts = z.array(z.object({ id: z.string(), n: z.number().int() }));

/** How many belong to each unit. */
export async function countUsersOfUnits(run: Run): Promise<Map<string, number>> {
  const { rows } = await run(
    sql`SELECT unit_id AS id, sum(n)::bigint AS n FROM twofold.user_counts WHERE unit_id IS NOT NULL GROUP BY 1`,
  );
  return new Map(UnitCounts.parse(rows).map(({ id, n }) => [id, n]));
}
