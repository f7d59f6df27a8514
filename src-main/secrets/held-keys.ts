// The keys while they are in memory. Wiped, they can be neither read nor used by mistake.
import { randomBytes } from 'node:crypto';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { KEY_NAMES, type KeyName } from './key-file.ts';
import { KEY_BYTES } from './key-store.ts';
import type { SealingKey } from './sealing.ts';

const ID_BYTES = 9;

/** A key whose bytes are gone after `wipe`: to seal with zeros would lose what is sealed. */
export class HeldKey implements SealingKey {
  readonly id: string;
  readonly #bytes: Uint8Array;
  #isWiped = false;

  constructor(id: string, bytes: Uint8Array) {
    this.id = id;
    this.#bytes = bytes;
  }

  /** Throws TwofoldError `key-needed` once it was wiped. */
  get bytes(): Uint8Array {
    if (this.#isWiped)
      throw new TwofoldError(
        'key-needed',
        'Twofold was locked meanwhile, so nothing was done. Unlock it and try again.',
      );
    return this.#bytes;
  }

  get isWiped(): boolean {
    return this.#isWiped;
  }

  wipe(): void {
    this.#isWiped = true;
    this.#bytes.fill(0);
  }
}

export type HeldKeys = Readonly<Record<KeyName, HeldKey>>;

/** A new random key with a random public id. */
export const newKey = (): HeldKey =>
  new HeldKey(randomBytes(ID_BYTES).toString('base64url'), randomBytes(KEY_BYTES));

/** One new random key for each name, with a random public id. */
export const newKeys = (): HeldKeys => ({ vault: newKey(), console: newKey() });

export function wipeKeys(keys: HeldKeys): void {
  for (const name of KEY_NAMES) keys[name].wipe();
}
