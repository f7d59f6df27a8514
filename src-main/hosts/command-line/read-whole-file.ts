// Reads a file that a command was given.
import { open } from 'node:fs/promises';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';

/** Reads at most one byte more than any importer takes, so that a huge file costs nothing. Throws `not-found`. */
export async function readWholeFile(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(Math.min(size, maxBytes + 1));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new TwofoldError(
      'not-found',
      `“${path}” cannot be read. Check its name and rights.`,
      undefined,
      error,
    );
  }
}
