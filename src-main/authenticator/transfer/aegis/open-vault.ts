// Opens an encrypted Aegis vault: a password opens a slot, the slot holds the master key, the master key the database.
import { bytesOfBase64, bytesOfHex } from '../binary-text.ts';
import { decryptGcm } from '../aes-gcm.ts';
import type { Reading } from '../importer.ts';
import { isFields } from '../json-text.ts';
import { deriveKey } from '../key-derivation.ts';
import { damagedFile, passwordMissing, refuseImport, truncatedFile, wrongPassword } from '../refusal.ts';
import { type EncryptedFile, PASSWORD_SLOT, PasswordSlot } from './vault-file.ts';

const KEY_BYTES = 32;
/** Each costs a key derivation; Aegis itself needs two. */
const MAX_PASSWORD_SLOTS = 10;

/** The database as bytes of JSON. Throws TwofoldError `import-refused` or `cancelled`. */
export async function openVault(file: EncryptedFile, reading: Reading): Promise<Buffer> {
  const slots = passwordSlots(file);
  if (reading.password === null) throw passwordMissing();
  for (const [index, slot] of slots.entries()) {
    const masterKey = await openSlot(slot, reading.password, {
      signal: reading.signal,
      onProgress: (share) => reading.onProgress((index + share) / slots.length),
    });
    if (masterKey === null) continue;
    const database = decryptGcm(
      { key: masterKey, nonce: bytesOfHex(file.header.params.nonce) },
      Buffer.concat([bytesOfBase64(file.db), bytesOfHex(file.header.params.tag)]),
    );
    masterKey.fill(0);
    // The password was right: what does not open now is not whole.
    if (database === null) throw file.db.length % 4 === 0 ? damagedFile() : truncatedFile();
    return database;
  }
  throw wrongPassword();
}

function passwordSlots(file: EncryptedFile): PasswordSlot[] {
  const slots = file.header.slots
    .filter((slot) => isFields(slot) && slot['type'] === PASSWORD_SLOT)
    .flatMap((slot) => {
      const parsed = PasswordSlot.safeParse(slot);
      return parsed.success ? [parsed.data] : [];
    });
  if (slots.length > MAX_PASSWORD_SLOTS) {
    throw refuseImport('over-limit', `The file has more than ${MAX_PASSWORD_SLOTS} passwords.`);
  }
  if (slots.length > 0) return slots;
  if (file.header.slots.some((slot) => isFields(slot) && slot['type'] !== PASSWORD_SLOT)) {
    throw refuseImport(
      'account-bound',
      'This vault opens only on its own telephone, by fingerprint. Export it from Aegis with a password.',
    );
  }
  throw damagedFile();
}

async function openSlot(
  slot: PasswordSlot,
  password: string,
  reading: Pick<Reading, 'onProgress' | 'signal'>,
): Promise<Buffer | null> {
  const sealed = Buffer.concat([bytesOfHex(slot.key), bytesOfHex(slot.key_params.tag)]);
  const nonce = bytesOfHex(slot.key_params.nonce);
  const key = await deriveKey(
    {
      kind: 'scrypt',
      password,
      salt: bytesOfHex(slot.salt),
      cost: slot.n,
      blockSize: slot.r,
      parallelism: slot.p,
      keyBytes: KEY_BYTES,
    },
    reading,
  );
  const masterKey = decryptGcm({ key, nonce }, sealed);
  key.fill(0);
  if (masterKey !== null && masterKey.length !== KEY_BYTES) throw damagedFile();
  return masterKey;
}
