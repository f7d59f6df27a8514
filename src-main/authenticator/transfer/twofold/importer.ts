// Reads Twofold's own encrypted backup.
import { accountFromFields } from '../account-fields.ts';
import { decryptGcm } from '../aes-gcm.ts';
import { bytesOfBase64 } from '../binary-text.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach } from '../entry-reading.ts';
import type { Detection, Importer } from '../importer.ts';
import { detectJson, isFields, readJson, readJsonText } from '../json-text.ts';
import { deriveKey } from '../key-derivation.ts';
import { damagedFile, passwordMissing, tooNewFile, wrongPassword } from '../refusal.ts';
import {
  BackupAccount,
  BackupFile,
  FORMAT,
  headerBytes,
  KEY_BYTES,
  Payload,
  VERSION,
} from './backup-file.ts';

function newerVersion(value: unknown): number | null {
  const version = isFields(value) ? value['version'] : null;
  return typeof version === 'number' && version > VERSION ? version : null;
}

function judge(value: unknown): Detection {
  if (!isFields(value) || value['format'] !== FORMAT) return { kind: 'no' };
  const newer = newerVersion(value);
  if (newer !== null) return { kind: 'refused', reason: tooNewFile('Twofold', newer).message };
  return { kind: 'encrypted' };
}

export const twofoldImporter: Importer = {
  format: 'twofold',
  label: 'Twofold backup',
  detect: (content) => detectJson(content, judge, /^\s*\{\s*"format"\s*:\s*"twofold-backup"/u),
  read: async (content, reading) => {
    const value = readJson(content);
    const newer = newerVersion(value);
    if (newer !== null) throw tooNewFile('Twofold', newer);
    const file = BackupFile.safeParse(value);
    if (!file.success) throw damagedFile();
    const { payload, ...header } = file.data;
    const { name: kind, salt, ...cost } = header.kdf;
    if (reading.password === null) throw passwordMissing();
    const password = reading.password.normalize('NFC');
    const sealed = bytesOfBase64(payload);
    const nonce = bytesOfBase64(header.cipher.nonce);
    const key = await deriveKey(
      { kind, password, salt: bytesOfBase64(salt), ...cost, keyBytes: KEY_BYTES },
      reading,
    );
    const plain = decryptGcm({ key, nonce, additional: headerBytes(header) }, sealed);
    key.fill(0);
    if (plain === null) throw wrongPassword();
    const parsed = Payload.safeParse(readJsonText(plain.toString()));
    if (!parsed.success) throw damagedFile();
    const collected = new CollectedEntries();
    addEach(collected, parsed.data.accounts, BackupAccount, ['issuer', 'name'], accountFromFields);
    return collected.result();
  },
};
