// The two encrypted backups of andOTP. Neither has a header: what they are shows only when they open.
import { createHash } from 'node:crypto';
import { decryptGcm, GCM_TAG_BYTES } from '../aes-gcm.ts';
import type { Reading } from '../importer.ts';
import { textOf } from '../json-text.ts';
import { deriveKey } from '../key-derivation.ts';
import { MAX_PBKDF2_ITERATIONS } from '../limits.ts';
import { passwordMissing, wrongPassword } from '../refusal.ts';

const ITERATIONS_BYTES = 4;
const SALT_BYTES = 12;
const IV_BYTES = 12;
const KEY_BYTES = 32;

/** An empty list in the old format; everything real is longer. */
const SHORTEST = IV_BYTES + 2 + GCM_TAG_BYTES;

/** Files that open with one of these are something else, however random the rest looks. */
const OTHER_BEGINNINGS = [
  '89504e47', // PNG
  'ffd8ff', // JPEG
  '47494638', // GIF
  '52494646', // WebP
  '25504446', // PDF
  '504b', // ZIP
  '1f8b', // gzip
  '377abcaf', // 7z
  '425a68', // bzip2
  'fd377a58', // xz
  '28b52ffd', // Zstandard
  '53514c69', // SQLite
  '03d9a29a', // KeePass
  'aced0005', // Java serialisation
  '8501', // OpenPGP
  '8c0d', // OpenPGP
  '41555448454e54494341544f5250524f', // Stratum
  '41757468656e74696361746f7250726f', // Stratum, older
  '7f454c46', // ELF
  '4d5a', // Windows programs
  '00000018', // MP4
  '0000001c', // MP4
  '00000020', // MP4
];

/** How many of the 256 byte values, in a file of this length, must occur for it to look encrypted. */
const LEAST_SHARE_OF_EXPECTED_VALUES = 0.85;

/**
 * Whether the bytes can be an encrypted backup of andOTP: binary, evenly spread, and no known kind of file. It stays a
 * guess, to be asked after every other format.
 */
export function mayBeEncryptedAndOtp(content: Uint8Array): boolean {
  if (content.byteLength < SHORTEST || textOf(content) !== null) return false;
  const beginning = Buffer.from(content.subarray(0, 16)).toString('hex');
  if (OTHER_BEGINNINGS.some((other) => beginning.startsWith(other))) return false;
  return looksRandom(content.subarray(0, 65_536));
}

/** Random bytes meet as many different values as chance expects; pictures, programs and tables fewer. */
function looksRandom(bytes: Uint8Array): boolean {
  const expected = 256 * (1 - (255 / 256) ** bytes.byteLength);
  return new Set(bytes).size >= expected * LEAST_SHARE_OF_EXPECTED_VALUES;
}

/** The JSON inside. Throws TwofoldError `import-refused` (`wrong-password`) when neither format opens, and `cancelled`. */
export async function decryptAndOtp(content: Uint8Array, reading: Reading): Promise<string> {
  const { password } = reading;
  if (password === null) throw passwordMissing();
  // The old format costs nothing to try.
  const text = openOld(content, password) ?? (await openCurrent(content, password, reading));
  if (text === null) throw wrongPassword();
  return text;
}

async function openCurrent(content: Uint8Array, password: string, reading: Reading): Promise<string | null> {
  const sealedFrom = ITERATIONS_BYTES + SALT_BYTES;
  if (content.byteLength < sealedFrom + SHORTEST) return null;
  const iterations = new DataView(content.buffer, content.byteOffset).getInt32(0);
  // andOTP takes 140,000 to 160,000 at random. Numbers beyond the limit are of another file, or of another kind.
  if (iterations < 1 || iterations > MAX_PBKDF2_ITERATIONS) return null;
  const salt = content.slice(ITERATIONS_BYTES, sealedFrom);
  const key = await deriveKey(
    { kind: 'pbkdf2', hash: 'sha1', password, salt, iterations, keyBytes: KEY_BYTES },
    reading,
  );
  return open(content.subarray(sealedFrom), key);
}

/** Backups from before 2020: the key is the hash of the password. */
const openOld = (content: Uint8Array, password: string): string | null =>
  content.byteLength < SHORTEST ? null : open(content, createHash('sha256').update(password).digest());

/** Of iv, ciphertext and tag; null when the tag does not fit. */
function open(sealed: Uint8Array, key: Uint8Array): string | null {
  const plain = decryptGcm({ key, nonce: sealed.subarray(0, IV_BYTES) }, sealed.subarray(IV_BYTES));
  key.fill(0);
  return plain === null ? null : plain.toString('utf8');
}
