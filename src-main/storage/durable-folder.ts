// Steps on files that survive a crash: unique temporary files, synced folders, names that are never overwritten.
import { randomBytes } from 'node:crypto';
import { constants, copyFile, link, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../clock/clock.ts';
import { processIsAlive } from './process-liveness.ts';
import { systemCode } from './storage-failure.ts';

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;

/** Temporary files of writes under way in this process; all others that bear our process id are leftovers. */
const temporaryFilesInUse = new Set<string>();

/** Makes the folder, and those above it, for its owner alone. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
}

/** Makes the names in a folder (new, renamed, removed files) durable. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot sync a folder; NTFS keeps names in its journal by itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a new file beside `path`, durable and readable for its owner alone, hands its name to `use`, and removes it if
 * it is still there afterwards, whatever happened.
 */
export async function withTemporaryFile(
  path: string,
  content: Uint8Array,
  use: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(
    dirname(path),
    `.${basename(path)}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`,
  );
  temporaryFilesInUse.add(temporary);
  try {
    const handle = await open(temporary, 'wx', OWNER_ONLY_FILE);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await use(temporary);
  } finally {
    await rm(temporary, { force: true });
    temporaryFilesInUse.delete(temporary);
  }
}

/** Removes the temporary files of `path` that a process left behind when it died. */
export async function removeStaleTemporaryFiles(path: string): Promise<void> {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(start)) continue;
    const pid = /^(\d+)\.[0-9a-f]{12}\.tmp$/.exec(name.slice(start.length))?.[1];
    if (pid === undefined) continue;
    const file = join(folder, name);
    const inUse = Number(pid) === process.pid ? temporaryFilesInUse.has(file) : processIsAlive(Number(pid));
    if (!inUse) await rm(file, { force: true });
  }
}

/** Removes a file that nobody needs any more. */
export async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
}

/** Gives the file a second name, which must be free (EEXIST else). A copy where the file system has no hard links. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (systemCode(error) === 'EEXIST' || systemCode(error) === 'ENOENT') throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
    const handle = await open(to, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

/** Puts the content of `from` in the place of `to`, so that `to` always has its old or its new content. */
export async function replaceWithLink(from: string, to: string): Promise<void> {
  const second = join(dirname(to), `.${basename(to)}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`);
  temporaryFilesInUse.add(second);
  try {
    await linkOrCopy(from, second);
    await rename(second, to);
  } finally {
    // POSIX rename does nothing when both names already are the same file: the second name is then still there.
    await rm(second, { force: true });
    temporaryFilesInUse.delete(second);
  }
}

/** Moves a damaged file to a free name `<path>.corrupt-<time>`, never over another file. Answers the new name. */
export async function setAside(path: string, clock: Clock): Promise<string> {
  const time = new Date(clock.nowMs()).toISOString().replaceAll(':', '').replace(/\.\d+/, '');
  for (let attempt = 1; ; attempt += 1) {
    const aside = `${path}.corrupt-${time}${attempt === 1 ? '' : `-${attempt}`}`;
    try {
      await linkOrCopy(path, aside);
    } catch (error) {
      if (systemCode(error) === 'EEXIST') continue;
      throw error;
    }
    await rm(path);
    await syncFolder(dirname(path));
    return aside;
  }
}
