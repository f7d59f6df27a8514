// AES-256-GCM (NIST SP 800-38D) as the formats use it: with a tag of 16 bytes.
import { createCipheriv, createDecipheriv } from 'node:crypto';

export const GCM_TAG_BYTES = 16;

export interface Gcm {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly additional?: Uint8Array;
}

/** Ciphertext ‖ tag. */
export function encryptGcm({ key, nonce, additional }: Gcm, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  if (additional !== undefined) cipher.setAAD(additional);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens ciphertext ‖ tag; null when the key is wrong or a bit was changed. */
export function decryptGcm({ key, nonce, additional }: Gcm, sealed: Uint8Array): Buffer | null {
  if (sealed.length < GCM_TAG_BYTES || nonce.length === 0) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: GCM_TAG_BYTES });
    if (additional !== undefined) decipher.setAAD(additional);
    decipher.setAuthTag(sealed.subarray(-GCM_TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -GCM_TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
}
