// Proton Authenticator: plain and encrypted.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  protonEncryptedExporter,
  protonExporter,
} from '../../../src-main/authenticator/transfer/proton/exporter.ts';
import { protonImporter } from '../../../src-main/authenticator/transfer/proton/importer.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import {
  account,
  deeplyNested,
  expectNoSurprise,
  golden,
  jsonBytesOf,
  PASSWORD,
  read,
  refusal,
  spoiledBytes,
  spoiledJson,
  containing,
} from './foreign-file.ts';

const plain = golden('proton/plain.json');
const encrypted = golden('proton/encrypted.json');

const expected = {
  accounts: [
    account({ issuer: 'Example', name: 'kim, renamed', note: 'A note' }),
    account({
      name: 'cool@example.com',
      secret: 'GEZDGNBVGY3TQOJQ',
      algorithm: 'SHA-256',
      digits: 8,
      periodS: 60,
    }),
    account({ type: 'steam', issuer: 'Steam', name: 'gamer', digits: 5 }),
  ],
  leftOut: [{ where: 'Entry 4 (ida)', reason: containing('Character 1 of the secret') }],
  converted: [],
};

test('golden files: plain and encrypted hold the same', async () => {
  expect(protonImporter.detect(plain)).toEqual({ kind: 'plain' });
  expect(await read(protonImporter, plain)).toEqual(expected);
  expect(protonImporter.detect(encrypted)).toEqual({ kind: 'encrypted' });
  expect(await read(protonImporter, encrypted, PASSWORD)).toEqual(expected);
});

describe('refusals differ', () => {
  const because = (content: Uint8Array, password: string | null = null) =>
    refusal(read(protonImporter, content, password));

  test('a wrong password', async () => {
    expect(await because(encrypted, 'wrong')).toMatchObject({ reason: 'wrong-password' });
    expect(await because(encrypted)).toMatchObject({ reason: 'wrong-password' });
  });
  test('truncated', async () => {
    for (const content of [plain.slice(0, 300), encrypted.slice(0, 300)]) {
      expect(protonImporter.detect(content)).toEqual({ kind: 'plain' });
      expect(await because(content)).toMatchObject({ reason: 'truncated' });
    }
    const short = jsonBytesOf({ version: 1, salt: 'AAAAAAAAAAAAAAAAAAAAAA==', content: 'AAAA' });
    expect(await because(short, PASSWORD)).toMatchObject({ reason: 'truncated' });
  });
  test('too new, also when encrypted', async () => {
    for (const content of [
      jsonBytesOf({ version: 2, entries: [] }),
      jsonBytesOf({ version: 2, salt: '', content: '' }),
    ]) {
      expect(protonImporter.detect(content)).toMatchObject({
        kind: 'refused',
        reason: containing('version 2'),
      });
      expect(await because(content)).toMatchObject({ reason: 'too-new' });
    }
  });
});

describe('round trips', () => {
  // Proton calls the issuer of every Steam account Steam, and has neither counters nor tags nor pins.
  const holdable = importedAccounts({ types: ['totp', 'steam'], pinned: false }).map((accounts) =>
    accounts.map((each) => (each.type === 'steam' ? { ...each, issuer: 'Steam' } : each)),
  );

  test('plain', async () => {
    await fc.assert(
      fc.asyncProperty(holdable, async (accounts) => {
        const { files, lost } = await protonExporter.write(accounts, writing());
        const content = files[0]?.content ?? new Uint8Array();
        expect(lost).toEqual([]);
        expect(await read(protonImporter, content)).toEqual({ accounts, leftOut: [], converted: [] });
      }),
      { numRuns: 100, seed: 7 },
    );
  });
  test('encrypted', async () => {
    await fc.assert(
      fc.asyncProperty(holdable, fc.string({ minLength: 1 }), async (accounts, password) => {
        const { files } = await protonEncryptedExporter.write(accounts, writing(password));
        const content = files[0]?.content ?? new Uint8Array();
        expect(protonImporter.detect(content)).toEqual({ kind: 'encrypted' });
        expect(await read(protonImporter, content, password)).toMatchObject({ accounts });
      }),
      { numRuns: 3, seed: 7 },
    );
  });
  test('an encrypted export without a password is refused', async () => {
    expect(await refusal(protonEncryptedExporter.write([], writing()))).toMatchObject({
      code: 'invalid-input',
    });
  });
  test('what Proton has no place for is named', async () => {
    const { lost } = await protonExporter.write(
      [
        account({ type: 'hotp', counter: 7, periodS: 0 }),
        account({ type: 'steam', issuer: 'Games', digits: 5, tags: ['One'] }),
      ],
      writing(),
    );
    expect(lost).toHaveLength(3);
  });
});

describe('hostile files', () => {
  test('wrong types everywhere', () => expectNoSurprise(protonImporter, spoiledJson(plain)));
  test('bytes changed and cut off', () => expectNoSurprise(protonImporter, spoiledBytes(plain)));
  test('encrypted: wrong types everywhere', () =>
    expectNoSurprise(protonImporter, spoiledJson(encrypted), { password: PASSWORD, runs: 15 }));
  test('deep nesting', async () => {
    const content = deeplyNested('{"version":1,"entries":');
    expect(await refusal(read(protonImporter, content))).toMatchObject({ reason: 'over-limit' });
  });
});
