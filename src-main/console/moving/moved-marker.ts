// The note in the folder of data that its console was moved to a database, and what then stands in its place.
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import { removeFile, syncFolder, withTemporaryFile } from '../../storage/durable-folder.ts';
import { systemCode } from '../../storage/storage-failure.ts';
import type { ConsoleRepository } from '../repository.ts';

const Marker = z.strictObject({ version: z.literal(1), movedTo: z.string(), atMs: z.number().int() });

const pathIn = (folder: string): string => join(folder, 'console-moved.json');

/** Where the console of that folder was moved to; null: nowhere. Throws where the note cannot be read. */
export async function movedTo(folder: string): Promise<string | null> {
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
export async function noteMoved(folder: string, place: string, atMs: number): Promise<void> {
  const note = { version: 1, movedTo: place, atMs } satisfies z.infer<typeof Marker>;
  await withTemporaryFile(pathIn(folder), Buffer.from(`${JSON.stringify(note)}\n`), (temporary) =>
    rename(temporary, pathIn(folder)),
  );
  await syncFolder(folder);
}

export const forgetMoved = (folder: string): Promise<void> => removeFile(pathIn(folder));

/** Stands in for the console that was moved: the authenticator works on, and every call to the console says where it is. */
export class MovedRepository implements ConsoleRepository {
  readonly #place: string;

  constructor(place: string) {
    this.#place = place;
  }

  transact(): Promise<never> {
    return Promise.reject(
      new TwofoldError(
        'storage-failed',
        `The console was moved to the database ${this.#place}. Start Twofold with TWOFOLD_DATABASE_URL to work with it.`,
        { reason: 'moved' },
      ),
    );
  }

  read(): Promise<never> {
    return this.transact();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
