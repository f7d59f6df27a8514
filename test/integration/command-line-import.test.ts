// `twofold import --preview` and `twofold read-qr` on real files.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBuffer } from 'qrcode';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exitCodes } from '../../src-main/hosts/command-line/command.ts';
import { ImportPreview } from '../../src-main/hosts/command-line/preview-file.ts';
import { CommandLineWorld } from './command-line-world.ts';

const vectors = join(import.meta.dirname, '../vectors/transfer');
const PASSWORD = 'correct horse';

let world: CommandLineWorld;
beforeEach(() => {
  world = new CommandLineWorld();
});
afterEach(() => world.remove());

const run = (args: readonly string[], secret: string | null = null) => world.run(args, { secret });

const preview = (text: string): ImportPreview => ImportPreview.parse(JSON.parse(text));

describe('twofold import FILE --preview', () => {
  test.each([
    ['aegis/plain.json', 'aegis'],
    ['2fas/plain.2fas', '2fas'],
    ['bitwarden/vault.json', 'bitwarden'],
    ['bitwarden/vault.csv', 'bitwarden'],
    ['bitwarden-authenticator/export.csv', 'bitwarden-authenticator'],
    ['proton/plain.json', 'proton'],
    ['proton/encrypted.json', 'proton'],
    ['andotp/plain.json', 'andotp'],
    ['google-migration/version-1.txt', 'google-migration'],
    ['lastpass/plain.json', 'lastpass'],
    ['keepassxc-csv/export.csv', 'keepassxc-csv'],
  ])('finds the accounts of %s by its content', async (file, format) => {
    const { exitCode, printed, told } = await run(
      ['import', join(vectors, file), '--preview', '--json'],
      PASSWORD,
    );
    expect(told).toBe('');
    expect(exitCode).toBe(exitCodes.done);
    const found = preview(printed);
    expect(found.format).toBe(format);
    expect(found.accounts.length).toBeGreaterThan(0);
    for (const account of found.accounts) expect(account).not.toHaveProperty('secret');
  });

  test('shows the secrets with --reveal alone', async () => {
    const file = join(world.folder, 'links.txt');
    writeFileSync(
      file,
      'otpauth://totp/Northwind:maria?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Northwind\n',
    );
    const { printed } = await run(['import', file, '--preview', '--json', '--reveal']);
    expect(preview(printed).accounts).toEqual([
      {
        type: 'totp',
        issuer: 'Northwind',
        account: 'maria',
        secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
        algorithm: 'SHA-1',
        digits: 6,
        period: 30,
        tags: [],
        note: '',
        pinned: false,
      },
    ]);
    expect((await run(['import', file, '--preview'])).printed).not.toContain('GEZDGN');
  });

  test.each([
    [
      'a wrong password',
      ['import', join(vectors, 'proton/encrypted.json'), '--preview'],
      'nonsense',
      /password/i,
    ],
    [
      'an account-bound export',
      ['import', join(vectors, 'bitwarden/account-bound.json'), '--preview'],
      null,
      /account/i,
    ],
    ['a file that is not there', ['import', 'no-such-file.json', '--preview'], null, /cannot be read/],
    [
      'a file of nobody',
      ['import', join(import.meta.dirname, '../vitest.config.ts'), '--preview'],
      null,
      /No known/,
    ],
  ])('says in a sentence what is wrong with %s', async (_what, args, secret, sentence) => {
    const { exitCode, printed, told } = await run(args, secret);
    expect(exitCode).not.toBe(exitCodes.done);
    expect(printed).toBe('');
    expect(told).toMatch(sentence);
  });
});

describe('twofold read-qr', () => {
  const Line = z.strictObject({
    file: z.string(),
    texts: z.array(z.string()),
    ms: z.number(),
    reason: z.string().optional(),
  });

  test('prints a line for each picture, readable or not', async () => {
    const good = join(world.folder, 'good.png');
    const bad = join(world.folder, 'bad.png');
    writeFileSync(good, await toBuffer('otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ', { width: 300 }));
    writeFileSync(bad, 'no picture');
    const { exitCode, printed } = await run(['read-qr', good, bad, '--json']);
    const lines = printed
      .trim()
      .split('\n')
      .map((line) => Line.parse(JSON.parse(line)));
    expect(lines.map(({ file, texts }) => ({ file, texts }))).toEqual([
      { file: good, texts: ['otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ'] },
      { file: bad, texts: [] },
    ]);
    expect(lines[1]?.reason).toMatch(/picture/);
    expect(exitCode).toBe(exitCodes.done);
  });
});
