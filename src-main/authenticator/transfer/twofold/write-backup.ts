// Writes Twofold's own encrypted backup. It keeps everything that an account has.
import { encryptGcm } from '../aes-gcm.ts';
import { base64Of, jsonBytes } from '../binary-text.ts';
import { requirePassword, unwatched } from '../export-password.ts';
import type { Exporter, Writing } from '../exporter.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { deriveKey } from '../key-derivation.ts';
import { type Cost, FORMAT, type Header, headerBytes, KEY_BYTES, VERSION } from './backup-file.ts';

const SALT_BYTES = 16;
const NONCE_BYTES = 12;
/** As for the vault's own passphrase. */
const DEFAULT_COST: Cost = { memoryKiB: 64 * 1024, passes: 3, parallelism: 1 };

/** A key made from a password beforehand, with what a reader needs to make it again. */
export interface PreparedKey {
  readonly key: Uint8Array;
  readonly salt: Uint8Array;
  readonly cost: Cost;
}

/** Makes the key of a password, with a new salt. */
export async function prepareBackupKey(
  password: string,
  random: Writing['random'],
  cost: Cost = DEFAULT_COST,
): Promise<PreparedKey> {
  const salt = random(SALT_BYTES);
  const key = await deriveKey(
    { kind: 'argon2id', password: password.normalize('NFC'), salt, ...cost, keyBytes: KEY_BYTES },
    unwatched(),
  );
  return { key, salt, cost };
}

/** The bytes of a backup, sealed with a nonce of its own: one key may write as many as it likes. */
export function writeBackup(
  accounts: readonly ImportedAccount[],
  { key, salt, cost }: PreparedKey,
  { nowMs, random }: Pick<Writing, 'nowMs' | 'random'>,
): Buffer {
  const nonce = random(NONCE_BYTES);
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    createdAt: new Date(nowMs).toISOString(),
    kdf: { name: 'argon2id', salt: base64Of(salt), ...cost },
    cipher: { name: 'aes-256-gcm', nonce: base64Of(nonce) },
  };
  const payload = encryptGcm({ key, nonce, additional: headerBytes(header) }, jsonBytes({ accounts }));
  return jsonBytes({ ...header, payload: base64Of(payload) });
}

export const twofoldExporter = (cost?: Cost): Exporter => ({
  format: 'twofold',
  encrypted: true,
  write: async (accounts, { password, nowMs, random }) => {
    const prepared = await prepareBackupKey(requirePassword(password), random, cost);
    const content = writeBackup(accounts, prepared, { nowMs, random });
    prepared.key.fill(0);
    const name = `twofold-backup-${new Date(nowMs).toISOString().slice(0, 10)}.json`;
    return { files: [{ name, mediaType: 'application/json', content }], lost: [] };
  },
});
