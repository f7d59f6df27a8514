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
  /** The step of the last accepted code; null when none was accepted yet. */
  readonly lastAcceptedStep: number | null;
  /** As typed; spaces are dropped. */
  readonly code: string;
}

export type CodeVerdict =
  | { readonly kind: 'accepted'; readonly step: number }
  /** A right code, but its step is at or before the last accepted one (S1, S2). */
  | { readonly kind: 'replayed'; readonly step: number }
  /** Outside the window: not accepted. `steps` is negative when the device is behind, `offsetMs` likewise. */
  | { readonly kind: 'drifted'; readonly steps: number; readonly offsetMs: number }
  | { readonly kind: 'wrong' };

/**
 * Judges one code. All 41 steps within ±20 are computed and compared in constant time, whatever matches, so that the
 * time taken tells nothing. Where the code of several steps is the same, the one nearest to now counts, an unused one
 * first.
 */
export function checkCode(check: CodeCheck): CodeVerdict {
  const { parameters, nowMs, windowSteps, lastAcceptedStep } = check;
  // What is accepted is decided by the reference engine; the wide search for a diagnosis must be cheap.
  const referenceKey = otplibEngine(check.secret, parameters.algorithm);
  const searchKey = new FastKey(check.secret, parameters.algorithm);
  const code = check.code.replaceAll(' ', '');
  const current = stepAt(nowMs, parameters.periodS);
  const isInWindow = (step: number) => Math.abs(step - current) <= windowSteps;
  const isUsed = (step: number) => lastAcceptedStep !== null && step <= lastAcceptedStep;

  const matches: number[] = [];
  for (let offset = -DIAGNOSIS_STEPS; offset <= DIAGNOSIS_STEPS; offset += 1) {
    const step = current + offset;
    if (step < 0) continue;
    const key = isInWindow(step) ? referenceKey : searchKey;
    if (codesEqual(decimalCode(key.valueAt(step), parameters.digits), code)) matches.push(step);
  }
  searchKey.wipe();
  matches.sort((a, b) => Math.abs(a - current) - Math.abs(b - current) || b - a);

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
