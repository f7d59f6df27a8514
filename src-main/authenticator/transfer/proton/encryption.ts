// How Proton Authenticator encrypts an export: Argon2id, then AES-256-GCM with a fixed context.
import { z } from 'zod';
import { decryptGcm, encryptGcm, GCM_TAG_BYTES } from '../aes-gcm.ts';
import { base64Of, bytesOfBase64 } from '../binary-text.ts';
import { unwatched } from '../export-password.ts';
import type { Reading } from '../importer.ts';
import { deriveKey } from '../key-derivation.ts';
import { damagedFile, passwordMissing, truncatedFile, wrongPassword } from '../refusal.ts';
import { PROTON_VERSION } from './document.ts';

const CONTEXT = Buffer.from('proton.authenticator.export.v1');
const SALT_BYTES = 16;
const NONCE_BYTES = 12;

const EncryptedExport = z.looseObject({ salt: z.string(), content: z.string() });

/** The parameters are fixed by the version; the file does not name them. */
const keyOf = (password: string, salt: Uint8Array, reading: Pick<Reading, 'onProgress' | 'signal'>) =>
  deriveKey(
    {
      kind: 'argon2id',
      password,
      salt: Uint8Array.from(salt),
      memoryKiB: 19_456,
      passes: 2,
      parallelism: 1,
      keyBytes: 32,
    },
    reading,
  );

/** The plain export inside, as JSON text. Throws TwofoldError `import-refused` and `cancelled`. */
export async function openProtonExport(document: unknown, reading: Reading): Promise<string> {
  const parsed = EncryptedExport.safeParse(document);
  if (!parsed.success) throw damagedFile();
  if (reading.password === null) throw passwordMissing();
  const salt = bytesOfBase64(parsed.data.salt);
  const content = bytesOfBase64(parsed.data.content);
  if (salt.byteLength !== SALT_BYTES) throw damagedFile();
  if (content.byteLength < NONCE_BYTES + GCM_TAG_BYTES) throw truncatedFile();
  const key = await keyOf(reading.password, salt, reading);
  const nonce = content.subarray(0, NONCE_BYTES);
  const plain = decryptGcm({ key, nonce, additional: CONTEXT }, content.subarray(NONCE_BYTES));
  key.fill(0);
  if (plain === null) throw wrongPassword();
  return plain.toString('utf8');
}

/** The encrypted export around a plain one, both as JSON text. */
export async function sealProtonExport(
  text: string,
  password: string,
  random: (count: number) => Uint8Array,
): Promise<string> {
  const salt = random(SALT_BYTES);
  const nonce = random(NONCE_BYTES);
  const key = await keyOf(password, salt, unwatched());
  const sealed = encryptGcm({ key, nonce, additional: CONTEXT }, Buffer.from(text, 'utf8'));
  key.fill(0);
  return JSON.stringify({
    version: PROTON_VERSION,
    salt: base64Of(salt),
    content: base64Of(Buffer.concat([nonce, sealed])),
  });
}
