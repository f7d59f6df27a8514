// Bitwarden: the vault as JSON and CSV, protected JSON of both kinds, and exports bound to an account.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bitwardenExporter } from '../../../src-main/authenticator/transfer/bitwarden/exporter.ts';
import { bitwardenImporter } from '../../../src-main/authenticator/transfer/bitwarden/importer.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import {
  account,
  bytesOf,
  deeplyNested,
  expectNoSurprise,
  golden,
  jsonBytesOf,
  PASSWORD,
  read,
  reading,
  refusal,
  spoiledBytes,
  spoiledJson,
  containing,
} from './foreign-file.ts';

const vault = golden('bitwarden/vault.json');
const csv = golden('bitwarden/vault.csv');
const protectedByPbkdf2 = golden('bitwarden/protected-pbkdf2.json');
const protectedByArgon2 = golden('bitwarden/protected-argon2id.json');
const accountBound = golden('bitwarden/account-bound.json');

const accounts = [
  account({ issuer: 'Example', name: 'kim@example.com', tags: ['Work'], note: 'Two\nlines', pinned: true }),
  account({
    issuer: 'Contoso',
    name: 'lee@contoso.com',
    secret: 'GEZDGNBVGY3TQOJQ',
    algorithm: 'SHA-256',
    digits: 8,
    periodS: 60,
  }),
  account({ type: 'steam', issuer: 'Games', name: 'gamer', digits: 5 }),
];

const expected = {
  accounts,
  leftOut: [{ where: 'Entry 6 (Broken: ida)', reason: containing('Character 1 of the secret') }],
  converted: ['An item without an authenticator key was passed over. (2 entries)'],
};

describe('golden files', () => {
  test.each([
    ['JSON', vault, 'plain'],
    ['CSV', csv, 'plain'],
    ['JSON protected by PBKDF2', protectedByPbkdf2, 'encrypted'],
    ['JSON protected by Argon2id', protectedByArgon2, 'encrypted'],
  ])(
    '%s: accounts, the bad entry with its number and label, what was passed over',
    async (_, content, kind) => {
      expect(bitwardenImporter.detect(content)).toEqual({ kind });
      expect(await read(bitwardenImporter, content, kind === 'encrypted' ? PASSWORD : null)).toEqual(
        expected,
      );
    },
  );

  test('the authenticator app’s files are left to its own importer', () => {
    for (const name of ['export.json', 'export.csv']) {
      expect(bitwardenImporter.detect(golden(`bitwarden-authenticator/${name}`))).toEqual({ kind: 'no' });
    }
  });
});

describe('refusals differ', () => {
  const because = async (content: Uint8Array, password: string | null = null) =>
    refusal(read(bitwardenImporter, content, password));
  const changed = (change: Record<string, unknown>) => {
    const value: unknown = JSON.parse(new TextDecoder().decode(protectedByPbkdf2));
    return jsonBytesOf(Object.assign({}, value, change));
  };

  test('a wrong password, with either key derivation', async () => {
    expect(await because(protectedByPbkdf2, 'wrong')).toMatchObject({ reason: 'wrong-password' });
    expect(await because(protectedByArgon2, 'wrong')).toMatchObject({ reason: 'wrong-password' });
    expect(await because(protectedByPbkdf2)).toMatchObject({ reason: 'wrong-password' });
  });
  test('account-bound: found before any password is asked', async () => {
    const detection = bitwardenImporter.detect(accountBound);
    expect(detection).toMatchObject({
      kind: 'refused',
      reason: containing('bound to the account'),
    });
    expect(await because(accountBound)).toMatchObject({ reason: 'account-bound' });
  });
  test('truncated: JSON, protected JSON, and CSV within quotes', async () => {
    for (const content of [vault.slice(0, 700), protectedByPbkdf2.slice(0, 900), csv.slice(0, 125)]) {
      expect(bitwardenImporter.detect(content)).toEqual({ kind: 'plain' });
      expect(await because(content)).toMatchObject({ reason: 'truncated' });
    }
  });
  test('an unknown key derivation is too new', async () => {
    expect(await because(changed({ kdfType: 2 }), PASSWORD)).toMatchObject({ reason: 'too-new' });
    expect(await because(changed({ encKeyValidation_DO_NOT_EDIT: '7.abc' }), PASSWORD)).toMatchObject({
      reason: 'too-new',
    });
  });
  test('a changed vault under the right password is damaged', async () => {
    const data = '2.AAAAAAAAAAAAAAAAAAAAAA==|AAAAAAAAAAAAAAAAAAAAAA==|' + 'A'.repeat(43) + '=';
    expect(await because(changed({ data }), PASSWORD)).toMatchObject({ reason: 'damaged' });
  });
  test('a key derivation beyond the limits is refused at once, the limit named', async () => {
    expect(await because(changed({ kdfIterations: 2_000_000_000 }), PASSWORD)).toMatchObject({
      reason: 'over-limit',
      message: containing('10,000,000 iterations'),
    });
    const memory = changed({ kdfType: 1, kdfIterations: 3, kdfMemory: 1_000_000, kdfParallelism: 4 });
    expect(await because(memory, PASSWORD)).toMatchObject({
      reason: 'over-limit',
      message: containing('2 GiB'),
    });
  });
  test('too many entries, the limit named', async () => {
    const many = jsonBytesOf({
      encrypted: false,
      folders: [],
      items: Array.from({ length: 20_001 }, () => 0),
    });
    expect(await because(many)).toMatchObject({
      reason: 'over-limit',
      message: containing('20,000'),
    });
  });
  test('cancelling stops the key derivation', async () => {
    const cancelling = new AbortController();
    const work = bitwardenImporter.read(
      changed({ kdfIterations: 9_000_000 }),
      reading(PASSWORD, cancelling.signal),
    );
    cancelling.abort();
    expect(await refusal(work)).toMatchObject({ code: 'cancelled' });
  });
});

test('what is exported is imported the same', async () => {
  await fc.assert(
    fc.asyncProperty(importedAccounts({ types: ['totp', 'steam'], tags: 1 }), async (before) => {
      const { files, lost } = await bitwardenExporter.write(before, writing());
      const content = files[0]?.content ?? new Uint8Array();
      // Bitwarden knows no Steam account without a name of its service.
      const named = before.map((each) =>
        each.type === 'steam' && each.issuer === '' ? { ...each, issuer: 'Steam' } : each,
      );
      expect(await read(bitwardenImporter, content)).toEqual({ accounts: named, leftOut: [], converted: [] });
      expect(lost.length > 0).toBe(named.some((each, index) => each.issuer !== before[index]?.issuer));
    }),
    { numRuns: 100, seed: 7 },
  );
});

test('what Bitwarden has no place for is named', async () => {
  const { lost } = await bitwardenExporter.write(
    [account({ type: 'hotp', counter: 7, periodS: 0 }), account({ issuer: 'A', tags: ['One', 'Two'] })],
    writing(),
  );
  expect(lost).toEqual([
    'Counter-based accounts were left out: Bitwarden would show wrong codes (1 account).',
    'Only the first tag was kept, as a folder (1 account).',
  ]);
});

describe('hostile files', () => {
  test('wrong types everywhere', () => expectNoSurprise(bitwardenImporter, spoiledJson(vault)));
  test('bytes changed and cut off', () =>
    expectNoSurprise(bitwardenImporter, fc.oneof(spoiledBytes(vault), spoiledBytes(csv))));
  test('protected: wrong types everywhere', () =>
    expectNoSurprise(bitwardenImporter, spoiledJson(protectedByPbkdf2), { password: PASSWORD, runs: 25 }));
  test('deep nesting, cut off and whole', async () => {
    const content = deeplyNested('{"encrypted":false,"folders":[],"items":');
    const whole = bytesOf(`${new TextDecoder().decode(content)}}`);
    for (const each of [content, whole]) {
      expect(await refusal(read(bitwardenImporter, each))).toMatchObject({ reason: 'over-limit' });
    }
  });
});
