// The engine for many accounts: HMAC states prepared once for each key, so that a code costs two hash blocks.
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { OtpAlgorithm } from '../../src-shared/contract/index.ts';
import type { OtpKey } from './engine.ts';

const hashes = { 'SHA-1': sha1, 'SHA-256': sha256, 'SHA-512': sha512 } as const;
type HmacState = ReturnType<typeof hmac.create>;

/** One set of scratch buffers for each algorithm. Nothing here is asynchronous, so no two computations overlap. */
interface Scratch {
  readonly state: HmacState;
  readonly digest: Uint8Array;
}

const newScratch = (algorithm: OtpAlgorithm): Scratch => {
  const state = hmac.create(hashes[algorithm], new Uint8Array(1));
  return { state, digest: new Uint8Array(state.outputLen) };
};

const scratches: Readonly<Record<OtpAlgorithm, Scratch>> = {
  'SHA-1': newScratch('SHA-1'),
  'SHA-256': newScratch('SHA-256'),
  'SHA-512': newScratch('SHA-512'),
};

const counterBytes = new Uint8Array(8);
const counterView = new DataView(counterBytes.buffer);

/** A key whose inner and outer hash have taken in the secret already (RFC 2104 §4). */
export class FastKey implements OtpKey {
  readonly #state: HmacState;
  readonly #scratch: Scratch;

  constructor(secret: Uint8Array, algorithm: OtpAlgorithm) {
    this.#state = hmac.create(hashes[algorithm], secret);
    this.#scratch = scratches[algorithm];
  }

  valueAt(counter: number): number {
    const { state, digest } = this.#scratch;
    counterView.setUint32(0, Math.floor(counter / 2 ** 32));
    counterView.setUint32(4, counter % 2 ** 32);
    // Copying into a state that exists saves the allocations, which cost more than the hashing.
    this.#state._cloneInto(state).update(counterBytes).digestInto(digest);
    const offset = (digest[digest.length - 1] ?? 0) & 0xf;
    return (
      (((digest[offset] ?? 0) & 0x7f) << 24) |
      ((digest[offset + 1] ?? 0) << 16) |
      ((digest[offset + 2] ?? 0) << 8) |
      (digest[offset + 3] ?? 0)
    );
  }

  /** Overwrites what was derived from the secret. The key is useless afterwards. */
  wipe(): void {
    this.#state.destroy();
  }
}
