// Reads backups of andOTP: plain, encrypted with a password, and encrypted as before 2020.
import type { Importer } from '../importer.ts';
import { detectJson, jsonContent, readJson, readJsonText, refuseTooLarge } from '../json-text.ts';
import { decryptAndOtp, mayBeEncryptedAndOtp } from './encrypted.ts';
import { isAndOtpList, readAndOtpList } from './plain.ts';

/** Its encrypted files have no header: this importer is asked last. */
export const andOtpImporter: Importer = {
  format: 'andotp',
  label: 'andOTP',
  detect: (content) => {
    const plain = detectJson(
      content,
      (value) => ({ kind: isAndOtpList(value) ? 'plain' : 'no' }),
      /^\s*\[\s*\{[^}]*"(?:thumbnail|last_used|used_frequency)"\s*:/u,
    );
    if (plain.kind !== 'no') return plain;
    return mayBeEncryptedAndOtp(content) ? { kind: 'encrypted' } : plain;
  },
  read: async (content, reading) => {
    refuseTooLarge(content);
    if (jsonContent(content).kind !== 'other') return readAndOtpList(readJson(content));
    return readAndOtpList(readJsonText(await decryptAndOtp(content, reading)));
  },
};
