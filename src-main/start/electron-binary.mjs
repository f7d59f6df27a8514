// Finds Electron's binary, or fetches it where it can be had. The npm package alone does not bring it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './node-runtime.mjs';
import { runProgram } from './run-program.mjs';

/** A download that stands still for so long has no way to its source. */
const STANDSTILL_MS = 30_000;
const LONGEST_MS = 15 * 60_000;

const packageFolder = join(projectFolder, 'node_modules/electron');

/** The path of the binary as electron/index.js finds it, or null where it is not there. */
function findBinary() {
  const pathFile = join(packageFolder, 'path.txt');
  const inside = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null;
  const elsewhere = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const path = elsewhere
    ? join(elsewhere, inside ?? 'electron')
    : inside && join(packageFolder, 'dist', inside);
  return path && existsSync(path) ? path : null;
}

/**
 * Why a window cannot be opened here, whatever is installed; null where it can.
 * @param {NodeJS.Platform} platform
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {number | undefined} userId
 */
export function noDesktop(
  platform = process.platform,
  environment = process.env,
  userId = process.getuid?.(),
) {
  if (platform !== 'linux') return null;
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return 'this session has no display';
  // Its sandbox does not work for root, and without the sandbox we do not run it.
  if (userId === 0) return 'Electron does not run as root';
  return null;
}

const sizeOf = (path) => {
  const entry = statSync(path, { throwIfNoEntry: false });
  if (entry === undefined) return 0;
  return entry.isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
    : entry.size;
};

/** A clause for what the download failed with. */
function reasonOf(said) {
  if (
    /fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT/.test(said)
  ) {
    return 'the place it is downloaded from cannot be reached';
  }
  const status = /Response code (\d{3})/.exec(said)?.[1];
  if (status !== undefined) return `the place it is downloaded from answered ${status}`;
  if (/ENOSPC/.test(said)) return 'the disk is full';
  if (/EACCES|EROFS|EPERM/.test(said)) return 'its folder cannot be written to';
  if (/checksum/i.test(said)) return 'what was downloaded is not what it should be';
  return 'the download failed';
}

/** Runs Electron's own installer for as long as something arrives. Answers null, or why it came to nothing. */
async function fetchBinary() {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-electron-'));
  const startedMs = performance.now();
  let size = 0;
  let grewMs = startedMs;
  const isStuck = () => {
    const nowMs = performance.now();
    const nowSize = sizeOf(folder) + sizeOf(join(packageFolder, 'dist'));
    if (nowSize !== size) [size, grewMs] = [nowSize, nowMs];
    if (nowMs - startedMs > LONGEST_MS) return 'the download takes too long';
    if (nowMs - grewMs <= STANDSTILL_MS) return null;
    return `the place it is downloaded from sent nothing for ${STANDSTILL_MS / 1000} seconds`;
  };
  try {
    const { exitCode, error, said } = await runProgram(
      process.execPath,
      [join(packageFolder, 'install.js')],
      {
        // The download goes through the system's temporary folder; in one of its own its progress can be seen.
        env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
        isStuck,
      },
    );
    if (error !== null) return error;
    return exitCode === 0 ? null : reasonOf(said);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const withoutBinary = (why) => ({ obstacle: `Electron's binary could not be had: ${why}` });

/**
 * @param {(sentence: string) => void} tell hears that a download begins
 * @returns {Promise<{ path: string } | { obstacle: string }>} the binary, or a clause that says why it cannot be used
 */
export async function electronBinary(tell) {
  const obstacle = noDesktop();
  if (obstacle !== null) return { obstacle };
  const there = findBinary();
  if (there !== null) return { path: there };
  if (!existsSync(join(packageFolder, 'install.js'))) return withoutBinary('its package is not installed');
  tell('Fetching Electron, once (about 120 MB).');
  const failed = await fetchBinary();
  const fetched = findBinary();
  return fetched === null ? withoutBinary(failed ?? 'the download failed') : { path: fetched };
}
