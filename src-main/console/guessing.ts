// What a policy means for somebody who has the password and guesses codes: most tries, and the chance that one is right.
import type { Guessing, Policy } from '../../src-shared/contract/index.ts';
import { defaultPolicy, ESCALATION_MS } from './policy.ts';
import type { Counter } from './records.ts';
import { afterFailure, codeLockAt, lockedUntilMs } from './throttle.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MONTH_DAYS = 30;

/**
 * Beyond these chances a policy is warned of. NIST SP 800-63B section 5.2.2 lets an attacker have at most 100 tries in a
 * row at a code of six digits, which with one time step accepted on each side is 3 in 10,000; a day may have about three
 * times that. A month may have ten days' worth. RFC 4226 section 7.3 asks for the same balance in other words: a
 * throttling parameter so low that guessing stays hopeless, and high enough that nobody is locked out by accident.
 */
export const MOST_CHANCE_PER_DAY = 0.001;
export const MOST_CHANCE_PER_MONTH = 0.01;

/** What somebody who knows the limits does: at most this many locks within a day are put up with, else waited for. */
const MOST_LOCKS = Math.ceil(Math.log2(ESCALATION_MS / 60_000)) + 1;

interface Tries {
  readonly day: number;
  readonly month: number;
}

const forgiven = (counter: Counter | null): Counter | null =>
  counter === null ? null : { ...counter, failuresAtMs: [], lockedUntilMs: null };

/** Tries in a month of somebody who puts up with `mostLocks` locks within 24 hours, and otherwise stays one below. */
function triesOf(policy: Policy, mostLocks: number): Tries {
  const lockAt = codeLockAt(policy);
  let counter: Counter | null = null;
  let nowMs = 0;
  let month = 0;
  let firstDay = 0;
  for (let day = 0; day < MONTH_DAYS; day += 1) {
    const endMs = (day + 1) * DAY_MS;
    // The owner signs in, which starts both counts anew; not while codes are locked.
    nowMs = Math.max(nowMs, day * DAY_MS, lockedUntilMs(counter, day * DAY_MS) ?? 0);
    counter = forgiven(counter);
    let inRow = 0;
    while (nowMs < endMs && inRow < policy.consecutiveCodeFailures) {
      const untilMs = lockedUntilMs(counter, nowMs);
      if (untilMs !== null) {
        nowMs = untilMs;
        continue;
      }
      const after: Counter = afterFailure(counter, 'guessing', true, lockAt, policy, nowMs);
      const oldestMs = counter?.failuresAtMs[0];
      if (after.lockedUntilMs !== null && after.locksAtMs.length > mostLocks && oldestMs !== undefined) {
        // By then the oldest failure does not count any more, and one more try brings no lock.
        nowMs = Math.max(nowMs + 1, oldestMs + policy.failureWindowMs);
        continue;
      }
      counter = after;
      inRow += 1;
    }
    month += inRow;
    if (day === 0) firstDay = inRow;
  }
  return { day: firstDay, month };
}

/**
 * The most codes that the limits let anybody try for one user, in a day and in 30 days. Found by playing it through with
 * `afterFailure`, the function that real sign-ins count with: once for each number of locks that a guesser may put up with,
 * since a short lock can be worth it and a doubled one is not; the best of them counts (to within the few tries that a
 * lock at the very end of the day may add).
 *
 * The owner is taken to sign in once a day, which starts the count in a row anew (S6). Without that the factor would stop
 * for good at `consecutiveCodeFailures`, and the month would have no more than that.
 */
export function mostTries(policy: Policy): Tries {
  let best: Tries = { day: 0, month: 0 };
  for (let mostLocks = 0; mostLocks <= MOST_LOCKS; mostLocks += 1) {
    const tries = triesOf(policy, mostLocks);
    best = { day: Math.max(best.day, tries.day), month: Math.max(best.month, tries.month) };
    // No way of guessing gets beyond the count that stops the factor.
    if (best.month === MONTH_DAYS * policy.consecutiveCodeFailures) break;
  }
  return best;
}

/** That at least one of so many guesses is right: each hits one of the codes in the window out of all codes there are. */
export function chanceOf(policy: Pick<Policy, 'digits' | 'windowSteps'>, tries: number): number {
  const each = (2 * policy.windowSteps + 1) / 10 ** policy.digits;
  // As 1 − (1 − each)^tries, without the rounding that so small a number would suffer.
  return -Math.expm1(tries * Math.log1p(-each));
}

interface Influence {
  readonly name: string;
  /** The policy with the default of that value. */
  readonly eased: (policy: Policy) => Policy;
}

const { digits, windowSteps, consecutiveCodeFailures, codeFailures, failureWindowMs, lockMs } = defaultPolicy;

/** What bears on guessing, in the words of the policy screen. */
const influences: readonly Influence[] = [
  { name: 'digits of a code', eased: (policy) => ({ ...policy, digits }) },
  { name: 'codes accepted on each side of the present one', eased: (policy) => ({ ...policy, windowSteps }) },
  {
    name: 'wrong codes in a row that stop the factor',
    eased: (policy) => ({ ...policy, consecutiveCodeFailures }),
  },
  { name: 'wrong codes before a lock', eased: (policy) => ({ ...policy, codeFailures }) },
  { name: 'span in which they are counted', eased: (policy) => ({ ...policy, failureWindowMs }) },
  { name: 'length of the first lock', eased: (policy) => ({ ...policy, lockMs }) },
];

/** The values that, each at its default, would make guessing harder. */
function culprits(policy: Policy, month: number): string[] {
  return influences.flatMap(({ name, eased }) => {
    const easier = eased(policy);
    return chanceOf(easier, mostTries(easier).month) < month ? [name] : [];
  });
}

/** '1 in 3,334' */
const oneIn = (chance: number): string => `1 in ${Math.round(1 / chance).toLocaleString('en-US')}`;

/** What the values would let a guesser do, with warnings beyond `MOST_CHANCE_PER_DAY` and `MOST_CHANCE_PER_MONTH`. Pure. */
export function judgeGuessing(policy: Policy): Guessing {
  const { day: triesPerDay, month: triesPerMonth } = mostTries(policy);
  const chancePerDay = chanceOf(policy, triesPerDay);
  const chancePerMonth = chanceOf(policy, triesPerMonth);
  const warnings: string[] = [];
  const isBeyond = chancePerDay > MOST_CHANCE_PER_DAY || chancePerMonth > MOST_CHANCE_PER_MONTH;
  if (isBeyond) {
    const by = culprits(policy, chancePerMonth);
    const because = by.length === 0 ? '' : ` These values bring it about: ${by.join(', ')}.`;
    warnings.push(
      `Somebody who has a password guesses a code with a chance of ${oneIn(chancePerDay)} a day and ${oneIn(chancePerMonth)} a month. More than ${oneIn(MOST_CHANCE_PER_DAY)} a day or ${oneIn(MOST_CHANCE_PER_MONTH)} a month is too much.${because}`,
    );
  }
  if (policy.consecutiveCodeFailures > defaultPolicy.consecutiveCodeFailures) {
    warnings.push(
      `NIST SP 800-63B asks to stop a factor after at most ${defaultPolicy.consecutiveCodeFailures} wrong codes in a row; this policy has ${policy.consecutiveCodeFailures}.`,
    );
  }
  return { triesPerDay, triesPerMonth, chancePerDay, chancePerMonth, warnings };
}
