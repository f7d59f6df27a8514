// Twofold's own encrypted backup: it keeps everything, and no byte of it can be changed unnoticed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { twofoldImporter } from '../../../src-main/authenticator/transfer/twofold/importer.ts';
import { twofoldExporter } from '../../../src-main/authenticator/transfer/twofold/write-backup.ts';
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

const backup = golden('twofold/backup.json');
const cheap = { memoryKiB: 64, passes: 1, parallelism: 1 };
const because = (content: Uint8Array, password: string | null = null) =>
  refusal(read(twofoldImporter, content, password));

test('golden file', async () => {
  expect(twofoldImporter.detect(backup)).toEqual({ kind: 'encrypted' });
  expect(await read(twofoldImporter, backup, PASSWORD)).toEqual({
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
  });
});

test('round trip: accounts, written and read, are the same', async () => {
  const kept = importedAccounts({ types: ['totp', 'hotp', 'steam'], tags: 3 });
  await fc.assert(
    fc.asyncProperty(kept, async (accounts) => {
      const { files, lost } = await twofoldExporter(cheap).write(accounts, writing(PASSWORD));
      expect(lost).toEqual([]);
      expect(await read(twofoldImporter, contentOf(files), PASSWORD)).toEqual({
        accounts,
        leftOut: [],
        converted: [],
      });
    }),
    { numRuns: 4, seed: 7 },
  );
});

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
  test('a wrong password, and none', async () => {
    expect(await because(backup, 'wrong')).toMatchObject({ reason: 'wrong-password' });
    expect(await because(backup)).toMatchObject({ reason: 'wrong-password' });
  });
  test('truncated', async () => {
    expect(twofoldImporter.detect(backup.slice(0, 400))).toEqual({ kind: 'plain' });
    expect(await because(backup.slice(0, 400))).toMatchObject({ reason: 'truncated' });
  });
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

describe('hostile files', () => {
  test('wrong types everywhere', () =>
    expectNoSurprise(twofoldImporter, spoiledJson(backup), { password: PASSWORD, runs: 6 }));
  test('bytes changed and cut off', () =>
    expectNoSurprise(twofoldImporter, spoiledBytes(backup), { password: PASSWORD, runs: 6 }));
});
