// Writes exported files so that only the user can read them, and never over a file that nobody agreed to lose.
import { existsSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, extname, isAbsolute, join } from 'node:path';
import { makeFolder, syncFolder, withTemporaryFile } from '../../storage/durable-folder.ts';
import { systemCode, writeFailed } from '../../storage/storage-failure.ts';
import type { ExportedFile } from './exporter.ts';

const MODE = 0o600;
const MAX_SAME_NAME = 1_000;

/** Writes one file at a path that the user chose, whatever is there. Throws TwofoldError `storage-failed`. */
export async function writePrivateFile(path: string, content: Uint8Array): Promise<void> {
  try {
    await withTemporaryFile(path, content, (temporary) => rename(temporary, path));
    await syncFolder(dirname(path));
  } catch (error) {
    throw writeFailed(path, error);
  }
}

/** Writes files into a folder, each under a name that is free there; answers their paths. Throws `storage-failed`. */
export async function writePrivateFiles(folder: string, files: readonly ExportedFile[]): Promise<string[]> {
  const paths: string[] = [];
  for (const { name, content } of files) paths.push(await writeUnderFreeName(folder, name, content));
  return paths;
}

async function writeUnderFreeName(folder: string, name: string, content: Uint8Array): Promise<string> {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? name : `${stem} (${number})${extension}`);
    try {
      await makeFolder(folder);
      // Fails where the name is taken, so that two exports at once never meet in one file.
      const file = await open(path, 'wx', MODE);
      try {
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await syncFolder(folder);
      return path;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || number >= MAX_SAME_NAME) throw writeFailed(path, error);
    }
  }
}

/** Where a browser would put downloads: as the desktop has it (xdg-user-dirs), else ~/Downloads, else the home folder. */
export async function downloadsFolder(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const home = environment['HOME'] ?? homedir();
  const configuration = environment['XDG_CONFIG_HOME'] ?? join(home, '.config');
  const listed = await readFile(join(configuration, 'user-dirs.dirs'), 'utf8').catch(() => '');
  const named = /^XDG_DOWNLOAD_DIR="(.*)"$/mu.exec(listed)?.[1]?.replace(/^\$HOME/u, home);
  const candidates = [named, join(home, 'Downloads')];
  return candidates.find((path) => path !== undefined && isAbsolute(path) && existsSync(path)) ?? home;
}
