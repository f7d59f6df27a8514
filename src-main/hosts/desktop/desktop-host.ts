// The desktop host: windows, tray, calls and events over the services, from the first window to the last write.
import { app, powerMonitor, session } from 'electron';
import { mkdirSync } from 'node:fs';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../clock/clock.ts';
import type { Ports, Services } from '../../services.ts';
import { serveRenderer } from './app-protocol.ts';
import { BrowserProfile, browserName } from './browser-profile.ts';
import { serveCalls } from './calls.ts';
import { chooseExport, chooseFolder, tell } from './dialogs.ts';
import { failToStart } from './fatal-error.ts';
import { followSettings } from './follow-settings.ts';
import { IncomingLinks } from './incoming-links.ts';
import { launchCommand } from './launch-command.ts';
import { registerLinkHandler } from './link-handler.ts';
import { type LinkInbox, listenForLinks } from './link-inbox.ts';
import { wasStartedAtLogin } from './login-item.ts';
import { setMenu } from './menu.ts';
import { applyPermissions } from './permissions.ts';
import { openProfileFile, type ProfileFile } from './profile-file.ts';
import { QuickCopyKeys } from './quick-copy-keys.ts';
import { closeOnQuit } from './quit.ts';
import type { DesktopResources } from './resources.ts';
import { Scanning } from './scanning.ts';
import { serveScreenCapture } from './screen-capture.ts';
import { watchSystemLock } from './system-lock.ts';
import { startTray } from './tray.ts';
import { actInTray, readTrayState } from './tray-services.ts';
import { Windows } from './windows.ts';

/** What the services need of this host. */
export type DesktopPorts = Required<
  Pick<Ports, 'openBrowser' | 'chooseExport' | 'chooseFolder' | 'useCamera' | 'quickCopyFault'>
>;

/** What this host needs of the services. */
export type DesktopServices = Pick<
  Services,
  'router' | 'events' | 'wake' | 'lock' | 'settings' | 'keys' | 'quick' | 'openLink' | 'close'
>;

export interface DesktopHostOptions {
  /** The folder that holds the data. */
  readonly home: string;
  /** Another folder than the user's own holds the data: this one leaves the user's choice of programs alone. */
  readonly isPortable: boolean;
  /** The compiled renderer and preload, and the folder of the icons; absolute paths. */
  readonly rendererFolder: string;
  readonly preload: string;
  readonly resources: DesktopResources;
  readonly clock: Clock;
  readonly startServices: (ports: DesktopPorts) => Promise<DesktopServices>;
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
  if (process.platform === 'linux') {
    // On Wayland there are no keys from anywhere but through the system's portal.
    app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
  }
  const links = listenForLinks();
  app
    .whenReady()
    .then(() => start(options, links))
    .catch(failToStart);
}

async function start(options: DesktopHostOptions, inbox: LinkInbox): Promise<void> {
  const { clock, home, resources } = options;
  serveRenderer(options.rendererFolder);
  setMenu({ platform: process.platform, version: app.getVersion() });

  // Until there is a first window, nobody can ask for another one or press the keys.
  let openAnotherBrowser = (): void => undefined;
  let toggleQuickCopy = (): void => undefined;
  const scanning = new Scanning();
  const keys = new QuickCopyKeys(() => toggleQuickCopy());
  const services = await options.startServices({
    openBrowser: () => {
      openAnotherBrowser();
      return Promise.resolve({ url: null });
    },
    chooseExport,
    chooseFolder,
    useCamera: ({ browser }, isOpen) => scanning.set(browser, isOpen),
    quickCopyFault: () => keys.fault,
  });
  const { events, settings } = services;
  const profileFile = await openProfileFile(home, clock);
  const links = new IncomingLinks((link) => {
    services.openLink(link).catch(tellLinkRefused);
  });
  const windows = makeWindows(options, profileFile, { scanning, links });
  openAnotherBrowser = () => windows.openAnotherBrowser();
  toggleQuickCopy = () => windows.toggleQuickCopy();

  applyPermissions(session.defaultSession, (contents) => scanning.isOpen(windows.profileOf(contents)));
  serveScreenCapture({
    session: session.defaultSession,
    windows,
    clock,
    isWayland: (process.env['XDG_SESSION_TYPE'] ?? '') === 'wayland',
  });
  serveCalls(windows, services.router, (profile, method) => {
    if (windows.isFirst(profile) && services.keys().kind === 'ready' && isOfRooms(method))
      links.setCanShow(true);
  });
  const tray = startTray({
    icon: resources.trayIcon,
    clock,
    readState: () => readTrayState(services),
    act: (action) =>
      void actInTray(action, services, {
        showWindow: () => windows.showFirst(),
        quit: () => app.quit(),
      }),
  });
  const follow = followSettings({ settings, events, windows, keys });
  events.subscribe((event, payload) => {
    // Only one window is to ask what becomes of it.
    if (event === 'transfer:incoming') windows.sendToFirst(event, payload);
    else windows.send(event, payload);
    if (event === 'app:changed') {
      if (services.keys().kind !== 'ready') links.setCanShow(false);
      follow();
    }
    if (event === 'app:changed' || event === 'authenticator:changed') tray.refresh();
  });
  inbox.receive((link) => {
    windows.showFirst();
    links.offer(link);
  });

  powerMonitor.on('resume', () => services.wake());
  const endSystemLock = watchSystemLock(() => {
    if (settings().locksWithSystem) services.lock();
  });
  app.on('second-instance', () => windows.showFirst());
  app.on('activate', () => windows.showFirst());
  app.on('window-all-closed', () => {
    // In the tray it goes on without a window; without a tray to be seen, starting Twofold again shows it.
    if (process.platform !== 'darwin' && !settings().staysInTray) app.quit();
  });
  closeOnQuit(async () => {
    tray.dispose();
    keys.dispose();
    endSystemLock();
    await services.close();
    await profileFile.flush();
  }, clock);

  if (!options.isPortable) void registerLinkHandler(launchCommand(process));
  if (!(wasStartedAtLogin() && settings().staysInTray)) windows.showFirst();
}

/** What ends with a page. */
interface PageBound {
  readonly scanning: Scanning;
  readonly links: IncomingLinks;
}

function makeWindows(
  { clock, preload, resources }: DesktopHostOptions,
  { kept, keep }: ProfileFile,
  { scanning, links }: PageBound,
): Windows {
  const name = browserName(process.platform);
  const keptProfile = new BrowserProfile({ name, clock, kept, onKeptChanged: keep });
  let browsers = 1;
  return new Windows({
    preload,
    icon: resources.icon,
    clock,
    keptProfile,
    newProfile: () => {
      browsers += 1;
      return passingProfile(`${name}, browser ${browsers}`, clock);
    },
    quickCopyProfile: () => passingProfile(`${name}, quick copy`, clock),
    onPageGone: (profile) => {
      scanning.end(profile);
      if (profile === keptProfile) links.setCanShow(false);
    },
    onGivenUp: () =>
      tell(
        'Twofold’s window stopped working several times',
        'Your accounts and the console are kept. Start Twofold again; if it happens again, restart the computer.',
      ),
  });
}

/** Of a browser that nothing is kept of. */
const passingProfile = (name: string, clock: Clock): BrowserProfile =>
  new BrowserProfile({ name, clock, kept: {}, onKeptChanged: () => undefined });

/** Only the rooms ask such things: they are there, and hear of what comes in. The screen for the passphrase does not. */
const isOfRooms = (method: string): boolean =>
  !method.startsWith('app:') && method !== 'console:passwordStrength';

/** What comes of a link is shown by the window; one that cannot be used is told here. */
function tellLinkRefused(error: unknown): void {
  const sentence =
    error instanceof TwofoldError ? error.message : 'The link could not be read. Nothing was added.';
  tell('This link cannot be added', sentence);
}
