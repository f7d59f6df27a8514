// Twofold's own encrypted backup: it keeps everything, and no byte of it can be changed unnoticed.
import { describe, expect, test } from 'vitest';
import { twofoldImporter } from '../../../src-main/authenticator/transfer/twofold/importer.ts';
import { twofoldExporter } from '../../../src-main/authenticator/transfer/twofold/write-backup.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import { contentOf } from './exported-file.ts';
import { account, containing, golden, jsonBytesOf, PASSWORD, read, refusal } from './foreign-file.ts';
import { importerSuite, roundTrip } from './importer-suite.ts';

const backup = golden('twofold/backup.json');
const cheap = { memoryKiB: 64, passes: 1, parallelism: 1 };
const because = (content: Uint8Array, password: string | null = null) =>
  refusal(read(twofoldImporter, content, password));

const expected = {
  accounts: [
    account({ issuer: 'Example', name: 'kim', tags: ['Work', 'Mail'], note: 'Two\nlines', pinned: true }),
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
  ],
  leftOut: [{ where: 'Entry 4 (Broken: ida)', reason: containing('9 characters') }],
  converted: [],
};

importerSuite(twofoldImporter, [{ file: 'twofold/backup.json', kind: 'encrypted', expected, cutAt: 400 }], {
  nested: '{"format":"twofold-backup","payload":',
});

roundTrip(
  twofoldExporter(cheap),
  twofoldImporter,
  importedAccounts({ types: ['totp', 'hotp', 'steam'], tags: 3 }),
  { runs: 4 },
);

test('by default the key costs 64 MiB and three passes', async () => {
  const { files } = await twofoldExporter().write([], writing(PASSWORD));
  const value: unknown = JSON.parse(Buffer.from(contentOf(files)).toString());
  expect(value).toMatchObject({ kdf: { name: 'argon2id', memoryKiB: 65_536, passes: 3, parallelism: 1 } });
  expect(files[0]?.name).toBe('twofold-backup-2023-11-14.json');
});

test('the same password typed on another keyboard opens it', async () => {
  const { files } = await twofoldExporter(cheap).write([account({})], writing('caf\u00e9 password'));
  expect((await read(twofoldImporter, contentOf(files), 'cafe\u0301 password')).accounts).toHaveLength(1);
});

describe('refusals differ', () => {
  test('too new', async () => {
    const content = jsonBytesOf({ format: 'twofold-backup', version: 2 });
    expect(twofoldImporter.detect(content)).toMatchObject({ kind: 'refused' });
    expect(await because(content)).toMatchObject({ reason: 'too-new' });
  });
  test('a changed header is noticed', async () => {
    const changed = Buffer.from(backup).toString().replace('2026-01-02', '2027-01-02');
    expect(await because(Buffer.from(changed), PASSWORD)).toMatchObject({ reason: 'wrong-password' });
  });
});
