// Writes Bitwarden's vault JSON without encryption, for its own import.
import { linkOf } from '../otpauth-links/write-otpauth-links.ts';

import type { Exporter, ExportResult, Writing } from '../exporter.ts';
import { uuidOf } from '../identifiers.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { countOf } from '../unkept.ts';

const LOGIN_TYPE = 1;

/** Bitwarden's list shows this name; an account without an issuer must not be nameless there. */
const itemNameOf = ({ type, issuer, name }: ImportedAccount): string => {
  if (issuer !== '') return issuer;
  return type === 'steam' ? 'Steam' : name;
};

function write(accounts: readonly ImportedAccount[], { random }: Writing): ExportResult {
  const written = accounts.filter(({ type }) => type !== 'hotp');
  const folderIds = new Map<string, string>();
  for (const [tag] of written.map(({ tags }) => tags)) {
    if (tag !== undefined && !folderIds.has(tag)) folderIds.set(tag, uuidOf(random));
  }
  const items = written.map((account) => ({
    id: uuidOf(random),
    organizationId: null,
    folderId: folderIds.get(account.tags[0] ?? '') ?? null,
    collectionIds: null,
    type: LOGIN_TYPE,
    reprompt: 0,
    name: itemNameOf(account),
    notes: account.note === '' ? null : account.note,
    favorite: account.pinned,
    login: {
      uris: [],
      username: account.name === '' ? null : account.name,
      password: null,
      totp: account.type === 'steam' ? `steam://${account.secret}` : linkOf(account),
    },
  }));
  const folders = Array.from(folderIds, ([name, id]) => ({ id, name }));
  const text = JSON.stringify({ encrypted: false, folders, items }, null, 2);
  return {
    files: [
      { name: 'bitwarden.json', mediaType: 'application/json', content: new TextEncoder().encode(text) },
    ],
    written: written.length,
    lost: lostOf(accounts, written),
  };
}

function lostOf(accounts: readonly ImportedAccount[], written: readonly ImportedAccount[]): string[] {
  const counting = accounts.length - written.length;
  const tagged = written.filter(({ tags }) => tags.length > 1).length;
  const unnamed = written.filter(({ type, issuer }) => type === 'steam' && issuer === '').length;
  return [
    ...(counting === 0
      ? []
      : [`Counter-based accounts were left out: Bitwarden would show wrong codes (${countOf(counting)}).`]),
    ...(tagged === 0 ? [] : [`Only the first tag was kept, as a folder (${countOf(tagged)}).`]),
    ...(unnamed === 0 ? [] : [`Steam accounts without an issuer got “Steam” (${countOf(unnamed)}).`]),
  ];
}

export const bitwardenExporter: Exporter = {
  format: 'bitwarden',
  encrypted: false,
  write: (accounts, writing) => Promise.resolve(write(accounts, writing)),
};
