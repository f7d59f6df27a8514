// The printable sheet: QR codes that read as the account, names as plain text, and no limit that breaks it.
import { toBuffer } from 'qrcode';
import { PNG } from 'pngjs';
import fc from 'fast-check';
import jsQR from 'jsqr';
import { describe, expect, test } from 'vitest';
import { otpauthLinksImporter } from '../../../src-main/authenticator/transfer/otpauth-links/importer.ts';
import { writePrintableSheet } from '../../../src-main/authenticator/transfer/printable-sheet/printable-sheet.ts';
import { sheetEntry } from '../../../src-main/authenticator/transfer/printable-sheet/sheet-entry.ts';
import { parseOtpauthUri } from '../../../src-main/otp/otpauth-uri.ts';
import { importedAccounts } from './account-arbitrary.ts';
import { account, bytesOf, containing, reading } from './foreign-file.ts';

const nowMs = Date.UTC(2026, 0, 31);
const kim = account({ issuer: 'Example', name: 'kim@example.com' });
const counted = account({ type: 'hotp', issuer: 'Contoso', name: 'lee', counter: 7, periodS: 0 });
const hostile = account({ issuer: '<script>alert(1)</script>', name: '"&\'' });
const long = account({ issuer: '語'.repeat(200), name: '語'.repeat(200), secret: 'A'.repeat(2_000) });

const textOf = (content: Uint8Array): string => new TextDecoder().decode(content);

async function htmlOf(accounts: Parameters<typeof writePrintableSheet>[0]): Promise<string> {
  const { files } = await writePrintableSheet(accounts, { nowMs }, 'html');
  return textOf(files[0]?.content ?? new Uint8Array());
}

/** Draws the link as the sheet does, and reads it by another library. */
async function readBack(link: string): Promise<string | undefined> {
  const { data, width, height } = PNG.sync.read(
    await toBuffer(link, { width: 400, errorCorrectionLevel: 'M' }),
  );
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

describe('HTML', () => {
  test('issuer, name, grouped secret, kind and date', async () => {
    const html = await htmlOf([kim, counted]);
    for (const part of [
      'Example',
      'kim@example.com',
      'JBSW Y3DP EHPK 3PXP',
      'Time-based (TOTP), SHA-1, 6 digits, 30 seconds',
      'Counter-based (HOTP), SHA-1, 6 digits, next counter 7',
      '2026-01-31 (UTC)',
    ]) {
      expect(html).toContain(part);
    }
    expect(html.match(/<svg /gu)).toHaveLength(2);
  });
  test('names stay text, and nothing is run or loaded', async () => {
    const html = await htmlOf([hostile]);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('&quot;&amp;&#39;');
    expect(html).toContain("default-src 'none'");
  });
  test('names too long for a QR code: the secret is there, and the reason', async () => {
    const html = await htmlOf([long]);
    expect(html).not.toContain('<svg ');
    expect(html).toContain('too long for a QR code');
  });
});

test('round trip: the link of each QR code reads as its account', async () => {
  const kept = importedAccounts({ types: ['totp', 'hotp', 'steam'], note: false, pinned: false });
  await fc.assert(
    fc.asyncProperty(kept, async (accounts) => {
      const links = accounts.map((each) => sheetEntry(each).link ?? '');
      expect(links).not.toContain('');
      const read = await otpauthLinksImporter.read(bytesOf(links.join('\n')), reading());
      expect(read).toEqual({ accounts, leftOut: [], converted: [] });
    }),
    { seed: 7, numRuns: 50 },
  );
});

test('the QR code reads as the account', async () => {
  const text = await readBack(sheetEntry(counted).link ?? '');
  expect(parseOtpauthUri(text ?? '')).toMatchObject({
    type: 'hotp',
    issuer: 'Contoso',
    name: 'lee',
    counter: 7,
  });
});

describe('PDF', () => {
  const pages = (pdf: Uint8Array) =>
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/Type \/Page\b/gu)?.length;
  const pdfOf = async (accounts: Parameters<typeof writePrintableSheet>[0]) => {
    const { files } = await writePrintableSheet(accounts, { nowMs }, 'pdf');
    return files[0]?.content ?? new Uint8Array();
  };

  test('one account fills one page, twenty need five', async () => {
    expect(pages(await pdfOf([kim]))).toBe(1);
    expect(pages(await pdfOf(Array.from({ length: 20 }, () => kim)))).toBe(5);
  });
  test('names of other alphabets, a secret of pages, and no names at all', async () => {
    const greek = account({ issuer: 'Παράδειγμα', name: 'Кирилл' });
    const content = await pdfOf([greek, long, account({})]);
    expect(Buffer.from(content.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(pages(content)).toBeGreaterThan(1);
  });
});

test('what a sheet has no place for is named', async () => {
  const { lost } = await writePrintableSheet([account({ note: 'x', tags: ['y'] })], { nowMs }, 'html');
  expect(lost).toHaveLength(2);
});

test('letters that the PDF has no font for are named; Greek and Cyrillic are no such', async () => {
  const lostOf = async (issuer: string) =>
    (await writePrintableSheet([account({ issuer })], { nowMs }, 'pdf')).lost;
  expect(await lostOf('Παράδειγμα Кирилл Đặng')).toEqual([]);
  expect(await lostOf('語')).toEqual([containing('printed as boxes')]);
});
