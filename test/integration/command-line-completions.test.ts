// Issue 3: completions for three shells, asked of the shells themselves.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ExportFormat } from '../../src-shared/contract/transfer.ts';
import { completedCommands } from '../../src-main/hosts/command-line/completions.ts';
import {
  type CompletedCommand,
  completionScripts,
} from '../../src-main/hosts/command-line/completion-scripts.ts';
import { CommandLineWorld } from './command-line-world.ts';

let folder: string;
let commands: CompletedCommand[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'twofold completions-'));
  commands = await completedCommands();
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    writeFileSync(join(folder, `twofold.${shell}`), completionScripts[shell](commands));
  }
  mkdirSync(join(folder, 'files'));
  for (const name of ['accounts.json', 'accounts of mine.png'])
    writeFileSync(join(folder, 'files', name), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** What each shell offers after these words, the last of them unfinished; without descriptions. */
const shells = {
  bash: (words: readonly string[]) =>
    lines(
      execFileSync(
        'bash',
        [
          '-c',
          'source ../twofold.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _twofold; printf "%s\\n" "${COMPREPLY[@]}"',
          'bash',
          ...words,
        ],
        { cwd: join(folder, 'files'), encoding: 'utf8' },
      ),
    ),
  fish: (words: readonly string[]) =>
    lines(
      execFileSync(
        'fish',
        ['--no-config', '-c', `source ../twofold.fish; complete -C "${words.join(' ')}"`],
        {
          cwd: join(folder, 'files'),
          env: { ...process.env, HOME: folder },
          encoding: 'utf8',
        },
      ),
    ).map((line) => line.split('\t', 1)[0] ?? ''),
};

describe.each(['bash', 'fish'] as const)('%s offers', (shell) => {
  const offered = shells[shell];

  test('every command', () => {
    expect(offered(['twofold', ''])).toEqual(expect.arrayContaining(commands.map(({ name }) => name)));
    expect(offered(['twofold', 'ex'])).toEqual(['export']);
  });

  test('every option of every command, and --help', () => {
    for (const { name, options } of commands) {
      const expected = [...Object.keys(options), 'help'].map((option) => `--${option}`);
      expect(offered(['twofold', name, '--']).toSorted()).toEqual(expected.toSorted());
    }
  });

  test('the words that an option takes', () => {
    expect(offered(['twofold', 'export', '--format', '']).toSorted()).toEqual(
      ExportFormat.options.toSorted(),
    );
    expect(offered(['twofold', 'add', '--type', 'st'])).toEqual(['steam']);
    expect(offered(['twofold', 'completions', 'z'])).toEqual(['zsh']);
  });

  test('issue 5: names of scenarios and files for a rehearsal', () => {
    expect(offered(['twofold', 'rehearse', 'trusted-browser-at-h'])).toEqual(['trusted-browser-at-hand']);
    expect(offered(['twofold', 'rehearse', 'trusted-browser-at-hand', 'accounts.'])).toEqual([
      'accounts.json',
    ]);
    expect(offered(['twofold', 'rehearse', '--policy', 'accounts.'])).toEqual(['accounts.json']);
  });

  test('files where files are meant, and nowhere else', () => {
    const files = ['import', 'add', 'read-qr'].map((name) => offered(['twofold', name, 'acc']));
    for (const found of files) {
      expect(found.map((name) => name.replaceAll('\\', '')).toSorted()).toEqual([
        'accounts of mine.png',
        'accounts.json',
      ]);
    }
    expect(offered(['twofold', 'export', '--output', 'accounts.'])).toEqual(['accounts.json']);
    expect(offered(['twofold', 'codes', 'acc'])).toEqual([]);
    expect(offered(['twofold', 'codes', '--passphrase-fd', ''])).toEqual([]);
  });
});

test('bash knows the function as the completion of twofold', () => {
  const script = 'source twofold.bash; complete -p twofold';
  expect(execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })).toBe(
    'complete -F _twofold twofold\n',
  );
});

describe('zsh', () => {
  /** Its completion system runs in a line editor alone: what would be offered is caught on the way there. */
  const caught = (words: readonly string[]): string =>
    execFileSync(
      'zsh',
      [
        '-f',
        '-c',
        [
          'compdef() { }',
          '_describe() { print -rl -- ${(P)2} }',
          '_arguments() { print -rl -- "$@" }',
          'source ./twofold.zsh',
          'words=("$@") CURRENT=$#',
          '_twofold',
        ].join('\n'),
        'zsh',
        ...words,
      ],
      { cwd: folder, encoding: 'utf8' },
    );

  test('the script is well-formed', () => {
    execFileSync('zsh', ['-f', '-n', 'twofold.zsh'], { cwd: folder });
  });

  test('every command, and every option of it', () => {
    const described = lines(caught(['twofold', ''])).map((line) => line.split(':', 1)[0]);
    expect(described).toEqual(commands.map(({ name }) => name));
    for (const { name, options } of commands) {
      const specs = lines(caught(['twofold', name, '--']))
        .map((line) => /^\*?--([a-z-]+)\[/u.exec(line)?.[1])
        .filter((option) => option !== undefined);
      expect(specs).toEqual([...Object.keys(options), 'help']);
    }
  });

  test('issue 5: names of scenarios and files for a rehearsal', () => {
    expect(caught(['twofold', 'rehearse', ''])).toMatch(
      /_alternative "words\\:word\\:\(.*trusted-browser-at-hand.*\)" "files\\:file\\:_files"/u,
    );
  });

  test('the words that an option takes', () => {
    expect(caught(['twofold', 'export', ''])).toContain(`:(${ExportFormat.options.join(' ')})`);
  });
});

test('twofold completions prints the script, and refuses other shells', async () => {
  const world = new CommandLineWorld();
  try {
    expect((await world.run(['completions', 'bash'])).printed).toBe(completionScripts.bash(commands));
    expect((await world.run(['completions', 'tcsh'])).exitCode).toBe(2);
    expect((await world.run(['completions'])).exitCode).toBe(2);
  } finally {
    world.remove();
  }
});
