// Which importer takes a file: by its content alone, and never two answers for one file.
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectFormat, importers } from '../../../src-main/authenticator/transfer/importers.ts';
import { bytesOf, golden } from './foreign-file.ts';

const files: readonly (readonly [string, string, string])[] = [
  ['aegis/plain.json', 'aegis', 'plain'],
  ['aegis/encrypted.json', 'aegis', 'encrypted'],
  ['2fas/plain.2fas', '2fas', 'plain'],
  ['2fas/encrypted.2fas', '2fas', 'encrypted'],
  ['2fas/schema-1.2fas', '2fas', 'plain'],
  ['ente/plain.txt', 'ente', 'plain'],
  ['ente/encrypted.json', 'ente', 'encrypted'],
  ['otpauth-links/links.txt', 'otpauth-links', 'plain'],
  ['google-migration/version-1.txt', 'google-migration', 'plain'],
  ['google-migration/version-2.txt', 'google-migration', 'plain'],
  ['stratum/plain.json', 'stratum', 'plain'],
  ['stratum/strong.stratum', 'stratum', 'encrypted'],
  ['stratum/legacy.authpro', 'stratum', 'encrypted'],
  ['twofold/backup.json', 'twofold', 'encrypted'],
  ['bitwarden/vault.json', 'bitwarden', 'plain'],
  ['bitwarden/vault.csv', 'bitwarden', 'plain'],
  ['bitwarden/protected-argon2id.json', 'bitwarden', 'encrypted'],
  ['bitwarden/account-bound.json', 'bitwarden', 'refused'],
  ['bitwarden-authenticator/export.json', 'bitwarden-authenticator', 'plain'],
  ['bitwarden-authenticator/export.csv', 'bitwarden-authenticator', 'plain'],
  ['proton/plain.json', 'proton', 'plain'],
  ['proton/encrypted.json', 'proton', 'encrypted'],
  ['andotp/plain.json', 'andotp', 'plain'],
  ['andotp/encrypted.aes', 'andotp', 'encrypted'],
  ['freeotp-plus/plain.json', 'freeotp-plus', 'plain'],
  ['lastpass/plain.json', 'lastpass', 'plain'],
  ['raivo/plain.json', 'raivo', 'plain'],
  ['duo/plain.json', 'duo', 'plain'],
  ['keepassxc-csv/export.csv', 'keepassxc-csv', 'plain'],
];

test.each(files)('%s is %s, %s', (path, format, kind) => {
  const found = detectFormat(golden(path));
  expect([found?.importer.format, found?.detection.kind]).toEqual([format, kind]);
});

test('a refusal found by a look leaves its consequence to be said once', () => {
  for (const content of [
    golden('bitwarden/account-bound.json'),
    bytesOf('{"version":2,"entries":[]}'),
    bytesOf('{"schemaVersion":5,"services":[]}'),
  ]) {
    const detection = detectFormat(content)?.detection;
    expect(detection).toMatchObject({ kind: 'refused' });
    expect(detection?.kind === 'refused' ? detection.reason : '').not.toMatch(/Nothing was added/u);
  }
});

test('each format has one importer', () => {
  const formats = importers.map(({ format }) => format);
  expect(new Set(formats).size).toBe(formats.length);
});

test('every folder of golden files has its importer', () => {
  const folders = readdirSync(new URL('../../vectors/transfer', import.meta.url));
  expect(importers.map(({ format }): string => format).sort()).toEqual(folders.sort());
});

test('what is none of them belongs to nobody', () => {
  for (const text of ['', '{}', '[]', 'null', '{"services":1}', '<html></html>', 'a,b,c\n1,2,3', '[{}]']) {
    expect(detectFormat(bytesOf(text))).toBeNull();
  }
});

test('more than 50 MB is refused before anything looks at it', () => {
  expect(() => detectFormat(new Uint8Array(50 * 1024 * 1024 + 1))).toThrow(/larger than 50 MB/u);
});

test('any JSON: no importer throws while it looks', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      detectFormat(bytesOf(text));
    }),
    { numRuns: 500, seed: 7 },
  );
});
