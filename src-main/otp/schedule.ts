// Time steps of RFC 6238 §4.2: which one is now, and from when until when it lasts. T0 is the Unix epoch.

export interface Schedule {
  readonly step: number;
  readonly validFromMs: number;
  /** The first millisecond of the next step. */
  readonly validUntilMs: number;
}

/** The number of the time step that holds `nowMs` (milliseconds since 1970-01-01 UTC). */
export const stepAt = (nowMs: number, periodS: number): number => Math.floor(nowMs / (periodS * 1000));

/** The step that holds `nowMs`, with its bounds. */
export function schedule(nowMs: number, periodS: number): Schedule {
  const step = stepAt(nowMs, periodS);
  const validFromMs = step * periodS * 1000;
  return { step, validFromMs, validUntilMs: validFromMs + periodS * 1000 };
}
