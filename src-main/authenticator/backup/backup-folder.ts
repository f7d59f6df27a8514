// The folder of backups: which folders will do, how the files are called, writing one so that it stays, taking old ones away.
import { existsSync } from 'node:fs';
import { readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import {
  makeFolder,
  removeStaleTemporaryFiles,
  syncFolder,
  withTemporaryFile,
} from '../../storage/durable-folder.ts';
import { storageFailed, systemCode, writeFailed } from '../../storage/storage-failure.ts';

const NAME = /^twofold-backup-\d{4}-\d{2}-\d{2}-\d{6}\.json$/u;
const SECOND_MS = 1_000;
/** Names of temporary files begin with it, so that those of killed processes are found again. */
const TEMPORARY_BASE = 'twofold-backup';
/** File systems that know no sync of a folder, for instance network folders, say so by one of these. */
const NO_FOLDER_SYNC = new Set(['EINVAL', 'ENOTSUP', 'EISDIR']);

/** The name of a backup made at that moment, in UTC: in the order of their names they are in that of time. */
export function backupName(atMs: number): string {
  const [date = '', time = ''] = new Date(atMs).toISOString().split('T');
  return `twofold-backup-${date}-${time.slice(0, 8).replaceAll(':', '')}.json`;
}

/** Where backups lie if nothing else is said. */
export function suggestFolder(userFolder: string): string {
  const documents = join(userFolder, 'Documents');
  return join(existsSync(documents) ? documents : userFolder, 'Twofold backups');
}

/** The folder as it really lies, also where it, or the last part of it, is not there yet. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch {
    const parent = dirname(folder);
    return parent === folder ? folder : join(await realFolder(parent), relative(parent, folder));
  }
}

const isInside = (folder: string, outer: string): boolean => {
  const way = relative(outer, folder);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
};

/**
 * Makes the folder where it is not there yet, and answers its path. Throws TwofoldError `invalid-input` for a relative
 * path and for the folder of data, `storage-failed` where it cannot be made.
 */
export async function prepareFolder(folder: string, dataFolder: string): Promise<string> {
  const refuse = (message: string): TwofoldError =>
    new TwofoldError('invalid-input', `${message} Nothing was changed.`, { field: 'folder' });
  if (!isAbsolute(folder)) {
    throw refuse('Give the whole path of the folder, from the top of the disk on.');
  }
  const path = resolve(folder);
  if (isInside(await realFolder(path), await realFolder(resolve(dataFolder)))) {
    throw refuse(
      'This folder holds the data itself: what takes one away would take the other too. Choose another.',
    );
  }
  try {
    await makeFolder(path);
    if (!(await stat(path)).isDirectory()) throw refuse(`${path} is a file. Choose a folder.`);
  } catch (error) {
    if (systemCode(error) === 'EEXIST' || systemCode(error) === 'ENOTDIR') {
      throw refuse(`${path} is a file, or lies in one. Choose a folder.`);
    }
    throw writeFailed(join(path, TEMPORARY_BASE), error);
  }
  return path;
}

/** The paths of all backups in the folder, the oldest first. */
export async function backupsIn(folder: string): Promise<string[]> {
  try {
    const names = (await readdir(folder)).filter((name) => NAME.test(name)).sort();
    return names.map((name) => join(folder, name));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw writeFailed(join(folder, TEMPORARY_BASE), error);
  }
}

/**
 * Writes a backup that survives a crash, under a name that no other has; answers its path. What `check` makes of the
 * bytes on the disk decides whether it gets that name. Throws TwofoldError `storage-failed`; nothing of it is left then.
 */
export async function writeBackupFile(
  folder: string,
  content: Uint8Array,
  atMs: number,
  check: (written: Uint8Array) => boolean,
): Promise<string> {
  const base = join(folder, TEMPORARY_BASE);
  // Not made anew here: where the disk that it lies on is not connected, another disk would be filled.
  if (!existsSync(folder)) {
    throw storageFailed(
      'other',
      `The folder ${folder} is not there, so no backup was made. Connect the disk that it lies on, or choose another folder.`,
    );
  }
  try {
    await removeStaleTemporaryFiles(base);
    let path = join(folder, backupName(atMs));
    // Two within one second: the later one is dated a second later.
    for (let later = 1; existsSync(path); later += 1) {
      path = join(folder, backupName(atMs + later * SECOND_MS));
    }
    await withTemporaryFile(base, content, async (temporary) => {
      if (!check(await readFile(temporary))) {
        throw storageFailed(
          'damaged',
          `The backup that was written to ${folder} does not open again, so it was not kept. Earlier ones are. Check the disk.`,
        );
      }
      await rename(temporary, path);
      await syncNames(folder);
    });
    return path;
  } catch (error) {
    throw writeFailed(join(folder, backupName(atMs)), error);
  }
}

/** Takes the oldest away until `generations` are left. The one just made stays, whatever the clock says. */
export async function pruneBackups(folder: string, newest: string, generations: number): Promise<void> {
  const others = (await backupsIn(folder)).filter((path) => path !== newest);
  const tooMany = others.slice(0, Math.max(0, others.length - (generations - 1)));
  for (const path of tooMany) await rm(path, { force: true });
}

async function syncNames(folder: string): Promise<void> {
  try {
    await syncFolder(folder);
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(systemCode(error) ?? '')) throw error;
  }
}
