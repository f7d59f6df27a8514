// Writes Twofold's own encrypted backup. It keeps everything that an account has.
import { encryptGcm } from '../aes-gcm.ts';
import { base64Of, jsonBytes } from '../binary-text.ts';
import { requirePassword, unwatched } from '../export-password.ts';
import type { Exporter } from '../exporter.ts';
import { deriveKey } from '../key-derivation.ts';
import { type Cost, FORMAT, type Header, headerBytes, KEY_BYTES, VERSION } from './backup-file.ts';

const SALT_BYTES = 16;
const NONCE_BYTES = 12;
/** As for the vault's own passphrase. */
const DEFAULT_COST: Cost = { memoryKiB: 64 * 1024, passes: 3, parallelism: 1 };

export const twofoldExporter = (cost: Cost = DEFAULT_COST): Exporter => ({
  format: 'twofold',
  encrypted: true,
  write: async (accounts, { password, nowMs, random }) => {
    const given = requirePassword(password).normalize('NFC');
    const salt = random(SALT_BYTES);
    const nonce = random(NONCE_BYTES);
    const createdAt = new Date(nowMs).toISOString();
    const header: Header = {
      format: FORMAT,
      version: VERSION,
      createdAt,
      kdf: { name: 'argon2id', salt: base64Of(salt), ...cost },
      cipher: { name: 'aes-256-gcm', nonce: base64Of(nonce) },
    };
    const key = await deriveKey(
      { kind: 'argon2id', password: given, salt, ...cost, keyBytes: KEY_BYTES },
      unwatched(),
    );
    const payload = base64Of(
      encryptGcm({ key, nonce, additional: headerBytes(header) }, jsonBytes({ accounts })),
    );
    key.fill(0);
    const name = `twofold-backup-${createdAt.slice(0, 10)}.json`;
    return {
      files: [{ name, mediaType: 'application/json', content: jsonBytes({ ...header, payload }) }],
      lost: [],
    };
  },
});
