// What a clock that is off means for codes: the bounds, and that the project's own verifier draws them at the same place.
import { expect, test } from 'vitest';
import { decimalCode } from '../../../src-main/otp/code-text.ts';
import { FastKey } from '../../../src-main/otp/fast-engine.ts';
import { DEFAULT_PARAMETERS } from '../../../src-main/otp/parameters.ts';
import { stepAt } from '../../../src-main/otp/schedule.ts';
import { checkCode } from '../../../src-main/otp/verifier.ts';
import { type CodeMargin, codeMargin, USUAL_LIMIT_MS } from '../../../src-shared/clock/code-margin.ts';

test.each([
  { offsetMs: 0, uncertaintyMs: 0, margin: { kind: 'accepted', marginMs: 30_000 } },
  { offsetMs: 2_900, uncertaintyMs: 100, margin: { kind: 'accepted', marginMs: 27_000 } },
  { offsetMs: -2_900, uncertaintyMs: 100, margin: { kind: 'accepted', marginMs: 27_000 } },
  { offsetMs: 29_990, uncertaintyMs: 10, margin: { kind: 'accepted', marginMs: 0 } },
  { offsetMs: 29_991, uncertaintyMs: 10, margin: { kind: 'in-doubt' } },
  { offsetMs: -30_010, uncertaintyMs: 10, margin: { kind: 'in-doubt' } },
  { offsetMs: 0, uncertaintyMs: 30_001, margin: { kind: 'in-doubt' } },
  { offsetMs: 45_000, uncertaintyMs: 10, margin: { kind: 'refused-partly', share: 0.5 } },
  { offsetMs: -37_500, uncertaintyMs: 10, margin: { kind: 'refused-partly', share: 0.25 } },
  { offsetMs: 60_000, uncertaintyMs: 10, margin: { kind: 'refused' } },
  { offsetMs: -3_600_000, uncertaintyMs: 10, margin: { kind: 'refused' } },
] satisfies { offsetMs: number; uncertaintyMs: number; margin: CodeMargin }[])(
  'issue 5, G8: $offsetMs ms off, sure to within $uncertaintyMs ms: $margin.kind',
  ({ offsetMs, uncertaintyMs, margin }) => {
    expect(codeMargin({ offsetMs, uncertaintyMs })).toEqual(margin);
  },
);

const SECRET = Buffer.from('12345678901234567890');
const PERIOD_MS = 30_000;

/** How many codes of a device that is off by that much are refused: one looked at every 250 ms of a step. */
function refusedShare(offsetMs: number): number {
  const key = new FastKey(SECRET, 'SHA-1');
  const stepStartMs = Date.UTC(2026, 5, 1);
  const moments = [...Array.from({ length: 120 }, (_, index) => index * 250), PERIOD_MS - 1];
  const refused = moments.filter((intoStepMs) => {
    const deviceMs = stepStartMs + intoStepMs;
    const verdict = checkCode({
      secret: SECRET,
      parameters: DEFAULT_PARAMETERS,
      nowMs: deviceMs + offsetMs,
      windowSteps: 1,
      lastAcceptedStep: null,
      code: decimalCode(key.valueAt(stepAt(deviceMs, 30)), 6),
    });
    return verdict.kind !== 'accepted';
  });
  return refused.length / moments.length;
}

test.each([0, 27_000, USUAL_LIMIT_MS, -27_000, -USUAL_LIMIT_MS])(
  'issue 5, G8, RFC 6238 §5.2: the verifier accepts every code of a clock that is %i ms off',
  (offsetMs) => {
    expect(codeMargin({ offsetMs, uncertaintyMs: 0 }).kind).toBe('accepted');
    expect(refusedShare(offsetMs)).toBe(0);
  },
);

test.each([USUAL_LIMIT_MS + 1, -USUAL_LIMIT_MS - 1, 45_000, -45_000, 59_000])(
  'issue 5, G8, RFC 6238 §5.2: the verifier refuses a part of the codes of a clock that is %i ms off',
  (offsetMs) => {
    const margin = codeMargin({ offsetMs, uncertaintyMs: 0 });
    expect(margin.kind).toBe('refused-partly');
    const share = refusedShare(offsetMs);
    expect(share).toBeGreaterThan(0);
    if (margin.kind === 'refused-partly') expect(Math.abs(share - margin.share)).toBeLessThan(0.02);
  },
);

test.each([60_000, -60_000, 90_000])(
  'issue 5, G8, RFC 6238 §5.2: the verifier refuses every code of a clock that is %i ms off',
  (offsetMs) => {
    expect(codeMargin({ offsetMs, uncertaintyMs: 0 }).kind).toBe('refused');
    expect(refusedShare(offsetMs)).toBe(1);
  },
);
