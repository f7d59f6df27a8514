// `twofold serve --listen`, compiled, over TLS in the system's Chromium: for what only other people's browsers meet.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { makeCertificate } from '../../fakes/network-world.ts';
import { projectFolder } from './built-app.ts';
import type { StartOptions } from './driver.ts';
import { collectProblems } from './problems.ts';
import { appEnvironment, sharedChromium, temporaryFolder } from './surroundings.ts';

const START_WITHIN_MS = 90_000;
const ready = /^Twofold offers the console at (https:\S+) /m;

export interface EndedNode {
  readonly exitCode: number | null;
  /** What it logged, each line parsed. */
  readonly log: readonly unknown[];
}

export class NetworkNode {
  readonly address: string;
  readonly problems: string[] = [];
  readonly #child: ChildProcess;
  readonly #said: { out: string; err: string };
  readonly #ended: Promise<number | null>;
  readonly #contexts: BrowserContext[] = [];

  private constructor(
    address: string,
    child: ChildProcess,
    said: { out: string; err: string },
    ended: Promise<number | null>,
  ) {
    this.address = address;
    this.#child = child;
    this.#said = said;
    this.#ended = ended;
  }

  /** Resolves when it answers. Rejects with what it said when it ended instead. */
  static async start(options: StartOptions): Promise<NetworkNode> {
    const { certFile, keyFile } = makeCertificate(temporaryFolder());
    const child = spawn(
      process.execPath,
      [
        ...[
          '--import',
          join(import.meta.dirname, 'end-with-parent.ts'),
          join(projectFolder, 'out/main/cli.js'),
        ],
        ...['serve', '--listen', '127.0.0.1:0', '--tls-cert', certFile, '--tls-key', keyFile],
      ],
      { cwd: projectFolder, env: await appEnvironment(options), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    const said = { out: '', err: '' };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said.err += text;
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const address = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), START_WITHIN_MS);
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said.out += text;
        const found = ready.exec(said.out)?.[1];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      });
      void ended.then((exitCode) => {
        clearTimeout(timer);
        reject(new Error(`The node ended with exit code ${exitCode ?? 'none'}. ${said.out}${said.err}`));
      });
    });
    return new NetworkNode(address, child, said, ended);
  }

  /** The start page in a browser that has never been here; the certificate is not looked at. */
  async openBrowser(): Promise<Page> {
    const context = await (
      await sharedChromium()
    ).newContext({ viewport: { width: 1280, height: 800 }, ignoreHTTPSErrors: true });
    this.#contexts.push(context);
    collectProblems(context, this.problems);
    const page = await context.newPage();
    await page.goto(this.address);
    return page;
  }

  /** As a service manager ends it. The browsers stay open. */
  async stop(): Promise<EndedNode> {
    this.#child.kill('SIGTERM');
    const exitCode = await this.#ended;
    const lines = this.#said.err.split('\n').filter((line) => line !== '');
    return { exitCode, log: lines.map((line): unknown => JSON.parse(line)) };
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    if (this.#child.exitCode === null) await this.stop();
  }
}
