// The command line in a real terminal (a pseudo-terminal by `script`): questions, what is typed unseen, Ctrl-C.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const PASSPHRASE = 'correct horse battery staple';
const CTRL_C = '\u0003';
const entry = join(import.meta.dirname, '../../src-main/cli.ts');
const vectors = join(import.meta.dirname, '../vectors/transfer');

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'twofold-terminal-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Answers each question as soon as it stands there. Everything that the terminal showed, and the exit code. */
async function typing(
  args: readonly string[],
  answers: readonly (readonly [question: string, typed: string])[],
) {
  const command = [process.execPath, entry, ...args].map((word) => `'${word}'`).join(' ');
  const terminal = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    // Without a session bus there is no keychain, and so a passphrase.
    env: { PATH: process.env['PATH'], TWOFOLD_HOME: home, TERM: 'dumb', NODE_NO_WARNINGS: '1' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  let seen = 0;
  const waiting = [...answers];
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    const [next] = waiting;
    if (next === undefined) return;
    const [question, typed] = next;
    const place = shown.indexOf(question, seen);
    if (place < 0) return;
    seen = place + question.length;
    waiting.shift();
    terminal.stdin.write(typed);
  });
  const closed: unknown[] = await once(terminal, 'close');
  expect(waiting).toEqual([]);
  return { exitCode: closed[0], shown };
}

test('secrets are typed unseen, questions are answered in sight', async () => {
  const added = await typing(
    ['add', '--issuer', 'Northwind'],
    [
      ['New passphrase: ', `${PASSPHRASE}\r`],
      ['The same again: ', `${PASSPHRASE}\r`],
      ['Secret: ', `${SECRET}\r`],
    ],
  );
  expect(added.exitCode).toBe(0);
  expect(added.shown).toContain('1 account added.');
  expect(added.shown).not.toContain(PASSPHRASE);
  expect(added.shown).not.toContain(SECRET);

  const imported = await typing(
    ['import', join(vectors, 'aegis/plain.json')],
    [
      ['Passphrase: ', `${PASSPHRASE}\r`],
      ['Add them? [y/N] ', 'y\r'],
    ],
  );
  expect(imported.exitCode).toBe(0);
  expect(imported.shown).toMatch(/Add them\? \[y\/N\] y\s+4 accounts added/u);
  expect(imported.shown).not.toContain(PASSPHRASE);
});

test('Ctrl-C at a question makes nothing', async () => {
  const { exitCode, shown } = await typing(['add', '--issuer', 'Northwind'], [['New passphrase: ', CTRL_C]]);
  expect(exitCode).toBe(4);
  expect(shown).toContain('The vault needs a passphrase.');
  expect(existsSync(join(home, 'keys.json'))).toBe(false);
});
