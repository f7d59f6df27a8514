// Aegis: plain and encrypted vaults, databases 1 to 3.
import { describe, expect, test } from 'vitest';
import { aegisImporter } from '../../../src-main/authenticator/transfer/aegis/importer.ts';
import {
  aegisEncryptedExporter,
  aegisExporter,
} from '../../../src-main/authenticator/transfer/aegis/write-aegis.ts';
import { importedAccounts } from './account-arbitrary.ts';
import { account, containing, golden, jsonBytesOf, PASSWORD, read, refusal } from './foreign-file.ts';
import { importerSuite, roundTrip } from './importer-suite.ts';

const encrypted = golden('aegis/encrypted.json');

const expected = {
  accounts: [
    account({
      issuer: 'Example',
      name: 'kim@example.com',
      tags: ['Work', 'Mail'],
      note: 'Two\nlines',
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
    account({ issuer: 'Old', name: 'old', periodS: 60 }),
  ],
  leftOut: [
    { where: 'Entry 5 (Mobile: mo)', reason: containing('kind of code') },
    { where: 'Entry 6 (Broken: ida)', reason: containing('9 characters') },
  ],
  converted: ['Icons are not taken over.'],
};

importerSuite(
  aegisImporter,
  [
    { file: 'aegis/plain.json', kind: 'plain', expected, cutAt: 900 },
    { file: 'aegis/encrypted.json', kind: 'encrypted', expected, cutAt: 900 },
    {
      // Its group is named in the entry.
      file: 'aegis/plain-database-1.json',
      kind: 'plain',
      expected: {
        accounts: [account({ issuer: 'Example', name: 'kim@example.com', tags: ['Work'] })],
        leftOut: [],
        converted: [],
      },
    },
  ],
  { nested: '{"version":1,"header":{"slots":null,"params":null},"db":' },
);

test('either of two passwords opens a vault; a fingerprint is passed over', async () => {
  expect(await read(aegisImporter, encrypted, 'another password')).toEqual(expected);
});

describe('refusals differ', () => {
  const because = (content: Uint8Array, password: string | null = null) =>
    refusal(read(aegisImporter, content, password));
  const slotOf = (cost: object) => ({
    type: 1,
    key: '00'.repeat(32),
    key_params: { nonce: '00'.repeat(12), tag: '00'.repeat(16) },
    n: 1024,
    r: 8,
    p: 1,
    salt: '00'.repeat(32),
    ...cost,
  });
  const withSlots = (slots: readonly object[]) =>
    jsonBytesOf({
      version: 1,
      header: { slots, params: { nonce: '00'.repeat(12), tag: '00'.repeat(16) } },
      db: 'AAAA',
    });

  test('a vault that only a fingerprint opens', async () => {
    expect(await because(golden('aegis/fingerprint-only.json'), PASSWORD)).toMatchObject({
      reason: 'account-bound',
    });
  });
  test('too new: the file, or its database', async () => {
    const file = jsonBytesOf({ version: 2, header: { slots: null, params: null }, db: {} });
    expect(aegisImporter.detect(file)).toMatchObject({ kind: 'refused' });
    expect(await because(file)).toMatchObject({ reason: 'too-new' });
    const database = { version: 1, header: { slots: null, params: null }, db: { version: 4, entries: [] } };
    expect(await because(jsonBytesOf(database))).toMatchObject({ reason: 'too-new' });
  });
  test('scrypt beyond the limits is never started, and the limit is named', async () => {
    const memory = await because(withSlots([slotOf({ n: 2 ** 30 })]), PASSWORD);
    expect(memory).toMatchObject({ reason: 'over-limit', message: containing('2 GiB') });
    const work = await because(withSlots([slotOf({ p: 64, n: 2 ** 20 })]), PASSWORD);
    expect(work).toMatchObject({ reason: 'over-limit', message: containing('scrypt') });
    const slots = await because(withSlots(Array.from({ length: 11 }, () => slotOf({}))), PASSWORD);
    expect(slots).toMatchObject({ reason: 'over-limit', message: containing('10 passwords') });
    expect(await because(withSlots([slotOf({ n: 1000 })]), PASSWORD)).toMatchObject({ reason: 'damaged' });
  });
});

describe('round trips', () => {
  const kept = importedAccounts({ types: ['totp', 'hotp', 'steam'], tags: 3 });

  roundTrip(aegisExporter, aegisImporter, kept);
  roundTrip(aegisEncryptedExporter, aegisImporter, kept, { runs: 2 });
});
