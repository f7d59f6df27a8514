// Opens Twofold's own encrypted backup with the key that its password makes.
import { decryptGcm } from '../aes-gcm.ts';
import { accountFromFields } from '../account-fields.ts';
import { bytesOfBase64 } from '../binary-text.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach } from '../entry-reading.ts';
import type { ImportResult } from '../imported-account.ts';
import { readJsonText } from '../json-text.ts';
import { damagedFile } from '../refusal.ts';
import { BackupAccount, type BackupFile, headerBytes, Payload } from './backup-file.ts';

/** Null when the key is another one, or a bit was changed. Throws TwofoldError `import-refused`, reason `damaged`. */
export function openBackup({ payload, ...header }: BackupFile, key: Uint8Array): ImportResult | null {
  const nonce = bytesOfBase64(header.cipher.nonce);
  const plain = decryptGcm({ key, nonce, additional: headerBytes(header) }, bytesOfBase64(payload));
  if (plain === null) return null;
  const parsed = Payload.safeParse(readJsonText(plain.toString()));
  if (!parsed.success) throw damagedFile();
  const collected = new CollectedEntries();
  addEach(collected, parsed.data.accounts, BackupAccount, ['issuer', 'name'], accountFromFields);
  return collected.result();
}
