// All tables of the console's records as one transaction sees them, in the order in which their changes are sent.
import { createRecordTables } from '../record-tables.ts';
import type { User } from '../records.ts';
import { nameCounterId } from '../throttle.ts';
import { searchKey } from '../user-search.ts';
import type { Run } from './run.ts';
import { TrackedTable } from './tracked-table.ts';

/** What is searched and sorted by, folded as the embedded store folds it. */
const userKeys = {
  columns: ['display_key', 'search_key', 'name_counter_id'],
  of: (user: User) => {
    const displayKey = searchKey(user.displayName);
    return {
      display_key: displayKey,
      search_key: `${searchKey(user.userName)}\n${displayKey}`,
      name_counter_id: nameCounterId(user.nameKey),
    };
  },
};

export function createTrackedTables() {
  const tables = createRecordTables();
  return {
    // Units before the users who belong to them.
    units: new TrackedTable(tables.units, { name: 'units' }),
    organization: new TrackedTable(tables.organization, {
      name: 'organization',
    }),
    users: new TrackedTable(tables.users, { name: 'users', extra: userKeys }),
    factors: new TrackedTable(tables.factors, { name: 'factors' }),
    trusts: new TrackedTable(tables.trusts, { name: 'trusts' }),
    sessions: new TrackedTable(tables.sessions, { name: 'sessions' }),
    challenges: new TrackedTable(tables.challenges, { name: 'challenges' }),
    counters: new TrackedTable(tables.counters, { name: 'counters' }),
    devices: new TrackedTable(tables.devices, { name: 'devices' }),
    apiKeys: new TrackedTable(tables.apiKeys, { name: 'api_keys' }),
    breakGlass: new TrackedTable(tables.breakGlass, {
      name: 'break_glass',
    }),
    sealingKeys: new TrackedTable(tables.sealingKeys, {
      name: 'sealing_keys',
    }),
  };
}
export type TrackedTables = ReturnType<typeof createTrackedTables>;

/** What sending needs of a table. */
export type FlushableTable = Pick<
  TrackedTables['users'],
  'hasChanges' | 'flushPuts' | 'flushRemovals' | 'settle'
>;

/**
 * Sends everything that was changed, in one order for all transactions, all of it at once: it waits for the server once.
 * Throws Overtaken.
 */
export async function flushTables(run: Run, tables: readonly FlushableTable[]): Promise<void> {
  const all = tables.filter((table) => table.hasChanges);
  await Promise.all([
    ...all.flatMap((table) => table.flushPuts(run)),
    ...all.toReversed().flatMap((table) => table.flushRemovals(run)),
  ]);
  for (const table of all) table.settle();
}
