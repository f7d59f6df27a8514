// Stratum: plain, strong and legacy backups.
import { expect, test } from 'vitest';
import { stratumImporter } from '../../../src-main/authenticator/transfer/stratum/importer.ts';
import { account, containing, golden, PASSWORD, read, refusal } from './foreign-file.ts';
import { importerSuite } from './importer-suite.ts';

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

importerSuite(
  stratumImporter,
  [
    { file: 'stratum/plain.json', kind: 'plain', expected, cutAt: 300 },
    { file: 'stratum/strong.stratum', kind: 'encrypted', expected, runs: 2 },
    { file: 'stratum/legacy.authpro', kind: 'encrypted', expected },
  ],
  { nested: '{"Authenticators":' },
);

test.each([
  ['strong', golden('stratum/strong.stratum').slice(0, 40)],
  ['legacy', golden('stratum/legacy.authpro').slice(0, -5)],
])('%s, truncated where it shows', async (_, content) => {
  expect(await refusal(read(stratumImporter, content, PASSWORD))).toMatchObject({ reason: 'truncated' });
});
