// Starts Twofold with the user's session, or no longer. Electron knows how on macOS and Windows; on Linux it is an entry
// in the user's autostart folder (freedesktop.org, Desktop Application Autostart Specification).
import { app } from 'electron';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { desktopEntry, writeDesktopEntry, xdgFolders } from './desktop-entry.ts';
import { AT_LOGIN, type LaunchCommand } from './launch-command.ts';

export const AUTOSTART_ENTRY = 'twofold.desktop';

/** Throws where the system does not let the entry be written or removed. */
export async function setStartsAtLogin(
  startsAtLogin: boolean,
  { program, args }: LaunchCommand,
): Promise<void> {
  if (process.platform === 'linux') {
    const path = join(xdgFolders(process.env, homedir()).configuration, 'autostart', AUTOSTART_ENTRY);
    const content = desktopEntry({ name: 'Twofold', command: { program, args: [...args, AT_LOGIN] } });
    if (!startsAtLogin) await rm(path, { force: true });
    else if (content === null) throw new Error('The path of the program cannot be written into an entry.');
    else await writeDesktopEntry(path, content);
    return;
  }
  app.setLoginItemSettings({
    openAtLogin: startsAtLogin,
    // Windows alone reads these two, and puts them into one line as they are.
    path: program,
    args: [...args.map((argument) => `"${argument}"`), AT_LOGIN],
  });
}

/** Whether the system started this process with the session. */
export const wasStartedAtLogin = (): boolean =>
  process.argv.includes(AT_LOGIN) ||
  (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
