// The camera and an export of Google Authenticator that is spread over several codes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOf, batchProgress } from '../../../src-renderer/features/add-account/migration-batches.ts';
import { migrationLinks } from '../../../src-main/authenticator/transfer/google-migration/write-google-migration.ts';

const vectors = join(import.meta.dirname, '../../vectors/transfer/google-migration');
const linksOf = (file: string): string[] =>
  readFileSync(join(vectors, file), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('otpauth-migration'));

const payload = (bytes: readonly number[]): string =>
  `otpauth-migration://offline?data=${encodeURIComponent(Buffer.from(bytes).toString('base64'))}`;

const account = {
  type: 'totp',
  issuer: 'Northwind',
  name: 'maria',
  secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEH',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  counter: null,
  tags: [],
  note: '',
  pinned: false,
} as const;

describe('Google Authenticator before the camera', () => {
  it('knows which of how many codes each one is', () => {
    const links = migrationLinks(
      Array.from({ length: 25 }, () => account),
      -7,
    );
    expect(links.map(batchOf)).toEqual([
      { index: 0, size: 3 },
      { index: 1, size: 3 },
      { index: 2, size: 3 },
    ]);
  });

  it('counts them in any order, each once', () => {
    const [first, second, third] = migrationLinks(
      Array.from({ length: 25 }, () => account),
      7,
    );
    const shown: string[] = [];
    const show = (link = ''): unknown => {
      shown.push(link);
      return batchProgress(shown);
    };
    expect(show(third)).toEqual({ read: 1, size: 3 });
    expect(show(third)).toEqual({ read: 1, size: 3 });
    expect(show(first)).toEqual({ read: 2, size: 3 });
    expect(show(second)).toEqual({ read: 3, size: 3 });
  });

  it('reads both versions of real exports', () => {
    for (const file of ['version-1.txt', 'version-2.txt']) {
      const links = linksOf(file);
      expect(links.length).toBeGreaterThan(0);
      for (const link of links) expect(batchOf(link)).not.toBeNull();
    }
  });

  it('counts nothing for a code that stands alone, or is none', () => {
    expect(batchProgress(migrationLinks([account], 1))).toBeNull();
    expect(batchProgress(['otpauth://totp/Northwind?secret=JBSWY3DP'])).toBeNull();
    expect(batchProgress([])).toBeNull();
  });

  it.each([
    ['no data', 'otpauth-migration://offline'],
    ['no base64', 'otpauth-migration://offline?data=%%%'],
    ['cut short', payload([0x18])],
    ['an unknown wire type', payload([0x1b, 1])],
    ['an index beyond the size', payload([0x18, 2, 0x20, 5])],
    ['a size that is no export', payload([0x18, 0xff, 0xff, 0xff, 0x7f, 0x20, 0])],
  ])('takes a link with %s for none', (_, link) => {
    expect(batchOf(link)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.string(), (bytes, text) => {
        batchOf(payload([...bytes]));
        batchOf(text);
        batchOf(`otpauth-migration://offline?data=${text}`);
      }),
    );
  });
});
