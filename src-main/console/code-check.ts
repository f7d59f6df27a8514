// Checking a code of a user's factor: limits first, then the code, then the traces. One path for sign-ins and for actions.
import { type ErrorDetails, TwofoldError } from '../../src-shared/contract/index.ts';
import type { CodeVerdict } from '../otp/verifier.ts';
import { audit } from './audit.ts';
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

/**
 * Checks a code of the user's factor in force. An accepted one is used up by compare-and-set (S1–S3) and clears the
 * count of failures; a wrong one is counted per user (S5). Answers the user, with notices, or a Refusal to hand on.
 */
export async function checkOwnCode(
  visit: Visit,
  user: User,
  factor: Factor,
  code: string,
  purpose: string,
): Promise<User | Refusal> {
  const lock = await codeLock(visit, user, factor);
  if (lock !== null) {
    await audit(visit, {
      event: 'code-refused',
      subject: user,
      actor: null,
      summary: `A code was not looked at, because codes are locked: ${purpose}.`,
    });
    return new Refusal(lock);
  }
  const check = await compareCode(visit, factor, code);
  if (check.kind === 'accepted') {
    const advanced = await visit.tx.advanceStep(factor.id, factor.lastAcceptedStep, check.step);
    if (!advanced) return refuseReplay(visit, user, check.step, purpose);
    await visit.tx.putFactor({
      ...factor,
      lastAcceptedStep: check.step,
      lastUsedAtMs: visit.nowMs,
      consecutiveFailures: 0,
    });
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
  return countFailure(visit, user, factor, check, purpose);
}

async function refuseReplay(visit: Visit, user: User, step: number, purpose: string): Promise<Refusal> {
  await audit(visit, {
    event: 'code-refused',
    subject: user,
    actor: null,
    summary: `A code that was used already was refused: ${purpose}.`,
  });
  return new Refusal(refusedCode({ kind: 'replayed', step }, null));
}

async function countFailure(
  visit: Visit,
  user: User,
  factor: Factor,
  check: Exclude<CodeVerdict, { kind: 'accepted' | 'replayed' }>,
  purpose: string,
): Promise<Refusal> {
  const { tx, policy, nowMs } = visit;
  const id = codeCounterId(user.id);
  const counter = afterFailure(await tx.counter(id), id, true, codeLockAt(policy), policy, nowMs);
  await tx.putCounter(counter);
  await sweepCounters(tx, nowMs);
  const consecutiveFailures = factor.consecutiveFailures + 1;
  const blocked = consecutiveFailures >= policy.consecutiveCodeFailures;
  await tx.putFactor({ ...factor, consecutiveFailures, blocked });
  const why =
    check.kind === 'drifted' ? `of a clock that is ${Math.abs(check.steps)} time steps off` : 'that is wrong';
  await audit(visit, {
    event: 'code-refused',
    subject: user,
    actor: null,
    summary: `A code ${why} was refused: ${purpose}.`,
  });
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
    const wrong = refusedCode(check, 0);
    return new Refusal(
      new TwofoldError('locked-out', `${wrong.message} No further code is taken until the time shown.`, {
        ...wrong.details,
        retryAtMs: counter.lockedUntilMs,
      }),
    );
  }
  return new Refusal(refusedCode(check, failuresLeft(counter, codeLockAt(policy), policy, nowMs)));
}
