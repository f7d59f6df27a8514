// Stands for Electron's `app`: life cycle, paths and the single-instance lock.
import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { PreventableEvent } from './event.ts';
import { answerParent, parent } from './parent.ts';

const root = join(import.meta.dirname, '../../..');
const packageFile = z
  .object({ name: z.string(), version: z.string() })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

export class StandInApp extends EventEmitter {
  #userData = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), packageFile.name);
  #isReady = false;
  #isQuitting = false;
  #lockFile: string | null = null;
  /** Set by the windows: closes all of them. */
  closeAllWindows: () => Promise<void> = () => Promise.resolve();

  constructor() {
    super();
    // As in Electron, ready comes after the main module has been evaluated.
    setImmediate(() => {
      this.#isReady = true;
      this.emit('ready');
      parent.ask('app:started').catch(() => undefined);
    });
    process.on('SIGTERM', () => this.quit());
    process.on('SIGINT', () => this.quit());
    process.on('SIGUSR2', () => {
      const file = this.#argumentsFile();
      const argv = z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
      rmSync(file);
      this.emit('second-instance', new PreventableEvent(), argv, process.cwd(), null);
    });
    process.on('exit', () => {
      if (this.#lockFile !== null) rmSync(this.#lockFile, { force: true });
    });
    answerParent({
      quit: () => this.quit(),
      'desktop:open-url': (body) =>
        this.emit('open-url', new PreventableEvent(), z.string().parse(body)) && undefined,
    });
  }

  get isQuitting(): boolean {
    return this.#isQuitting;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#isReady ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()));
  }

  getVersion(): string {
    return packageFile.version;
  }

  getName(): string {
    return packageFile.name;
  }

  getAppPath(): string {
    return root;
  }

  getPath(name: string): string {
    if (name !== 'userData') throw new Error(`The stand-in for Electron does not know the path ${name} yet.`);
    return this.#userData;
  }

  setPath(name: string, path: string): void {
    if (name !== 'userData') throw new Error(`The stand-in for Electron does not know the path ${name} yet.`);
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist.`);
    this.#userData = path;
  }

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  setAboutPanelOptions(): void {
    // There is no such panel here.
  }

  requestSingleInstanceLock(): boolean {
    const file = join(this.#userData, 'SingletonLock');
    if (existsSync(file)) {
      const holder = Number(readFileSync(file, 'utf8'));
      if (holder !== process.pid && isAlive(holder)) {
        writeFileSync(this.#argumentsFile(), JSON.stringify(process.argv), { mode: 0o600 });
        process.kill(holder, 'SIGUSR2');
        return false;
      }
    }
    writeFileSync(file, String(process.pid));
    this.#lockFile = file;
    return true;
  }

  /** Where a second instance leaves what it was started with, for the first to find. */
  #argumentsFile(): string {
    return join(this.#userData, 'SingletonArguments');
  }

  /** Chromium without Electron's own switches has nothing to do with them; they are checked for being early enough. */
  readonly commandLine = {
    appendSwitch: (): void => {
      if (this.#isReady) throw new Error('Switches can only be appended before app is ready.');
    },
  };

  /** As Electron does on Linux: nothing. */
  setLoginItemSettings(): void {
    if (process.platform !== 'linux') throw new Error('The stand-in for Electron runs on Linux alone.');
  }

  quit(): void {
    if (this.#isQuitting) return;
    const before = new PreventableEvent();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#isQuitting = true;
    void this.closeAllWindows().then(() => this.#endAfterWindows());
  }

  exit(exitCode = 0): never {
    process.exit(exitCode);
  }

  /** Called when the last window was closed. */
  allWindowsClosed(): void {
    if (this.#isQuitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  #endAfterWindows(): void {
    const will = new PreventableEvent();
    this.emit('will-quit', will);
    if (will.defaultPrevented) return;
    this.emit('quit', new PreventableEvent(), 0);
    process.exit(0);
  }
}

export const standInApp = new StandInApp();
