// The compiled desktop app under plain Node, its windows in the system's Chromium: see test/electron-host.
import type { Page } from 'playwright-core';
import type { DesktopHooks } from '../../electron-host/desktop-hooks.ts';
import { type ElectronHost, startElectronHost } from '../../electron-host/window-server.ts';
import type { Driver, RunningApp, StartOptions } from './driver.ts';
import { callDesktop } from './desktop-call.ts';
import { collectProblems } from './problems.ts';
import { appEnvironment, sharedChromium } from './surroundings.ts';

export interface DesktopStartOptions extends StartOptions {
  /** After the app itself, as the system adds them. */
  readonly args?: readonly string[];
  /** True: no window is to come up, and `page` throws. */
  readonly isInTray?: boolean;
}

/** The app with the desktop around it. */
export interface DesktopApp extends RunningApp {
  readonly desktop: DesktopHooks;
  /** The next window that comes up. */
  nextWindow(): Promise<Page>;
  /** Resolves when the app has ended by itself, with all that it wrote to its error output. */
  ended(): Promise<{ readonly exitCode: number | null; readonly errors: string }>;
}

class ElectronHostApp implements DesktopApp {
  readonly problems: string[] = [];
  readonly #options: DesktopStartOptions;
  #host: ElectronHost | null = null;
  #page: Page | null = null;

  constructor(options: DesktopStartOptions) {
    this.#options = options;
  }

  get page(): Page {
    if (this.#page === null) throw new Error('The app is not running.');
    return this.#page;
  }

  async start(storage?: Awaited<ReturnType<ElectronHost['quit']>>): Promise<void> {
    this.#host = await startElectronHost({
      browser: await sharedChromium(),
      env: await appEnvironment(this.#options),
      args: this.#options.args ?? [],
      storage,
      onContext: (context) => collectProblems(context, this.problems),
    });
    if (this.#options.isInTray === true) return;
    try {
      this.#page = await this.#host.nextWindow();
    } catch (error) {
      await this.#host.quit();
      throw error;
    }
  }

  async openOtherBrowser(): Promise<Page> {
    const [page] = await Promise.all([
      this.#running().nextWindow(),
      callDesktop(this.page, 'app:openBrowser'),
    ]);
    return page;
  }

  get desktop(): DesktopHooks {
    return this.#running().desktop;
  }

  nextWindow(): Promise<Page> {
    return this.#running().nextWindow();
  }

  ended(): Promise<{ readonly exitCode: number | null; readonly errors: string }> {
    return this.#running().ended;
  }

  clipboardText(): Promise<string> {
    return this.#running().readClipboard();
  }

  async restart(): Promise<void> {
    await this.start(await this.#running().quit());
  }

  async close(): Promise<void> {
    await this.#running().quit();
  }

  #running(): ElectronHost {
    if (this.#host === null) throw new Error('The app is not running.');
    return this.#host;
  }
}

/** For what only the desktop has. */
export async function startDesktopApp(options: DesktopStartOptions): Promise<DesktopApp> {
  const app = new ElectronHostApp(options);
  await app.start();
  return app;
}

export const electronHostDriver: Driver = { name: 'electron-host', start: startDesktopApp };
