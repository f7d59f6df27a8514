// Writes a report where the command was told to. It holds no secrets of the user: whoever may read the folder may read it.
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeFailed } from '../../storage/storage-failure.ts';
import { CommandFailed, exitCodes } from './command.ts';

/** Makes the folder where it is not there. Throws CommandFailed for a file in its place, TwofoldError `storage-failed`. */
export async function makeReportFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => null);
  if (there?.isDirectory() === false) {
    throw new CommandFailed(
      exitCodes.refused,
      `“${folder}” is a file, and a folder is needed. Nothing was played.`,
    );
  }
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw writeFailed(folder, error);
  }
}

/** As `makeReportFolder` for the folder of the file that is to be written. */
export async function makeFolderOf(file: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory() === true) {
    throw new CommandFailed(
      exitCodes.refused,
      `“${file}” is a folder, and a file is needed. Nothing was played.`,
    );
  }
  await makeReportFolder(dirname(file));
}

/** Replaces what is there; it has its old or its new content, never half of it. Throws TwofoldError `storage-failed`. */
export async function writeReportFile(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeFailed(path, error);
  }
}
