// A clock that runs with another one, and may be set off from it: the verifier's and each device's in a rehearsal.
import type { Clock } from '../clock/clock.ts';

export class OffsetClock implements Clock {
  readonly #base: Clock;
  /** How far this clock is ahead of the base, in milliseconds; behind: negative. */
  aheadMs: number;

  constructor(base: Clock, aheadMs = 0) {
    this.#base = base;
    this.aheadMs = aheadMs;
  }

  nowMs(): number {
    return this.#base.nowMs() + this.aheadMs;
  }

  monotonicMs(): number {
    return this.#base.monotonicMs();
  }

  after(delayMs: number, work: () => void): () => void {
    return this.#base.after(delayMs, work);
  }
}
