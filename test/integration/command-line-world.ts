// A folder of data, and the command line on it as if typed: for tests.
import { mkdtempSync, rmSync, writeFileSync, openSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { CommandFailed, type ExitCode, exitCodes } from '../../src-main/hosts/command-line/command.ts';
import { runCommandLine } from '../../src-main/hosts/command-line/run-command-line.ts';
import type { Clipboard } from '../../src-main/authenticator/clipboard.ts';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import { MemoryPasswordStore } from '../../src-main/secrets/memory-password-store.ts';
import type { PasswordStore } from '../../src-main/secrets/password-store.ts';
import type { KeyStore } from '../../src-main/secrets/key-store.ts';
import { type Ports, type Services, startServices } from '../../src-main/services.ts';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { FakeTerminal } from '../fakes/fake-terminal.ts';

/** RFC 6238 appendix B: at 59 s this secret gives 94287082 with eight digits, 287082 with six. */
export const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
export const AT_MS = 59_000;
export const PASSPHRASE = 'correct horse battery staple';

export const silentKeychain: KeyStore = {
  read: () => Promise.resolve({ kind: 'unavailable', reason: 'This session has no keychain.' }),
  write: () => Promise.reject(new TwofoldError('key-unavailable', 'This session has no keychain.')),
  remove: () => Promise.resolve(),
};

/** Holds one text. */
export class FakeClipboard implements Clipboard {
  text = '';

  write(text: string): Promise<void> {
    this.text = text;
    return Promise.resolve();
  }

  clearIfHolds(text: string): Promise<void> {
    if (this.text === text) this.text = '';
    return Promise.resolve();
  }
}

export interface Typed {
  /** What is typed unseen; null: nobody is there. */
  readonly secret?: string | readonly string[] | null;
  /** The answer to a question. */
  readonly answer?: string;
  /** When Ctrl-C is pressed; at once where it is left out. */
  readonly end?: Promise<void>;
}

export interface Outcome {
  readonly exitCode: ExitCode;
  readonly printed: string;
  readonly told: string;
  readonly asked: number;
  readonly questions: readonly string[];
}

export class CommandLineWorld {
  readonly home = mkdtempSync(join(tmpdir(), 'twofold-command-line-'));
  /** For files beside the data. */
  readonly folder = mkdtempSync(join(tmpdir(), 'twofold-files-'));
  readonly clock = new VirtualClock(AT_MS);
  keychain: KeyStore = new MemoryKeyStore();
  passwords: PasswordStore = new MemoryPasswordStore();
  variables: Readonly<Record<string, string>> = {};
  clipboard: Clipboard | null = new FakeClipboard();

  constructor() {
    // No time servers: nothing is asked outside.
    writeFileSync(
      join(this.home, 'preferences.json'),
      JSON.stringify({
        version: 1,
        content: { settings: { theme: 'system', timeServers: [], timeFallbacks: [] }, notices: [] },
      }),
    );
  }

  async run(args: readonly string[], { secret = null, answer, end }: Typed = {}): Promise<Outcome> {
    const terminal = new FakeTerminal(secret);
    terminal.answer = answer ?? null;
    terminal.end = end ?? Promise.resolve();
    const exitCode = await runCommandLine(args, {
      terminal,
      clock: this.clock,
      keychain: this.keychain,
      passwords: this.passwords,
      variables: this.variables,
      openClipboard: () => {
        if (this.clipboard !== null) return this.clipboard;
        throw new CommandFailed(exitCodes.noClipboard, 'This session has no clipboard.');
      },
      home: this.home,
      version: '0',
      pages: '/nowhere',
    });
    const { printed, told, asked, questions } = terminal;
    return { exitCode, printed, told, asked, questions };
  }

  /** The JSON that a command prints; it must have ended well. */
  async json(args: readonly string[], typed: Typed = {}): Promise<unknown> {
    const { exitCode, printed, told } = await this.run([...args, '--json'], typed);
    expect([exitCode, told]).toEqual([exitCodes.done, expect.any(String)]);
    return JSON.parse(printed);
  }

  /** Runs `work` with the number of a file descriptor that holds that text. */
  async withDescriptor<T>(content: string, work: (descriptor: string) => Promise<T>): Promise<T> {
    const path = join(this.folder, `descriptor-${content.length}`);
    writeFileSync(path, content);
    const descriptor = openSync(path, 'r');
    try {
      return await work(String(descriptor));
    } finally {
      closeSync(descriptor);
      rmSync(path);
    }
  }

  /** The app itself, as another host would run it. */
  openApp(more: Partial<Ports> = {}): Promise<Services> {
    return startServices({
      ...more,
      host: 'test',
      home: this.home,
      version: '0',
      clock: this.clock,
      keychain: this.keychain,
      passwords: this.passwords,
      variables: this.variables,
      openBrowser: () => Promise.resolve({ url: null }),
      onFault: (method, frames) => {
        throw new Error(`${method} ${frames}`);
      },
    });
  }

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
