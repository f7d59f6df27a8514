// Serves the renderer to the windows as app://twofold/, with the content security policy on every answer.
import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { PAGE_HEADERS } from '../content-security-policy.ts';
import { resolveAppFile } from '../app-files.ts';
import { APP_SCHEME } from '../own-origin.ts';

/** Makes app:// a standard, secure scheme. Once, before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Answers every request of the windows from the folder `root`; nothing outside it can be reached. */
export function serveRenderer(root: string): void {
  const refuse = (): Response => new Response('Not found', { status: 404, headers: PAGE_HEADERS });
  protocol.handle(APP_SCHEME, async (request) => {
    const file = request.method === 'GET' ? resolveAppFile(root, request.url) : null;
    if (file === null) return refuse();
    try {
      return new Response(await readFile(file.path), {
        headers: { ...PAGE_HEADERS, 'Content-Type': file.mediaType },
      });
    } catch {
      return refuse();
    }
  });
}
