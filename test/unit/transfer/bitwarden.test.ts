// Bitwarden: the vault as JSON and CSV, protected JSON of both kinds, and exports bound to an account.
import { describe, expect, test } from 'vitest';
import { bitwardenExporter } from '../../../src-main/authenticator/transfer/bitwarden/exporter.ts';
import { bitwardenImporter } from '../../../src-main/authenticator/transfer/bitwarden/importer.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import { contentOf } from './exported-file.ts';
import {
  account,
  containing,
  golden,
  jsonBytesOf,
  PASSWORD,
  read,
  reading,
  refusal,
} from './foreign-file.ts';
import { importerSuite, roundTrip } from './importer-suite.ts';

const protectedByPbkdf2 = golden('bitwarden/protected-pbkdf2.json');

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

importerSuite(
  bitwardenImporter,
  [
    { file: 'bitwarden/vault.json', kind: 'plain', expected, cutAt: 700 },
    { file: 'bitwarden/vault.csv', kind: 'plain', expected, cutAt: 125 },
    { file: 'bitwarden/protected-pbkdf2.json', kind: 'encrypted', expected, cutAt: 900, runs: 10 },
    { file: 'bitwarden/protected-argon2id.json', kind: 'encrypted', expected, cutAt: 900 },
  ],
  { nested: '{"encrypted":false,"folders":[],"items":' },
);

test('the authenticator app’s files are left to its own importer', () => {
  for (const name of ['export.json', 'export.csv']) {
    expect(bitwardenImporter.detect(golden(`bitwarden-authenticator/${name}`))).toEqual({ kind: 'no' });
  }
});

describe('refusals differ', () => {
  const because = async (content: Uint8Array, password: string | null = null) =>
    refusal(read(bitwardenImporter, content, password));
  const changed = (change: Record<string, unknown>) => {
    const value: unknown = JSON.parse(new TextDecoder().decode(protectedByPbkdf2));
    return jsonBytesOf(Object.assign({}, value, change));
  };

  test('account-bound: found before any password is asked', async () => {
    const accountBound = golden('bitwarden/account-bound.json');
    const detection = bitwardenImporter.detect(accountBound);
    expect(detection).toMatchObject({
      kind: 'refused',
      reason: containing('bound to the account'),
    });
    expect(await because(accountBound)).toMatchObject({ reason: 'account-bound' });
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

describe('round trip', () => {
  // Bitwarden knows no Steam account without a name of its service.
  const kept = importedAccounts({ types: ['totp', 'steam'], tags: 1 }).map((all) =>
    all.map((each) => (each.type === 'steam' && each.issuer === '' ? { ...each, issuer: 'Steam' } : each)),
  );
  roundTrip(bitwardenExporter, bitwardenImporter, kept);

  test('a Steam account without an issuer gets one, and that is said', async () => {
    const { files, lost } = await bitwardenExporter.write([account({ type: 'steam', digits: 5 })], writing());
    expect((await read(bitwardenImporter, contentOf(files))).accounts).toMatchObject([{ issuer: 'Steam' }]);
    expect(lost).toEqual([containing('got “Steam”')]);
  });
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
