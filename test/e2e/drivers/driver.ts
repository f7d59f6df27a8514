// What an end-to-end spec sees of the program, whichever host runs it.
import type { Page } from 'playwright-core';

export type DriverName = 'electron' | 'electron-host' | 'loopback';

export interface StartOptions {
  /** The folder of the app's data. */
  readonly home: string;
  /**
   * `private` (default): a keychain of the tests' own, with gnome-keyring, the same for all apps of a spec file.
   * `none`: no keychain answers.
   */
  readonly keychain?: 'private' | 'none';
  /** More environment for the app. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningApp {
  /** The first window, or the user's browser. Another object after `restart`. */
  readonly page: Page;
  /** Console errors, uncaught errors and violations of the content security policy on any page so far. */
  readonly problems: readonly string[];
  /** Another browser for the console, without this one's session and trust. */
  openOtherBrowser(): Promise<Page>;
  /** What the user would paste. */
  clipboardText(): Promise<string>;
  /** Quits wholly, browsers included, and starts again on the same data. */
  restart(): Promise<void>;
  /** Quits wholly. */
  close(): Promise<void>;
}

export interface Driver {
  readonly name: DriverName;
  /** Resolves when the first page is shown. Rejects with what the app said when it ended instead. */
  start(options: StartOptions): Promise<RunningApp>;
}

/** A driver that can run here, or why it cannot. */
export type Availability =
  | { readonly name: DriverName; readonly driver: Driver }
  | { readonly name: DriverName; readonly missing: string };
