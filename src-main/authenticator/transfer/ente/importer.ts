// Reads the export of Ente Auth: links with data of its own, or the same text encrypted.
import { bytesOfBase64 } from '../binary-text.ts';
import type { Detection, Importer, Reading } from '../importer.ts';
import { detectJson, isFields, jsonContent, readJson, textOf } from '../json-text.ts';
import { deriveKey } from '../key-derivation.ts';
import { holdsLinks, otpauthLinksImporter, readLinks } from '../otpauth-links/importer.ts';
import {
  damagedFile,
  passwordMissing,
  sentenceOf,
  tooNewFile,
  truncatedFile,
  wrongPassword,
} from '../refusal.ts';
import { EncryptedFile, KEY_BYTES, VERSION } from './encrypted-file.ts';
import { openSecretStream, STREAM_HEADER_BYTES } from './secret-stream.ts';

function judge(value: unknown): Detection {
  if (!isFields(value) || !isFields(value['kdfParams']) || !('encryptedData' in value)) return { kind: 'no' };
  const { version } = value;
  return typeof version === 'number' && version > VERSION
    ? { kind: 'refused', reason: sentenceOf(tooNewFile('Ente Auth', version)) }
    : { kind: 'encrypted' };
}

export const enteImporter: Importer = {
  format: 'ente',
  label: 'Ente Auth',
  detect: (content) => {
    if (holdsLinks(content) && /[?&]codeDisplay=/u.test(textOf(content) ?? '')) return { kind: 'plain' };
    return detectJson(content, judge, /^\s*\{(?=.*"kdfParams"\s*:).*"encrypt/su);
  },
  read: async (content, reading) => {
    if (jsonContent(content).kind === 'other') return otpauthLinksImporter.read(content, reading);
    const value = readJson(content);
    const version = isFields(value) ? value['version'] : null;
    if (typeof version === 'number' && version > VERSION) throw tooNewFile('Ente Auth', version);
    const file = EncryptedFile.safeParse(value);
    if (!file.success) throw damagedFile();
    const text = textOf(await open(file.data, reading));
    if (text === null) throw damagedFile();
    return readLinks(text, true);
  },
};

async function open(file: EncryptedFile, reading: Reading): Promise<Uint8Array> {
  const { memLimit, opsLimit, salt } = file.kdfParams;
  const header = bytesOfBase64(file.encryptionNonce);
  const sealed = bytesOfBase64(file.encryptedData);
  if (header.length !== STREAM_HEADER_BYTES) throw truncatedFile();
  if (reading.password === null) throw passwordMissing();
  const key = await deriveKey(
    {
      kind: 'argon2id',
      password: reading.password,
      salt: bytesOfBase64(salt),
      memoryKiB: Math.floor(memLimit / 1024),
      passes: opsLimit,
      parallelism: 1,
      keyBytes: KEY_BYTES,
    },
    reading,
  );
  const plain = openSecretStream(key, header, sealed);
  key.fill(0);
  if (plain === null) throw wrongPassword();
  return plain;
}
