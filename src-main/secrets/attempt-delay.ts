// Makes guessing a passphrase slow: after a few wrong ones each further one has to wait longer.
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import type { Clock } from '../clock/clock.ts';

const FREE_ATTEMPTS = 3;
const LONGEST_DELAY_MS = 30_000;

/** Counts wrong attempts since the program's start. Who holds the file can guess elsewhere; there Argon2id is what slows. */
export class AttemptDelay {
  readonly #clock: Clock;
  #wrong = 0;
  #nextAtMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws TwofoldError `passphrase-refused` with `details.retryAfterMs` while it is too early. */
  check(): void {
    const waitMs = Math.ceil(this.#nextAtMs - this.#clock.monotonicMs());
    if (waitMs <= 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    throw new TwofoldError(
      'passphrase-refused',
      `Too many wrong passphrases. The next try is possible in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
      { reason: 'too-early', retryAfterMs: waitMs },
    );
  }

  /** Counts one more, and answers how long the next one must wait, in milliseconds. */
  wrong(): number {
    this.#wrong += 1;
    const delayMs =
      this.#wrong < FREE_ATTEMPTS ? 0 : Math.min(LONGEST_DELAY_MS, 1000 * 2 ** (this.#wrong - FREE_ATTEMPTS));
    this.#nextAtMs = this.#clock.monotonicMs() + delayMs;
    return delayMs;
  }

  right(): void {
    this.#wrong = 0;
  }
}
