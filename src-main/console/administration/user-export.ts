// The list of users as a CSV file: what the list shows, no secrets, and the audit says who took it.
import { setImmediate } from 'node:timers/promises';
import type { SavedFile, UserQuery, UserRow } from '../../../src-shared/contract/index.ts';
import { writeCsv } from '../../csv/write-csv.ts';
import type { Caller } from '../../ipc/caller.ts';
import { audit } from '../audit.ts';
import { userRows } from '../user-row.ts';
import type { ConsoleContext } from '../visit.ts';
import { look } from './action.ts';
import { userSearch } from './directory.ts';

/** So many users are read in one transaction, so that no sign-in waits for 100,000 of them. */
const USERS_PER_TRANSACTION = 1_000;

const names = [
  'user name',
  'display name',
  'role',
  'unit',
  'state',
  'two-factor authentication',
  'last sign-in',
  'trusted browsers',
  'live sessions',
  'backup proven',
  'recovery codes left',
  'one-time password pending',
  'locked until',
  'created',
] as const;

const moment = (atMs: number | null): string => (atMs === null ? '' : new Date(atMs).toISOString());

const cellsOf = (user: UserRow, units: ReadonlyMap<string, string>): readonly string[] => [
  user.userName,
  user.displayName,
  user.role,
  user.unitId === null ? '' : (units.get(user.unitId) ?? ''),
  user.active ? 'active' : 'deactivated',
  user.factor,
  moment(user.lastSignInAtMs),
  String(user.trustedBrowsers),
  String(user.liveSessions),
  moment(user.backupProvenAtMs),
  user.recoveryCodesLeft === null ? '' : String(user.recoveryCodesLeft),
  user.mustChangePassword ? 'yes' : 'no',
  moment(user.lockedUntilMs),
  moment(user.createdAtMs),
];

/** The users that match, in the order asked for. One who is deleted while the file is made is left out. */
export async function exportUsers(
  context: ConsoleContext,
  query: UserQuery,
  caller: Caller,
): Promise<SavedFile> {
  const everyone = { offset: 0, limit: Number.MAX_SAFE_INTEGER };
  const { ids, units, nowMs } = await look(context, caller, async (visit, { user: actor }) => {
    const { users } = await visit.tx.searchUsers(userSearch(visit, actor, query, everyone));
    await audit(visit, {
      event: 'users-exported',
      subject: null,
      actor,
      summary: `The list of users was exported: ${users.length}.`,
    });
    const named = (await visit.tx.units()).map(({ id, name }) => [id, name] as const);
    return { ids: users.map(({ id }) => id), units: new Map(named), nowMs: visit.nowMs };
  });
  const lines: (readonly string[])[] = [names];
  for (let from = 0; from < ids.length; from += USERS_PER_TRANSACTION) {
    const rows = await look(context, caller, async (visit) => {
      const some = ids.slice(from, from + USERS_PER_TRANSACTION);
      return userRows(visit, await visit.tx.listUsers(some));
    });
    for (const row of rows) lines.push(cellsOf(row, units));
    // Lets what has arrived meanwhile have its turn.
    await setImmediate();
  }
  return {
    fileName: `users-${new Date(nowMs).toISOString().slice(0, 10)}.csv`,
    mediaType: 'text/csv',
    content: writeCsv(lines),
  };
}
