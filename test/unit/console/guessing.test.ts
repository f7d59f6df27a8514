// Policy: the chance of guessing a code, from the limits that real sign-ins are counted with.
import { describe, expect, test } from 'vitest';
import {
  chanceOf,
  judgeGuessing,
  MOST_CHANCE_PER_DAY,
  MOST_CHANCE_PER_MONTH,
  mostTries,
} from '../../../src-main/console/guessing.ts';
import { defaultPolicy } from '../../../src-main/console/policy.ts';
import type { Policy } from '../../../src-shared/contract/index.ts';
import { DAY, HOUR, MINUTE } from './world.ts';

const withValues = (values: Partial<Policy>): Policy => ({ ...defaultPolicy, ...values });

describe('S5: most tries at the codes of one user', () => {
  test('the defaults: 100 wrong codes in a row stop the factor, so a day has no more', () => {
    expect(mostTries(defaultPolicy)).toEqual({ day: 100, month: 3_000 });
  });

  test.each<readonly [string, Partial<Policy>, number]>([
    // Three locks (5, 10 and 20 minutes) pay: 15 tries in 35 minutes. The next one would be 40 minutes, so the other 1,405
    // minutes are 94 spans of 15 with 4 tries each, one below the lock.
    ['without the stop, locks are put up with while they are short', { consecutiveCodeFailures: 1_000 }, 391],
    // A lock of a day never pays: 24 spans of an hour with 2 tries each.
    [
      'long locks, long spans: one below the lock in each span',
      {
        consecutiveCodeFailures: 1_000,
        codeFailures: 3,
        failureWindowMs: HOUR,
        lockMs: DAY,
      },
      48,
    ],
    [
      'one span a day: as many as bring the lock',
      { codeFailures: 20, failureWindowMs: DAY, lockMs: DAY },
      20,
    ],
    ['few in a row', { consecutiveCodeFailures: 10 }, 10],
  ])('%s', (_what, values, day) => {
    expect(mostTries(withValues(values)).day).toBe(day);
  });

  test.each<readonly [string, Partial<Policy>]>([
    ['a longer lock', { lockMs: HOUR }],
    ['a longer span', { failureWindowMs: HOUR }],
    ['fewer wrong codes', { codeFailures: 3 }],
  ])('%s never gives more tries', (_what, values) => {
    const without = withValues({ consecutiveCodeFailures: 1_000 });
    expect(mostTries({ ...without, ...values }).month).toBeLessThanOrEqual(mostTries(without).month);
  });

  test('the widest policy is judged in time for typing', () => {
    const widest = withValues({
      codeFailures: 20,
      failureWindowMs: MINUTE,
      lockMs: MINUTE,
      consecutiveCodeFailures: 1_000,
    });
    expect(mostTries(widest)).toEqual({ day: 1_000, month: 30_000 });
  });
});

describe('policy: the resulting chance', () => {
  test('is 1 − (1 − (2·window + 1) / 10^digits)^tries', () => {
    for (const [digits, windowSteps, tries] of [
      [6, 0, 1],
      [6, 1, 100],
      [6, 2, 30_000],
      [8, 1, 3_000],
    ] as const) {
      const expected = 1 - (1 - (2 * windowSteps + 1) / 10 ** digits) ** tries;
      expect(chanceOf({ digits, windowSteps }, tries)).toBeCloseTo(expected, 10);
    }
    expect(chanceOf(defaultPolicy, 0)).toBe(0);
  });

  test('of the defaults is within the bound, and nothing is warned of', () => {
    const { chancePerDay, chancePerMonth, warnings } = judgeGuessing(defaultPolicy);
    expect(chancePerDay).toBeCloseTo(0.0003, 6);
    expect(chancePerMonth).toBeLessThan(MOST_CHANCE_PER_MONTH);
    expect(chancePerDay).toBeLessThan(MOST_CHANCE_PER_DAY);
    expect(warnings).toEqual([]);
  });

  test('beyond the bound is warned of, with the values that bring it about and no others', () => {
    const { warnings } = judgeGuessing(withValues({ windowSteps: 2, digits: 6, codeFailures: 3 }));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('codes accepted on each side of the present one.');
    expect(warnings[0]).not.toContain('wrong codes before a lock');
  });

  test('more than 100 in a row is warned of by NIST SP 800-63B, even where the chance is small', () => {
    const { chancePerMonth, warnings } = judgeGuessing(
      withValues({ digits: 8, consecutiveCodeFailures: 101 }),
    );
    expect(chancePerMonth).toBeLessThan(MOST_CHANCE_PER_MONTH);
    expect(warnings).toEqual([expect.stringContaining('101')]);
    expect(judgeGuessing(withValues({ digits: 8 })).warnings).toEqual([]);
  });
});
