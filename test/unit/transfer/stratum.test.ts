// Stratum: plain, strong and legacy backups.
import { describe, expect, test } from 'vitest';
import { stratumImporter } from '../../../src-main/authenticator/transfer/stratum/importer.ts';
import { containing } from './containing.ts';
import {
  account,
  expectNoSurprise,
  golden,
  PASSWORD,
  read,
  refusal,
  spoiledBytes,
  spoiledJson,
} from './foreign-file.ts';

const plain = golden('stratum/plain.json');
const strong = golden('stratum/strong.stratum');
const legacy = golden('stratum/legacy.authpro');

const expected = {
  accounts: [
    account({ issuer: 'Example', name: 'kim', tags: ['Work'] }),
    account({
      type: 'hotp',
      issuer: 'Contoso',
      secret: 'GEZDGNBVGY3TQOJQ',
      algorithm: 'SHA-256',
      digits: 8,
      periodS: 0,
      counter: 7,
    }),
    account({ type: 'steam', issuer: 'Steam', name: 'gamer', secret: 'MZXW6YTBOI', digits: 5 }),
  ],
  leftOut: [{ where: 'Entry 4 (Yandex: mo)', reason: containing('kind of code') }],
  converted: ['Icons are not taken over.'],
};

test.each([
  ['plain', plain, 'plain'],
  ['strong', strong, 'encrypted'],
  ['legacy', legacy, 'encrypted'],
])('golden file, %s', async (_, content, kind) => {
  expect(stratumImporter.detect(content)).toEqual({ kind });
  expect(await read(stratumImporter, content, kind === 'plain' ? null : PASSWORD)).toEqual(expected);
});

describe('refusals differ', () => {
  const because = (content: Uint8Array, password: string | null = null) =>
    refusal(read(stratumImporter, content, password));

  test('a wrong password, with either key derivation, and none', async () => {
    expect(await because(strong, 'wrong')).toMatchObject({ reason: 'wrong-password' });
    expect(await because(legacy, 'wrong')).toMatchObject({ reason: 'wrong-password' });
    expect(await because(legacy)).toMatchObject({ reason: 'wrong-password' });
  });
  test('truncated', async () => {
    expect(stratumImporter.detect(plain.slice(0, 300))).toEqual({ kind: 'plain' });
    expect(await because(plain.slice(0, 300))).toMatchObject({ reason: 'truncated' });
    expect(await because(strong.slice(0, 40), PASSWORD)).toMatchObject({ reason: 'truncated' });
    expect(await because(legacy.slice(0, -5), PASSWORD)).toMatchObject({ reason: 'truncated' });
  });
});

describe('hostile files', () => {
  test('wrong types everywhere', () => expectNoSurprise(stratumImporter, spoiledJson(plain)));
  test('bytes changed and cut off', () => expectNoSurprise(stratumImporter, spoiledBytes(plain)));
  test('an encrypted file changed and cut off', () =>
    expectNoSurprise(stratumImporter, spoiledBytes(legacy), { password: PASSWORD, runs: 6 }));
});
