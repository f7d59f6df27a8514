// Desktop entry: composes the ports, the services and the desktop host, and nothing else.
import { app } from 'electron';
import { join } from 'node:path';
import { systemClock } from './clock/system-clock.ts';
import { registerAppScheme } from './hosts/desktop/app-protocol.ts';
import { chooseDatabase } from './console/postgres/choose-database.ts';
import { desktopClipboard } from './hosts/desktop/desktop-clipboard.ts';
import { runDesktopHost, useHome } from './hosts/desktop/desktop-host.ts';
import { confineNavigation } from './hosts/desktop/navigation.ts';
import { desktopResources } from './hosts/desktop/resources.ts';
import { KeychainKeyStore } from './secrets/keychain-key-store.ts';
import { KeychainPasswordStore } from './secrets/keychain-password-store.ts';
import { startServices } from './services.ts';
import { dataFolder } from './storage/home.ts';

const built = join(import.meta.dirname, '..');
const home = dataFolder();

app.enableSandbox();
registerAppScheme();
confineNavigation();
useHome(home);
runDesktopHost({
  home,
  isPortable: (process.env['TWOFOLD_HOME'] ?? '') !== '',
  rendererFolder: join(built, 'renderer'),
  preload: join(built, 'preload/preload.cjs'),
  resources: desktopResources(join(built, '../resources'), process.platform),
  clock: systemClock,
  startServices: async (ports) => {
    const passwords = new KeychainPasswordStore({ clock: systemClock });
    const database = await chooseDatabase(process.env, passwords);
    return startServices({
      ...ports,
      ...(database === null ? {} : { database }),
      passwords,
      variables: process.env,
      host: 'desktop',
      home,
      version: app.getVersion(),
      clock: systemClock,
      keychain: new KeychainKeyStore({ clock: systemClock }),
      clipboard: desktopClipboard,
      onFault: (method, frames) => process.stderr.write(`Fault in ${method}: ${frames}\n`),
    });
  },
});
