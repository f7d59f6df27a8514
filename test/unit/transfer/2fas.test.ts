// 2FAS: backups of schema 1 to 4, plain and encrypted.
import { createDecipheriv, pbkdf2Sync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { twoFasImporter } from '../../../src-main/authenticator/transfer/2fas/importer.ts';
import {
  twoFasEncryptedExporter,
  twoFasExporter,
} from '../../../src-main/authenticator/transfer/2fas/write-2fas.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import { contentOf } from './exported-file.ts';
import { account, containing, golden, jsonBytesOf, PASSWORD, read, refusal } from './foreign-file.ts';
import { importerSuite, roundTrip } from './importer-suite.ts';

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

importerSuite(twoFasImporter, [
  // What the QR code left out is filled with defaults, and the secret is never taken from the link.
  { file: '2fas/plain.2fas', kind: 'plain', expected, cutAt: 900 },
  { file: '2fas/encrypted.2fas', kind: 'encrypted', expected },
  {
    // Schema 1 knows neither period nor algorithm.
    file: '2fas/schema-1.2fas',
    kind: 'plain',
    expected: { accounts: [account({ issuer: 'Example', name: 'kim' })], leftOut: [], converted: [] },
  },
]);

describe('refusals differ', () => {
  const because = (content: Uint8Array, password: string | null = null) =>
    refusal(read(twoFasImporter, content, password));

  test('truncated within the encrypted part', async () => {
    expect(await because(golden('2fas/encrypted.2fas').slice(0, -900))).toMatchObject({
      reason: 'truncated',
    });
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

  roundTrip(twoFasExporter, twoFasImporter, kept, { says: ['2FAS may refuse'] });
  roundTrip(twoFasEncryptedExporter, twoFasImporter, kept, { runs: 2, says: ['2FAS may refuse'] });

  test('the reference by which 2FAS knows an encrypted file, and checks its password', async () => {
    const { files } = await twoFasEncryptedExporter.write([account({})], writing(PASSWORD));
    const value: unknown = JSON.parse(Buffer.from(contentOf(files)).toString());
    const { reference } = z.object({ reference: z.string() }).parse(value);
    const [sealed = Buffer.alloc(0), salt = '', nonce = ''] = reference
      .split(':')
      .map((part) => Buffer.from(part, 'base64'));
    expect([Buffer.from(salt).length, Buffer.from(nonce).length]).toEqual([256, 12]);
    const key = pbkdf2Sync(PASSWORD, salt, 10_000, 32, 'sha256');
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString();
    expect(text).toHaveLength(256);
    expect(text).toMatch(/^tRViSsLK/u);
  });
  test('the fields that 2FAS asks for, as it writes them itself', async () => {
    const { files } = await twoFasExporter.write(
      [
        account({ issuer: 'Deno', name: 'Mason', tags: ['Work'] }),
        account({ type: 'hotp', counter: 7, periodS: 0 }),
      ],
      writing(),
    );
    const value: unknown = JSON.parse(Buffer.from(contentOf(files)).toString());
    expect(value).toMatchObject({
      schemaVersion: 4,
      appOrigin: 'android',
      groups: [{ name: 'Work', isExpanded: true }],
      services: [
        {
          name: 'Deno',
          secret: 'JBSWY3DPEHPK3PXP',
          otp: {
            label: 'Mason',
            account: 'Mason',
            issuer: 'Deno',
            digits: 6,
            period: 30,
            algorithm: 'SHA1',
            tokenType: 'TOTP',
            source: 'Manual',
          },
          order: { position: 0 },
          icon: { selected: 'Label', label: { text: 'DE' } },
        },
        { otp: { tokenType: 'HOTP', counter: 7 }, order: { position: 1 } },
      ],
    });
  });
  test('a counter for which 2FAS would refuse the whole file is left out, and that is said', async () => {
    const great = account({ type: 'hotp', counter: 2 ** 31, periodS: 0 });
    const { files, lost } = await twoFasExporter.write([great, account({})], writing());
    expect((await read(twoFasImporter, contentOf(files))).accounts).toEqual([account({})]);
    expect(lost).toEqual([containing('2FAS counts to 2,147,483,647 only')]);
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
