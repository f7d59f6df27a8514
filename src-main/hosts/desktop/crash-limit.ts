// How often a page that broke down is opened again before one gives up. Free of electron.
import type { Clock } from '../../clock/clock.ts';

const CRASHES = 3;
const WITHIN_MS = 60_000;

export class CrashLimit {
  readonly #clock: Clock;
  #crashes: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a breakdown. False when there were too many in a row: opening again would only break down again. */
  mayReopen(): boolean {
    const now = this.#clock.monotonicMs();
    this.#crashes = [...this.#crashes.filter((atMs) => now - atMs < WITHIN_MS), now];
    return this.#crashes.length <= CRASHES;
  }
}
