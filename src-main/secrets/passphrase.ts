// From a passphrase to the key that wraps the keys: Argon2id (RFC 9106).
import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';
import { PASSPHRASE_MIN_CHARACTERS } from '../../src-shared/contract/app.ts';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { KEY_BYTES } from './key-store.ts';

export const SALT_BYTES = 16;

/** The cost of guessing one passphrase; kept beside the wrapped keys. The upper bounds keep a forged file from stopping the computer. */
export const KdfCost = z.strictObject({
  memoryKiB: z
    .number()
    .int()
    .min(8)
    .max(1024 * 1024),
  passes: z.number().int().min(1).max(16),
  parallelism: z.number().int().min(1).max(8),
});
export type KdfCost = z.infer<typeof KdfCost>;

export const DEFAULT_KDF_COST: KdfCost = { memoryKiB: 64 * 1024, passes: 3, parallelism: 1 };

export type DeriveKey = (passphrase: string, salt: Uint8Array, cost: KdfCost) => Promise<Uint8Array>;

/** Derives 32 bytes with Argon2id, the library's default. The passphrase is normalized, so that it is the same from every keyboard (RFC 8265 uses NFC). */
export const derivePassphraseKey: DeriveKey = (passphrase, salt, cost) =>
  hashRaw(passphrase.normalize('NFC'), {
    memoryCost: cost.memoryKiB,
    timeCost: cost.passes,
    parallelism: cost.parallelism,
    outputLen: KEY_BYTES,
    salt,
  });

/** Throws TwofoldError `passphrase-refused` for one that is too short. */
export function checkNewPassphrase(passphrase: string): void {
  if (passphrase.trim() === '' || Array.from(passphrase).length < PASSPHRASE_MIN_CHARACTERS) {
    throw new TwofoldError(
      'passphrase-refused',
      `A passphrase needs at least ${PASSPHRASE_MIN_CHARACTERS} characters. Nothing was changed.`,
    );
  }
}
