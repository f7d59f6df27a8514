// By how much codes may be corrected where this computer's clock is off and that is known well enough.
import type { ClockStatus } from '../contract/clock.ts';

/** A smaller error changes no code that a verifier would not take anyway. */
const WORTH_CORRECTING_MS = 1_000;

/** Milliseconds to add to this computer's time: 0 unless it was checked, is off, and that is beyond doubt. */
export function correctionOf(status: ClockStatus): number {
  if (status.kind === 'not-checked') return 0;
  const { offsetMs, uncertaintyMs } = status;
  const isBeyondDoubt = Math.abs(offsetMs) >= WORTH_CORRECTING_MS && Math.abs(offsetMs) > uncertaintyMs;
  return isBeyondDoubt ? Math.round(offsetMs) : 0;
}
