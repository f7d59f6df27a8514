// Checking a code of a user's factor: limits first, then the code, then the traces. One path for sign-ins and for actions.
import { type ErrorDetails, TwofoldError } from '../../src-shared/contract/index.ts';
import type { CodeVerdict } from '../otp/verifier.ts';
import { audit, type AuditEvent } from './audit.ts';
import { compareCode } from './factors.ts';
import { withNotice } from './notices.ts';
import type { Factor, User } from './records.ts';
import {
  afterFailure,
  clearFailures,
  codeCounterId,
  codeLockAt,
  failuresLeft,
  lockedUntilMs,
  sweepCounters,
} from './throttle.ts';
import { Refusal, type Visit } from './visit.ts';

const SECOND_MS = 1000;

/** The sentence and details of a refused code, with its diagnosis (S16). `attemptsLeft` null: not counted. */
export function refusedCode(
  check: Exclude<CodeVerdict, { kind: 'accepted' }>,
  attemptsLeft: number | null,
): TwofoldError {
  const left: ErrorDetails = attemptsLeft === null ? {} : { attemptsLeft };
  switch (check.kind) {
    case 'replayed':
      return new TwofoldError('code-refused', 'That code was used already. Wait for the next one.', {
        reason: 'replayed',
      });
    case 'drifted': {
      if (check.steps === 0) {
        return new TwofoldError(
          'code-refused',
          'That code is right for this time, but the device’s clock was off when it was last adjusted to. Enter two codes in a row to adjust to it again.',
          { reason: 'device-clock', offsetMs: 0, ...left },
        );
      }
      const seconds = Math.abs(Math.round(check.offsetMs / SECOND_MS));
      const [when, side] =
        check.offsetMs < 0
          ? [`was right ${seconds} seconds ago`, 'behind']
          : [`will be right in ${seconds} seconds`, 'ahead'];
      return new TwofoldError(
        'code-refused',
        `That code ${when}: the clock of the device is ${seconds} s ${side}. Set the device’s clock, then use a new code.`,
        { reason: 'device-clock', offsetMs: check.offsetMs, ...left },
      );
    }
    case 'wrong':
      return new TwofoldError(
        'code-refused',
        'That code is not right. Enter the one that your authenticator shows now for this account.',
        { reason: 'wrong', ...left },
      );
  }
}

const stopped = (): TwofoldError =>
  new TwofoldError(
    'locked-out',
    'Too many wrong codes in a row have stopped your two-factor authentication. Ask an administrator to reset it.',
    { reason: 'factor-stopped', retryAtMs: null },
  );

const lockedOut = (retryAtMs: number): TwofoldError =>
  new TwofoldError('locked-out', 'Too many wrong codes. Wait until the time shown, then use a new code.', {
    reason: 'too-many-codes',
    retryAtMs,
  });

/** Why no code of this factor is taken now, or null. Also the answer where the factor is stopped. */
export async function codeLock(visit: Visit, user: User, factor: Factor): Promise<TwofoldError | null> {
  if (factor.blocked) return stopped();
  const untilMs = lockedUntilMs(await visit.tx.counter(codeCounterId(user.id)), visit.nowMs);
  return untilMs === null ? null : lockedOut(untilMs);
}

/** How many wrong codes the user may still enter before the lock. */
export async function codeAttemptsLeft(visit: Visit, user: User): Promise<number> {
  const counter = await visit.tx.counter(codeCounterId(user.id));
  if (lockedUntilMs(counter, visit.nowMs) !== null) return 0;
  return failuresLeft(counter, codeLockAt(visit.policy), visit.policy, visit.nowMs);
}

/** The answer where codes are locked, or null where a code may be looked at. */
export async function refuseWhileLocked(
  visit: Visit,
  user: User,
  factor: Factor,
  event: AuditEvent,
  purpose: string,
): Promise<Refusal | null> {
  const lock = await codeLock(visit, user, factor);
  if (lock === null) return null;
  await audit(visit, {
    event,
    subject: user,
    actor: null,
    summary: `A code was not looked at, because codes are locked: ${purpose}.`,
  });
  return new Refusal(lock);
}

/**
 * Checks a code of the user's factor in force. An accepted one is used up by compare-and-set (S1–S3) and clears the
 * count of failures; a wrong one is counted per user (S5). Answers the user, with notices, or a Refusal to hand on.
 * `driftSteps` 0 is for a code of another device than the one that was resynchronised.
 */
export async function checkOwnCode(
  visit: Visit,
  user: User,
  factor: Factor,
  code: string,
  purpose: string,
  driftSteps = factor.driftSteps,
): Promise<User | Refusal> {
  const locked = await refuseWhileLocked(visit, user, factor, 'code-refused', purpose);
  if (locked !== null) return locked;
  const check = await compareCode(visit, factor, code, driftSteps);
  if (check.kind === 'accepted') {
    if (!(await useUp(visit, factor, check.step))) return refuseReplay(visit, user, check.step, purpose);
    await clearFailures(visit.tx, codeCounterId(user.id));
    await audit(visit, {
      event: 'code-accepted',
      subject: user,
      actor: user,
      summary: `A code was accepted: ${purpose}.`,
    });
    return user;
  }
  // A used code is no guess: counting it would let one observed code lock the user out.
  if (check.kind === 'replayed') return refuseReplay(visit, user, check.step, purpose);
  const why =
    check.kind === 'drifted' ? `of a clock that is ${Math.abs(check.steps)} time steps off` : 'that is wrong';
  return countWrongTry(visit, user, factor, {
    event: 'code-refused',
    summary: `A code ${why} was refused: ${purpose}.`,
    refusal: (attemptsLeft) => refusedCode(check, attemptsLeft),
  });
}

/** Uses up all steps up to this one, by compare-and-set; false when another submission was quicker (S3). */
export async function useUp(
  visit: Visit,
  factor: Factor,
  step: number,
  driftSteps = factor.driftSteps,
): Promise<boolean> {
  if (!(await visit.tx.advanceStep(factor.id, factor.lastAcceptedStep, step))) return false;
  await visit.tx.putFactor({
    ...factor,
    lastAcceptedStep: step,
    lastUsedAtMs: visit.nowMs,
    driftSteps,
    consecutiveFailures: 0,
  });
  return true;
}

export async function refuseReplay(
  visit: Visit,
  user: User,
  step: number,
  purpose: string,
): Promise<Refusal> {
  await audit(visit, {
    event: 'code-refused',
    subject: user,
    actor: null,
    summary: `A code that was used already was refused: ${purpose}.`,
  });
  return new Refusal(refusedCode({ kind: 'replayed', step }, null));
}

export interface WrongTry {
  readonly event: AuditEvent;
  /** For the audit. */
  readonly summary: string;
  /** What is answered while further tries are left, and, with 0, as the reason of a lock. */
  readonly refusal: (attemptsLeft: number) => TwofoldError;
}

/** Counts one wrong try of a user's codes, of whatever kind (S5), with its lock and the stop of the factor. */
export async function countWrongTry(
  visit: Visit,
  user: User,
  factor: Factor,
  { event, summary, refusal }: WrongTry,
): Promise<Refusal> {
  const { tx, policy, nowMs } = visit;
  const id = codeCounterId(user.id);
  const counter = afterFailure(await tx.counter(id), id, true, codeLockAt(policy), policy, nowMs);
  await tx.putCounter(counter);
  await sweepCounters(tx, nowMs);
  const consecutiveFailures = factor.consecutiveFailures + 1;
  const blocked = consecutiveFailures >= policy.consecutiveCodeFailures;
  await tx.putFactor({ ...factor, consecutiveFailures, blocked });
  await audit(visit, { event, subject: user, actor: null, summary });
  const warned = withNotice(user, 'wrong-code', nowMs);
  await tx.putUser(blocked ? withNotice(warned, 'factor-stopped', nowMs) : warned);
  if (blocked) {
    await audit(visit, {
      event: 'factor-stopped',
      subject: user,
      actor: null,
      summary: `${consecutiveFailures} wrong codes in a row stopped the factor until an administrator resets it.`,
    });
    return new Refusal(stopped());
  }
  if (counter.lockedUntilMs !== null) {
    await audit(visit, {
      event: 'code-locked',
      subject: user,
      actor: null,
      summary: 'Too many wrong codes: codes of this user are locked for a while.',
    });
    const wrong = refusal(0);
    return new Refusal(
      new TwofoldError('locked-out', `${wrong.message} No further code is taken until the time shown.`, {
        ...wrong.details,
        retryAtMs: counter.lockedUntilMs,
      }),
    );
  }
  return new Refusal(refusal(failuresLeft(counter, codeLockAt(policy), policy, nowMs)));
}
