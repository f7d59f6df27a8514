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
  const locks = [nameCounterId(user.nameKey), codeCounterId(user.id)].map(async (id) =>
    lockedUntilMs(await visit.tx.counter(id), visit.nowMs),
  );
  const latestLockMs = Math.max(...(await Promise.all(locks)).map((untilMs) => untilMs ?? 0));
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
