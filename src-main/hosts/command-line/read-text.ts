// Reads a text file that a command was given.
import { readWholeFile } from './read-whole-file.ts';

/** The text, without a byte order mark; null: it is larger, or no UTF-8. Throws TwofoldError `not-found`. */
export async function readText(path: string, maxBytes: number): Promise<string | null> {
  const bytes = await readWholeFile(path, maxBytes);
  if (bytes.length > maxBytes) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
