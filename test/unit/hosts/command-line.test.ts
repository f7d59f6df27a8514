// The command line without a vault: its words, its exit codes, and how it shows what it is given.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClockStatus } from '../../../src-shared/contract/clock.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { clockText } from '../../../src-main/hosts/command-line/clock.ts';
import { fits, theOneThatFits } from '../../../src-main/hosts/command-line/account-choice.ts';
import { type CodesOutput, codesTable } from '../../../src-main/hosts/command-line/codes.ts';
import { commands } from '../../../src-main/hosts/command-line/commands.ts';
import { exitCodes } from '../../../src-main/hosts/command-line/command.ts';
import { remarks } from '../../../src-main/hosts/command-line/preview-file.ts';
import { runCommandLine } from '../../../src-main/hosts/command-line/run-command-line.ts';
import { MemoryKeyStore } from '../../../src-main/secrets/memory-key-store.ts';
import { MemoryPasswordStore } from '../../../src-main/secrets/memory-password-store.ts';
import { FakeTerminal } from '../../fakes/fake-terminal.ts';
import { sampleAccount } from '../../fakes/sample-account.ts';

async function run(...args: string[]) {
  const terminal = new FakeTerminal();
  const exitCode = await runCommandLine(args, {
    terminal,
    clock: new VirtualClock(59_000),
    keychain: new MemoryKeyStore(),
    passwords: new MemoryPasswordStore(),
    variables: {},
    openClipboard: () => {
      throw new Error('Nobody copies here.');
    },
    home: '/nowhere/twofold',
    version: '1.2.3',
    pages: '/nowhere/pages',
  });
  return { exitCode, printed: terminal.printed, told: terminal.told };
}

test('the documentation names every command, option and exit code', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/command-line.md'), 'utf8');
  for (const [name, { load }] of Object.entries(commands)) {
    expect(text).toContain(`| \`twofold ${name}`);
    for (const option of Object.keys((await load()).options)) expect(text).toContain(`--${option}`);
  }
  const table = text.slice(text.indexOf('## Exit codes'));
  const codes = [...table.matchAll(/^\| (\d+) +\|/gmu)].map(([, code]) => Number(code));
  expect(codes).toEqual(Object.values(exitCodes));
});

describe('usage', () => {
  test.each([['--help'], ['-h'], ['help']])('%s lists every command on standard output', async (word) => {
    const { exitCode, printed, told } = await run(word);
    expect([exitCode, told]).toEqual([exitCodes.done, '']);
    expect(printed).toMatch(
      / add .*\n.* list .*\n.* codes .*\n.* copy .*\n.* import .*\n.* export .*\n.* backup .*\n.* lock .*\n.* clock .*\n.* read-qr .*\n.* rehearse .*\n.* serve .*\n.* console .*\n.* completions /,
    );
  });

  test('--version prints the version alone', async () => {
    expect(await run('--version')).toEqual({ exitCode: 0, printed: '1.2.3\n', told: '' });
  });

  test.each(Object.keys(commands).map((name) => [name]))(
    '%s --help explains its options',
    async (command) => {
      const { exitCode, printed } = await run(command, '--help');
      expect(exitCode).toBe(exitCodes.done);
      expect(printed).toContain(`Usage: twofold ${command}`);
      const { options } = (await commands[command]?.load()) ?? { options: {} };
      for (const option of Object.keys(options)) expect(printed).toContain(`--${option}`);
      for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    },
  );

  test.each([
    [[], /Usage/],
    [['constructor'], /no command “constructor”/],
    [['code'], /no command “code”/],
    [['codes', '--secret'], /Unknown option '--secret'.*twofold codes --help/],
    [['codes', '--json=yes'], /'--json' does not take an argument/],
    [['codes', '--passphrase-fd', 'x'], /--passphrase-fd takes a number/],
    [['codes', '--passphrase-fd', '-1'], /passphrase-fd/],
    [['clock', 'now'], /“now” is one argument too many/],
    [['serve', '--port', '70000'], /--port takes a number from 0 to 65535/],
    [['serve', '--port', '0x50'], /--port takes a number/],
    [['serve', '--port'], /port/],
  ])('%j is wrong usage, said on standard error in one line', async (args, sentence) => {
    const { exitCode, printed, told } = await run(...args);
    expect([exitCode, printed]).toEqual([exitCodes.wrongUsage, '']);
    expect(told).toMatch(sentence);
    expect(told).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test('a passphrase is no option: it would stand in the list of processes', async () => {
    const { exitCode, told } = await run('codes', '--passphrase', 'hunter2hunter2');
    expect(exitCode).toBe(exitCodes.wrongUsage);
    expect(told).not.toContain('hunter2');
  });
});

test('codes without a vault says so, and makes nothing', async () => {
  const { exitCode, printed, told } = await run('codes');
  expect([exitCode, printed]).toEqual([exitCodes.notFound, '']);
  expect(told).toBe('There is no vault in /nowhere/twofold yet. Open Twofold and add an account first.');
});

test.each([
  ['', true],
  ['north', true],
  ['NORTH', true],
  ['keller north', true],
  ['wind  maria', true],
  ['contoso', false],
  ['north contoso', false],
  ['work', true],
  ['work keller', true],
])('the filter %j fits Northwind, maria.keller, tagged Work: %s', (filter, expected) => {
  expect(fits({ issuer: 'Northwind', name: 'maria.keller', tags: ['Work'] }, filter)).toBe(expected);
});

describe('where one account is needed', () => {
  const accounts = ['GitHub', 'GitHub Enterprise', 'Contoso'].map((issuer) => ({
    issuer,
    name: 'kim',
    tags: [],
  }));

  test.each([
    ['contoso', 'Contoso'],
    ['enterprise', 'GitHub Enterprise'],
    ['github', 'GitHub'],
    ['GITHUB kim', 'GitHub'],
  ])('%j means %s', (filter, issuer) => {
    expect(theOneThatFits(accounts, filter).issuer).toBe(issuer);
  });

  test('several are named, and an exit code of their own', () => {
    expect(() => theOneThatFits(accounts, 'kim')).toThrow(
      expect.objectContaining({
        exitCode: exitCodes.severalFit,
        message: '3 accounts fit. Say more:\n  GitHub, kim\n  GitHub Enterprise, kim\n  Contoso, kim',
      }),
    );
  });

  test('none is not found', () => {
    expect(() => theOneThatFits(accounts, 'nobody')).toThrow(
      expect.objectContaining({ exitCode: exitCodes.notFound }),
    );
  });
});

const row = (issuer: string, name: string, code: string): CodesOutput['accounts'][number] => ({
  ...sampleAccount('a', { issuer, name }),
  code,
  nextCode: code,
  validFromMs: 30_000,
  validUntilMs: 60_000,
});

test('codes stand in columns, in groups, with the seconds that are left', () => {
  const accounts = [
    row('Northwind', 'maria.keller', '123456'),
    row('', 'jonas', '12345678'),
    row('Steam', 'jf', 'R4NDM'),
  ];
  expect(codesTable({ nowMs: 51_001, accounts })).toBe(
    [
      'Northwind  maria.keller  123 456    9 s',
      '           jonas         1234 5678  9 s',
      'Steam      jf            R4NDM      9 s',
    ].join('\n'),
  );
});

test('a hostile issuer cannot write to the terminal', () => {
  const hostile = row('\u001b]0;owned\u0007\u001b[2J', 'a\nb\u202e', '123456');
  expect(codesTable({ nowMs: 51_000, accounts: [hostile] })).not.toMatch(
    /[\u0000-\u001f\u007f-\u009f\u202e]/,
  );
});

test('a hostile file cannot write to the terminal either', () => {
  const hostile = '\u001b]0;owned\u0007\u001b[2J\n';
  const lines = remarks({ leftOut: [{ where: hostile, reason: hostile }], converted: [hostile] });
  expect(lines.join('')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});

const checked = (offsetMs: number, verdict: 'right' | 'hint' | 'warning'): ClockStatus => ({
  kind: 'checked',
  offsetMs,
  uncertaintyMs: 12,
  source: 'time.example',
  checkedAtMs: 0,
  verdict,
  checking: false,
  sources: [],
});

test.each([
  [
    checked(250, 'right'),
    'This computer is 0.25 s behind real time (± 0.01 s, says time.example). Codes from this computer are right.',
  ],
  [
    checked(-7_300, 'hint'),
    'This computer is 7.30 s ahead of real time (± 0.01 s, says time.example). Codes still work; set the clock soon.',
  ],
  [
    checked(90_000, 'warning'),
    'This computer is 90 s behind real time (± 0.01 s, says time.example). Codes from this computer may be refused. Set its clock.',
  ],
])('G8: %#: the clock in a sentence', (status, text) => {
  expect(clockText(status)).toBe(text);
});

test('G8: a clock that nobody could check is not called right', () => {
  const text = clockText({
    kind: 'not-checked',
    reason: 'None of 1 time sources gave a usable answer.',
    checking: false,
    sources: [
      { source: 'time.example', kind: 'ntp', outcome: { kind: 'failed', reason: 'no answer within 2 s' } },
    ],
  });
  expect(text).toBe(
    'The clock was not checked. None of 1 time sources gave a usable answer.\n  time.example: no answer within 2 s',
  );
});
