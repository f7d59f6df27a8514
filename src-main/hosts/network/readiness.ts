// Whether a node can do its work now: for load balancers.
import type { Clock } from '../../clock/clock.ts';

/** Asked more often, it answers what it found: whoever asks must not make work for the database. */
const FRESH_MS = 1_000;
/** A database that needs longer than this for one small reading is as good as away. */
const WITHIN_MS = 3_000;

export type Readiness = { readonly isReady: true } | { readonly isReady: false; readonly reason: string };

export interface ReadinessChecks {
  /** By the word that stands for it in the answer; each rejects while it is not so. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly clock: Clock;
}

export class ReadinessProbe {
  readonly #options: ReadinessChecks;
  #isStopping = false;
  #last: { readonly atMs: number; readonly found: Promise<Readiness> } | null = null;

  constructor(options: ReadinessChecks) {
    this.#options = options;
  }

  /** From then on it is not ready. */
  stop(): void {
    this.#isStopping = true;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Never rejects. */
  ask(): Promise<Readiness> {
    if (this.#isStopping) return Promise.resolve({ isReady: false, reason: 'stopping' });
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#last === null || nowMs - this.#last.atMs >= FRESH_MS) {
      this.#last = { atMs: nowMs, found: this.#look() };
    }
    return this.#last.found;
  }

  async #look(): Promise<Readiness> {
    for (const [word, check] of Object.entries(this.#options.checks)) {
      if (!(await this.#holds(check))) return { isReady: false, reason: word };
    }
    return { isReady: true };
  }

  #holds(check: () => Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = this.#options.clock.after(WITHIN_MS, () => resolve(false));
      check()
        .then(
          () => resolve(true),
          () => resolve(false),
        )
        .finally(giveUp);
    });
  }
}
