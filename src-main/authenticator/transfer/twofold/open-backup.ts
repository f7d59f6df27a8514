// Opens Twofold's own encrypted backup with the key that its password makes.
import { decryptGcm } from '../aes-gcm.ts';
import { accountFromFields } from '../account-fields.ts';
import { bytesOfBase64, jsonBytes } from '../binary-text.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach } from '../entry-reading.ts';
import type { ImportedAccount, ImportResult } from '../imported-account.ts';
import { readJsonText } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';
import { BackupAccount, BackupFile, headerBytes, Payload } from './backup-file.ts';

function openPayload({ payload, ...header }: BackupFile, key: Uint8Array): Buffer | null {
  const nonce = bytesOfBase64(header.cipher.nonce);
  return decryptGcm({ key, nonce, additional: headerBytes(header) }, bytesOfBase64(payload));
}

/** Null when the key is another one, or a bit was changed. Throws TwofoldError `import-refused`, reason `damaged`. */
export function openBackup(file: BackupFile, key: Uint8Array): ImportResult | null {
  const plain = openPayload(file, key);
  if (plain === null) return null;
  const parsed = Payload.safeParse(readJsonText(plain.toString()));
  if (!parsed.success) throw damagedFile();
  const collected = new CollectedEntries();
  addEach(collected, parsed.data.accounts, BackupAccount, ['issuer', 'name'], accountFromFields);
  return collected.result();
}

/** Whether these bytes, opened with that key, hold exactly these accounts. */
export function isBackupOf(
  accounts: readonly ImportedAccount[],
  content: Uint8Array,
  key: Uint8Array,
): boolean {
  try {
    const file = BackupFile.parse(JSON.parse(Buffer.from(content).toString('utf8')));
    return openPayload(file, key)?.equals(jsonBytes({ accounts })) ?? false;
  } catch {
    return false;
  }
}
