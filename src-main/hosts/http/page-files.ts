// Sends the renderer's files. They hold no secrets: whoever reaches this port may read them.
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { APP_ORIGIN } from '../own-origin.ts';
import { resolveAppFile } from '../app-files.ts';

/** Answers with the file that `target` (path and query as they came) names below `root`, or 404. */
export async function sendPageFile(
  response: ServerResponse,
  root: string,
  target: string,
  withBody: boolean,
  cacheControl = 'no-cache',
): Promise<void> {
  const file = target.startsWith('/') ? resolveAppFile(root, `${APP_ORIGIN}${target}`) : null;
  const content = file === null ? null : await readFile(file.path).catch(() => null);
  if (file === null || content === null) {
    response.writeHead(404, { 'Cache-Control': 'no-cache', 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(withBody ? 'There is nothing here.' : undefined);
    return;
  }
  response.writeHead(200, {
    'Cache-Control': cacheControl,
    'Content-Type': file.mediaType,
    'Content-Length': content.length,
  });
  response.end(withBody ? content : undefined);
}
