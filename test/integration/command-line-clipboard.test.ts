// `twofold copy` and the system's clipboard: a real X server with xclip, and stand-ins for the programs of other systems.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CommandFailed, exitCodes } from '../../src-main/hosts/command-line/command.ts';
import { openSystemClipboard } from '../../src-main/hosts/command-line/system-clipboard.ts';

/** The sentence, where it failed as it should. */
async function failure(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CommandFailed && error.exitCode === exitCodes.noClipboard) return error.message;
    throw error;
  }
  return 'It did not fail.';
}

describe('a real X clipboard', () => {
  let server: ChildProcess;
  let environment: NodeJS.ProcessEnv;
  beforeAll(async () => {
    const xvfb = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '640x480x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    server = xvfb;
    const answer: unknown[] = await once(xvfb.stdout, 'data');
    environment = { PATH: process.env['PATH'], DISPLAY: `:${String(answer[0]).trim()}` };
  });
  afterAll(async () => {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
  });

  const held = async (): Promise<string> => {
    const reader = spawn('xclip', ['-selection', 'clipboard', '-out'], { env: environment });
    let text = '';
    reader.stdout.on('data', (chunk) => (text += String(chunk)));
    await once(reader, 'close');
    return text;
  };

  test('holds what was written, and is cleared only while it holds it', async () => {
    const clipboard = openSystemClipboard('linux', environment);
    await clipboard.write('287082');
    expect(await held()).toBe('287082');
    await clipboard.clearIfHolds('something else');
    expect(await held()).toBe('287082');
    await clipboard.clearIfHolds('287082');
    expect(await held()).toBe('');
  });

  test('a display that is gone is told', async () => {
    const clipboard = openSystemClipboard('linux', { ...environment, DISPLAY: ':9999' });
    expect(await failure(() => clipboard.write('287082'))).toMatch(/could not reach the clipboard/u);
  });
});

describe('the programs of other systems', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'twofold-clipboard-'));
    const program = (name: string, script: string) => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(folder, name), 0o755);
    };
    const held = join(folder, 'held');
    program('wl-copy', `if [ "$1" = --clear ]; then : > '${held}'; else cat > '${held}'; fi`);
    program('wl-paste', `cat '${held}'`);
    program('pbcopy', `cat > '${held}'`);
    program('pbpaste', `cat '${held}'; echo`);
    program(
      'powershell.exe',
      `case "$4" in *ReadToEnd*) cat > '${held}' ;; *null*) : > '${held}' ;; *) cat '${held}' ;; esac`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const held = () => readFileSync(join(folder, 'held'), 'utf8');

  test.each([
    ['Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }],
    ['macOS', 'darwin', {}],
    ['Windows', 'win32', {}],
    ['Linux inside Windows', 'linux', { WSL_DISTRO_NAME: 'Debian' }],
  ] as const)('%s', async (_name, platform, variables) => {
    const clipboard = openSystemClipboard(platform, { PATH: `${folder}:/usr/bin:/bin`, ...variables });
    await clipboard.write('287082');
    expect(held()).toBe('287082');
    await clipboard.clearIfHolds('359152');
    expect(held()).toBe('287082');
    await clipboard.clearIfHolds('287082');
    expect(held()).toBe('');
  });
});

test('without a display, or without a program for it, there is no clipboard', async () => {
  expect(await failure(() => openSystemClipboard('linux', { PATH: '/usr/bin' }))).toMatch(/no display/u);
  expect(await failure(() => openSystemClipboard('linux', { PATH: '/nowhere', DISPLAY: ':0' }))).toMatch(
    /installed: xclip or xsel/u,
  );
});
