// The verifier of RFC 6238 §5.2 as a pure function: is this typed code right now, was it used, or is a clock off?
import { codesEqual, decimalCode } from './code-text.ts';
import { FastKey } from './fast-engine.ts';
import { otplibEngine } from './otplib-engine.ts';
import type { OtpParameters } from './parameters.ts';
import { stepAt } from './schedule.ts';

/** How far a wrong code is searched to say how far a clock is off (S16). Never for acceptance. */
export const DIAGNOSIS_STEPS = 20;

export interface CodeCheck {
  readonly secret: Uint8Array;
  readonly parameters: OtpParameters;
  /** The verifier's own clock (S9), milliseconds since 1970-01-01 UTC. */
  readonly nowMs: number;
  /** Accepted steps on each side of the current one: 0 to 2. */
  readonly windowSteps: number;
  /**
   * How many steps the device's clock is known to be ahead (negative: behind), as found by a resynchronisation (S16):
   * what is accepted lies around this step instead of the current one. Absent: 0.
   */
  readonly driftSteps?: number;
  /** The step of the last accepted code; null when none was accepted yet. */
  readonly lastAcceptedStep: number | null;
  /** As typed; spaces are dropped. */
  readonly code: string;
}

export type CodeVerdict =
  | { readonly kind: 'accepted'; readonly step: number }
  /** A right code, but its step is at or before the last accepted one (S1, S2). */
  | { readonly kind: 'replayed'; readonly step: number }
  /**
   * Outside the window: not accepted. `steps` is negative when the device is behind, `offsetMs` likewise. Both are
   * relative to the verifier's clock, whatever drift is known: 0 is a device whose clock has been set right again.
   */
  | { readonly kind: 'drifted'; readonly steps: number; readonly offsetMs: number }
  | { readonly kind: 'wrong' };

/**
 * Judges one code. All steps within ±20, and the window with them, are computed and compared in constant time, whatever
 * matches, so that the time taken tells nothing. Where the code of several steps is the same, the one nearest to where
 * the device should be counts, an unused one first.
 */
export function checkCode(check: CodeCheck): CodeVerdict {
  const { parameters, nowMs, windowSteps, driftSteps = 0, lastAcceptedStep } = check;
  // What is accepted is decided by the reference engine; the wide search for a diagnosis must be cheap.
  const referenceKey = otplibEngine(check.secret, parameters.algorithm);
  const searchKey = new FastKey(check.secret, parameters.algorithm);
  const code = check.code.replaceAll(' ', '');
  const current = stepAt(nowMs, parameters.periodS);
  const centre = current + driftSteps;
  const isInWindow = (step: number) => Math.abs(step - centre) <= windowSteps;
  const isUsed = (step: number) => lastAcceptedStep !== null && step <= lastAcceptedStep;

  const matches: number[] = [];
  const from = Math.max(0, Math.min(current - DIAGNOSIS_STEPS, centre - windowSteps));
  const to = Math.max(current + DIAGNOSIS_STEPS, centre + windowSteps);
  for (let step = from; step <= to; step += 1) {
    const key = isInWindow(step) ? referenceKey : searchKey;
    if (codesEqual(decimalCode(key.valueAt(step), parameters.digits), code)) matches.push(step);
  }
  searchKey.wipe();
  matches.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre) || b - a);

  const fresh = matches.find((step) => isInWindow(step) && !isUsed(step));
  if (fresh !== undefined) return { kind: 'accepted', step: fresh };
  // The very code accepted last is a replay also when it has left the window: no clock is off then.
  const used = matches.find((step) => isInWindow(step) || step === lastAcceptedStep);
  if (used !== undefined) return { kind: 'replayed', step: used };
  const nearest = matches[0];
  if (nearest === undefined) return { kind: 'wrong' };
  const steps = nearest - current;
  return { kind: 'drifted', steps, offsetMs: steps * parameters.periodS * 1000 };
}

export interface PairCheck extends Omit<CodeCheck, 'code' | 'windowSteps' | 'driftSteps'> {
  /** Two codes as the device showed them, one after the other; spaces are dropped. */
  readonly first: string;
  readonly second: string;
}

export type PairVerdict =
  /** The device is `driftSteps` ahead (negative: behind); `step` is the second code's. */
  | { readonly kind: 'synchronized'; readonly step: number; readonly driftSteps: number }
  /** A right pair, but its first step is at or before the last accepted one (S1, S2). */
  | { readonly kind: 'replayed'; readonly step: number }
  | { readonly kind: 'wrong' };

/**
 * RFC 4226 section 7.4: two codes of consecutive steps within ±20 say where the device's clock is. The second one
 * stands for now; a person needs a moment to type it. As above all steps are computed, whatever matches.
 */
export function checkPair(check: PairCheck): PairVerdict {
  const { parameters, nowMs, lastAcceptedStep } = check;
  const key = otplibEngine(check.secret, parameters.algorithm);
  const [first, second] = [check.first.replaceAll(' ', ''), check.second.replaceAll(' ', '')];
  const current = stepAt(nowMs, parameters.periodS);
  const from = Math.max(0, current - DIAGNOSIS_STEPS);
  const steps: number[] = [];
  let isFirstBefore = false;
  for (let step = from; step <= current + DIAGNOSIS_STEPS; step += 1) {
    const shown = decimalCode(key.valueAt(step), parameters.digits);
    const isFirst = codesEqual(shown, first);
    const isSecond = codesEqual(shown, second);
    if (isFirstBefore && isSecond) steps.push(step);
    isFirstBefore = isFirst;
  }
  steps.sort((a, b) => Math.abs(a - current) - Math.abs(b - current));
  const step = steps.find((each) => lastAcceptedStep === null || each - 1 > lastAcceptedStep) ?? steps[0];
  if (step === undefined) return { kind: 'wrong' };
  if (lastAcceptedStep !== null && step - 1 <= lastAcceptedStep) return { kind: 'replayed', step };
  return { kind: 'synchronized', step, driftSteps: step - current };
}
