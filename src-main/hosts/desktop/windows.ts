// The windows of the app and the browser profile that each one belongs to.
import { BrowserWindow, nativeTheme, type WebContents } from 'electron';
import type { BrowserProfile } from './browser-profile.ts';
import { EVENT_CHANNEL } from './channels.ts';
import { START_PAGE } from '../own-origin.ts';

export interface WindowsOptions {
  /** The compiled preload, an absolute path. */
  readonly preload: string;
  /** The profile of the first window; it survives restarts. */
  readonly keptProfile: BrowserProfile;
  /** Makes the profile of another browser, which ends with its window. */
  readonly newProfile: () => BrowserProfile;
}

interface OpenWindow {
  readonly window: BrowserWindow;
  readonly profile: BrowserProfile;
}

const background = (): string => (nativeTheme.shouldUseDarkColors ? '#0f1116' : '#f5f6f8');

export class Windows {
  readonly #options: WindowsOptions;
  /** By the id of their web contents. */
  readonly #open = new Map<number, OpenWindow>();

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  /** Opens the first window, or brings it to the front. */
  showFirst(): void {
    const first = [...this.#open.values()].find(({ profile }) => profile === this.#options.keptProfile);
    if (first === undefined) {
      this.#openWindow(this.#options.keptProfile, 'Twofold');
      return;
    }
    if (first.window.isMinimized()) first.window.restore();
    first.window.show();
    first.window.focus();
  }

  /** Opens a window that has no part in the first one's session and trust. */
  openAnotherBrowser(): void {
    this.#openWindow(this.#options.newProfile(), 'Twofold — another browser');
  }

  /** Whose call it is, or undefined: not a window of ours. */
  profileOf(contents: WebContents): BrowserProfile | undefined {
    return this.#open.get(contents.id)?.profile;
  }

  /** Sends an event to every window. */
  send(event: string, payload: unknown): void {
    for (const { window } of this.#open.values()) {
      if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, event, payload);
    }
  }

  #openWindow(profile: BrowserProfile, title: string): void {
    const window = new BrowserWindow({
      title,
      width: 1280,
      height: 800,
      minWidth: 720,
      minHeight: 560,
      show: false,
      backgroundColor: background(),
      webPreferences: {
        preload: this.#options.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        // Its dictionaries would be downloaded, and what is typed here is nothing to spell.
        spellcheck: false,
      },
    });
    const { id } = window.webContents;
    this.#open.set(id, { window, profile });
    window.on('closed', () => {
      this.#open.delete(id);
      profile.forgetSession();
    });
    window.on('page-title-updated', (event) => event.preventDefault());
    window.once('ready-to-show', () => window.show());
    // A page that cannot be loaded shows as such; there is nothing to add here.
    window.loadURL(START_PAGE).catch(() => undefined);
  }
}
