// The windows of the app and the browser profile that each one belongs to.
import { BrowserWindow, screen, type WebContents } from 'electron';
import type { Clock } from '../../clock/clock.ts';
import { START_PAGE } from '../own-origin.ts';
import type { BrowserProfile } from './browser-profile.ts';
import { EVENT_CHANNEL } from './channels.ts';
import { CrashLimit } from './crash-limit.ts';
import { ordinaryWindow, quickCopyWindow, type WindowFiles } from './window-options.ts';

const QUICK_COPY_PAGE = `${START_PAGE}#/quick-copy`;

export interface WindowsOptions extends WindowFiles {
  readonly clock: Clock;
  /** The profile of the first window; it survives restarts. */
  readonly keptProfile: BrowserProfile;
  /** Makes the profile of another browser, which ends with its window. */
  readonly newProfile: () => BrowserProfile;
  /** Makes the profile of the quick-copy window, which has nothing of the console. */
  readonly quickCopyProfile: () => BrowserProfile;
  /** The page of this profile was closed, broke down, or is being loaded anew: what it had open is gone. */
  readonly onPageGone: (profile: BrowserProfile) => void;
  /** A page broke down again and again; its window is closed. */
  readonly onGivenUp: () => void;
}

/** The first window, another browser, or the small one that only copies codes. */
type Role = 'first' | 'browser' | 'quick-copy';

interface OpenWindow {
  readonly window: BrowserWindow;
  readonly profile: BrowserProfile;
  readonly role: Role;
}

export class Windows {
  readonly #options: WindowsOptions;
  /** By the id of their web contents. */
  readonly #open = new Map<number, OpenWindow>();
  #isProtected = false;

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** Opens the first window, or brings it to the front. */
  showFirst(): void {
    const first = this.#find('first');
    if (first === undefined) {
      this.#openWindow('first', this.#options.keptProfile);
      return;
    }
    if (first.window.isMinimized()) first.window.restore();
    first.window.show();
    first.window.focus();
  }

  /** Opens a window that has no part in the first one's session and trust. */
  openAnotherBrowser(): void {
    this.#openWindow('browser', this.#options.newProfile());
  }

  /** Opens the quick-copy window on the screen with the pointer, or closes it where it is open. */
  toggleQuickCopy(): void {
    const open = this.#find('quick-copy');
    if (open === undefined) this.#openWindow('quick-copy', this.#options.quickCopyProfile());
    else open.window.close();
  }

  /** Whose call it is, or undefined: not a window of ours. */
  profileOf(contents: WebContents): BrowserProfile | undefined {
    return this.#open.get(contents.id)?.profile;
  }

  /** Whether the profile is that of the first window. */
  isFirst(profile: BrowserProfile): boolean {
    return profile === this.#options.keptProfile;
  }

  /** The window that shows these contents, or undefined: not one of ours. */
  windowOf(contents: WebContents): BrowserWindow | undefined {
    return this.#open.get(contents.id)?.window;
  }

  /** Keeps other programs from recording the windows, those open now and later ones, or lets them. */
  protectContent(isProtected: boolean): void {
    this.#isProtected = isProtected;
    for (const { window } of this.#open.values()) window.setContentProtection(isProtected);
  }

  get isProtected(): boolean {
    return this.#isProtected;
  }

  /** Sends an event to every window. */
  send(event: string, payload: unknown): void {
    for (const one of this.#open.values()) sendTo(one, event, payload);
  }

  /** Sends an event to the first window alone, if it is open. */
  sendToFirst(event: string, payload: unknown): void {
    const first = this.#find('first');
    if (first !== undefined) sendTo(first, event, payload);
  }

  #find(role: Role): OpenWindow | undefined {
    return [...this.#open.values()].find((one) => one.role === role);
  }

  #openWindow(role: Role, profile: BrowserProfile): void {
    const window = new BrowserWindow(
      role === 'quick-copy'
        ? quickCopyWindow(
            this.#options,
            screen.getDisplayNearestPoint(screen.getCursorScreenPoint()).workArea,
          )
        : ordinaryWindow(this.#options, role === 'first' ? 'Twofold' : 'Twofold — another browser'),
    );
    const { webContents } = window;
    const { id } = webContents;
    const { onPageGone } = this.#options;
    this.#open.set(id, { window, profile, role });
    window.setContentProtection(this.#isProtected);
    window.on('closed', () => {
      this.#open.delete(id);
      profile.forgetSession();
      onPageGone(profile);
    });
    window.on('page-title-updated', (event) => event.preventDefault());
    window.once('ready-to-show', () => window.show());
    // Only once it has had the focus: some window managers report its loss before.
    if (role === 'quick-copy')
      window.once('focus', () => {
        window.on('blur', () => window.close());
      });
    webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) onPageGone(profile);
    });
    const crashes = new CrashLimit(this.#options.clock);
    webContents.on('render-process-gone', (_event, { reason }) => {
      onPageGone(profile);
      if (reason === 'clean-exit') return;
      if (role !== 'quick-copy' && crashes.mayReopen()) load(window, START_PAGE);
      else {
        window.destroy();
        if (role !== 'quick-copy') this.#options.onGivenUp();
      }
    });
    load(window, role === 'quick-copy' ? QUICK_COPY_PAGE : START_PAGE);
  }
}

/** A page that cannot be loaded shows as such; there is nothing to add here. */
function load(window: BrowserWindow, page: string): void {
  window.loadURL(page).catch(() => undefined);
}

function sendTo({ window }: OpenWindow, event: string, payload: unknown): void {
  if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event, payload);
}
