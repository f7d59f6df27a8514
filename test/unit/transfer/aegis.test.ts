// Aegis: plain and encrypted vaults, databases 1 to 3.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aegisImporter } from '../../../src-main/authenticator/transfer/aegis/importer.ts';
import {
  aegisEncryptedExporter,
  aegisExporter,
} from '../../../src-main/authenticator/transfer/aegis/write-aegis.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import { containing } from './containing.ts';
import {
  account,
  bytesOf,
  deeplyNested,
  expectNoSurprise,
  golden,
  jsonBytesOf,
  PASSWORD,
  read,
  refusal,
  spoiledBytes,
  spoiledJson,
} from './foreign-file.ts';
import { contentOf } from './exported-file.ts';

const plain = golden('aegis/plain.json');
const encrypted = golden('aegis/encrypted.json');
const fingerprintOnly = golden('aegis/fingerprint-only.json');

const expected = {
  accounts: [
    account({
      issuer: 'Example',
      name: 'kim@example.com',
      tags: ['Work', 'Mail'],
      note: 'Two\nlines',
      pinned: true,
    }),
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
    account({ issuer: 'Old', name: 'old', periodS: 60 }),
  ],
  leftOut: [
    { where: 'Entry 5 (Mobile: mo)', reason: containing('kind of code') },
    { where: 'Entry 6 (Broken: ida)', reason: containing('9 characters') },
  ],
  converted: ['Icons are not taken over.'],
};

describe('golden files', () => {
  test('plain', async () => {
    expect(aegisImporter.detect(plain)).toEqual({ kind: 'plain' });
    expect(await read(aegisImporter, plain)).toEqual(expected);
  });
  test('encrypted: the second of two passwords opens it, a fingerprint is passed over', async () => {
    expect(aegisImporter.detect(encrypted)).toEqual({ kind: 'encrypted' });
    expect(await read(aegisImporter, encrypted, PASSWORD)).toEqual(expected);
    expect(await read(aegisImporter, encrypted, 'another password')).toEqual(expected);
  });
  test('database 1 names its group in the entry', async () => {
    expect(await read(aegisImporter, golden('aegis/plain-database-1.json'))).toEqual({
      accounts: [account({ issuer: 'Example', name: 'kim@example.com', tags: ['Work'] })],
      leftOut: [],
      converted: [],
    });
  });
});

describe('refusals differ', () => {
  const because = (content: Uint8Array, password: string | null = null) =>
    refusal(read(aegisImporter, content, password));
  const slotOf = (cost: object) => ({
    type: 1,
    key: '00'.repeat(32),
    key_params: { nonce: '00'.repeat(12), tag: '00'.repeat(16) },
    n: 1024,
    r: 8,
    p: 1,
    salt: '00'.repeat(32),
    ...cost,
  });
  const withSlots = (slots: readonly object[]) =>
    jsonBytesOf({
      version: 1,
      header: { slots, params: { nonce: '00'.repeat(12), tag: '00'.repeat(16) } },
      db: 'AAAA',
    });

  test('a wrong password, and none', async () => {
    expect(await because(encrypted, 'wrong')).toMatchObject({ reason: 'wrong-password' });
    expect(await because(encrypted)).toMatchObject({ reason: 'wrong-password' });
  });
  test('truncated', async () => {
    for (const content of [plain.slice(0, 900), encrypted.slice(0, 900)]) {
      expect(aegisImporter.detect(content)).toEqual({ kind: 'plain' });
      expect(await because(content)).toMatchObject({ reason: 'truncated' });
    }
  });
  test('a vault that only a fingerprint opens', async () => {
    expect(await because(fingerprintOnly, PASSWORD)).toMatchObject({ reason: 'account-bound' });
  });
  test('too new: the file, or its database', async () => {
    const file = jsonBytesOf({ version: 2, header: { slots: null, params: null }, db: {} });
    expect(aegisImporter.detect(file)).toMatchObject({ kind: 'refused' });
    expect(await because(file)).toMatchObject({ reason: 'too-new' });
    const database = { version: 1, header: { slots: null, params: null }, db: { version: 4, entries: [] } };
    expect(await because(jsonBytesOf(database))).toMatchObject({ reason: 'too-new' });
  });
  test('scrypt beyond the limits is never started, and the limit is named', async () => {
    const memory = await because(withSlots([slotOf({ n: 2 ** 30 })]), PASSWORD);
    expect(memory).toMatchObject({ reason: 'over-limit', message: containing('2 GiB') });
    const work = await because(withSlots([slotOf({ p: 64, n: 2 ** 20 })]), PASSWORD);
    expect(work).toMatchObject({ reason: 'over-limit', message: containing('scrypt') });
    const slots = await because(withSlots(Array.from({ length: 11 }, () => slotOf({}))), PASSWORD);
    expect(slots).toMatchObject({ reason: 'over-limit', message: containing('10 passwords') });
    expect(await because(withSlots([slotOf({ n: 1000 })]), PASSWORD)).toMatchObject({ reason: 'damaged' });
  });
});

describe('round trips', () => {
  const kept = importedAccounts({ types: ['totp', 'hotp', 'steam'], tags: 3 });

  test('plain: accounts, written and read, are the same', async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (accounts) => {
        const { files, lost } = await aegisExporter.write(accounts, writing());
        expect(lost).toEqual([]);
        expect(await read(aegisImporter, contentOf(files))).toEqual({ accounts, leftOut: [], converted: [] });
      }),
      { seed: 7 },
    );
  });
  test('encrypted', async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (accounts) => {
        const { files } = await aegisEncryptedExporter.write(accounts, writing(PASSWORD));
        expect((await read(aegisImporter, contentOf(files), PASSWORD)).accounts).toEqual(accounts);
      }),
      { numRuns: 2, seed: 7 },
    );
  });
  test('no encrypted export without a password', async () => {
    await expect(aegisEncryptedExporter.write([], writing())).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('hostile files', () => {
  test('wrong types everywhere', () => expectNoSurprise(aegisImporter, spoiledJson(plain)));
  test('wrong types everywhere, encrypted', () => expectNoSurprise(aegisImporter, spoiledJson(encrypted)));
  test('bytes changed and cut off', () => expectNoSurprise(aegisImporter, spoiledBytes(plain)));
  test('nested a hundred thousand deep, or fifty million: the limit is named before anything is built', async () => {
    const before = '{"version":1,"header":{"slots":null,"params":null},"db":';
    for (const content of [deeplyNested(before), bytesOf(before.padEnd(50_000_000, '['))]) {
      expect(aegisImporter.detect(content)).toEqual({ kind: 'plain' });
      expect(await refusal(read(aegisImporter, content))).toMatchObject({
        reason: 'over-limit',
        message: containing('64 lists and objects'),
      });
    }
  });
});
