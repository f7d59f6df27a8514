// Reads the vault of Aegis: plain, or encrypted with a password.
import { accountFromFields, type ReadAccount } from '../account-fields.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach, knownType } from '../entry-reading.ts';
import type { ImportResult } from '../imported-account.ts';
import type { Detection, Importer } from '../importer.ts';
import { detectJson, isFields, isList, readJson, readJsonText } from '../json-text.ts';
import { damagedFile, sentenceOf, tooNewFile } from '../refusal.ts';
import { openVault } from './open-vault.ts';
import {
  Database,
  DATABASE_VERSION,
  EncryptedFile,
  Entry,
  FILE_VERSION,
  Group,
  PlainFile,
} from './vault-file.ts';

/** Either the outer file, or its header: a slot of this name occurs nowhere else. */
const isVault = (value: unknown): boolean =>
  isFields(value) && 'db' in value && isFields(value['header']) && 'slots' in value['header'];

function judge(value: unknown): Detection {
  if (!isFields(value) || !isVault(value)) return { kind: 'no' };
  const tooNew = newerThan(value['version'], FILE_VERSION);
  if (tooNew !== null) return { kind: 'refused', reason: sentenceOf(tooNewFile('Aegis', tooNew)) };
  return { kind: typeof value['db'] === 'string' ? 'encrypted' : 'plain' };
}

const newerThan = (version: unknown, known: number): number | null =>
  typeof version === 'number' && version > known ? version : null;

export const aegisImporter: Importer = {
  format: 'aegis',
  label: 'Aegis',
  detect: (content) => detectJson(content, judge, /^\s*\{(?=.*"header"\s*:)(?=.*"slots"\s*:)/su),
  read: async (content, reading) => {
    const file = readJson(content);
    const tooNew = isFields(file) ? newerThan(file['version'], FILE_VERSION) : null;
    if (tooNew !== null) throw tooNewFile('Aegis', tooNew);
    const encrypted = EncryptedFile.safeParse(file);
    if (encrypted.success) {
      return readDatabase(readJsonText((await openVault(encrypted.data, reading)).toString()));
    }
    const plain = PlainFile.safeParse(file);
    if (!plain.success) throw damagedFile();
    return readDatabase(plain.data.db);
  },
};

function readDatabase(value: unknown): ImportResult {
  const tooNew = isFields(value) ? newerThan(value['version'], DATABASE_VERSION) : null;
  if (tooNew !== null) throw tooNewFile('Aegis', tooNew);
  const database = Database.safeParse(value);
  if (!database.success) throw damagedFile();
  const collected = new CollectedEntries();
  const groups = groupNames(database.data.groups);
  addEach(collected, database.data.entries, Entry, ['issuer', 'name'], (entry) => {
    const account = accountOf(entry, groups);
    if (typeof entry.icon === 'string') collected.convert('Icons are not taken over.');
    return account;
  });
  return collected.result();
}

function groupNames(groups: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const group of isList(groups) ? groups : []) {
    const parsed = Group.safeParse(group);
    if (parsed.success) names.set(parsed.data.uuid, parsed.data.name);
  }
  return names;
}

function accountOf(entry: Entry, groups: ReadonlyMap<string, string>): ReadAccount {
  const type = knownType(entry.type);
  const { secret, algo, digits, period, counter } = entry.info;
  const tags = [
    ...entry.groups.flatMap((id) => groups.get(id) ?? []),
    ...(entry.group === undefined || entry.group === null ? [] : [entry.group]),
  ];
  return accountFromFields({
    type,
    issuer: entry.issuer ?? '',
    name: entry.name ?? '',
    secret,
    // Old versions of Aegis wrote MD5 for entries that they had always shown with SHA-1.
    algorithm: algo?.toUpperCase() === 'MD5' ? 'SHA1' : algo,
    digits,
    periodS: period,
    counter,
    tags,
    note: entry.note,
    pinned: entry.favorite ?? false,
  });
}
