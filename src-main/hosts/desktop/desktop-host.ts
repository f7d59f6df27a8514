// The desktop host: windows, calls and events over the services, from the first window to the last write.
import { app, powerMonitor, session } from 'electron';
import { mkdirSync } from 'node:fs';
import type { Clock } from '../../clock/clock.ts';
import type { Caller } from '../../ipc/caller.ts';
import type { EventHub } from '../../ipc/events.ts';
import type { Router } from '../../ipc/router.ts';
import { serveRenderer } from './app-protocol.ts';
import { BrowserProfile, browserName } from './browser-profile.ts';
import { serveCalls } from './calls.ts';
import { failToStart } from './fatal-error.ts';
import { setMenu } from './menu.ts';
import { applyPermissions } from './permissions.ts';
import { openProfileFile } from './profile-file.ts';
import { closeOnQuit } from './quit.ts';
import { Windows } from './windows.ts';

/** What this host needs of the services. */
export interface DesktopServices {
  readonly router: Router;
  readonly events: EventHub;
  /** The machine woke up: times and locks must be looked at again. */
  wake?(): void;
  close(): Promise<void>;
}

export interface DesktopHostOptions {
  /** The folder that holds the data. */
  readonly home: string;
  /** The compiled renderer and preload, absolute paths. */
  readonly rendererFolder: string;
  readonly preload: string;
  readonly clock: Clock;
  readonly startServices: (
    openBrowser: (caller: Caller) => Promise<{ url: string | null }>,
  ) => Promise<DesktopServices>;
}

/** Electron keeps its own files, and the lock against a second instance, in the same folder as ours. */
export function useHome(home: string): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  app.setPath('userData', home);
}

/** Runs the app, or ends it with a sentence where it cannot start. Call once, before Electron is ready. */
export function runDesktopHost(options: DesktopHostOptions): void {
  if (!app.requestSingleInstanceLock()) {
    process.stderr.write('Twofold is already open. Its window was brought to the front.\n');
    app.exit(0);
    return;
  }
  app
    .whenReady()
    .then(() => start(options))
    .catch(failToStart);
}

async function start(options: DesktopHostOptions): Promise<void> {
  const { clock, home } = options;
  serveRenderer(options.rendererFolder);
  applyPermissions(session.defaultSession);
  setMenu({ platform: process.platform, version: app.getVersion() });

  // Until there is a first window, nobody can ask for another one.
  let openAnotherBrowser = (): void => undefined;
  const services = await options.startServices(() => {
    openAnotherBrowser();
    return Promise.resolve({ url: null });
  });
  const profileFile = await openProfileFile(home, clock);
  const name = browserName(process.platform);
  let browsers = 1;
  const windows = new Windows({
    preload: options.preload,
    keptProfile: new BrowserProfile({ name, clock, kept: profileFile.kept, onKeptChanged: profileFile.keep }),
    newProfile: () => {
      browsers += 1;
      return new BrowserProfile({
        name: `${name}, browser ${browsers}`,
        clock,
        kept: {},
        onKeptChanged: () => {},
      });
    },
  });
  openAnotherBrowser = () => windows.openAnotherBrowser();

  serveCalls(windows, services.router);
  services.events.subscribe((event, payload) => windows.send(event, payload));
  powerMonitor.on('resume', () => services.wake?.());
  app.on('second-instance', () => windows.showFirst());
  app.on('activate', () => windows.showFirst());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  closeOnQuit(async () => {
    await services.close();
    await profileFile.flush();
  }, clock);
  windows.showFirst();
}
