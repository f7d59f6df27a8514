// The name that this data folder's cookies begin with. Not a secret.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE_NAME = 'cookie-prefix';
const WELL_FORMED = /^twofold-[a-z0-9]{8}$/;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/**
 * Cookies know no ports: two instances on 127.0.0.1 would overwrite each other's, and a port that differs at the next
 * start must not cost the trusted browsers. So the prefix is drawn once for each data folder and kept in it.
 */
export async function readCookiePrefix(dataFolder: string): Promise<string> {
  const path = join(dataFolder, FILE_NAME);
  const kept = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  if (WELL_FORMED.test(kept)) return kept;
  const drawn = `twofold-${randomBytes(4).toString('hex')}`;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await writeFile(path, drawn, { mode: 0o600 });
  return drawn;
}
