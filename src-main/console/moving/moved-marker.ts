// The note in the folder of data that its console is in a database: where Twofold looks for it from then on.
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import { removeFile, syncFolder, withTemporaryFile } from '../../storage/durable-folder.ts';
import { systemCode } from '../../storage/storage-failure.ts';
import { withoutPassword } from '../postgres/database-url.ts';

/** The address of a database as it may stand in a file: without a password. */
export const KeptAddress = z.strictObject({
  url: z.string(),
  /** The certificates of the authority as PEM, where they were given as text; null: what the address says. */
  authorities: z.string().nullable(),
});
export type KeptAddress = z.infer<typeof KeptAddress>;

const Marker = z.strictObject({ version: z.literal(1), movedTo: KeptAddress, atMs: z.number().int() });

const pathIn = (folder: string): string => join(folder, 'console-moved.json');

/** The database that the console of that folder was moved to; null: none. Throws where the note cannot be read. */
export async function movedTo(folder: string): Promise<KeptAddress | null> {
  try {
    return Marker.parse(JSON.parse(await readFile(pathIn(folder), 'utf8'))).movedTo;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw new TwofoldError(
      'storage-failed',
      'The note that says where the console was moved to cannot be read (console-moved.json). Nothing was opened.',
      { reason: 'unreadable' },
      error,
    );
  }
}

/** Durable when it resolves. */
export async function noteMoved(folder: string, place: KeptAddress, atMs: number): Promise<void> {
  const kept = { ...place, url: withoutPassword(place.url) };
  const note = { version: 1, movedTo: kept, atMs } satisfies z.infer<typeof Marker>;
  await withTemporaryFile(pathIn(folder), Buffer.from(`${JSON.stringify(note)}\n`), (temporary) =>
    rename(temporary, pathIn(folder)),
  );
  await syncFolder(folder);
}

export const forgetMoved = (folder: string): Promise<void> => removeFile(pathIn(folder));
