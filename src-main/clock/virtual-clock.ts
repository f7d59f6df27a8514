// A clock that moves only when told to: for tests and rehearsals.
import type { Clock } from './clock.ts';

export class VirtualClock implements Clock {
  #nowMs: number;
  #monotonicMs = 0;
  #timers: { dueMs: number; work: () => void }[] = [];

  /** Starts at `startMs` (milliseconds since 1970-01-01 UTC). */
  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  after(delayMs: number, work: () => void): () => void {
    const timer = { dueMs: this.#monotonicMs + delayMs, work };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets `spanMs` pass: wall and monotonic time move on, and timers that fall due run in their order. */
  advance(spanMs: number): void {
    if (!(spanMs >= 0))
      throw new RangeError('Time passes forwards; set the wall clock back with setWallClock.');
    const endMs = this.#monotonicMs + spanMs;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (next === undefined) break;
      this.#move(Math.max(0, next.dueMs - this.#monotonicMs));
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.work();
    }
    this.#move(endMs - this.#monotonicMs);
  }

  /** Somebody sets the wall clock, also backwards. No time passes. */
  setWallClock(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  #move(spanMs: number): void {
    this.#monotonicMs += spanMs;
    this.#nowMs += spanMs;
  }
}
