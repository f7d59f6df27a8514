// Resynchronisation (S16): two codes in a row of a device whose clock is off say by how much, and end the sign-in.
import { type ConsoleStep, TwofoldError } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import type { PairVerdict } from '../otp/verifier.ts';
import { audit } from './audit.ts';
import { countWrongTry, refuseReplay, refuseWhileLocked, useUp } from './code-check.ts';
import { comparePair } from './factors.ts';
import type { Factor, User } from './records.ts';
import { atCodeScreen, completeWithCode, countOnChallenge } from './sign-in.ts';
import { clearFailures, codeCounterId } from './throttle.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from './visit.ts';

const PURPOSE = 'resynchronisation';

const wrongPair = (attemptsLeft: number): TwofoldError =>
  new TwofoldError(
    'code-refused',
    'These are not two codes in a row. Enter the code that the device shows now, wait for the next one, and enter that too.',
    { reason: 'wrong-pair', attemptsLeft },
  );

/** A device whose clock was ahead and has been set right shows used steps for a while: says from when on it will do. */
const notYet = (factor: Factor, verdict: Extract<PairVerdict, { kind: 'replayed' }>, nowMs: number) => {
  const stepMs = factor.periodS * 1000;
  const ahead = (factor.lastAcceptedStep ?? verdict.step) + 1 - (verdict.step - 1);
  return new TwofoldError(
    'code-refused',
    'These codes belong to a time for which a code was used already. Wait until the time shown, then enter two new codes in a row.',
    { reason: 'replayed', retryAtMs: nowMs + ahead * stepMs },
  );
};

async function checkPairOf(
  visit: Visit,
  user: User,
  factor: Factor,
  pair: { readonly first: string; readonly second: string },
): Promise<User | Refusal> {
  const locked = await refuseWhileLocked(visit, user, factor, 'code-refused', PURPOSE);
  if (locked !== null) return locked;
  const verdict = await comparePair(visit, factor, pair);
  if (verdict.kind === 'wrong') {
    return countWrongTry(visit, user, factor, {
      event: 'code-refused',
      summary: `Two codes that do not follow one another were refused: ${PURPOSE}.`,
      refusal: wrongPair,
    });
  }
  if (verdict.kind === 'replayed') {
    await refuseReplay(visit, user, verdict.step, PURPOSE);
    return new Refusal(notYet(factor, verdict, visit.nowMs));
  }
  if (!(await useUp(visit, factor, verdict.step, verdict.driftSteps)))
    return refuseReplay(visit, user, verdict.step, PURPOSE);
  await clearFailures(visit.tx, codeCounterId(user.id));
  const seconds = Math.abs(verdict.driftSteps * factor.periodS);
  const side = verdict.driftSteps < 0 ? 'behind' : 'ahead';
  await audit(visit, {
    event: 'device-resynchronized',
    subject: user,
    actor: user,
    summary:
      seconds === 0
        ? 'The device was resynchronised by two codes in a row: its clock is right.'
        : `The device was resynchronised by two codes in a row: its clock is ${seconds} s ${side}.`,
  });
  return user;
}

/**
 * Two codes of consecutive time steps within ±20, both unused: the drift is kept and codes are accepted around it from
 * then on; the sign-in goes on as after a right code. A wrong pair counts as one failure. Throws TwofoldError
 * `code-refused`, `locked-out` and `step-expired`.
 */
export async function resynchronize(
  context: ConsoleContext,
  { first, second, trustBrowser }: { first: string; second: string; trustBrowser: boolean },
  caller: Caller,
): Promise<ConsoleStep> {
  const step = await visit(context, caller, async (visit) => {
    const { challenge, user, factor } = await atCodeScreen(visit);
    const checked = await checkPairOf(visit, user, factor, { first, second });
    if (checked instanceof Refusal) {
      await countOnChallenge(visit, challenge);
      return checked;
    }
    return completeWithCode(visit, checked, factor, {
      trustBrowser,
      summary: 'Signed in with password and two codes in a row.',
    });
  });
  context.events.emit('console:changed', {});
  return step;
}
