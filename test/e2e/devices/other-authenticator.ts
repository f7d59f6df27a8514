// Somebody else's authenticator: codes by the otpauth package, independent of the program's own engine.
import { Secret, TOTP } from 'otpauth';

const PERIOD_MS = 30_000;

export class OtherAuthenticator {
  readonly #totp: TOTP;
  #lastUsedStep = -1;

  /** `secret` in base32, as the set-up screen shows it. */
  constructor(secret: string) {
    this.#totp = new TOTP({ secret: Secret.fromBase32(secret) });
  }

  /** The code of a device whose clock is `offsetMs` off. Does not count as used. */
  codeAt(offsetMs: number): string {
    return this.#totp.generate({ timestamp: Date.now() + offsetMs });
  }

  /** Whether a code is the one of now, or of the step that has just ended. */
  shows(code: string): boolean {
    return [0, -PERIOD_MS].some((offsetMs) => this.codeAt(offsetMs) === code);
  }

  /** Notes that the code was accepted, so that `unused` goes beyond it. */
  used(code: string): void {
    const step = [-1, 0, 1].map((side) => this.#step() + side).find((each) => this.#codeOf(each) === code);
    if (step === undefined) throw new Error('That is no code of this device around now.');
    this.#lastUsedStep = step;
  }

  /**
   * A code that the verifier accepts and that was not used: the earliest one within its window, so that most tests find
   * three of them without waiting. Where all are used it waits for time to pass, at most half a minute: the verifier's
   * clock is the real one.
   */
  async unused(): Promise<string> {
    while (this.#lastUsedStep > this.#step()) await new Promise((resolve) => setTimeout(resolve, 250));
    // The step before is still accepted for as long as this one lasts: not where that is little.
    const isLongEnough = Date.now() % PERIOD_MS < PERIOD_MS / 2;
    const step = Math.max(this.#step() - (isLongEnough ? 1 : 0), this.#lastUsedStep + 1);
    this.#lastUsedStep = step;
    return this.#codeOf(step);
  }

  #step(): number {
    return Math.floor(Date.now() / PERIOD_MS);
  }

  #codeOf(step: number): string {
    return this.#totp.generate({ timestamp: step * PERIOD_MS });
  }
}
