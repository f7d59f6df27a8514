// The verifier: window, replay, drift (S1, S2, S4, S16), and comparison in constant time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codesEqual, decimalCode } from '../../../src-main/otp/code-text.ts';
import { otplibEngine } from '../../../src-main/otp/otplib-engine.ts';
import { DEFAULT_PARAMETERS, type OtpParameters } from '../../../src-main/otp/parameters.ts';
import { checkCode, checkPair, type CodeCheck } from '../../../src-main/otp/verifier.ts';

const secret = Buffer.from('12345678901234567890');
const T = 56_666_666;
const nowMs = T * 30_000 + 12_345;

const codeAt = (step: number, parameters: OtpParameters = DEFAULT_PARAMETERS): string =>
  decimalCode(otplibEngine(secret, parameters.algorithm).valueAt(step), parameters.digits);

const check = (over: Partial<CodeCheck>) =>
  checkCode({
    secret,
    parameters: DEFAULT_PARAMETERS,
    nowMs,
    windowSteps: 1,
    lastAcceptedStep: null,
    code: codeAt(T),
    ...over,
  });

const offsets = [-2, -1, 0, 1, 2];
const windows = [0, 1, 2].flatMap((windowSteps) => offsets.map((offset) => ({ windowSteps, offset })));

test.each(windows)('S4: window $windowSteps, code of T$offset', ({ windowSteps, offset }) => {
  const verdict = check({ windowSteps, code: codeAt(T + offset) });
  expect(verdict).toEqual(
    Math.abs(offset) <= windowSteps
      ? { kind: 'accepted', step: T + offset }
      : { kind: 'drifted', steps: offset, offsetMs: offset * 30_000 },
  );
});

const drifts = [-20, -3, 3, 20].flatMap((driftSteps) => windows.map((row) => ({ driftSteps, ...row })));
test.each(drifts)(
  'S4, S16: drift $driftSteps, window $windowSteps, code of the device’s T$offset',
  ({ driftSteps, windowSteps, offset }) => {
    const steps = driftSteps + offset;
    const verdict = check({ windowSteps, driftSteps, code: codeAt(T + steps) });
    const beyond = Math.abs(steps) > 20;
    expect(verdict).toEqual(
      Math.abs(offset) <= windowSteps
        ? { kind: 'accepted', step: T + steps }
        : beyond
          ? { kind: 'wrong' }
          : { kind: 'drifted', steps, offsetMs: steps * 30_000 },
    );
  },
);

test('S2, S16: with a drift, a step at or before the last accepted one is a replay', () => {
  const around = { driftSteps: -3, windowSteps: 2 };
  for (const offset of offsets) {
    expect(check({ ...around, lastAcceptedStep: T - 3, code: codeAt(T - 3 + offset) })).toEqual({
      kind: offset <= 0 ? 'replayed' : 'accepted',
      step: T - 3 + offset,
    });
  }
});

test('S16: with a drift, a clock set right again is diagnosed as 0 off, and not accepted', () => {
  expect(check({ driftSteps: -3, lastAcceptedStep: T - 3 })).toEqual({
    kind: 'drifted',
    steps: 0,
    offsetMs: 0,
  });
});

describe('S16: two codes in a row', () => {
  const pair = (first: number, second: number, lastAcceptedStep: number | null = null) =>
    checkPair({
      secret,
      parameters: DEFAULT_PARAMETERS,
      nowMs,
      lastAcceptedStep,
      first: codeAt(T + first),
      second: codeAt(T + second),
    });
  test.each([-19, -3, 0, 1, 20])('the second one of T%i: so far is the clock off', (second) => {
    expect(pair(second - 1, second)).toEqual({
      kind: 'synchronized',
      step: T + second,
      driftSteps: second,
    });
  });
  test.each([
    [-21, -20],
    [20, 21],
    [0, 0],
    [1, 0],
    [0, 2],
    [-1, 1],
  ])('codes of T%i and T%i do not do', (first, second) => {
    expect(pair(first, second)).toEqual({ kind: 'wrong' });
  });
  test.each([-3, -2, 5])('S2: not with T%i accepted before', (last) => {
    expect(pair(-3, -2, T + last)).toEqual({ kind: 'replayed', step: T - 2 });
  });
  test('an earlier accepted step does not matter', () => {
    expect(pair(-3, -2, T - 4)).toMatchObject({ kind: 'synchronized', driftSteps: -2 });
  });
});

describe('S1, S2: a step at or before the last accepted one', () => {
  const steps = offsets.flatMap((offset) => offsets.map((last) => ({ offset, last })));
  test.each(steps)('code of T$offset after T$last was accepted', ({ offset, last }) => {
    const verdict = check({ windowSteps: 2, lastAcceptedStep: T + last, code: codeAt(T + offset) });
    expect(verdict).toEqual({ kind: offset <= last ? 'replayed' : 'accepted', step: T + offset });
  });

  test('the code accepted last is a replay also after it left the window', () => {
    expect(check({ lastAcceptedStep: T - 5, code: codeAt(T - 5) })).toEqual({
      kind: 'replayed',
      step: T - 5,
    });
  });

  test('a verifier clock set back accepts nothing that was used', () => {
    expect(check({ lastAcceptedStep: T + 10, code: codeAt(T) })).toEqual({ kind: 'replayed', step: T });
  });
});

describe('S16: diagnosis of a clock that is off', () => {
  test.each([-20, -3, -2, 2, 3, 20])('code of T%i: off by so many steps, not accepted', (steps) => {
    expect(check({ code: codeAt(T + steps) })).toEqual({ kind: 'drifted', steps, offsetMs: steps * 30_000 });
  });
  test.each([-21, 21])('code of T%i is simply wrong', (steps) => {
    expect(check({ code: codeAt(T + steps) })).toEqual({ kind: 'wrong' });
  });
  test('a device behind is told so although a later code was accepted', () => {
    expect(check({ lastAcceptedStep: T, code: codeAt(T - 3) })).toEqual({
      kind: 'drifted',
      steps: -3,
      offsetMs: -90_000,
    });
  });
});

test('spaces in a typed code do not matter', () => {
  const code = codeAt(T);
  expect(check({ code: `${code.slice(0, 3)} ${code.slice(3)}` })).toEqual({ kind: 'accepted', step: T });
});

test.each(['', '12345', '1234567', 'abcdef', '９９９９９９'])('"%s" is wrong', (code) => {
  expect(check({ code })).toEqual({ kind: 'wrong' });
});

test('near the beginning of time there are no negative steps', () => {
  expect(check({ nowMs: 0, code: codeAt(0) })).toEqual({ kind: 'accepted', step: 0 });
});

test.each<OtpParameters>([
  { algorithm: 'SHA-256', digits: 8, periodS: 60 },
  { algorithm: 'SHA-512', digits: 7, periodS: 15 },
])('other parameters: $algorithm, $digits digits, $periodS s', (parameters) => {
  const step = Math.floor(nowMs / (parameters.periodS * 1000));
  expect(check({ parameters, code: codeAt(step - 1, parameters) })).toEqual({
    kind: 'accepted',
    step: step - 1,
  });
  expect(check({ parameters, code: codeAt(step + 4, parameters) })).toMatchObject({
    kind: 'drifted',
    offsetMs: 4 * parameters.periodS * 1000,
  });
});

test('whatever is typed, nothing outside the window and nothing used is accepted', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -30, max: 30 }),
      fc.integer({ min: 0, max: 2 }),
      fc.option(fc.integer({ min: -5, max: 5 })),
      (offset, windowSteps, last) => {
        const lastAcceptedStep = last === null ? null : T + last;
        const verdict = check({ windowSteps, lastAcceptedStep, code: codeAt(T + offset) });
        if (verdict.kind !== 'accepted') return;
        expect(Math.abs(verdict.step - T)).toBeLessThanOrEqual(windowSteps);
        expect(verdict.step).toBeGreaterThan(lastAcceptedStep ?? -1);
      },
    ),
  );
});

test('codes are equal when they are, and only then', () => {
  expect(codesEqual('123456', '123456')).toBe(true);
  expect(codesEqual('123456', '123457')).toBe(false);
  expect(codesEqual('123456', '12345')).toBe(false);
  expect(codesEqual('', '')).toBe(true);
});
