// Builds the program where there is no build, or one that is older than its sources.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './node-runtime.mjs';
import { runProgram } from './run-program.mjs';

const sources = [
  'src-main',
  'src-renderer',
  'src-shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];
const built = ['main/index.js', 'main/serve.js', 'main/cli.js', 'preload/preload.cjs', 'renderer/index.html'];

/**
 * @param {string} path
 * @returns {number | null} null where it is not there
 */
const modifiedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;

/**
 * When the newest of a file or folder and all below it was changed.
 * @param {string} path
 * @returns {number}
 */
function newestMs(path) {
  const own = modifiedMs(path) ?? 0;
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return own;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), own);
}

/** Whether every part is built, and after the last change of any source. */
export function isFresh(folder = projectFolder) {
  const times = built.map((name) => modifiedMs(join(folder, 'out', name)));
  if (times.includes(null)) return false;
  return Math.min(...times) >= Math.max(...sources.map((name) => newestMs(join(folder, name))));
}

/** Builds, whatever there is. Answers the end of what the build said where it failed, null where it did not. */
export async function build() {
  const program = join(projectFolder, 'node_modules/electron-vite/bin/electron-vite.js');
  const run = await runProgram(process.execPath, [program, 'build', '--logLevel', 'warn'], {
    cwd: projectFolder,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (run.exitCode === 0 && run.error === null) return null;
  return (run.error ?? run.said).trim().slice(-3000);
}
