// Where all data lies: one folder, the same for every host.
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

const APP_NAME = 'Twofold';

export interface HomeEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly userFolder: string;
}

/**
 * The folder of all data, as an absolute path: `TWOFOLD_HOME` where it is set, else the folder that Electron calls
 * `userData` for an app of this name. See Electron's `app.getPath('appData')`.
 */
export function dataFolder(
  environment: HomeEnvironment = {
    variables: process.env,
    platform: process.platform,
    userFolder: homedir(),
  },
): string {
  const { variables, platform, userFolder } = environment;
  const path = platform === 'win32' ? win32 : posix;
  const chosen = variables['TWOFOLD_HOME'];
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  if (platform === 'win32')
    return path.join(variables['APPDATA'] ?? path.join(userFolder, 'AppData', 'Roaming'), APP_NAME);
  if (platform === 'darwin') return path.join(userFolder, 'Library', 'Application Support', APP_NAME);
  const configuration = variables['XDG_CONFIG_HOME'] ?? '';
  // The XDG base directory specification: a relative path is to be ignored.
  return path.join(
    path.isAbsolute(configuration) ? configuration : path.join(userFolder, '.config'),
    APP_NAME,
  );
}
