// Issue 6: the key file of servers without a keychain is read only where it is its owner's alone; exports open by password.
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { readConsoleKeyFile, writeConsoleKeyFile } from '../../../src-main/secrets/console-key-file.ts';
import { newKey } from '../../../src-main/secrets/held-keys.ts';
import { unwrapExport, wrapForExport } from '../../../src-main/secrets/key-export.ts';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';

const PASSWORD = 'correct horse battery staple';
const QUICK = { memoryKiB: 8, passes: 1, parallelism: 1 };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twofold-key-file-'));
  path = join(folder, 'console.key');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

const refusalOf = async (work: Promise<unknown>): Promise<TwofoldError> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TwofoldError) return error;
  throw new Error('It was not refused.', { cause: error });
};

describe('issue 6: the key file', () => {
  test('what is written is for its owner alone, is read back, and leaves nothing beside it', async () => {
    const key = newKey();
    await writeConsoleKeyFile(path, key, false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const read = await readConsoleKeyFile(path);
    expect([read.id, Buffer.from(read.bytes)]).toEqual([key.id, Buffer.from(key.bytes)]);
    expect(readdirSync(folder)).toEqual(['console.key']);
  });

  test('one that is there is replaced only where that is meant', async () => {
    await writeConsoleKeyFile(path, newKey(), false);
    const before = readFileSync(path, 'utf8');
    expect((await refusalOf(writeConsoleKeyFile(path, newKey(), false))).code).toBe('already-exists');
    expect(readFileSync(path, 'utf8')).toBe(before);
    const next = newKey();
    await writeConsoleKeyFile(path, next, true);
    expect((await readConsoleKeyFile(path)).id).toBe(next.id);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('0400 will do; anything for others is refused, and the sentence says what to do', async () => {
    await writeConsoleKeyFile(path, newKey(), false);
    chmodSync(path, 0o400);
    await readConsoleKeyFile(path);
    for (const mode of [0o640, 0o604, 0o620, 0o602, 0o610, 0o666, 0o644]) {
      chmodSync(path, mode);
      const { code, message } = await refusalOf(readConsoleKeyFile(path));
      expect(code).toBe('key-unavailable');
      expect(message).toContain(`mode 0${mode.toString(8)}`);
      expect(message).toContain('chmod 600');
    }
  });

  test('a link, a folder and a missing file are refused', async () => {
    await writeConsoleKeyFile(path, newKey(), false);
    const link = join(folder, 'link');
    symlinkSync(path, link);
    expect((await refusalOf(readConsoleKeyFile(link))).message).toContain('symbolic link');
    const inner = join(folder, 'folder');
    mkdirSync(inner, { mode: 0o700 });
    expect((await refusalOf(readConsoleKeyFile(inner))).message).toContain('not a plain file');
    expect((await refusalOf(readConsoleKeyFile(join(folder, 'none')))).message).toContain('console key make');
  });

  test.runIf(process.getuid?.() === 0)('one that belongs to another user is refused', async () => {
    await writeConsoleKeyFile(path, newKey(), false);
    chownSync(path, 65_534, 65_534);
    expect((await refusalOf(readConsoleKeyFile(path))).message).toContain('belongs to user 65534');
  });

  test('another content, or a key that does not fit its check, is refused without telling what is there', async () => {
    const key = newKey();
    await writeConsoleKeyFile(path, key, false);
    const text = readFileSync(path, 'utf8');
    const shown = Buffer.from(key.bytes).toString('base64url');
    const other = shown.startsWith('A') ? `B${shown.slice(1)}` : `A${shown.slice(1)}`;
    for (const [content, why] of [
      [text.replace(shown, other), 'is damaged'],
      [text.slice(0, -10), 'is not a key file'],
      [shown, 'is not a key file'],
      ['', 'is not a key file'],
      [`${text}${' '.repeat(5_000)}`, 'too large'],
    ] as const) {
      writeFileSync(path, content);
      const error = await refusalOf(readConsoleKeyFile(path));
      expect(error.message).toContain(why);
      expect(JSON.stringify([error.message, error.details, error.stack])).not.toContain(shown.slice(1));
    }
  });
});

describe('issue 6: the exported key', () => {
  test('opens with its password and no other, and holds nothing in clear', async () => {
    const key = newKey();
    const content = await wrapForExport(key, PASSWORD, QUICK);
    const opened = await unwrapExport(content, PASSWORD);
    expect([opened.id, Buffer.from(opened.bytes)]).toEqual([key.id, Buffer.from(key.bytes)]);
    const text = Buffer.from(content).toString('utf8');
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      expect(text).not.toContain(Buffer.from(key.bytes).toString(encoding));
    }
    expect(text).not.toContain(PASSWORD);
    expect((await refusalOf(unwrapExport(content, 'another one'))).code).toBe('passphrase-refused');
  });

  test('a changed or another file is refused; so is a password that is too short', async () => {
    const text = Buffer.from(await wrapForExport(newKey(), PASSWORD, QUICK)).toString('utf8');
    const other = text.replace(/"id": ".{4}/, '"id": "AAAA');
    expect((await refusalOf(unwrapExport(Buffer.from(other), PASSWORD))).code).toBe('passphrase-refused');
    for (const content of ['', '{}', text.slice(1), text.replace('"version": 1', '"version": 2')]) {
      expect((await refusalOf(unwrapExport(Buffer.from(content), PASSWORD))).code).toBe('import-refused');
    }
    expect((await refusalOf(wrapForExport(newKey(), 'short', QUICK))).code).toBe('passphrase-refused');
  });
});
