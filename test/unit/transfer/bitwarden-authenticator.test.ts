// The Bitwarden Authenticator app: JSON, and CSV whose rows have more cells than the first line has names.
import { expect, test } from 'vitest';
import { bitwardenAuthenticatorImporter as importer } from '../../../src-main/authenticator/transfer/bitwarden-authenticator/importer.ts';
import { account, bytesOf, containing, golden, read } from './foreign-file.ts';
import { importerSuite } from './importer-suite.ts';

const contoso = { secret: 'GEZDGNBVGY3TQOJQ', algorithm: 'SHA-256', digits: 8, periodS: 60 } as const;

importerSuite(
  importer,
  [
    {
      // Labels are freed of HTML.
      file: 'bitwarden-authenticator/export.json',
      kind: 'plain',
      cutAt: 400,
      expected: {
        accounts: [
          account({ issuer: 'A & B', name: 'kim', pinned: true }),
          account({ issuer: 'Contoso', name: 'lee', ...contoso }),
          account({ type: 'steam', issuer: 'Games', digits: 5 }),
        ],
        leftOut: [{ where: 'Entry 4 (Broken)', reason: containing('Character 1 of the secret') }],
        converted: [],
      },
    },
    {
      // Nine cells under six names, commas in the issuer.
      file: 'bitwarden-authenticator/export.csv',
      kind: 'plain',
      expected: {
        accounts: [
          account({ issuer: 'Example', name: 'kim' }),
          account({ issuer: 'Doe, Doe and Sons', name: 'lee', ...contoso }),
          account({ type: 'steam', issuer: 'Games', digits: 5 }),
        ],
        leftOut: [{ where: 'Entry 4', reason: 'The line is not built as this format has it.' }],
        converted: [],
      },
    },
  ],
  { nested: '{"encrypted":false,"items":' },
);

test('a vault of Bitwarden is left to its own importer', () => {
  for (const name of ['vault.json', 'vault.csv', 'protected-pbkdf2.json', 'account-bound.json']) {
    expect(importer.detect(golden(`bitwarden/${name}`))).toEqual({ kind: 'no' });
  }
});

test('a line of a million commas is left out at once', async () => {
  const names = 'folder,favorite,type,name,login_uri,login_totp\n';
  const { leftOut } = await read(importer, bytesOf(`${names}${','.repeat(1_000_000)}`));
  expect(leftOut).toHaveLength(1);
});
