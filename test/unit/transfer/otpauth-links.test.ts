// Texts of otpauth links.
import { describe, expect, test } from 'vitest';
import { otpauthLinksImporter } from '../../../src-main/authenticator/transfer/otpauth-links/importer.ts';
import { otpauthLinksExporter } from '../../../src-main/authenticator/transfer/otpauth-links/write-otpauth-links.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import { account, bytesOf, containing, read, refusal } from './foreign-file.ts';
import { importerSuite, roundTrip } from './importer-suite.ts';

// Lines and commas, kinds of codes, and what is no link.
const expected = {
  accounts: [
    account({ issuer: 'Example', name: 'kim@example.com' }),
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
    account({ type: 'steam', issuer: 'Steam', digits: 5 }),
    account({ issuer: 'Doe, Doe and Sons', name: 'max', periodS: 60 }),
    account({ name: 'second', secret: 'GEZDGNBVGY3TQOJQ' }),
  ],
  leftOut: [
    { where: 'Entry 7', reason: containing('Character 1 of the secret') },
    { where: 'Entry 8', reason: containing('kind of code is unknown') },
    { where: 'Entry 9', reason: containing('not an otpauth:// link') },
  ],
  converted: [],
};

importerSuite(otpauthLinksImporter, [{ file: 'otpauth-links/links.txt', kind: 'plain', expected }]);

test('a text with a byte order mark is read, other texts are not taken', async () => {
  const marked = bytesOf('\ufeffotpauth://totp/kim?secret=JBSWY3DPEHPK3PXP');
  expect(otpauthLinksImporter.detect(marked)).toEqual({ kind: 'plain' });
  expect((await read(otpauthLinksImporter, marked)).accounts).toEqual([account({ name: 'kim' })]);
  for (const text of ['', 'kim', '{"a":"otpauth://"}', 'otpauth-migration://offline?data=AA']) {
    expect(otpauthLinksImporter.detect(bytesOf(text))).toEqual({ kind: 'no' });
  }
});

test('more links than are read', async () => {
  const text = 'otpauth://totp/kim?secret=JBSWY3DPEHPK3PXP\n'.repeat(20_001);
  expect(await refusal(read(otpauthLinksImporter, bytesOf(text)))).toMatchObject({ reason: 'over-limit' });
});

describe('round trip', () => {
  const kept = importedAccounts({ types: ['totp', 'hotp', 'steam'], note: false, pinned: false });
  roundTrip(otpauthLinksExporter, otpauthLinksImporter, kept);

  test('what is lost is said', async () => {
    const accounts = [account({ tags: ['a'], note: 'x' }), account({ pinned: true, tags: ['b'] })];
    const { lost } = await otpauthLinksExporter.write(accounts, writing());
    expect(lost).toEqual([
      'Tags have no place in this format (2 accounts).',
      'Notes have no place in this format (1 account).',
      'Pins have no place in this format (1 account).',
    ]);
  });
});

test('hostile: one link of a million characters is left out at once', async () => {
  const link = `otpauth://totp/kim?secret=JBSWY3DPEHPK3PXP&x=${'?codeDisplay=&'.repeat(80_000)}`;
  const { leftOut } = await read(otpauthLinksImporter, bytesOf(link));
  expect(leftOut).toHaveLength(1);
});
