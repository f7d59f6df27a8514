// Sealing of bytes with AES-256-GCM: what stands on disk is only readable with its key, and only in its place.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NONCE_BYTES;

/** A 32-byte key with its public id. The id goes into the additional data, so that a wrong key is noticed. */
export interface SealingKey {
  readonly id: string;
  readonly bytes: Uint8Array;
}

export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const additionalData = (key: SealingKey, place: string): Buffer =>
  Buffer.from(`twofold\0${VERSION}\0${key.id}\0${place}`);

/**
 * Seals `plain` under `key`. `place` says what it is and to whom it belongs (user and factor id, file kind) and must
 * be given again to open it. Answers version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16). NIST SP 800-38D.
 */
export function seal(key: SealingKey, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(additionalData(key, place));
  return Buffer.concat([
    Uint8Array.of(VERSION),
    nonce,
    cipher.update(plain),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** Opens what `seal` made. Throws SealBroken when key, place or a single bit differs. */
export function unseal(key: SealingKey, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== VERSION) {
    throw new SealBroken('The sealed bytes are cut short or of an unknown version.');
  }
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, sealed.subarray(1, HEADER_BYTES))
    .setAAD(additionalData(key, place))
    .setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(HEADER_BYTES, sealed.length - TAG_BYTES)),
      decipher.final(),
    ]);
  } catch (error) {
    throw new SealBroken('The sealed bytes were changed, or belong to another key or place.', {
      cause: error,
    });
  }
}
