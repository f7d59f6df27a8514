// Proton Authenticator: plain and encrypted.
import { describe, expect, test } from 'vitest';
import {
  protonEncryptedExporter,
  protonExporter,
} from '../../../src-main/authenticator/transfer/proton/exporter.ts';
import { protonImporter } from '../../../src-main/authenticator/transfer/proton/importer.ts';
import { importedAccounts, writing } from './account-arbitrary.ts';
import { account, containing, jsonBytesOf, PASSWORD, read, refusal } from './foreign-file.ts';
import { importerSuite, roundTrip } from './importer-suite.ts';

const expected = {
  accounts: [
    account({ issuer: 'Example', name: 'kim, renamed', note: 'A note' }),
    account({
      name: 'cool@example.com',
      secret: 'GEZDGNBVGY3TQOJQ',
      algorithm: 'SHA-256',
      digits: 8,
      periodS: 60,
    }),
    account({ type: 'steam', issuer: 'Steam', name: 'gamer', digits: 5 }),
  ],
  leftOut: [{ where: 'Entry 4 (ida)', reason: containing('Character 1 of the secret') }],
  converted: [],
};

importerSuite(
  protonImporter,
  [
    { file: 'proton/plain.json', kind: 'plain', expected, cutAt: 300 },
    { file: 'proton/encrypted.json', kind: 'encrypted', expected, cutAt: 300, runs: 6 },
  ],
  { nested: '{"version":1,"entries":' },
);

describe('refusals differ', () => {
  const because = (content: Uint8Array, password: string | null = null) =>
    refusal(read(protonImporter, content, password));

  test('an encrypted part without a place for its tag is truncated', async () => {
    const short = jsonBytesOf({ version: 1, salt: 'AAAAAAAAAAAAAAAAAAAAAA==', content: 'AAAA' });
    expect(await because(short, PASSWORD)).toMatchObject({ reason: 'truncated' });
  });
  test('too new, also when encrypted', async () => {
    for (const content of [
      jsonBytesOf({ version: 2, entries: [] }),
      jsonBytesOf({ version: 2, salt: '', content: '' }),
    ]) {
      expect(protonImporter.detect(content)).toMatchObject({
        kind: 'refused',
        reason: containing('version 2'),
      });
      expect(await because(content)).toMatchObject({ reason: 'too-new' });
    }
  });
});

describe('round trips', () => {
  // Proton calls the issuer of every Steam account Steam, and has neither counters nor tags nor pins.
  const holdable = importedAccounts({ types: ['totp', 'steam'], pinned: false }).map((accounts) =>
    accounts.map((each) => (each.type === 'steam' ? { ...each, issuer: 'Steam' } : each)),
  );

  roundTrip(protonExporter, protonImporter, holdable);
  roundTrip(protonEncryptedExporter, protonImporter, holdable, { runs: 3 });

  test('what Proton has no place for is named', async () => {
    const { lost } = await protonExporter.write(
      [
        account({ type: 'hotp', counter: 7, periodS: 0 }),
        account({ type: 'steam', issuer: 'Games', digits: 5, tags: ['One'] }),
      ],
      writing(),
    );
    expect(lost).toHaveLength(3);
  });
});
