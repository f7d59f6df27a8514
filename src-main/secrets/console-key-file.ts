// The console's key in a file of its own, for servers without a keychain: in clear, like the key of a TLS certificate, so
// that a node starts by itself. Whose it is, and who may read it, is checked at each reading.
import { constants, existsSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { linkOrCopy, syncFolder, withTemporaryFile } from '../storage/durable-folder.ts';
import { systemCode, writeFailed } from '../storage/storage-failure.ts';
import { HeldKey } from './held-keys.ts';
import { isRecordedKey, KeyRecord, recordOf } from './key-file.ts';
import type { SealingKey } from './sealing.ts';

export const KEY_FILE_VARIABLE = 'TWOFOLD_CONSOLE_KEY_FILE';

const MAX_BYTES = 4096;
const OTHERS = 0o077;
/** Without following a link, or waiting for the other end of a pipe. Windows knows neither. */
const READING =
  process.platform === 'win32'
    ? constants.O_RDONLY
    : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

const Content = z.strictObject({
  twofold: z.literal('console key'),
  version: z.literal(1),
  ...KeyRecord.shape,
  /** The 32 bytes as base64url. */
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});

const refused = (path: string, why: string, cause?: unknown): TwofoldError =>
  new TwofoldError('key-unavailable', `The key file ${path} ${why}`, { reason: 'key-file' }, cause);

/** A file of our own that nobody else may read; a link could lead anywhere. Throws TwofoldError `key-unavailable`. */
async function openOwn(path: string): Promise<FileHandle> {
  try {
    return await open(path, READING);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ELOOP' || code === 'EMLINK') {
      throw refused(path, 'is a symbolic link, and is not followed. Name the file itself.', error);
    }
    if (code === 'ENOENT') {
      throw refused(
        path,
        'is not there. Make it with twofold console key import EXPORT --key-file FILE, or for a new console with twofold console key make --key-file FILE.',
        error,
      );
    }
    throw refused(path, `cannot be read (${code ?? 'unknown'}).`, error);
  }
}

/** Throws TwofoldError `key-unavailable`. */
async function requirePrivate(path: string, handle: FileHandle): Promise<void> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw refused(path, 'is not a plain file.');
  if (stats.size > MAX_BYTES) throw refused(path, 'is too large for a key file.');
  // Windows has neither: who may read the file is said by its access list.
  const user = process.getuid?.();
  if (user === undefined) return;
  if (stats.uid !== user) {
    throw refused(
      path,
      `belongs to user ${stats.uid}, and Twofold runs as user ${user}. It must belong to the user that runs Twofold: chown it.`,
    );
  }
  if ((stats.mode & OTHERS) !== 0) {
    const mode = (stats.mode & 0o777).toString(8).padStart(4, '0');
    throw refused(path, `may be read or changed by others (mode ${mode}). Allow its owner alone: chmod 600.`);
  }
}

/** The key in that file; its buffer is the caller's. Throws TwofoldError `key-unavailable` with what to do about it. */
export async function readConsoleKeyFile(path: string): Promise<HeldKey> {
  const handle = await openOwn(path);
  try {
    await requirePrivate(path, handle);
    const text = await handle.readFile('utf8');
    const { id, check, key } = Content.parse(JSON.parse(text));
    const bytes = Buffer.from(key, 'base64url');
    if (!isRecordedKey('console', { id, check }, bytes)) {
      bytes.fill(0);
      throw refused(path, 'is damaged: its check does not fit its key. Import the key again.');
    }
    return new HeldKey(id, bytes);
  } catch (error) {
    if (error instanceof TwofoldError) throw error;
    // What was found there is not told: it could be a part of the key.
    throw refused(path, 'is not a key file of Twofold.');
  } finally {
    await handle.close();
  }
}

const contentOf = (key: SealingKey): Buffer => {
  const content: z.infer<typeof Content> = {
    twofold: 'console key',
    version: 1,
    ...recordOf('console', key),
    key: Buffer.from(key.bytes).toString('base64url'),
  };
  return Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
};

/**
 * Writes the key there, mode 0600, durable and read back. `replaces` false: never over a file that is there. Throws
 * TwofoldError `already-exists`, `storage-failed`.
 */
export async function writeConsoleKeyFile(path: string, key: SealingKey, replaces: boolean): Promise<void> {
  const there = (cause?: unknown): TwofoldError =>
    new TwofoldError('already-exists', `${path} is there already, and was left as it is.`, undefined, cause);
  if (!replaces && existsSync(path)) throw there();
  const content = contentOf(key);
  try {
    await withTemporaryFile(path, content, (temporary) =>
      replaces ? rename(temporary, path) : linkOrCopy(temporary, path),
    );
    await syncFolder(dirname(path));
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw there(error);
    throw writeFailed(path, error);
  } finally {
    content.fill(0);
  }
  (await readConsoleKeyFile(path)).wipe();
}
