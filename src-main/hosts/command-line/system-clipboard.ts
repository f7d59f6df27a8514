// The clipboard of the session that this process runs in, by the programs that each system has for it.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Clipboard } from '../../authenticator/clipboard.ts';
import { CommandFailed, exitCodes } from './command.ts';

type CommandLine = readonly [program: string, ...args: string[]];

/** How one pair of programs writes (from standard input), reads and empties the clipboard. */
interface Way {
  readonly write: CommandLine;
  readonly read: CommandLine;
  /** Absent: by writing nothing. */
  readonly clear?: CommandLine;
}

const powershell = (script: string): CommandLine => [
  'powershell.exe',
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  script,
];

const mac: Way = { write: ['pbcopy'], read: ['pbpaste'] };
const windows: Way = {
  write: powershell('Set-Clipboard -Value ([Console]::In.ReadToEnd())'),
  read: powershell('[Console]::Out.Write((Get-Clipboard -Raw))'),
  clear: powershell('Set-Clipboard -Value $null'),
};
const wayland: Way = {
  write: ['wl-copy', '--type', 'text/plain'],
  read: ['wl-paste', '--no-newline'],
  clear: ['wl-copy', '--clear'],
};
const xclip: Way = {
  write: ['xclip', '-selection', 'clipboard', '-in'],
  read: ['xclip', '-selection', 'clipboard', '-out'],
};
const xsel: Way = {
  write: ['xsel', '--clipboard', '--input'],
  read: ['xsel', '--clipboard', '--output'],
  clear: ['xsel', '--clipboard', '--clear'],
};

/** A clipboard program answers at once, or never. */
const ANSWERS_WITHIN_MS = 5_000;
const MAX_READ_CHARACTERS = 100_000;

const isInstalled = (program: string, path: string): boolean =>
  path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const unreachable = (why: string): CommandFailed =>
  new CommandFailed(
    exitCodes.noClipboard,
    `${why} Nothing was copied. To see the code: twofold codes FILTER`,
  );

/** The ways that may work in a session like this, best first; none where it has no clipboard. */
function waysOf(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): readonly Way[] {
  if (platform === 'darwin') return [mac];
  if (platform === 'win32') return [windows];
  // A Linux inside Windows: its clipboard is that of Windows.
  if (environment['WSL_DISTRO_NAME']) return [windows];
  return [
    ...(environment['WAYLAND_DISPLAY'] ? [wayland] : []),
    ...(environment['DISPLAY'] ? [xclip, xsel] : []),
  ];
}

/** Throws CommandFailed where this session has no clipboard, or no program for it. */
export function openSystemClipboard(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): Clipboard {
  const ways = waysOf(platform, environment);
  if (ways.length === 0) throw unreachable('This session has no display, and so no clipboard.');
  const path = environment['PATH'] ?? '';
  const way =
    platform === 'win32' ? ways[0] : ways.find(({ write: [program] }) => isInstalled(program, path));
  if (way === undefined) {
    const names = ways.map(({ write: [program] }) => program).join(' or ');
    throw unreachable(`No program for the clipboard is installed: ${names}.`);
  }
  const run = (command: CommandLine, input: string | null): Promise<string> =>
    runForText(command, input, environment);
  return {
    async write(text) {
      await run(way.write, text);
    },
    async clearIfHolds(text) {
      // Some programs add the end of a line.
      if ((await run(way.read, null)).trimEnd() !== text) return;
      if (way.clear === undefined) await run(way.write, '');
      else await run(way.clear, null);
    },
  };
}

/** Runs a program, hands it `input`, and answers its output: for writing, `input` of a string, there is none. */
function runForText(
  [program, ...args]: CommandLine,
  input: string | null,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // Programs that hold the selection go on in the background and would keep an output of ours open.
    const output = input === null ? 'pipe' : 'ignore';
    const child = spawn(program, args, {
      env: environment,
      stdio: ['pipe', output, 'ignore'],
      timeout: ANSWERS_WITHIN_MS,
      windowsHide: true,
    });
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(0, MAX_READ_CHARACTERS);
    });
    child.once('error', () => reject(unreachable(`${program} could not be started.`)));
    child.once('exit', (exitCode) => {
      if (exitCode !== 0 && input !== null) reject(unreachable(`${program} could not reach the clipboard.`));
    });
    // What reads an empty clipboard fails: then it holds nothing.
    child.once(input === null ? 'close' : 'exit', () => resolve(text));
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}
