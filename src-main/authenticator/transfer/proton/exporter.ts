// Writes exports of Proton Authenticator, plain and encrypted.
import { linkOf } from '../otpauth-links/write-otpauth-links.ts';

import { requirePassword } from '../export-password.ts';
import type { Exporter, ExportResult, Writing } from '../exporter.ts';
import { uuidOf } from '../identifiers.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { countOf, unkept } from '../unkept.ts';
import { PROTON_VERSION } from './document.ts';
import { sealProtonExport } from './encryption.ts';

/** The issuer that Proton itself gives to every Steam account. */
const STEAM_ISSUER = 'Steam';

const entryOf = (account: ImportedAccount, { random }: Writing) => ({
  id: uuidOf(random),
  content: {
    uri: account.type === 'steam' ? `steam://${account.secret}` : linkOf(account),
    entry_type: account.type === 'steam' ? 'Steam' : 'Totp',
    name: account.name === '' ? null : account.name,
  },
  note: account.note === '' ? null : account.note,
});

interface Written {
  readonly text: string;
  /** How many accounts it holds. */
  readonly written: number;
  readonly lost: readonly string[];
}

function documentOf(accounts: readonly ImportedAccount[], writing: Writing): Written {
  const written = accounts.filter(({ type }) => type !== 'hotp');
  const entries = written.map((account) => entryOf(account, writing));
  const counting = accounts.length - written.length;
  const unnamed = written.filter(({ type, issuer }) => type === 'steam' && issuer !== STEAM_ISSUER).length;
  const lost = [
    ...(counting === 0
      ? []
      : [`Counter-based accounts were left out: Proton Authenticator has none (${countOf(counting)}).`]),
    ...(unnamed === 0 ? [] : [`Issuers of Steam accounts are always “Steam” there (${countOf(unnamed)}).`]),
    ...unkept(written, ['tags', 'pinned']),
  ];
  return { text: JSON.stringify({ version: PROTON_VERSION, entries }), written: written.length, lost };
}

const resultOf = ({ text, written, lost }: Written): ExportResult => ({
  files: [
    {
      name: 'proton-authenticator.json',
      mediaType: 'application/json',
      content: new TextEncoder().encode(text),
    },
  ],
  written,
  lost,
});

export const protonExporter: Exporter = {
  format: 'proton',
  encrypted: false,
  write: async (accounts, writing) => {
    return resultOf(await Promise.resolve(documentOf(accounts, writing)));
  },
};

export const protonEncryptedExporter: Exporter = {
  format: 'proton',
  encrypted: true,
  write: async (accounts, writing) => {
    const password = requirePassword(writing.password);
    const document = documentOf(accounts, writing);
    const text = await sealProtonExport(document.text, password, writing.random);
    return resultOf({ ...document, text });
  },
};
