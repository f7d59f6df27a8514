// The compiled desktop app under plain Node, its windows in the system's Chromium: see test/electron-host.
import type { Page } from 'playwright-core';
import { type ElectronHost, startElectronHost } from '../../electron-host/window-server.ts';
import type { Driver, RunningApp, StartOptions } from './driver.ts';
import { callDesktop } from './desktop-call.ts';
import { collectProblems } from './problems.ts';
import { appEnvironment, sharedChromium } from './surroundings.ts';

class ElectronHostApp implements RunningApp {
  readonly problems: string[] = [];
  readonly #options: StartOptions;
  #host: ElectronHost | null = null;
  #page: Page | null = null;

  constructor(options: StartOptions) {
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
      storage,
      onContext: (context) => collectProblems(context, this.problems),
    });
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

export const electronHostDriver: Driver = {
  name: 'electron-host',
  async start(options) {
    const app = new ElectronHostApp(options);
    await app.start();
    return app;
  },
};
