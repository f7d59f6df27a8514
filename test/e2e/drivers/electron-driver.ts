// Real Electron, where its binary is there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { projectFolder } from './built-app.ts';
import { callDesktop } from './desktop-call.ts';
import type { Driver, RunningApp, StartOptions } from './driver.ts';
import { collectProblems } from './problems.ts';
import { appEnvironment } from './surroundings.ts';

const START_WITHIN_MS = 90_000;

/** Electron's binary, or null. Importing `electron` to ask would start its download. */
export function findElectron(): string | null {
  const folder = join(projectFolder, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
    readFileSync(pathFile, 'utf8'),
  );
  return existsSync(binary) ? binary : null;
}

class ElectronApp implements RunningApp {
  readonly problems: string[] = [];
  readonly #options: StartOptions;
  readonly #binary: string;
  #application: ElectronApplication | null = null;
  #page: Page | null = null;

  constructor(options: StartOptions, binary: string) {
    this.#options = options;
    this.#binary = binary;
  }

  get page(): Page {
    if (this.#page === null) throw new Error('The app is not running.');
    return this.#page;
  }

  async start(): Promise<void> {
    this.#application = await _electron.launch({
      executablePath: this.#binary,
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), projectFolder],
      cwd: projectFolder,
      env: await appEnvironment(this.#options),
      timeout: START_WITHIN_MS,
    });
    collectProblems(this.#application.context(), this.problems);
    this.#page = await this.#application.firstWindow({ timeout: START_WITHIN_MS });
  }

  async openOtherBrowser(): Promise<Page> {
    const [page] = await Promise.all([
      this.#running().waitForEvent('window'),
      callDesktop(this.page, 'app:openBrowser'),
    ]);
    return page;
  }

  clipboardText(): Promise<string> {
    return this.#running().evaluate(({ clipboard }) => clipboard.readText());
  }

  async restart(): Promise<void> {
    await this.close();
    await this.start();
  }

  async close(): Promise<void> {
    await this.#running().close();
  }

  #running(): ElectronApplication {
    if (this.#application === null) throw new Error('The app is not running.');
    return this.#application;
  }
}

export const electronDriver = (binary: string): Driver => ({
  name: 'electron',
  async start(options) {
    const app = new ElectronApp(options, binary);
    await app.start();
    return app;
  },
});
