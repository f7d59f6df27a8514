// Google Authenticator's export: versions 1 and 2, batches, and the QR codes that are missing.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodePicture } from '../../../src-main/authenticator/qr/pixels.ts';
import { prepareReaders, readQrCodes } from '../../../src-main/authenticator/qr/qr-reader.ts';
import type { ExportedFile } from '../../../src-main/authenticator/transfer/exporter.ts';
import {
  googleMigrationImporter as importer,
  readMigrationLinks,
} from '../../../src-main/authenticator/transfer/google-migration/importer.ts';
import {
  googleMigrationExporter,
  migrationLinks,
} from '../../../src-main/authenticator/transfer/google-migration/write-google-migration.ts';
import type { ImportedAccount } from '../../../src-main/authenticator/transfer/imported-account.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import { account, bytesOf, containing, expectNoSurprise, read, refusal } from './foreign-file.ts';
import { importerSuite } from './importer-suite.ts';

const secret = 'JBSWY3DPEHPK3PXP';
const counted = {
  type: 'hotp',
  issuer: 'Contoso',
  name: 'lee',
  secret: 'GEZDGNBVGY3TQOJQ',
  algorithm: 'SHA-256',
  digits: 8,
  periodS: 0,
} as const;
const first = account({ issuer: 'Example', name: 'kim@example.com', secret });
const last = account({ issuer: 'Third', name: 'last', algorithm: 'SHA-512', digits: 8 });

importerSuite(importer, [
  {
    // Three codes, a negative batch id.
    file: 'google-migration/version-1.txt',
    kind: 'plain',
    expected: {
      accounts: [
        first,
        account({ ...counted, counter: 7 }),
        account({ issuer: 'Unnamed', name: 'max', secret }),
        last,
      ],
      leftOut: [{ where: 'Entry 4 (Broken: ida)', reason: containing('hash algorithm') }],
      converted: [],
    },
  },
  {
    // Codes in any order; the missing one is named.
    file: 'google-migration/version-1-second-missing.txt',
    kind: 'plain',
    expected: {
      accounts: [last, first, account({ ...counted, counter: 7 })],
      leftOut: [{ where: 'QR code 2 of 3', reason: containing('is missing') }],
      converted: [],
    },
  },
  {
    // Unknown fields, no batch id, base64 with its plus signs and without padding.
    file: 'google-migration/version-2.txt',
    kind: 'plain',
    expected: { accounts: [first, account({ ...counted, counter: 0 })], leftOut: [], converted: [] },
  },
]);

describe('refusals differ', () => {
  const link = (hex: string) =>
    `otpauth-migration://offline?data=${encodeURIComponent(Buffer.from(hex, 'hex').toString('base64'))}`;
  const because = (text: string) => refusal(read(importer, bytesOf(text)));

  test('truncated', async () => {
    expect(await because(link('0a40'))).toMatchObject({ reason: 'truncated' });
  });
  test('damaged', async () => {
    expect(await because('otpauth-migration://offline?data=%%%')).toMatchObject({ reason: 'damaged' });
    expect(await because(link('07'))).toMatchObject({ reason: 'damaged' });
    expect(await because(link('10ffffffffffffffffffff01'))).toMatchObject({ reason: 'damaged' });
    // A batch of two thousand million codes.
    expect(await because(link('1001188094ebdc07'))).toMatchObject({ reason: 'damaged' });
  });
  test('too new', async () => {
    expect(await because(link('1003'))).toMatchObject({ reason: 'too-new' });
  });
  test('one bad code does not fail the others', () => {
    const [good = ''] = migrationLinks([first], 1);
    expect(readMigrationLinks([link('0a40'), good, good])).toEqual({
      accounts: [first],
      leftOut: [{ where: 'QR code 1', reason: 'The file ends too early. Export or copy it again.' }],
      converted: [],
    });
  });
});

describe('round trip', () => {
  beforeAll(prepareReaders);

  /** The texts of the pictures, as the reader of pictures finds them, one on each line. */
  const scanned = async (files: readonly ExportedFile[]): Promise<Uint8Array> => {
    const texts: string[] = [];
    for (const { content } of files) texts.push(...(await readQrCodes(decodePicture(content))));
    return bytesOf(texts.join('\n'));
  };

  const fitted = (each: ImportedAccount): ImportedAccount => ({
    ...each,
    digits: each.digits % 2 === 0 ? 6 : 8,
    periodS: each.type === 'hotp' ? 0 : 30,
  });
  const kept = importedAccounts({ types: ['totp', 'hotp'], note: false, pinned: false }).map((all) =>
    all.map(fitted),
  );

  test('accounts, written and read, are the same', async () => {
    await fc.assert(
      fc.asyncProperty(kept, async (accounts) => {
        const { files, lost } = await googleMigrationExporter.write(accounts, writing());
        expect(lost).toEqual([]);
        expect(files.length > 0).toBe(accounts.length > 0);
        expect(await read(importer, await scanned(files))).toEqual({ accounts, leftOut: [], converted: [] });
      }),
      { seed: 7, numRuns: 40 },
    );
  });
  test('ten accounts a code', () => {
    const accounts = Array.from({ length: 21 }, (_, index) => account({ name: String(index) }));
    const links = migrationLinks(accounts, -5);
    expect(links).toHaveLength(3);
    expect(readMigrationLinks(links).accounts).toEqual(accounts);
    expect(readMigrationLinks(links.slice(0, 2)).leftOut).toMatchObject([{ where: 'QR code 3 of 3' }]);
  });
  test('the pictures are numbered', async () => {
    const accounts = Array.from({ length: 21 }, (_, index) => account({ name: String(index) }));
    const { files } = await googleMigrationExporter.write(accounts, writing());
    expect(files.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['twofold-google-1-of-3.png', 'image/png'],
      ['twofold-google-2-of-3.png', 'image/png'],
      ['twofold-google-3-of-3.png', 'image/png'],
    ]);
    expect((await read(importer, await scanned(files.toReversed()))).accounts).toHaveLength(21);
  });
  test('long names: fewer accounts a code, and every code can be drawn and read', async () => {
    const accounts = Array.from({ length: 12 }, (_, index) =>
      account({ issuer: `${index} ${'学'.repeat(60)}`, name: 'é'.repeat(200) }),
    );
    const { files, lost } = await googleMigrationExporter.write(accounts, writing());
    expect([files.length > 2, lost]).toEqual([true, []]);
    expect((await read(importer, await scanned(files))).accounts).toEqual(accounts);
  });
  test('what fits into no QR code is left out and said', async () => {
    const endless = account({ issuer: '学'.repeat(200), name: '学'.repeat(200), secret: 'A'.repeat(1600) });
    const { files, lost } = await googleMigrationExporter.write([endless, first], writing());
    expect(lost).toEqual([containing('names too long for a QR code')]);
    expect((await read(importer, await scanned(files))).accounts).toEqual([first]);
  });
  test('what Google Authenticator cannot show is left out and said', async () => {
    const accounts = [
      account({ type: 'steam', digits: 5 }),
      account({ periodS: 60 }),
      account({ digits: 7 }),
      first,
    ];
    const { files, lost } = await googleMigrationExporter.write(accounts, writing());
    expect((await read(importer, await scanned(files))).accounts).toEqual([first]);
    expect(lost).toEqual([containing('cannot show 3 accounts')]);
  });
});

test('hostile: any bytes as data', () =>
  expectNoSurprise(
    importer,
    fc
      .uint8Array({ maxLength: 200 })
      .map((data) => bytesOf(`otpauth-migration://offline?data=${Buffer.from(data).toString('base64url')}`)),
    { runs: 1_000 },
  ));
