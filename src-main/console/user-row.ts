// Users as administrators see them in the list.
import type { UserRow } from '../../src-shared/contract/index.ts';
import { factorsOf } from './directory.ts';
import type { User } from './records.ts';
import { liveSessionsOf } from './sessions.ts';
import { codeCounterId, lockedUntilMs, nameCounterId } from './throttle.ts';
import { trustsInForce } from './trusted-browsers.ts';
import { factorStateOf } from './user-search.ts';
import type { Visit } from './visit.ts';

/** The user as it stands at the visit's time. */
export async function userRow(visit: Visit, user: User): Promise<UserRow> {
  const { active, pending } = await factorsOf(visit, user);
  const counters = [
    await visit.tx.counter(nameCounterId(user.nameKey)),
    await visit.tx.counter(codeCounterId(user.id)),
  ];
  const latestLockMs = Math.max(...counters.map((counter) => lockedUntilMs(counter, visit.nowMs) ?? 0));
  return {
    id: user.id,
    userName: user.userName,
    displayName: user.displayName,
    role: user.role,
    unitId: user.unitId,
    administersUnitId: user.administersUnitId,
    active: user.active,
    factor: factorStateOf(user, active, pending),
    pendingUntilMs: pending?.pendingUntilMs ?? null,
    lastSignInAtMs: user.lastSignInAtMs,
    trustedBrowsers: (await trustsInForce(visit, user)).length,
    liveSessions: (await liveSessionsOf(visit, user.id)).length,
    backupProvenAtMs: user.backupProvenAtMs,
    recoveryCodesLeft: user.recoveryCodes?.hashes.length ?? null,
    mustChangePassword: user.mustChangePassword,
    lockedUntilMs: latestLockMs === 0 ? null : latestLockMs,
    createdAtMs: user.createdAtMs,
  };
}

/** Many users at once. */
export async function userRows(visit: Visit, users: readonly User[]): Promise<UserRow[]> {
  await visit.tx.prefetch(users);
  const rows: UserRow[] = [];
  for (const user of users) rows.push(await userRow(visit, user));
  return rows;
}
