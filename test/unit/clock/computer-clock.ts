// A computer whose clock is set and which sleeps, as the systems do it, over the virtual clock.
import type { Clock } from '../../../src-main/clock/clock.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';

/**
 * - `measured`: the monotonic clock stands still in sleep, and the uptime goes on (Linux);
 * - `stands-still`: the monotonic clock stands still in sleep, and nothing else tells;
 * - `goes-on`: the monotonic clock goes on in sleep (macOS, Windows).
 */
export type SleepKind = 'measured' | 'stands-still' | 'goes-on';

export class ComputerClock implements Clock {
  readonly #clock: VirtualClock;
  readonly #kind: SleepKind;
  #asleepMs = 0;

  constructor(startMs: number, kind: SleepKind) {
    this.#clock = new VirtualClock(startMs);
    this.#kind = kind;
    if (kind === 'measured') this.uptimeMs = () => 5_000_000 + this.#clock.monotonicMs() + this.#asleepMs;
  }

  readonly uptimeMs?: () => number;

  nowMs(): number {
    return this.#clock.nowMs();
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs() + (this.#kind === 'goes-on' ? this.#asleepMs : 0);
  }

  after(delayMs: number, work: () => void): () => void {
    return this.#clock.after(delayMs, work);
  }

  advance(spanMs: number): void {
    this.#clock.advance(spanMs);
  }

  /** Somebody sets the clock by that much. */
  set(byMs: number): void {
    this.#clock.setWallClock(this.#clock.nowMs() + byMs);
  }

  /** No program runs meanwhile. */
  sleep(forMs: number): void {
    this.#asleepMs += forMs;
    this.set(forMs);
  }
}
