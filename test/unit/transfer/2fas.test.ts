// 2FAS: backups of schema 1 to 4, plain and encrypted.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { twoFasImporter } from '../../../src-main/authenticator/transfer/2fas/importer.ts';
import {
  twoFasEncryptedExporter,
  twoFasExporter,
} from '../../../src-main/authenticator/transfer/2fas/write-2fas.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import { containing } from './containing.ts';
import { contentOf } from './exported-file.ts';
import {
  account,
  expectNoSurprise,
  golden,
  jsonBytesOf,
  PASSWORD,
  read,
  refusal,
  spoiledBytes,
  spoiledJson,
} from './foreign-file.ts';

const plain = golden('2fas/plain.2fas');
const encrypted = golden('2fas/encrypted.2fas');

const expected = {
  accounts: [
    account({ issuer: 'Example', name: 'kim', tags: ['Work'] }),
    account({
      type: 'hotp',
      issuer: 'Contoso',
      name: 'lee',
      secret: 'GEZDGNBVGY3TQOJQ',
      algorithm: 'SHA-256',
      digits: 8,
      periodS: 0,
      counter: 7,
    }),
    account({ type: 'steam', issuer: 'Steam', name: 'gamer', digits: 5 }),
    account({ issuer: 'Bank', name: 'max', periodS: 60 }),
  ],
  leftOut: [{ where: 'Entry 5 (Broken)', reason: containing('hash algorithm') }],
  converted: ['A service was renamed in 2FAS; the issuer that its QR code gave is kept instead.'],
};

describe('golden files', () => {
  test('plain, what the QR code left out filled with defaults, the secret never from the link', async () => {
    expect(twoFasImporter.detect(plain)).toEqual({ kind: 'plain' });
    expect(await read(twoFasImporter, plain)).toEqual(expected);
  });
  test('encrypted', async () => {
    expect(twoFasImporter.detect(encrypted)).toEqual({ kind: 'encrypted' });
    expect(await read(twoFasImporter, encrypted, PASSWORD)).toEqual(expected);
  });
  test('schema 1 knows neither period nor algorithm', async () => {
    expect((await read(twoFasImporter, golden('2fas/schema-1.2fas'))).accounts).toEqual([
      account({ issuer: 'Example', name: 'kim' }),
    ]);
  });
});

describe('refusals differ', () => {
  const because = (content: Uint8Array, password: string | null = null) =>
    refusal(read(twoFasImporter, content, password));

  test('a wrong password, and none', async () => {
    expect(await because(encrypted, 'wrong')).toMatchObject({ reason: 'wrong-password' });
    expect(await because(encrypted)).toMatchObject({ reason: 'wrong-password' });
  });
  test('truncated', async () => {
    expect(twoFasImporter.detect(plain.slice(0, 900))).toEqual({ kind: 'plain' });
    expect(await because(plain.slice(0, 900))).toMatchObject({ reason: 'truncated' });
    expect(await because(encrypted.slice(0, -900))).toMatchObject({ reason: 'truncated' });
    const parts = jsonBytesOf({ schemaVersion: 4, services: [], servicesEncrypted: 'AAAA:AAAA' });
    expect(await because(parts, PASSWORD)).toMatchObject({ reason: 'truncated' });
  });
  test('too new', async () => {
    const content = jsonBytesOf({ schemaVersion: 5, services: [] });
    expect(twoFasImporter.detect(content)).toMatchObject({
      kind: 'refused',
      reason: containing('version 5'),
    });
    expect(await because(content)).toMatchObject({ reason: 'too-new' });
  });
  test('more entries than are read', async () => {
    const content = jsonBytesOf({ schemaVersion: 4, services: Array.from({ length: 20_001 }, () => 0) });
    expect(await because(content)).toMatchObject({
      reason: 'over-limit',
      message: containing('20,000'),
    });
  });
});

describe('round trips', () => {
  const kept = importedAccounts({ types: ['totp', 'hotp', 'steam'], tags: 1, note: false, pinned: false });

  test('plain: accounts, written and read, are the same', async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (accounts) => {
        const { files } = await twoFasExporter.write(accounts, writing());
        expect(await read(twoFasImporter, contentOf(files))).toEqual({
          accounts,
          leftOut: [],
          converted: [],
        });
      }),
      { seed: 7 },
    );
  });
  test('encrypted, with the reference by which 2FAS knows it', async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (accounts) => {
        const { files } = await twoFasEncryptedExporter.write(accounts, writing(PASSWORD));
        const content = contentOf(files);
        expect(Buffer.from(content).toString()).toMatch(/"reference":"[A-Za-z0-9+/=]{300,}:/u);
        expect((await read(twoFasImporter, content, PASSWORD)).accounts).toEqual(accounts);
      }),
      { numRuns: 2, seed: 7 },
    );
  });
  test('what is lost is said', async () => {
    const accounts = [account({ tags: ['a', 'b'], note: 'x', pinned: true, periodS: 45 })];
    const { lost } = await twoFasExporter.write(accounts, writing());
    expect(lost).toEqual([
      containing('Notes'),
      containing('Pins'),
      containing('first tag'),
      containing('90 seconds'),
    ]);
  });
});

describe('hostile files', () => {
  test('wrong types everywhere', () => expectNoSurprise(twoFasImporter, spoiledJson(plain)));
  test('wrong types everywhere, encrypted', () =>
    expectNoSurprise(twoFasImporter, spoiledJson(encrypted), { password: PASSWORD, runs: 6 }));
  test('bytes changed and cut off', () => expectNoSurprise(twoFasImporter, spoiledBytes(plain)));
});
