// A token bucket for each address: so many at once, and so many again in a minute.
import type { Clock } from '../../clock/clock.ts';

export interface BucketSize {
  /** How many may come at once. */
  readonly burst: number;
  readonly perMinute: number;
}

/** More addresses than this are not remembered: the one that was quiet for longest leaves. */
const MAX_ADDRESSES = 100_000;
const MINUTE_MS = 60_000;

interface Bucket {
  readonly tokens: number;
  readonly atMs: number;
}

export class TokenBuckets {
  readonly #clock: Clock;
  readonly #size: BucketSize;
  readonly #maxAddresses: number;
  /** The one that was used last comes last. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock, size: BucketSize, maxAddresses = MAX_ADDRESSES) {
    this.#clock = clock;
    this.#size = size;
    this.#maxAddresses = maxAddresses;
  }

  /** Takes one token of that address: null where there was one, else how long it is until there is. */
  take(address: string): number | null {
    const { burst, perMinute } = this.#size;
    const nowMs = this.#clock.monotonicMs();
    const before = this.#buckets.get(address);
    const filled =
      before === undefined
        ? burst
        : Math.min(burst, before.tokens + ((nowMs - before.atMs) * perMinute) / MINUTE_MS);
    const isThere = filled >= 1;
    this.#keep(address, { tokens: isThere ? filled - 1 : filled, atMs: nowMs });
    return isThere ? null : Math.ceil(((1 - filled) * MINUTE_MS) / perMinute);
  }

  #keep(address: string, bucket: Bucket): void {
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    if (this.#buckets.size <= this.#maxAddresses) return;
    const [quietest] = this.#buckets.keys();
    if (quietest !== undefined) this.#buckets.delete(quietest);
  }
}
