// Makes Twofold the program that opens otpauth links, where no other program does: nobody's choice is taken away.
import { app } from 'electron';
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { desktopEntry, writeDesktopEntry, xdgFolders } from './desktop-entry.ts';
import { LINK_SCHEMES } from './incoming-links.ts';
import type { LaunchCommand } from './launch-command.ts';

/** Not the name that a package of Twofold gives its own entry, which must not be hidden by this one. */
export const LINK_ENTRY = 'twofold-links.desktop';

const run = promisify(execFile);
const WITHIN_MS = 10_000;

const mediaType = (scheme: string): string => `x-scheme-handler/${scheme}`;

/**
 * Electron's own way needs an entry that a package has installed. Without xdg-mime there is no such thing as a program
 * for a scheme; the links can still be pasted.
 */
async function registerOnLinux(command: LaunchCommand): Promise<void> {
  const path = join(xdgFolders(process.env, homedir()).data, 'applications', LINK_ENTRY);
  const content = desktopEntry({
    name: 'Twofold',
    command,
    field: '%u',
    more: { NoDisplay: 'true', MimeType: `${LINK_SCHEMES.map(mediaType).join(';')};` },
  });
  if (content === null) return;
  for (const scheme of LINK_SCHEMES) {
    const { stdout } = await run('xdg-mime', ['query', 'default', mediaType(scheme)], { timeout: WITHIN_MS });
    const present = stdout.trim();
    if (present !== '' && present !== LINK_ENTRY) continue;
    // Written each time: the program may lie elsewhere by now.
    await writeDesktopEntry(path, content);
    if (present === '')
      await run('xdg-mime', ['default', LINK_ENTRY, mediaType(scheme)], { timeout: WITHIN_MS });
  }
}

/** A failure leaves the links to be pasted, which always works: it is not worth a message. */
export async function registerLinkHandler(command: LaunchCommand): Promise<void> {
  if (process.platform === 'linux') {
    await registerOnLinux(command).catch(() => undefined);
    return;
  }
  for (const scheme of LINK_SCHEMES) {
    const isFree = app.getApplicationNameForProtocol(`${scheme}://`) === '';
    if (isFree) app.setAsDefaultProtocolClient(scheme, command.program, [...command.args]);
  }
}
