// The keys under a passphrase: wrapped, unwrapped with ever longer delays after wrong ones, and checked once saved.
import { randomBytes } from 'node:crypto';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import type { Clock } from '../clock/clock.ts';
import { AttemptDelay } from './attempt-delay.ts';
import { HeldKey, type HeldKeys } from './held-keys.ts';
import {
  isRecordedKey,
  KEY_NAMES,
  type KeyName,
  type PassphraseKeys,
  recordOf,
  unwrapKey,
  wrapKey,
} from './key-file.ts';
import { type DeriveKey, type KdfCost, SALT_BYTES } from './passphrase.ts';
import { SealBroken } from './sealing.ts';

export interface PassphraseLockOptions {
  readonly clock: Clock;
  /** Cost of a new passphrase; that of an existing one stands in the file. */
  readonly kdfCost: KdfCost;
  readonly deriveKey: DeriveKey;
}

export class PassphraseLock {
  readonly #options: PassphraseLockOptions;
  readonly #delay: AttemptDelay;

  constructor(options: PassphraseLockOptions) {
    this.#options = options;
    this.#delay = new AttemptDelay(options.clock);
  }

  /**
   * Wraps the keys under a new passphrase, with a new salt, hands `save` what is to be saved, and answers whether what
   * `save` found afterwards opens the same keys.
   */
  async wrap(
    keys: HeldKeys,
    passphrase: string,
    save: (document: PassphraseKeys) => Promise<PassphraseKeys | null>,
  ): Promise<boolean> {
    const { kdfCost, deriveKey } = this.#options;
    const salt = randomBytes(SALT_BYTES);
    const passphraseKey = await deriveKey(passphrase, salt, kdfCost);
    try {
      const record = (name: KeyName) => ({
        ...recordOf(name, keys[name]),
        wrapped: wrapKey(name, keys[name], passphraseKey),
      });
      const saved = await save({
        protection: { kind: 'passphrase', kdf: { salt: salt.toString('base64url'), ...kdfCost } },
        keys: { vault: record('vault'), console: record('console') },
      });
      return saved !== null && KEY_NAMES.every((name) => opens(name, saved, passphraseKey));
    } finally {
      passphraseKey.fill(0);
    }
  }

  /** Throws TwofoldError `passphrase-refused` with `details.reason` `wrong` or `too-early` and `details.retryAfterMs`. */
  async unwrap(document: PassphraseKeys, passphrase: string): Promise<HeldKeys> {
    this.#delay.check();
    const { salt, ...cost } = document.protection.kdf;
    const passphraseKey = await this.#options.deriveKey(passphrase, Buffer.from(salt, 'base64url'), cost);
    try {
      const open = (name: KeyName, under: Uint8Array) =>
        new HeldKey(document.keys[name].id, unwrapKey(name, document.keys[name], under));
      const vault = open('vault', passphraseKey);
      const isUnderVault = document.keys.console.under === 'vault';
      const keys = { vault, console: open('console', isUnderVault ? vault.bytes : passphraseKey) };
      this.#delay.right();
      return keys;
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      const retryAfterMs = this.#delay.wrong();
      throw new TwofoldError(
        'passphrase-refused',
        'That is not the passphrase of this data. Nothing was changed. Check capitals and keyboard layout, then try again.',
        { reason: 'wrong', retryAfterMs },
      );
    } finally {
      passphraseKey.fill(0);
    }
  }
}

function opens(name: KeyName, file: PassphraseKeys, passphraseKey: Uint8Array): boolean {
  try {
    const key = unwrapKey(name, file.keys[name], passphraseKey);
    const isSame = isRecordedKey(name, file.keys[name], key);
    key.fill(0);
    return isSame;
  } catch {
    return false;
  }
}
