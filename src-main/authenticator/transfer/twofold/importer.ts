// Reads Twofold's own encrypted backup.
import { bytesOfBase64 } from '../binary-text.ts';
import type { Detection, Importer } from '../importer.ts';
import { detectJson, isFields, readJson } from '../json-text.ts';
import { deriveKey } from '../key-derivation.ts';
import { damagedFile, passwordMissing, sentenceOf, tooNewFile, wrongPassword } from '../refusal.ts';
import { BackupFile, FORMAT, KEY_BYTES, VERSION } from './backup-file.ts';
import { openBackup } from './open-backup.ts';

function newerVersion(value: unknown): number | null {
  const version = isFields(value) ? value['version'] : null;
  return typeof version === 'number' && version > VERSION ? version : null;
}

function judge(value: unknown): Detection {
  if (!isFields(value) || value['format'] !== FORMAT) return { kind: 'no' };
  const newer = newerVersion(value);
  if (newer !== null) return { kind: 'refused', reason: sentenceOf(tooNewFile('Twofold', newer)) };
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
    const { name: kind, salt, ...cost } = file.data.kdf;
    if (reading.password === null) throw passwordMissing();
    const password = reading.password.normalize('NFC');
    const key = await deriveKey(
      { kind, password, salt: bytesOfBase64(salt), ...cost, keyBytes: KEY_BYTES },
      reading,
    );
    const result = openBackup(file.data, key);
    key.fill(0);
    if (result === null) throw wrongPassword();
    return result;
  },
};
