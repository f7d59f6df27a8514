// Signing in: password, then whatever nextStep says, until there is a session; and signing out.
import { type ConsoleStep, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { audit } from './audit.ts';
import { endBreakGlassOf, hasBreakGlass } from './break-glass.ts';
import { endChallenge, liveChallenge, requireChallenge, startChallenge, stepExpired } from './challenges.ts';
import { checkOwnCode, codeLock } from './code-check.ts';
import { factorsOf, factsOf, nameKey, requireOrganization } from './directory.ts';
import { nextStep } from './next-step.ts';
import { withSignIn } from './notices.ts';
import { requireStrongPassword } from './password-strength.ts';
import { setOwnPassword } from './own-password.ts';
import type { Challenge, Factor, User } from './records.ts';
import { liveSession, startSession } from './sessions.ts';
import { stepOf } from './step.ts';
import {
  afterFailure,
  clearFailures,
  deviceCounterId,
  lockedUntilMs,
  nameCounterId,
  passwordLockAt,
  sweepCounters,
} from './throttle.ts';
import { hashToken } from './tokens.ts';
import { addTrust, useTrust } from './trusted-browsers.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from './visit.ts';

/** One answer for an unknown name, a wrong password, a deactivated user and a lock (S15). */
const refused = (): TwofoldError =>
  new TwofoldError(
    'sign-in-refused',
    'User name or password is not right, or sign-in is locked for a while after too many tries. Check both, or wait some minutes.',
  );

/** The counter of wrong passwords that this sign-in falls under: the name's, or the known browser's own (S7). */
export async function passwordCounterId(visit: Visit, key: string, user: User | null): Promise<string> {
  const token = visit.browser.read('device');
  const device = token === undefined ? null : await visit.tx.device(hashToken(token));
  const isKnown = device !== null && user !== null && device.userIds.includes(user.id);
  return isKnown ? deviceCounterId(device.id, user.id) : nameCounterId(key);
}

/** Counts a wrong password, for a name that nobody has just as for a known one (S15). Answers whether that locked it. */
export async function countWrongPassword(
  visit: Visit,
  counterId: string,
  user: User | null,
): Promise<boolean> {
  const { tx, policy, nowMs } = visit;
  const counter = afterFailure(
    await tx.counter(counterId),
    counterId,
    user !== null,
    passwordLockAt(policy),
    policy,
    nowMs,
  );
  await tx.putCounter(counter);
  await sweepCounters(tx, nowMs);
  if (counter.lockedUntilMs === null) return false;
  await audit(visit, {
    event: 'password-locked',
    subject: user,
    actor: null,
    summary: 'Too many wrong passwords: sign-in is locked for a while.',
  });
  return true;
}

/** The one answer of a refused sign-in, with its traces. */
export async function refuseSignIn(visit: Visit, user: User | null, summary: string): Promise<Refusal> {
  if (user !== null) await visit.tx.putUser(withSignIn(user, visit.browser.name, 'refused', visit.nowMs));
  await audit(visit, { event: 'password-refused', subject: user, actor: null, summary });
  return new Refusal(refused());
}

/** Lets a user with a right password go on: to a session, or to a challenge. */
async function afterPassword(visit: Visit, user: User): Promise<ConsoleStep | Refusal> {
  const facts = await factsOf(visit, await requireOrganization(visit), user);
  const without = nextStep(facts).next;
  if (without === 'refused')
    return refuseSignIn(visit, user, 'The user is deactivated, or the one-time password is too old.');
  await audit(visit, {
    event: 'password-accepted',
    subject: user,
    actor: user,
    summary: 'The password was right.',
  });
  const trust = without === 'code' ? await useTrust(visit, user) : null;
  const { next } = nextStep({ ...facts, trustedBrowser: trust?.kind === 'trusted' });
  const current = trust?.kind === 'stolen' ? trust.user : user;
  if (next === 'signed-in') {
    await endChallenge(visit);
    await startSession(visit, current, {
      summary: trust === null ? 'Signed in with the password alone.' : 'Signed in from a trusted browser.',
      trustId: trust?.kind === 'trusted' ? trust.trust.id : null,
      keepSecret: false,
    });
    return stepOf(visit);
  }
  const { active } = await factorsOf(visit, current);
  const stopped = next === 'blocked' && active !== null ? await codeLock(visit, current, active) : null;
  // A break-glass code is the way on for an administrator whose factor was stopped.
  if (stopped !== null && !(await hasBreakGlass(visit, current))) return new Refusal(stopped);
  await startChallenge(visit, current);
  return stepOf(visit);
}

/** A sign-in replaces whatever this browser had before. */
async function endPresentSession(visit: Visit): Promise<void> {
  const present = await liveSession(visit);
  if (present === null) return;
  await visit.tx.removeSession(present.session.id);
  visit.browser.clear('session');
  await audit(visit, {
    event: 'signed-out',
    subject: present.user,
    actor: present.user,
    summary: 'Signed out by a new sign-in in the same browser.',
  });
}

export interface CheckedPassword {
  readonly key: string;
  readonly storedHash: string | null;
  readonly isRight: boolean;
}

/** Compares a password, outside of any transaction: it takes long, and others must not wait for it. */
export async function verifyPassword(
  context: ConsoleContext,
  userName: string,
  password: string,
): Promise<CheckedPassword> {
  const key = nameKey(userName);
  const storedHash = await context.repository.read(
    async (tx) => (await tx.userByName(key))?.passwordHash ?? null,
  );
  return { key, storedHash, isRight: await context.hasher.verify(storedHash, password) };
}

/** The user whose password was right and not locked, and the counter it falls under; else a counted Refusal. */
export async function requireRightPassword(
  visit: Visit,
  { key, storedHash, isRight }: CheckedPassword,
): Promise<{ user: User; counterId: string } | Refusal> {
  await requireOrganization(visit);
  const user = await visit.tx.userByName(key);
  const counterId = await passwordCounterId(visit, key, user);
  if (lockedUntilMs(await visit.tx.counter(counterId), visit.nowMs) !== null) {
    return refuseSignIn(visit, user, 'A password was not looked at, because sign-in is locked.');
  }
  // A hash that was changed meanwhile makes the check worthless.
  if (!isRight || user?.passwordHash !== storedHash) {
    await countWrongPassword(visit, counterId, user);
    return refuseSignIn(visit, user, user === null ? 'There is no such user.' : 'The password was wrong.');
  }
  return { user, counterId };
}

/**
 * User name and password. Throws TwofoldError `sign-in-refused`, the same and after the same work whatever the reason
 * (S15), `locked-out` for a stopped factor, and `conflict` before there is an organization.
 */
export async function signIn(
  context: ConsoleContext,
  { userName, password }: { userName: string; password: string },
  caller: Caller,
): Promise<ConsoleStep> {
  const checked = await verifyPassword(context, userName, password);
  const step = await visit(context, caller, async (visit) => {
    const right = await requireRightPassword(visit, checked);
    if (right instanceof Refusal) return right;
    await clearFailures(visit.tx, right.counterId);
    await endPresentSession(visit);
    return afterPassword(visit, right.user);
  });
  context.events.emit('console:changed', {});
  return step;
}

/** The first sign-in's new password, in place of the one-time one. Throws `password-refused` and `step-expired`. */
export async function changePassword(
  context: ConsoleContext,
  { newPassword }: { newPassword: string },
  caller: Caller,
): Promise<ConsoleStep> {
  const { about, oldHash, policy } = await visit(context, caller, async (visit) => {
    const { user } = await requireChallenge(visit);
    const organization = await requireOrganization(visit);
    if (!user.mustChangePassword) throw stepExpired();
    return {
      about: [user.userName, user.displayName, organization.name],
      oldHash: user.passwordHash,
      policy: visit.policy,
    };
  });
  requireStrongPassword(newPassword, about, policy);
  if (await context.hasher.verify(oldHash, newPassword)) {
    throw new TwofoldError(
      'password-refused',
      'That is the one-time password. Choose a new one of your own.',
      {
        reason: 'same',
      },
    );
  }
  const newHash = await context.hasher.hash(newPassword);
  const step = await visit(context, caller, async (visit) => {
    const { challenge, user } = await requireChallenge(visit);
    if (user.passwordHash !== oldHash) throw stepExpired();
    const changed = await setOwnPassword(visit, user, newHash, {
      sessionId: null,
      challengeId: challenge.id,
    });
    const { next } = nextStep(await factsOf(visit, await requireOrganization(visit), changed));
    if (next === 'signed-in') {
      await endChallenge(visit);
      await startSession(visit, changed, {
        summary: 'Signed in with a new password.',
        trustId: null,
        keepSecret: false,
      });
    }
    return stepOf(visit);
  });
  context.events.emit('console:changed', {});
  return step;
}

/** Counts a refused code on its challenge, which dies after the policy's number of them. */
export async function countOnChallenge(visit: Visit, challenge: Challenge): Promise<void> {
  const wrongCodes = challenge.wrongCodes + 1;
  if (wrongCodes >= visit.policy.challengeWrongCodes) await endChallenge(visit);
  else await visit.tx.putChallenge({ ...challenge, wrongCodes });
}

/** The sign-in under way that waits for a code, with the factor that it is asked of. Throws `step-expired`. */
export async function atCodeScreen(
  visit: Visit,
): Promise<{ challenge: Challenge; user: User; factor: Factor }> {
  const { challenge, user } = await requireChallenge(visit);
  const { next } = nextStep(await factsOf(visit, await requireOrganization(visit), user));
  const { active } = await factorsOf(visit, user);
  if (active === null || (next !== 'code' && next !== 'blocked')) throw stepExpired();
  return { challenge, user, factor: active };
}

/**
 * The end of a sign-in by a code of the user's factor. Whoever has the device needs no break-glass code any more: a use
 * that waits is cancelled.
 */
export async function completeWithCode(
  visit: Visit,
  user: User,
  factor: Factor,
  { trustBrowser, summary }: { readonly trustBrowser: boolean; readonly summary: string },
): Promise<ConsoleStep> {
  await endChallenge(visit);
  await endBreakGlassOf(visit, user);
  if (trustBrowser && visit.policy.trustedBrowsersPerUser > 0) await addTrust(visit, user, factor.id);
  await startSession(visit, user, { summary, trustId: null, keepSecret: false });
  return stepOf(visit);
}

/** The code, and with it the end of the sign-in. Throws `code-refused`, `locked-out` and `step-expired`. */
export async function submitCode(
  context: ConsoleContext,
  { code, trustBrowser }: { code: string; trustBrowser: boolean },
  caller: Caller,
): Promise<ConsoleStep> {
  const step = await visit(context, caller, async (visit) => {
    const { challenge, user, factor } = await atCodeScreen(visit);
    const checked = await checkOwnCode(visit, user, factor, code, 'sign-in');
    if (checked instanceof Refusal) {
      await countOnChallenge(visit, challenge);
      return checked;
    }
    return completeWithCode(visit, checked, factor, {
      trustBrowser,
      summary: 'Signed in with password and code.',
    });
  });
  context.events.emit('console:changed', {});
  return step;
}

/** Gives up a sign-in under way. A pending factor is kept for the next try. */
export async function cancelSignIn(context: ConsoleContext, caller: Caller): Promise<ConsoleStep> {
  return visit(context, caller, async (visit) => {
    const live = await liveChallenge(visit);
    if (live !== null) {
      await endChallenge(visit);
      await audit(visit, {
        event: 'sign-in-cancelled',
        subject: live.user,
        actor: live.user,
        summary: 'The sign-in was given up before its end.',
      });
    }
    return stepOf(visit);
  });
}

/** Ends the session on this side too (S14). No error when there is none. */
export async function signOut(context: ConsoleContext, caller: Caller): Promise<ConsoleStep> {
  const step = await visit(context, caller, async (visit) => {
    const signedIn = await liveSession(visit);
    if (signedIn !== null) {
      await visit.tx.removeSession(signedIn.session.id);
      visit.browser.clear('session');
      await audit(visit, {
        event: 'signed-out',
        subject: signedIn.user,
        actor: signedIn.user,
        summary: 'Signed out.',
      });
    }
    return stepOf(visit);
  });
  context.events.emit('console:changed', {});
  return step;
}
