// Reads exports of Proton Authenticator, plain and encrypted.
import type { Detection, Importer } from '../importer.ts';
import { detectJson, type Fields, isFields, isList, readJson, readJsonText } from '../json-text.ts';
import { damagedFile, sentenceOf, tooNewFile } from '../refusal.ts';
import { PROTON_VERSION, readProtonDocument } from './document.ts';
import { openProtonExport } from './encryption.ts';

const isPlainEntry = (entry: unknown): boolean =>
  isFields(entry) && isFields(entry['content']) && 'uri' in entry['content'];

const isPlain = ({ entries, version }: Fields): boolean =>
  isList(entries) && typeof version === 'number' && (entries.length === 0 || entries.some(isPlainEntry));

const isEncrypted = (document: Fields): boolean =>
  typeof document['salt'] === 'string' && typeof document['content'] === 'string' && !('entries' in document);

const isTooNew = (version: unknown): version is number =>
  typeof version === 'number' && version > PROTON_VERSION;

function judge(value: unknown): Detection {
  if (!isFields(value) || !(isPlain(value) || isEncrypted(value))) return { kind: 'no' };
  const { version } = value;
  if (isTooNew(version))
    return { kind: 'refused', reason: sentenceOf(tooNewFile('Proton Authenticator', version)) };
  return { kind: isEncrypted(value) ? 'encrypted' : 'plain' };
}

export const protonImporter: Importer = {
  format: 'proton',
  label: 'Proton Authenticator',
  detect: (content) =>
    detectJson(
      content,
      judge,
      /^\s*\{\s*"version"\s*:\s*\d+\s*,\s*"(?:salt"\s*:\s*"[\w+/=]*"\s*,\s*"content|entries)"/u,
    ),
  read: async (content, reading) => {
    const document = readJson(content);
    if (!isFields(document)) throw damagedFile();
    const { version } = document;
    if (isTooNew(version)) throw tooNewFile('Proton Authenticator', version);
    if (!isEncrypted(document)) return readProtonDocument(document);
    return readProtonDocument(readJsonText(await openProtonExport(document, reading)));
  },
};
