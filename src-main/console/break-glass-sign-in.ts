// Using a break-glass code at the code screen: first the delay, told to every administrator; then a new set-up. And its end.
import { type ConsoleStep, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { audit } from './audit.ts';
import { endPending, isOrganizationAdministrator, tellAdministrators } from './break-glass.ts';
import { checkOwnCode } from './code-check.ts';
import { factorsOf } from './directory.ts';
import { removeFactors } from './factors.ts';
import { findHash, hashOfTyped } from './offline-codes.ts';
import { endAllElse } from './own-password.ts';
import type { BreakGlassRecord, Challenge, User } from './records.ts';
import { requireSession } from './sessions.ts';
import { atCodeScreen, countOnChallenge } from './sign-in.ts';
import { stepOf } from './step.ts';
import { afterFailure, codeCounterId, codeLockAt, lockedUntilMs, sweepCounters } from './throttle.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from './visit.ts';

/**
 * Counted apart from codes: whoever knows the password and guesses codes must not be able to keep an administrator from
 * the last way in.
 */
const counterId = (userId: string): string => `break-glass-${userId}`;

const lockedOut = (retryAtMs: number): TwofoldError =>
  new TwofoldError(
    'locked-out',
    'Too many wrong break-glass codes. Wait until the time shown, then enter one of the sealed codes.',
    { reason: 'too-many-codes', retryAtMs },
  );

/** Counts a wrong code on its sign-in and, with the limits of codes, for its user (S5). */
async function refuseWrong(visit: Visit, user: User, challenge: Challenge, why: string): Promise<Refusal> {
  const { tx, policy, nowMs } = visit;
  const id = counterId(user.id);
  const counter = afterFailure(await tx.counter(id), id, true, codeLockAt(policy), policy, nowMs);
  await tx.putCounter(counter);
  await sweepCounters(tx, nowMs);
  await countOnChallenge(visit, challenge);
  await audit(visit, { event: 'break-glass-refused', subject: user, actor: null, summary: why });
  return new Refusal(
    counter.lockedUntilMs === null
      ? new TwofoldError(
          'code-refused',
          'That is none of the sealed codes. Check each letter, or use another one of them.',
          { reason: 'wrong' },
        )
      : lockedOut(counter.lockedUntilMs),
  );
}

/** The delay begins, and every administrator is told. */
async function begin(visit: Visit, record: BreakGlassRecord, user: User, codeHash: string): Promise<void> {
  await visit.tx.putBreakGlass({
    ...record,
    codeHashes: record.codeHashes.filter((hash) => hash !== codeHash),
    pending: {
      codeHash,
      userId: user.id,
      userName: user.userName,
      browser: visit.browser.name,
      startedAtMs: visit.nowMs,
      effectiveAtMs: visit.nowMs + record.delayMs,
    },
  });
  await tellAdministrators(visit, 'break-glass-used');
  await audit(visit, {
    event: 'break-glass-used',
    subject: user,
    actor: user,
    summary: `A break-glass code was used. It takes effect on ${new Date(visit.nowMs + record.delayMs).toISOString()}, unless somebody cancels it.`,
  });
}

/** The delay is over: the factor goes, and the sign-in goes on with a new set-up. */
async function takeEffect(
  visit: Visit,
  record: BreakGlassRecord,
  user: User,
  challenge: Challenge,
): Promise<void> {
  // Before the factor goes, which would count it as cancelled.
  await visit.tx.putBreakGlass({ ...record, pending: null });
  const ended = await endAllElse(visit, await removeFactors(visit, user), {
    sessionId: null,
    challengeId: challenge.id,
  });
  await visit.tx.removeCounter(codeCounterId(ended.id));
  await visit.tx.removeCounter(counterId(ended.id));
  await tellAdministrators(visit, 'break-glass-effective');
  await audit(visit, {
    event: 'break-glass-effective',
    subject: user,
    actor: user,
    summary:
      'A break-glass code took effect after its delay: the factor was removed. Sessions and the trust of all browsers ended.',
  });
}

/**
 * A break-glass code of an administrator of the organization whose password was right. The first use begins the delay;
 * the same code after the delay removes the factor and leads to a new set-up. Throws TwofoldError `conflict` where there
 * are no codes for this user or somebody else's use waits, `code-refused`, `locked-out`, `step-expired`.
 */
export async function useBreakGlass(
  context: ConsoleContext,
  { code }: { code: string },
  caller: Caller,
): Promise<ConsoleStep> {
  const step = await visit(context, caller, async (visit) => {
    const { challenge, user } = await atCodeScreen(visit);
    const record = await visit.tx.breakGlass();
    if (record === null || !isOrganizationAdministrator(user)) {
      throw new TwofoldError(
        'conflict',
        'There are no break-glass codes for you. Ask an administrator to reset your two-factor authentication.',
      );
    }
    const lockMs = lockedUntilMs(await visit.tx.counter(counterId(user.id)), visit.nowMs);
    if (lockMs !== null) {
      await audit(visit, {
        event: 'break-glass-refused',
        subject: user,
        actor: null,
        summary: 'A break-glass code was not looked at, because they are locked.',
      });
      return new Refusal(lockedOut(lockMs));
    }
    const hash = hashOfTyped('break-glass', code);
    const { pending } = record;
    const known = findHash([...record.codeHashes, ...(pending === null ? [] : [pending.codeHash])], hash);
    if (known === undefined)
      return refuseWrong(visit, user, challenge, 'A wrong break-glass code was entered.');
    if (pending === null) await begin(visit, record, user, known);
    else if (pending.userId !== user.id) {
      throw new TwofoldError(
        'conflict',
        'Another administrator’s use of a break-glass code is under way. Your code is still good. Ask that administrator, or wait until it is over.',
      );
    } else if (pending.effectiveAtMs <= visit.nowMs) {
      if (known !== pending.codeHash) {
        throw new TwofoldError(
          'conflict',
          'The delay was begun with another one of the sealed codes. Enter that one. This one is still good.',
        );
      }
      await takeEffect(visit, record, user, challenge);
    }
    return stepOf(visit);
  });
  context.events.emit('console:changed', {});
  return step;
}

/**
 * Stops a use of a break-glass code that waits, with a valid code of any administrator of the organization or of the
 * user concerned. Throws TwofoldError `not-permitted`, `conflict` where nothing waits or there is no factor to show a
 * code of, `code-refused`, `locked-out`.
 */
export async function cancelBreakGlass(
  context: ConsoleContext,
  { code }: { code: string },
  caller: Caller,
): Promise<ConsoleStep> {
  const step = await visit(context, caller, async (visit) => {
    const { user } = await requireSession(visit);
    const pending = (await visit.tx.breakGlass())?.pending ?? null;
    if (!isOrganizationAdministrator(user) && pending?.userId !== user.id) {
      throw new TwofoldError(
        'not-permitted',
        'Only administrators of the organization can stop this. Ask one of them.',
      );
    }
    if (pending === null) {
      throw new TwofoldError('conflict', 'No break-glass code waits any more. There is nothing to cancel.');
    }
    const { active } = await factorsOf(visit, user);
    if (active === null) {
      throw new TwofoldError(
        'conflict',
        'You have no second factor to show a code of. Set it up first, or ask another administrator to cancel this.',
      );
    }
    const proved = await checkOwnCode(visit, user, active, code, 'end of a break-glass use');
    if (proved instanceof Refusal) return proved;
    const record = await visit.tx.breakGlass();
    if (record !== null) {
      await endPending(visit, record, {
        actor: proved,
        summary: 'The use of a break-glass code was cancelled before it took effect.',
      });
      await tellAdministrators(visit, 'break-glass-cancelled');
    }
    return stepOf(visit);
  });
  context.events.emit('console:changed', {});
  return step;
}
