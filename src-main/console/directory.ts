// The people of the organization: how names compare, what a new user is, and the facts that decide a user's sign-in.
import { type Person, type Role, TwofoldError } from '../../src-shared/contract/index.ts';
import type { SignInFacts } from './next-step.ts';
import type { Factor, Organization, Unit, User } from './records.ts';
import { codeCounterId, lockedUntilMs } from './throttle.ts';
import { newId } from './tokens.ts';
import type { Visit } from './visit.ts';

/** User names are the same when they look the same: without case, and in one Unicode form. */
export const nameKey = (userName: string): string => userName.normalize('NFKC').toLowerCase().trim();

export const personOf = (user: User): Person => ({
  id: user.id,
  userName: user.userName,
  displayName: user.displayName,
  role: user.role,
});

export interface NewUser {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly unitId: string | null;
  readonly isServiceAccount: boolean;
  readonly passwordHash: string;
  /** End of a one-time password; null for a password of the user's own. */
  readonly oneTimePasswordUntilMs: number | null;
}

/** Adds a user. Throws TwofoldError `already-exists` when somebody has that name. */
export async function addUser(visit: Visit, who: NewUser): Promise<User> {
  if ((await visit.tx.userByName(nameKey(who.userName))) !== null) {
    throw new TwofoldError('already-exists', 'Somebody has that user name already. Choose another one.');
  }
  return putNewUser(visit, who);
}

/** Adds a user whose name is known to be free: for many at once, where each look costs more than the one before. */
export async function putNewUser({ tx, random, nowMs }: Visit, who: NewUser): Promise<User> {
  const user: User = {
    ...who,
    id: newId(random),
    nameKey: nameKey(who.userName),
    displayName: who.displayName.trim(),
    active: true,
    mustChangePassword: who.oneTimePasswordUntilMs !== null,
    trustEpoch: 1,
    factorId: null,
    pendingFactorId: null,
    administersUnitId: null,
    backupProvenAtMs: null,
    recoveryCodes: null,
    createdAtMs: nowMs,
    lastSignInAtMs: null,
    recentSignIns: [],
    notices: [],
  };
  await tx.putUser(user);
  return user;
}

/** Throws TwofoldError `not-found`. */
export async function requireUser({ tx }: Visit, userId: string): Promise<User> {
  const user = await tx.user(userId);
  if (user === null)
    throw new TwofoldError('not-found', 'There is no such user any more. Look at the list again.');
  return user;
}

/** Throws TwofoldError `not-found`. */
export async function requireUnit({ tx }: Visit, unitId: string): Promise<Unit> {
  const unit = await tx.unit(unitId);
  if (unit === null)
    throw new TwofoldError('not-found', 'There is no such unit any more. Look at the list again.');
  return unit;
}

/** Throws TwofoldError `conflict` before there is an organization. */
export async function requireOrganization({ tx }: Visit): Promise<Organization> {
  const organization = await tx.organization();
  if (organization === null)
    throw new TwofoldError('conflict', 'There is no organization yet. Create one first.');
  return organization;
}

/** The factor that is in force, and the pending one if its time is not over. */
export async function factorsOf(
  { tx, nowMs }: Visit,
  user: User,
): Promise<{ active: Factor | null; pending: Factor | null }> {
  const active = user.factorId === null ? null : await tx.factor(user.factorId);
  const pending = user.pendingFactorId === null ? null : await tx.factor(user.pendingFactorId);
  return { active, pending: pending !== null && (pending.pendingUntilMs ?? 0) > nowMs ? pending : null };
}

/** Facts about a user whose password was right, from a browser that is not trusted. */
export async function factsOf(visit: Visit, organization: Organization, user: User): Promise<SignInFacts> {
  const { active, pending } = await factorsOf(visit, user);
  const expires = user.oneTimePasswordUntilMs;
  const withoutFactor = pending === null ? 'none' : 'pending';
  return {
    active: user.active,
    passwordLocked: false,
    mustChangePassword: user.mustChangePassword,
    oneTimePasswordExpired: user.mustChangePassword && expires !== null && expires <= visit.nowMs,
    twoFactorOn: organization.twoFactorOn,
    isServiceAccount: user.isServiceAccount,
    factor: active === null ? withoutFactor : active.blocked ? 'blocked' : 'set-up',
    trustedBrowser: false,
    codeLocked: lockedUntilMs(await visit.tx.counter(codeCounterId(user.id)), visit.nowMs) !== null,
  };
}
