// Ente Auth: links with data of its own, and the encrypted export (libsodium's secretstream).
import { describe, expect, test } from 'vitest';
import { enteImporter } from '../../../src-main/authenticator/transfer/ente/importer.ts';
import {
  openSecretStream,
  sealSecretStream,
} from '../../../src-main/authenticator/transfer/ente/secret-stream.ts';
import { enteExporter } from '../../../src-main/authenticator/transfer/ente/write-ente.ts';
import streams from '../../vectors/transfer/ente/secret-stream.json' with { type: 'json' };
import { importedAccounts } from './account-arbitrary.ts';
import { account, containing, golden, jsonBytesOf, PASSWORD, read, refusal } from './foreign-file.ts';
import { importerSuite, roundTrip } from './importer-suite.ts';

const cheap = { memoryKiB: 1024, passes: 1 };

const expected = {
  accounts: [
    account({
      issuer: 'Example',
      name: 'kim@example.com',
      tags: ['Work', 'Mail'],
      note: 'Two, lines\nof text',
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
    account({ issuer: 'Odd', name: 'one' }),
  ],
  leftOut: [{ where: 'Entry 4', reason: 'It was in the trash.' }],
  converted: [
    'Icons are not taken over.',
    'Tags, note and pin of an entry could not be read and were left out.',
  ],
};

importerSuite(
  enteImporter,
  [
    { file: 'ente/plain.txt', kind: 'plain', expected },
    // Sealed by libsodium, with either tag that occurs.
    { file: 'ente/encrypted.json', kind: 'encrypted', expected, cutAt: 400 },
    { file: 'ente/encrypted-message-tag.json', kind: 'encrypted', expected, cutAt: 400 },
  ],
  { nested: '{"version":1,"kdfParams":{},"encryptedData":' },
);

test('links without data of Ente are left to the importer of links', () => {
  expect(enteImporter.detect(golden('otpauth-links/links.txt'))).toEqual({ kind: 'no' });
});

describe('secretstream as libsodium writes it', () => {
  const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

  test.each(streams)('$bytes bytes, tag $tag', ({ key, header, plain: text, sealed, tag }) => {
    expect(openSecretStream(bytes(key), bytes(header), bytes(sealed))).toEqual(bytes(text));
    if (tag === 3) {
      expect(Buffer.from(sealSecretStream(bytes(key), bytes(header), bytes(text))).toString('hex')).toBe(
        sealed,
      );
    }
  });
  test('no single byte can be changed', () => {
    const key = new Uint8Array(32);
    const header = new Uint8Array(24);
    const sealed = sealSecretStream(key, header, Uint8Array.from({ length: 20 }));
    for (const index of sealed.keys()) {
      const changed = sealed.map((byte, at) => (at === index ? byte ^ 1 : byte));
      expect(openSecretStream(key, header, changed)).toBeNull();
    }
  });
});

describe('refusals differ', () => {
  const because = (content: Uint8Array, password: string | null = null) =>
    refusal(read(enteImporter, content, password));
  const file = (kdfParams: object, change: object = {}) =>
    jsonBytesOf({
      version: 1,
      kdfParams: { memLimit: 8_388_608, opsLimit: 4, salt: 'AAAAAAAAAAAAAAAAAAAAAA==', ...kdfParams },
      encryptedData: 'A'.repeat(40),
      encryptionNonce: 'A'.repeat(32),
      ...change,
    });

  test('too new', async () => {
    expect(enteImporter.detect(file({}, { version: 2 }))).toMatchObject({ kind: 'refused' });
    expect(await because(file({}, { version: 2 }), PASSWORD)).toMatchObject({ reason: 'too-new' });
  });
  test('Argon2 beyond the limits is never started, and the limit is named', async () => {
    const limits = [
      [{ memLimit: 2 ** 40 }, '2 GiB of memory'],
      [{ opsLimit: 1e9 }, '64 passes'],
      [{ memLimit: 2 ** 30, opsLimit: 64 }, '32 GiB of memory times passes'],
    ] as const;
    for (const [parameters, named] of limits) {
      expect(await because(file(parameters), PASSWORD)).toMatchObject({
        reason: 'over-limit',
        message: containing(named),
      });
    }
    for (const parameters of [{ memLimit: 0 }, { opsLimit: 0.5 }, { opsLimit: -1 }, { salt: 'AA==' }]) {
      expect(await because(file(parameters), PASSWORD)).toMatchObject({ reason: 'damaged' });
    }
  });
});

roundTrip(
  enteExporter(cheap),
  enteImporter,
  importedAccounts({ types: ['totp', 'hotp', 'steam'], tags: 3 }),
  { runs: 4 },
);
