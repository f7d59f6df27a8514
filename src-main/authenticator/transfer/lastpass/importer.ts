// Reads the JSON of LastPass Authenticator, version 3 and earlier ones of the same shape.
import { z } from 'zod';
import { accountFromFields, Flag, SpareText, WholeNumber } from '../account-fields.ts';
import { CollectedEntries } from '../collected-entries.ts';
import { addEach } from '../entry-reading.ts';
import type { Detection, Importer } from '../importer.ts';
import { detectJson, type Fields, isFields, isList, readJson } from '../json-text.ts';
import { damagedFile, sentenceOf, tooNewFile } from '../refusal.ts';

const NEWEST_VERSION = 3;

const Entry = z.looseObject({
  issuerName: z.string().nullish(),
  originalIssuerName: SpareText,
  userName: z.string().nullish(),
  originalUserName: SpareText,
  secret: z.string(),
  timeStep: WholeNumber,
  digits: WholeNumber,
  algorithm: z.string().nullish(),
  isFavorite: Flag,
  folderData: z.looseObject({ folderId: z.unknown() }).nullish().catch(null),
});

const isEntry = (value: unknown): boolean =>
  isFields(value) && ('issuerName' in value || 'originalIssuerName' in value);

const isLastPass = (value: unknown): value is Fields =>
  isFields(value) &&
  isList(value['accounts']) &&
  (value['accounts'].some(isEntry) || 'localDeviceId' in value || 'deviceSecret' in value);

const isTooNew = (version: unknown): version is number =>
  typeof version === 'number' && version > NEWEST_VERSION;

function judge(value: unknown): Detection {
  if (!isLastPass(value)) return { kind: 'no' };
  const { version } = value;
  if (!isTooNew(version)) return { kind: 'plain' };
  return { kind: 'refused', reason: sentenceOf(tooNewFile('LastPass', version)) };
}

/** Where everything lies that was put into no folder ("Other accounts", in the language of the telephone). */
const NO_FOLDER = 0;

/** Folder names by their numbers. */
function foldersOf(value: unknown): ReadonlyMap<unknown, string> {
  const folders = (isList(value) ? value.filter(isFields) : []).filter(({ id }) => id !== NO_FOLDER);
  return new Map(folders.flatMap(({ id, name }) => (typeof name === 'string' ? [[id, name] as const] : [])));
}

export const lastPassImporter: Importer = {
  format: 'lastpass',
  label: 'LastPass',
  detect: (content) => detectJson(content, judge, /"(?:issuerName|originalIssuerName|localDeviceId)"\s*:/u),
  read: async (content) => {
    const value = await Promise.resolve(readJson(content));
    if (!isFields(value)) throw damagedFile();
    const { accounts, folders, version } = value;
    if (isTooNew(version)) throw tooNewFile('LastPass', version);
    if (!isList(accounts)) throw damagedFile();
    const folderNames = foldersOf(folders);
    const collected = new CollectedEntries();
    addEach(collected, accounts, Entry, ['issuerName', 'userName'], (entry) => {
      const folder = folderNames.get(entry.folderData?.folderId);
      return accountFromFields({
        type: 'totp',
        // What the user named it, even if that is nothing; what the service did where nothing else is written.
        issuer: entry.issuerName ?? entry.originalIssuerName ?? '',
        name: entry.userName ?? entry.originalUserName ?? '',
        secret: entry.secret,
        isSecretTyped: true,
        algorithm: entry.algorithm,
        digits: entry.digits,
        periodS: entry.timeStep,
        pinned: entry.isFavorite === true,
        tags: folder === undefined ? [] : [folder],
      });
    });
    return collected.result();
  },
};
