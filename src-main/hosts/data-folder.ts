// Where the data lies: the same folder for every host, or another one that TWOFOLD_HOME names.
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeFolder: string;
}

/** What Electron calls appData (docs: app.getPath). */
function applicationData({ platform, environment, homeFolder }: Surroundings): string {
  if (platform === 'win32') return environment['APPDATA'] || join(homeFolder, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support');
  return environment['XDG_CONFIG_HOME'] || join(homeFolder, '.config');
}

/** The folder of all data: what TWOFOLD_HOME names, or the one that Electron uses as `userData`. Absolute. */
export function dataFolder(
  surroundings: Surroundings = {
    platform: process.platform,
    environment: process.env,
    homeFolder: homedir(),
  },
): string {
  const chosen = surroundings.environment['TWOFOLD_HOME'];
  return resolve(chosen || join(applicationData(surroundings), 'twofold'));
}
