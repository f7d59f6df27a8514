// What a clock that is off means for codes, measured by the verifier that is usual. Pure.

/** RFC 6238 §5.2: the default time step. */
const STEP_MS = 30_000;
/** Verifiers usually accept the code of the step before and of the one after, too. */
const WINDOW_STEPS = 1;

/** By so much a clock may be off: up to here every code is accepted for as long as it is shown. */
export const USUAL_LIMIT_MS = WINDOW_STEPS * STEP_MS;

/** The time that codes are made by, against real time. */
export interface CodeTime {
  /** Real time minus the time that codes go by, in milliseconds. */
  readonly offsetMs: number;
  /** The true offset lies within this of `offsetMs`. */
  readonly uncertaintyMs: number;
}

export type CodeMargin =
  /** Each code is accepted for as long as it is shown, and that holds until the clock goes `marginMs` further. */
  | { readonly kind: 'accepted'; readonly marginMs: number }
  /** The uncertainty reaches beyond what is accepted. */
  | { readonly kind: 'in-doubt' }
  /** Refused for that share of the time (above 0, below 1): at the end of each step where behind, else at its beginning. */
  | { readonly kind: 'refused-partly'; readonly share: number }
  | { readonly kind: 'refused' };

/**
 * How far the clock may go before a code shown here is refused by a verifier with steps of 30 s and a window of one step
 * on each side. Behind by `offsetMs`, the verifier's step is ahead by `offsetMs / 30 s`, rounded down for a part of each
 * step and up for the rest: beyond one step that rest is refused, beyond two everything.
 */
export function codeMargin({ offsetMs, uncertaintyMs }: CodeTime): CodeMargin {
  const size = Math.abs(offsetMs);
  const marginMs = USUAL_LIMIT_MS - size - uncertaintyMs;
  if (marginMs >= 0) return { kind: 'accepted', marginMs };
  if (size - uncertaintyMs <= USUAL_LIMIT_MS) return { kind: 'in-doubt' };
  const share = (size - USUAL_LIMIT_MS) / STEP_MS;
  return share < 1 ? { kind: 'refused-partly', share } : { kind: 'refused' };
}
