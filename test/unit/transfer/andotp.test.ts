// andOTP: plain, encrypted, and encrypted as before 2020; and how careful the guess at files without a header is.
import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { andOtpImporter } from '../../../src-main/authenticator/transfer/andotp/importer.ts';
import {
  account,
  bytesOf,
  containing,
  deeplyNested,
  golden,
  PASSWORD,
  read,
  reading,
  refusal,
} from './foreign-file.ts';
import { importerSuite } from './importer-suite.ts';

const expected = {
  accounts: [
    account({ issuer: 'Example', name: 'kim', tags: ['Work', 'Mail'] }),
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
    account({ issuer: 'Old issuer', name: 'max', periodS: 60 }),
  ],
  leftOut: [{ where: 'Entry 4 (Broken: ida)', reason: containing('kind of code') }],
  converted: [],
};

importerSuite(andOtpImporter, [
  { file: 'andotp/plain.json', kind: 'plain', expected, cutAt: 300 },
  { file: 'andotp/encrypted.aes', kind: 'encrypted', expected },
  { file: 'andotp/old-encrypted.aes', kind: 'encrypted', expected, runs: 100 },
]);

describe('a file without a header is guessed at with care', () => {
  const random = (length: number) =>
    Uint8Array.from(createHash('shake256', { outputLength: length }).update('x').digest());

  test('evenly spread bytes may be a backup', () => {
    expect(andOtpImporter.detect(random(500))).toEqual({ kind: 'encrypted' });
  });
  test.each([
    ['text', bytesOf('These are words, not a backup of anything at all.')],
    ['nothing', new Uint8Array()],
    ['too short', random(20)],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, ...random(500)])],
    ['an archive', Uint8Array.from([0x50, 0x4b, 3, 4, ...random(500)])],
    ['a database of KeePass', Uint8Array.from([0x03, 0xd9, 0xa2, 0x9a, ...random(500)])],
    ['a backup of Stratum', Uint8Array.from([...bytesOf('AUTHENTICATORPRO'), ...random(500)])],
    [
      'a table of numbers',
      Uint8Array.from({ length: 2_000 }, (_, index) => (index % 2 === 0 ? 0xff : index % 9)),
    ],
    ['zeros', Uint8Array.from({ length: 500 }, (_, index) => (index === 400 ? 0xff : 0))],
  ])('%s is none', (_, content) => {
    expect(andOtpImporter.detect(content)).toEqual({ kind: 'no' });
  });
  test('compressed data has no header either: it is asked about, and no password opens it', async () => {
    const content = Uint8Array.from(deflateRawSync(random(800)));
    expect(await refusal(read(andOtpImporter, content, PASSWORD))).toMatchObject({
      reason: 'wrong-password',
    });
  });
});

test('cancelled', async () => {
  const cancelling = new AbortController();
  const work = andOtpImporter.read(golden('andotp/encrypted.aes'), reading(PASSWORD, cancelling.signal));
  cancelling.abort();
  expect(await refusal(work)).toMatchObject({ code: 'cancelled' });
});

test('lists within lists say nothing of whose they are; read all the same, the limit is named', async () => {
  expect(andOtpImporter.detect(deeplyNested(''))).toEqual({ kind: 'no' });
  expect(await refusal(read(andOtpImporter, deeplyNested('')))).toMatchObject({ reason: 'over-limit' });
});
