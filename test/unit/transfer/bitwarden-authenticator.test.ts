// The Bitwarden Authenticator app: JSON, and CSV whose rows have more cells than the first line has names.
import { describe, expect, test } from 'vitest';
import { bitwardenAuthenticatorImporter as importer } from '../../../src-main/authenticator/transfer/bitwarden-authenticator/importer.ts';
import {
  account,
  bytesOf,
  expectNoSurprise,
  golden,
  read,
  refusal,
  spoiledBytes,
  spoiledJson,
  containing,
} from './foreign-file.ts';

const json = golden('bitwarden-authenticator/export.json');
const csv = golden('bitwarden-authenticator/export.csv');
const contoso = { secret: 'GEZDGNBVGY3TQOJQ', algorithm: 'SHA-256', digits: 8, periodS: 60 } as const;

test('golden JSON: labels are freed of HTML', async () => {
  expect(importer.detect(json)).toEqual({ kind: 'plain' });
  expect(await read(importer, json)).toEqual({
    accounts: [
      account({ issuer: 'A & B', name: 'kim', pinned: true }),
      account({ issuer: 'Contoso', name: 'lee', ...contoso }),
      account({ type: 'steam', issuer: 'Games', digits: 5 }),
    ],
    leftOut: [{ where: 'Entry 4 (Broken)', reason: containing('Character 1 of the secret') }],
    converted: [],
  });
});

test('golden CSV: nine cells under six names, commas in the issuer', async () => {
  expect(importer.detect(csv)).toEqual({ kind: 'plain' });
  expect(await read(importer, csv)).toEqual({
    accounts: [
      account({ issuer: 'Example', name: 'kim' }),
      account({ issuer: 'Doe, Doe and Sons', name: 'lee', ...contoso }),
      account({ type: 'steam', issuer: 'Games', digits: 5 }),
    ],
    leftOut: [{ where: 'Entry 4', reason: 'The line is not built as this format has it.' }],
    converted: [],
  });
});

test('a vault of Bitwarden is left to its own importer', () => {
  for (const name of ['vault.json', 'vault.csv', 'protected-pbkdf2.json', 'account-bound.json']) {
    expect(importer.detect(golden(`bitwarden/${name}`))).toEqual({ kind: 'no' });
  }
});

test('truncated JSON says so', async () => {
  expect(importer.detect(json.slice(0, 400))).toEqual({ kind: 'plain' });
  expect(await refusal(read(importer, json.slice(0, 400)))).toMatchObject({ reason: 'truncated' });
});

describe('hostile files', () => {
  test('wrong types everywhere', () => expectNoSurprise(importer, spoiledJson(json)));
  test('bytes changed and cut off', async () => {
    await expectNoSurprise(importer, spoiledBytes(json));
    await expectNoSurprise(importer, spoiledBytes(csv));
  });
  test('a line of a million commas is left out at once', async () => {
    const names = 'folder,favorite,type,name,login_uri,login_totp\n';
    const { leftOut } = await read(importer, bytesOf(`${names}${','.repeat(1_000_000)}`));
    expect(leftOut).toHaveLength(1);
  });
});
