// Raivo, Duo, LastPass, FreeOTP+ and KeePassXC's CSV: golden files, refusals, and hostile files for each.
import { describe, expect, test } from 'vitest';
import { duoImporter } from '../../../src-main/authenticator/transfer/duo/importer.ts';
import { freeOtpPlusImporter } from '../../../src-main/authenticator/transfer/freeotp-plus/importer.ts';
import type { Importer } from '../../../src-main/authenticator/transfer/importer.ts';
import { keePassXcImporter } from '../../../src-main/authenticator/transfer/keepassxc-csv/importer.ts';
import { lastPassImporter } from '../../../src-main/authenticator/transfer/lastpass/importer.ts';
import { raivoImporter } from '../../../src-main/authenticator/transfer/raivo/importer.ts';
import { account, containing, deeplyNested, golden, jsonBytesOf, read, refusal } from './foreign-file.ts';
import { importerSuite } from './importer-suite.ts';

const ten = 'GEZDGNBVGY3TQOJQ';
const hotp = { type: 'hotp', secret: ten, counter: 7, periodS: 0 } as const;

interface Case {
  readonly importer: Importer;
  readonly file: string;
  readonly cutAt: number;
  /** An ImportResult; reasons may be matched by a part of them. */
  readonly expected: object;
}

const cases: readonly Case[] = [
  {
    importer: raivoImporter,
    file: 'raivo/plain.json',
    cutAt: 300,
    expected: {
      accounts: [
        account({ issuer: 'Example', name: 'kim@example.com', pinned: true }),
        account({ ...hotp, issuer: 'Contoso', name: 'lee', algorithm: 'SHA-256', digits: 8 }),
      ],
      leftOut: [{ where: 'Entry 3 (Broken: ida)', reason: containing('Character 1') }],
      converted: [],
    },
  },
  {
    importer: duoImporter,
    file: 'duo/plain.json',
    cutAt: 150,
    expected: {
      accounts: [account({ name: 'Example: kim' }), account({ ...hotp, name: 'Contoso' })],
      leftOut: [{ where: 'Entry 3 (Pushed only)', reason: containing('in Duo itself') }],
      converted: [],
    },
  },
  {
    importer: lastPassImporter,
    file: 'lastpass/plain.json',
    cutAt: 600,
    expected: {
      accounts: [
        account({ issuer: 'Example', name: 'kim', tags: ['Work'], pinned: true }),
        account({
          issuer: 'Contoso',
          name: 'lee',
          secret: ten,
          algorithm: 'SHA-512',
          digits: 8,
          periodS: 60,
        }),
      ],
      leftOut: [{ where: 'Entry 3 (Broken: ida)', reason: containing('5 to 10 digits') }],
      converted: [],
    },
  },
  {
    importer: freeOtpPlusImporter,
    file: 'freeotp-plus/plain.json',
    cutAt: 300,
    expected: {
      accounts: [
        account({ issuer: 'Example', name: 'kim' }),
        account({ ...hotp, issuer: 'Contoso', name: 'lee', algorithm: 'SHA-256', digits: 8 }),
      ],
      leftOut: [{ where: 'Entry 3 (Broken: ida)', reason: containing('“secret”') }],
      converted: [],
    },
  },
  {
    importer: keePassXcImporter,
    file: 'keepassxc-csv/export.csv',
    cutAt: 160,
    expected: {
      accounts: [
        account({ issuer: 'Example', name: 'kim', tags: ['Work'], note: 'Two\nlines' }),
        account({ issuer: 'Nameless', secret: ten, algorithm: 'SHA-256', digits: 8, periodS: 60 }),
        account({ type: 'steam', issuer: 'Steam', name: 'gamer', digits: 5, tags: ['Games'] }),
        account({ issuer: 'Other plugin', name: 'max', algorithm: 'SHA-512', digits: 8, periodS: 60 }),
      ],
      leftOut: [{ where: 'Entry 6 (Broken: ida)', reason: containing('Character 1') }],
      converted: ['An entry without a one-time password was passed over.'],
    },
  },
];

describe.each(cases)('$importer.format', ({ importer, file, cutAt, expected }) => {
  importerSuite(importer, [{ file, kind: 'plain', cutAt, expected }]);

  test('the files of the others are not taken for its own', () => {
    const others = [
      ...cases.map((each) => each.file),
      'andotp/plain.json',
      'bitwarden/vault.csv',
      'proton/plain.json',
    ];
    for (const other of others.filter((each) => each !== file)) {
      expect(importer.detect(golden(other))).toEqual({ kind: 'no' });
    }
    expect(importer.detect(deeplyNested(''))).toEqual({ kind: 'no' });
  });
});

test('LastPass: a newer version is refused as such', async () => {
  const newer = jsonBytesOf({ version: 4, accounts: [{ issuerName: 'A' }] });
  expect(lastPassImporter.detect(newer)).toMatchObject({ kind: 'refused' });
  expect(await refusal(read(lastPassImporter, newer))).toMatchObject({ reason: 'too-new' });
});

test('FreeOTP+: a token never used stores −1 and starts at 0', async () => {
  const token = { type: 'HOTP', label: 'kim', secret: [1, 2], counter: -1, digits: 6, algo: 'SHA1' };
  const content = jsonBytesOf({ tokens: [token], tokenOrder: [] });
  expect((await read(freeOtpPlusImporter, content)).accounts[0]?.counter).toBe(0);
});
