// What signed-in users do for themselves: password, change of device (G12), trusted browsers (G14), sessions.
import { type ConsoleStep, type MyAccount, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { audit } from './audit.ts';
import { checkOwnCode, refusedCode } from './code-check.ts';
import { factorsOf, personOf, requireOrganization } from './directory.ts';
import { compareCode, pendingForReset, putInForce, removePending } from './factors.ts';
import { withNotice } from './notices.ts';
import { requireOwnCode } from './own-code.ts';
import { endAllElse, setOwnPassword } from './own-password.ts';
import { requireStrongPassword } from './password-strength.ts';
import { KEEP_SECRET_MS } from './policy.ts';
import { endSessions, liveSessionsOf, renewToken, requireSession, type SignedIn } from './sessions.ts';
import { countWrongPassword, passwordCounterId } from './sign-in.ts';
import { stepOf } from './step.ts';
import { clearFailures, lockedUntilMs } from './throttle.ts';
import { endTrusts, trustOfBrowser, trustsInForce } from './trusted-browsers.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from './visit.ts';

/** The account as its own page shows it. */
export async function describeAccount(visit: Visit, { session, user }: SignedIn): Promise<MyAccount> {
  const { active } = await factorsOf(visit, user);
  const here = await trustOfBrowser(visit, user);
  const trusts = await trustsInForce(visit, user);
  const sessions = await liveSessionsOf(visit, user.id);
  return {
    person: personOf(user),
    factor:
      active === null
        ? null
        : { addedAtMs: active.activatedAtMs ?? active.createdAtMs, lastUsedAtMs: active.lastUsedAtMs },
    backupProvenAtMs: user.backupProvenAtMs,
    recoveryCodes: visit.policy.recoveryCodes
      ? { left: user.recoveryCodes?.hashes.length ?? 0, madeAtMs: user.recoveryCodes?.madeAtMs ?? null }
      : null,
    trustedBrowsers: trusts
      .sort((a, b) => b.lastUsedAtMs - a.lastUsedAtMs)
      .map((trust) => ({
        id: trust.id,
        name: trust.browser,
        firstUsedAtMs: trust.firstUsedAtMs,
        lastUsedAtMs: trust.lastUsedAtMs,
        expiresAtMs: trust.expiresAtMs,
        isThisBrowser: trust.id === here?.id,
      })),
    sessions: sessions
      .sort((a, b) => b.lastUsedAtMs - a.lastUsedAtMs)
      .map((other) => ({
        id: other.id,
        browser: other.browser,
        startedAtMs: other.startedAtMs,
        lastUsedAtMs: other.lastUsedAtMs,
        isThisSession: other.id === session.id,
      })),
    recentSignIns: user.recentSignIns,
  };
}

/** Throws `not-signed-in`, as everything below. */
export const myAccount = (context: ConsoleContext, caller: Caller): Promise<MyAccount> =>
  visit(context, caller, async (visit) => describeAccount(visit, await requireSession(visit)));

/**
 * A new password, with the present one and, where there is a factor, a fresh code. Other sessions and all trust end
 * (S11). Throws `password-refused`, `code-required`, `code-refused`, `locked-out`.
 */
export async function changeMyPassword(
  context: ConsoleContext,
  {
    currentPassword,
    newPassword,
    code,
  }: { currentPassword: string; newPassword: string; code: string | null },
  caller: Caller,
): Promise<ConsoleStep> {
  const { oldHash, about, policy } = await visit(context, caller, async (visit) => {
    const { user } = await requireSession(visit);
    const organization = await requireOrganization(visit);
    if (user.factorId !== null && code === null)
      await requireOwnCode(visit, user, null, 'change of password');
    return {
      oldHash: user.passwordHash,
      about: [user.userName, user.displayName, organization.name],
      policy: visit.policy,
    };
  });
  requireStrongPassword(newPassword, about, policy);
  const isRight = await context.hasher.verify(oldHash, currentPassword);
  const newHash = await context.hasher.hash(newPassword);
  const step = await visit(context, caller, async (visit) => {
    const { session, user } = await requireSession(visit);
    const counterId = await passwordCounterId(visit, user.nameKey, user);
    if (
      lockedUntilMs(await visit.tx.counter(counterId), visit.nowMs) !== null ||
      user.passwordHash !== oldHash
    ) {
      throw new TwofoldError(
        'locked-out',
        'The password cannot be changed right now. Wait some minutes and try again.',
      );
    }
    if (!isRight) {
      await countWrongPassword(visit, counterId, user);
      await audit(visit, {
        event: 'password-refused',
        subject: user,
        actor: user,
        summary: 'The present password was wrong while changing it.',
      });
      return new Refusal(
        new TwofoldError('password-refused', 'Your present password is not right, so nothing was changed.', {
          reason: 'current-password',
        }),
      );
    }
    const proved = await requireOwnCode(visit, user, code, 'change of password');
    if (proved instanceof Refusal) return proved;
    await clearFailures(visit.tx, counterId);
    const changed = await setOwnPassword(visit, proved, newHash, {
      sessionId: session.id,
      challengeId: null,
    });
    await visit.tx.putUser(withNotice(changed, 'password-changed', visit.nowMs));
    await renewToken(visit, session);
    return stepOf(visit);
  });
  context.events.emit('console:changed', {});
  return step;
}

/** G12: a pending factor for the new device, after a code of the old one, which works on until the swap. */
export async function startReset(
  context: ConsoleContext,
  { code }: { code: string },
  caller: Caller,
): Promise<ConsoleStep> {
  return visit(context, caller, async (visit) => {
    const { session, user } = await requireSession(visit);
    const { active } = await factorsOf(visit, user);
    if (active === null) {
      throw new TwofoldError(
        'conflict',
        'You have not set up two-factor authentication, so there is nothing to reset.',
      );
    }
    const proved = await checkOwnCode(visit, user, active, code, 'start of a reset');
    if (proved instanceof Refusal) return proved;
    await pendingForReset(visit, proved, session.id);
    await audit(visit, {
      event: 'reset-started',
      subject: user,
      actor: user,
      summary:
        'A change to another device was started. The old one works until the new one has shown a right code.',
    });
    return stepOf(visit);
  });
}

/**
 * The new device's first right code: in one transaction the factor is swapped, and other sessions and all trust end
 * (S12). A wrong one changes nothing. Throws `code-refused` and `step-expired`.
 */
export async function confirmReset(
  context: ConsoleContext,
  { code }: { code: string },
  caller: Caller,
): Promise<ConsoleStep> {
  const step = await visit(context, caller, async (visit) => {
    const { session, user } = await requireSession(visit);
    const { active, pending } = await factorsOf(visit, user);
    if (active === null || pending?.sessionId !== session.id) {
      throw new TwofoldError(
        'step-expired',
        'The reset is over, and your old device goes on working. Start it again.',
      );
    }
    const verdict = await compareCode(visit, pending, code);
    if (verdict.kind !== 'accepted') {
      await audit(visit, {
        event: 'reset-refused',
        subject: user,
        actor: user,
        summary: 'A wrong code of the new device was entered during a reset.',
      });
      return new Refusal(refusedCode(verdict, null));
    }
    const swapped = await putInForce(visit, user, pending, verdict.step);
    const changed = await endAllElse(visit, swapped, { sessionId: session.id, challengeId: null });
    await visit.tx.putUser(withNotice(changed, 'factor-changed', visit.nowMs));
    await renewToken(visit, {
      ...session,
      keepSecret: { after: 'reset', untilMs: visit.nowMs + KEEP_SECRET_MS },
    });
    await audit(visit, {
      event: 'factor-changed',
      subject: user,
      actor: user,
      summary:
        'The factor was changed to another device. Other sessions and the trust of all browsers ended.',
    });
    return stepOf(visit);
  });
  context.events.emit('console:changed', {});
  return step;
}

/** Gives up a reset: the old device goes on as before. No error when there is none. */
export async function cancelReset(context: ConsoleContext, caller: Caller): Promise<ConsoleStep> {
  return visit(context, caller, async (visit) => {
    const { session, user } = await requireSession(visit);
    const { pending } = await factorsOf(visit, user);
    if (pending?.sessionId === session.id) {
      await removePending(visit, user);
      await audit(visit, {
        event: 'reset-cancelled',
        subject: user,
        actor: user,
        summary: 'The change to another device was given up. Nothing has changed.',
      });
    }
    return stepOf(visit);
  });
}

/** Ends one trusted browser of the user, or all with id null, after a fresh code (S10). Throws `not-found`. */
export async function revokeTrustedBrowsers(
  context: ConsoleContext,
  { id, code }: { id: string | null; code: string },
  caller: Caller,
): Promise<MyAccount> {
  const account = await visit(context, caller, async (visit) => {
    const { session, user } = await requireSession(visit);
    const trust = id === null ? null : await visit.tx.trust(id);
    if (id !== null && trust?.userId !== user.id) {
      throw new TwofoldError('not-found', 'That browser is not trusted any more. Look at the list again.');
    }
    const proved = await requireOwnCode(visit, user, code, 'end of trusted browsers');
    if (proved instanceof Refusal) return proved;
    if (trust === null) await endTrusts(visit, proved);
    else await visit.tx.removeTrust(trust.id);
    await audit(visit, {
      event: 'trusted-browsers-ended',
      subject: user,
      actor: user,
      summary:
        trust === null ? 'The trust of all browsers was ended.' : `The trust of ${trust.browser} was ended.`,
    });
    return describeAccount(visit, { session, user: proved });
  });
  context.events.emit('console:changed', {});
  return account;
}

/**
 * Restore drill: a code of a second authenticator that was set up from the kept secret. It may have a clock of its own,
 * so the drift of the first one does not count. Throws TwofoldError `conflict` without a factor, `code-refused`,
 * `locked-out`.
 */
export async function proveBackup(
  context: ConsoleContext,
  { code }: { code: string },
  caller: Caller,
): Promise<MyAccount> {
  const account = await visit(context, caller, async (visit) => {
    const { session, user } = await requireSession(visit);
    const { active } = await factorsOf(visit, user);
    if (active === null) {
      throw new TwofoldError(
        'conflict',
        'You have not set up two-factor authentication, so there is no secret to prove.',
      );
    }
    const proved = await checkOwnCode(visit, user, active, code, 'restore drill', 0);
    if (proved instanceof Refusal) return proved;
    const changed = { ...proved, backupProvenAtMs: visit.nowMs };
    await visit.tx.putUser(changed);
    await audit(visit, {
      event: 'backup-proven',
      subject: user,
      actor: user,
      summary: 'The kept secret was proved to work, by a code of a second authenticator set up from it.',
    });
    return describeAccount(visit, { session, user: changed });
  });
  context.events.emit('console:changed', {});
  return account;
}

/** Ends one of the user's own sessions, or all but the asking one with id null. Throws `not-found`. */
export async function endMySession(
  context: ConsoleContext,
  { id }: { id: string | null },
  caller: Caller,
): Promise<MyAccount> {
  const account = await visit(context, caller, async (visit) => {
    const signedIn = await requireSession(visit);
    const ended = await endOwn(visit, signedIn, id);
    await audit(visit, {
      event: 'sessions-ended',
      subject: signedIn.user,
      actor: signedIn.user,
      summary: ended,
    });
    return describeAccount(visit, signedIn);
  });
  context.events.emit('console:changed', {});
  return account;
}

/** Answers the audit's sentence. */
async function endOwn(visit: Visit, { session, user }: SignedIn, id: string | null): Promise<string> {
  if (id === null) {
    const count = await endSessions(visit, user.id, session.id);
    return `All other sessions were ended: ${count}.`;
  }
  const other = await visit.tx.session(id);
  if (other?.userId !== user.id) {
    throw new TwofoldError('not-found', 'That session has ended already. Look at the list again.');
  }
  await visit.tx.removeSession(other.id);
  if (other.id === session.id) visit.browser.clear('session');
  return `The session in ${other.browser} was ended.`;
}
