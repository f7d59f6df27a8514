// How this program is started again from outside: at login, or to open a link. Free of electron.
import { resolve } from 'node:path';

/** Tells a start at login from one by the user: with it, Twofold may stay in the tray. */
export const AT_LOGIN = '--at-login';

export interface LaunchCommand {
  readonly program: string;
  readonly args: readonly string[];
}

export interface RunningProcess {
  readonly execPath: string;
  readonly argv: readonly string[];
  /** Electron's own executable was given the app as a parameter, as in development. */
  readonly defaultApp: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The program and what it must be given to be Twofold again. */
export function launchCommand({ execPath, argv, defaultApp, env }: RunningProcess): LaunchCommand {
  // An AppImage unpacks itself to another place at each start; the file itself stays.
  const appImage = env['APPIMAGE'];
  if (appImage !== undefined && appImage !== '') return { program: appImage, args: [] };
  const app = argv[1];
  return { program: execPath, args: defaultApp && app !== undefined ? [resolve(app)] : [] };
}
