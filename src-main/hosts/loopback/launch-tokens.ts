// One-time launch tokens: what the address that Twofold prints proves, and the browsers that have redeemed one.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock/clock.ts';

const TOKEN_BYTES = 32;
/** A printed address that was not opened by then is worth nothing. */
export const LAUNCH_TOKEN_VALID_MS = 5 * 60_000;
/** Beyond this the oldest goes: nobody opens twenty addresses at a time. */
const MAX_WAITING = 20;
const MAX_LAUNCHED = 200;

const hash = (token: string): Buffer => createHash('sha256').update(token).digest();
const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

/** Keeps hashes only, compares them in constant time, and looks at every entry whatever the answer. */
export class LaunchTokens {
  readonly #clock: Clock;
  #waiting: { readonly hash: Buffer; readonly endsAtMs: number }[] = [];
  #launched: Buffer[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new token, good once and for five minutes. */
  issue(): string {
    const token = newToken();
    const endsAtMs = this.#clock.monotonicMs() + LAUNCH_TOKEN_VALID_MS;
    this.#waiting = [...this.#waiting, { hash: hash(token), endsAtMs }].slice(-MAX_WAITING);
    return token;
  }

  /** Takes a token out of use and answers the value of the launch cookie, or null where the token is not good. */
  redeem(token: string): string | null {
    const given = hash(token);
    const nowMs = this.#clock.monotonicMs();
    const live = this.#waiting.filter(({ endsAtMs }) => nowMs < endsAtMs);
    this.#waiting = live.filter((waiting) => !timingSafeEqual(waiting.hash, given));
    if (this.#waiting.length === live.length) return null;
    const cookie = newToken();
    this.#launched = [...this.#launched, hash(cookie)].slice(-MAX_LAUNCHED);
    return cookie;
  }

  /** Whether this is the cookie of a browser that redeemed a token since this program started. */
  isLaunched(cookie: string): boolean {
    const given = hash(cookie);
    return this.#launched.filter((launched) => timingSafeEqual(launched, given)).length > 0;
  }
}
