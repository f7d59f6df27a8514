// Users as administrators see them in the list.
import type { Directory, UserRow } from '../../src-shared/contract/index.ts';
import { factorsOf, factorState, factsOf, requireOrganization } from './directory.ts';
import type { Organization, User } from './records.ts';
import { liveSessionsOf } from './sessions.ts';
import { codeCounterId, lockedUntilMs, nameCounterId } from './throttle.ts';
import { trustsInForce } from './trusted-browsers.ts';
import type { Visit } from './visit.ts';

export async function userRow(visit: Visit, organization: Organization, user: User): Promise<UserRow> {
  const { pending } = await factorsOf(visit, user);
  const locks = [nameCounterId(user.nameKey), codeCounterId(user.id)].map(async (id) =>
    lockedUntilMs(await visit.tx.counter(id), visit.nowMs),
  );
  const latestLockMs = Math.max(...(await Promise.all(locks)).map((untilMs) => untilMs ?? 0));
  return {
    id: user.id,
    userName: user.userName,
    displayName: user.displayName,
    role: user.role,
    active: user.active,
    factor: factorState(await factsOf(visit, organization, user)),
    pendingUntilMs: pending?.pendingUntilMs ?? null,
    lastSignInAtMs: user.lastSignInAtMs,
    trustedBrowsers: (await trustsInForce(visit, user)).length,
    liveSessions: (await liveSessionsOf(visit, user.id)).length,
    mustChangePassword: user.mustChangePassword,
    lockedUntilMs: latestLockMs === 0 ? null : latestLockMs,
  };
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** A page of the users that match, with counts over all. */
export async function describeDirectory(
  visit: Visit,
  { search, offset, limit }: { search: string; offset: number; limit: number },
): Promise<Directory> {
  const organization = await requireOrganization(visit);
  const users = await visit.tx.users();
  const counts = { total: users.length, setUp: 0, pending: 0, notSetUp: 0, serviceAccounts: 0, blocked: 0 };
  for (const user of users) {
    const state = factorState(await factsOf(visit, organization, user));
    if (state === 'set-up') counts.setUp += 1;
    if (state === 'pending') counts.pending += 1;
    if (state === 'not-set-up') counts.notSetUp += 1;
    if (state === 'service-account') counts.serviceAccounts += 1;
    if (state === 'blocked') counts.blocked += 1;
  }
  const wanted = fold(search.trim());
  const matching = users.filter(
    (user) => wanted === '' || fold(`${user.userName} ${user.displayName}`).includes(wanted),
  );
  const rows: UserRow[] = [];
  for (const user of matching.slice(offset, offset + limit))
    rows.push(await userRow(visit, organization, user));
  return {
    twoFactorOn: organization.twoFactorOn,
    twoFactorChangedAtMs: organization.twoFactorChangedAtMs,
    counts,
    matching: matching.length,
    users: rows,
  };
}
