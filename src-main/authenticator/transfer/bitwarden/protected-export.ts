// Opens Bitwarden's password-protected JSON: PBKDF2 or Argon2id, HKDF, then AES-CBC authenticated by HMAC.
import { createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { expand } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { bytesOfBase64 } from '../binary-text.ts';
import type { Reading } from '../importer.ts';
import { deriveKey, type KeyDerivation } from '../key-derivation.ts';
import { damagedFile, passwordMissing, refuseImport, truncatedFile, wrongPassword } from '../refusal.ts';

const KEY_BYTES = 32;
const IV_BYTES = 16;
const MAC_BYTES = 32;

const ProtectedExport = z.looseObject({
  salt: z.string(),
  kdfType: z.number(),
  kdfIterations: z.number(),
  kdfMemory: z.number().nullish(),
  kdfParallelism: z.number().nullish(),
  encKeyValidation_DO_NOT_EDIT: z.string(),
  data: z.string(),
});
type ProtectedExport = z.infer<typeof ProtectedExport>;

/**
 * The vault inside, as JSON text. Throws TwofoldError `import-refused` (`wrong-password`, `truncated`, `too-new`,
 * `over-limit`, `damaged`) and `cancelled`.
 */
export async function openProtectedExport(document: unknown, reading: Reading): Promise<string> {
  const parsed = ProtectedExport.safeParse(document);
  if (!parsed.success) throw damagedFile();
  const { password } = reading;
  if (password === null) throw passwordMissing();
  const key = await deriveKey(derivationOf(parsed.data, password), reading);
  try {
    // The validation text is short and whole, so that it tells a wrong password from a damaged file.
    if (decrypt(parsed.data.encKeyValidation_DO_NOT_EDIT, key) === null) throw wrongPassword();
    const text = decrypt(parsed.data.data, key);
    if (text === null) throw damagedFile();
    return text;
  } finally {
    key.fill(0);
  }
}

function derivationOf(exported: ProtectedExport, password: string): KeyDerivation {
  // The salt is the text itself: it looks like base64 but is never decoded.
  const salt = Uint8Array.from(Buffer.from(exported.salt, 'utf8'));
  if (exported.kdfType === 0) {
    const iterations = exported.kdfIterations;
    return { kind: 'pbkdf2', hash: 'sha256', password, salt, iterations, keyBytes: KEY_BYTES };
  }
  if (exported.kdfType === 1) {
    return {
      kind: 'argon2id',
      password,
      salt: Uint8Array.from(createHash('sha256').update(salt).digest()),
      memoryKiB: (exported.kdfMemory ?? 0) * 1024,
      passes: exported.kdfIterations,
      parallelism: exported.kdfParallelism ?? 0,
      keyBytes: KEY_BYTES,
    };
  }
  throw refuseImport(
    'too-new',
    'This file of Bitwarden makes its key in a way that Twofold does not know yet. Export it without a password, or with PBKDF2.',
  );
}

/** Type 2 of Bitwarden's ciphertexts, "2.iv|ciphertext|mac"; null when the key does not fit. */
function decrypt(sealed: string, key: Uint8Array): string | null {
  const [, type, rest = ''] = /^(\d+)\.(.*)$/su.exec(sealed) ?? [];
  if (type === undefined) throw damagedFile();
  if (type !== '2') {
    throw refuseImport(
      'too-new',
      'This file of Bitwarden is encrypted in a way that Twofold does not know yet. Export it without a password.',
    );
  }
  const [iv, ciphertext, mac] = rest.split('|').map(bytesOfBase64);
  if (iv?.length !== IV_BYTES || ciphertext === undefined || mac?.length !== MAC_BYTES) throw truncatedFile();
  const macKey = expand(sha256, key, Buffer.from('mac'), KEY_BYTES);
  const expected = createHmac('sha256', macKey).update(iv).update(ciphertext).digest();
  if (!timingSafeEqual(expected, mac)) return null;
  const decipher = createDecipheriv('aes-256-cbc', expand(sha256, key, Buffer.from('enc'), KEY_BYTES), iv);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
