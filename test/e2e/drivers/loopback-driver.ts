// The loopback host in the system's Chromium: one browser context stands for one browser of the user.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BrowserContext, Page } from 'playwright-core';
import { z } from 'zod';
import { loopbackEntry, projectFolder } from './built-app.ts';
import type { Driver, RunningApp, StartOptions } from './driver.ts';
import { collectProblems } from './problems.ts';
import { appEnvironment, sharedChromium } from './surroundings.ts';

const START_WITHIN_MS = 90_000;
const launchAddress = /http:\/\/127\.0\.0\.1:\d+\/#launch=\S+/;

const OpenBrowserAnswer = z.object({ ok: z.literal(true), value: z.object({ url: z.string() }) });

interface Server {
  readonly child: ChildProcess;
  /** Good for one browser, once. */
  readonly address: string;
  readonly ended: Promise<unknown>;
}

/** Starts the compiled host. Rejects with what it said when it ended instead of printing an address. */
async function startServer(options: StartOptions): Promise<Server> {
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'end-with-parent.ts'), loopbackEntry, '--no-open', '--port', '0'],
    { cwd: projectFolder, env: await appEnvironment(options), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('The loopback host has no output.');
  const ended = new Promise((resolve) => child.once('close', resolve));
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The loopback host printed no address. ${said}`));
    }, START_WITHIN_MS);
    createInterface(stdout).on('line', (line) => {
      said += `${line}\n`;
      const found = launchAddress.exec(line)?.[0];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      reject(new Error(`The loopback host ended with exit code ${exitCode ?? 'none'}. ${said}`));
    });
  });
  return { child, address, ended };
}

class LoopbackApp implements RunningApp {
  readonly problems: string[] = [];
  readonly #options: StartOptions;
  readonly #otherBrowsers: BrowserContext[] = [];
  #server: Server | null = null;
  #page: Page | null = null;

  constructor(options: StartOptions) {
    this.#options = options;
  }

  get page(): Page {
    if (this.#page === null) throw new Error('The app is not running.');
    return this.#page;
  }

  async start(storage?: Awaited<ReturnType<BrowserContext['storageState']>>): Promise<void> {
    this.#server = await startServer(this.#options);
    this.#page = await this.#openBrowser(this.#server.address, storage);
  }

  async openOtherBrowser(): Promise<Page> {
    const answer: unknown = await this.page.evaluate(async (): Promise<unknown> => {
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch('/call/app:openBrowser', { method: 'POST', headers, body: '{}' });
      const json: unknown = await response.json();
      return json;
    });
    const page = await this.#openBrowser(OpenBrowserAnswer.parse(answer).value.url);
    this.#otherBrowsers.push(page.context());
    return page;
  }

  clipboardText(): Promise<string> {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  async restart(): Promise<void> {
    const { cookies, origins } = await this.page.context().storageState();
    await this.close();
    // A browser that was closed and opened again has lost the cookies of its session.
    await this.start({ cookies: cookies.filter(({ expires }) => expires !== -1), origins });
  }

  async close(): Promise<void> {
    await Promise.all(
      [this.page.context(), ...this.#otherBrowsers.splice(0)].map((context) => context.close()),
    );
    this.#server?.child.kill('SIGTERM');
    await this.#server?.ended;
  }

  async #openBrowser(
    address: string,
    storageState: Awaited<ReturnType<BrowserContext['storageState']>> = { cookies: [], origins: [] },
  ): Promise<Page> {
    const context = await (
      await sharedChromium()
    ).newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['clipboard-read', 'clipboard-write'],
      storageState,
    });
    collectProblems(context, this.problems);
    const page = await context.newPage();
    await page.goto(address);
    return page;
  }
}

export const loopbackDriver: Driver = {
  name: 'loopback',
  async start(options) {
    const app = new LoopbackApp(options);
    await app.start();
    return app;
  },
};
