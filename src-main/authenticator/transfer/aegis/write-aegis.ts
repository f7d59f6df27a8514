// Writes the vault of Aegis: plain, or encrypted with one password slot.
import { encryptGcm, GCM_TAG_BYTES } from '../aes-gcm.ts';
import { base64Of, hexOf, jsonBytes } from '../binary-text.ts';
import { requirePassword, unwatched } from '../export-password.ts';
import type { Exporter, Writing } from '../exporter.ts';
import { tagIds, uuidOf } from '../identifiers.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { deriveKey } from '../key-derivation.ts';
import { DATABASE_VERSION, FILE_VERSION, PASSWORD_SLOT } from './vault-file.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
/** Aegis' own. */
const SCRYPT = { cost: 32_768, blockSize: 8, parallelism: 1 } as const;

function databaseOf(accounts: readonly ImportedAccount[], random: Writing['random']): object {
  const groups = tagIds(accounts, random);
  return {
    version: DATABASE_VERSION,
    entries: accounts.map((account) => ({
      type: account.type,
      uuid: uuidOf(random),
      name: account.name,
      issuer: account.issuer,
      note: account.note,
      favorite: account.pinned,
      icon: null,
      info: {
        secret: account.secret,
        algo: account.algorithm.replace('-', ''),
        digits: account.digits,
        ...(account.type === 'hotp' ? { counter: account.counter ?? 0 } : { period: account.periodS }),
      },
      groups: account.tags.map((tag) => groups.get(tag) ?? ''),
    })),
    groups: Array.from(groups, ([name, uuid]) => ({ uuid, name })),
    icons_optimized: true,
  };
}

const fileOf = (name: string, value: object) => ({
  files: [{ name, mediaType: 'application/json', content: jsonBytes(value) }],
  lost: [],
});

export const aegisExporter: Exporter = {
  format: 'aegis',
  encrypted: false,
  write: (accounts, { random }) =>
    Promise.resolve(
      fileOf('twofold-aegis-plain.json', {
        version: FILE_VERSION,
        header: { slots: null, params: null },
        db: databaseOf(accounts, random),
      }),
    ),
};

export const aegisEncryptedExporter: Exporter = {
  format: 'aegis',
  encrypted: true,
  write: async (accounts, { password, random }) => {
    const given = requirePassword(password);
    const salt = random(32);
    const key = await deriveKey(
      { kind: 'scrypt', password: given, salt, ...SCRYPT, keyBytes: KEY_BYTES },
      unwatched(),
    );
    const masterKey = Buffer.from(random(KEY_BYTES));
    const keySealed = sealed(key, random(NONCE_BYTES), masterKey);
    const database = sealed(masterKey, random(NONCE_BYTES), jsonBytes(databaseOf(accounts, random)));
    key.fill(0);
    masterKey.fill(0);
    const slot = {
      type: PASSWORD_SLOT,
      uuid: uuidOf(random),
      key: hexOf(keySealed.ciphertext),
      key_params: keySealed.parameters,
      n: SCRYPT.cost,
      r: SCRYPT.blockSize,
      p: SCRYPT.parallelism,
      salt: hexOf(salt),
      repaired: true,
      is_backup: false,
    };
    return fileOf('twofold-aegis-encrypted.json', {
      version: FILE_VERSION,
      header: { slots: [slot], params: database.parameters },
      db: base64Of(database.ciphertext),
    });
  },
};

function sealed(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array) {
  const bytes = encryptGcm({ key, nonce }, plain);
  return {
    ciphertext: bytes.subarray(0, -GCM_TAG_BYTES),
    parameters: { nonce: hexOf(nonce), tag: hexOf(bytes.subarray(-GCM_TAG_BYTES)) },
  };
}
