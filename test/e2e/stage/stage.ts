// Builds the renderer over the fake host and serves it with the app's own headers, so that its policy holds here too.
import react from '@vitejs/plugin-react';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, sep } from 'node:path';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { build } from 'vite';
import { PAGE_HEADERS } from '../../../src-main/hosts/content-security-policy.ts';
import { watchPages } from '../drivers/failure-pictures.ts';
import { endSurroundings, sharedChromium } from '../drivers/surroundings.ts';
import type { Scene } from '../scenes/scene.ts';

export interface Setting {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

export interface Stage {
  /**
   * Shows the scene, does what it says, and hands the page and what went wrong on it (errors of the console,
   * violations of the policy) to `use`.
   */
  show(
    scene: Scene,
    setting: Setting,
    use: (page: Page, problems: readonly string[]) => Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
}

/** A scene that does not come to its state within this time never will. */
const WITHIN_MS = 15_000;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

async function serve(folder: string): Promise<{ address: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    const file = join(folder, path === '/' ? 'index.html' : path);
    void (async () => {
      try {
        if (!file.startsWith(folder + sep)) throw new Error('outside');
        const content = await readFile(file);
        response.writeHead(200, {
          ...PAGE_HEADERS,
          'Content-Type': types[extname(file)] ?? 'application/octet-stream',
        });
        response.end(content);
      } catch {
        response.writeHead(404).end();
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The stage has no port.');
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Until nothing loads and the fonts are there. */
async function settle(page: Page): Promise<void> {
  await page.locator('h1').filter({ visible: true }).first().waitFor();
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Shows scenes one after the other on one page: each is loaded anew, and the renderer leaves nothing in its browser. */
class Curtain {
  readonly #browser: Browser;
  readonly #address: string;
  #page: Page | null = null;
  #isSpoilt = false;
  #shown = 0;

  constructor(browser: Browser, address: string) {
    this.#browser = browser;
    this.#address = address;
  }

  async show(...[scene, setting, use]: Parameters<Stage['show']>): Promise<void> {
    const page = await this.#open();
    const problems: string[] = [];
    const onConsole = (message: ConsoleMessage): void => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    };
    const onError = (error: Error): void => {
      problems.push(String(error));
    };
    page.on('console', onConsole);
    page.on('pageerror', onError);
    try {
      await page.setViewportSize({ width: setting.width, height: setting.height });
      await page.emulateMedia({ colorScheme: setting.theme });
      // A number of its own: where no more than the part after # is new, nothing would be loaded.
      this.#shown += 1;
      await page.goto(`${this.#address}?scene=${scene.name}&time=${this.#shown}#/${scene.route}`);
      await settle(page);
      if (scene.endsHost === true) await page.getByText('Twofold has stopped').waitFor();
      if (scene.act !== undefined) {
        await scene.act(page);
        await settle(page);
      }
      await use(page, problems);
    } catch (error) {
      this.#isSpoilt = true;
      throw error;
    } finally {
      page.off('console', onConsole);
      page.off('pageerror', onError);
    }
  }

  /** Another one after a scene that failed: whatever was wrong, the next scene has nothing of it. */
  async #open(): Promise<Page> {
    if (this.#page !== null && !this.#isSpoilt) return this.#page;
    await this.#page?.context().close();
    this.#isSpoilt = false;
    const context = await this.#browser.newContext({
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    watchPages(context);
    this.#page = await context.newPage();
    this.#page.setDefaultTimeout(WITHIN_MS);
    return this.#page;
  }
}

/** Builds and opens the stage; close it in the end. */
export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'twofold-stage-'));
  await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, minify: false },
  });
  const { address, close } = await serve(folder);
  const curtain = new Curtain(await sharedChromium(), address);
  return {
    show: (...scene) => curtain.show(...scene),
    close: async () => {
      await close();
      await endSurroundings();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
