// A file that is always whole: lowdb's adapter with synced writes, a backup generation, and damage set aside.
import { readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import {
  makeFolder,
  removeStaleTemporaryFiles,
  replaceWithLink,
  setAside,
  syncFolder,
  withTemporaryFile,
} from './durable-folder.ts';
import { readFailed, storageFailed, systemCode, writeFailed } from './storage-failure.ts';
import { InTurn } from '../queue/in-turn.ts';

export interface RecoveryEvent {
  readonly path: string;
  /** Where the damaged file lies now; empty when there was none and only the backup was left. */
  readonly setAside: string;
  /** Whether an earlier state could be used: the backup, or all changes before the damage. Otherwise one starts empty. */
  readonly usedBackup: boolean;
}

export interface DurableFileOptions<T> {
  readonly path: string;
  /**
   * Reads the content. Throws a TwofoldError for a file that is in order but cannot be used now (its key is not there
   * or is another one, a newer version): it is passed on and the file is left alone. Any other error means damage.
   */
  readonly parse: (bytes: Uint8Array) => T;
  readonly serialize: (value: T) => Uint8Array;
  readonly onRecovered?: (event: RecoveryEvent) => void;
  /** What to do when neither generation can be used: set both aside and start empty (default), or touch nothing and throw. */
  readonly whenLost?: 'start-empty' | 'refuse';
  /** For the names of files set aside. */
  readonly clock?: Clock;
}

type Generation<T> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'damaged'; readonly cause: unknown }
  | { readonly kind: 'sound'; readonly value: T };

/**
 * One file and its previous generation (`.bak`). Reads and writes of one instance run one after another. A write that
 * has resolved survives a crash; one that has not leaves the old content or the new one, never a mixture.
 * Throws TwofoldError `storage-failed` with `details.reason`.
 */
export class DurableFile<T> implements Adapter<T> {
  readonly path: string;
  readonly #options: DurableFileOptions<T>;
  readonly #clock: Clock;
  readonly #queue = new InTurn();
  /** What lies on disk was read, or written by us: only then may it become the backup. */
  #isKnown = false;
  /** What killed processes left behind was removed. */
  #isTidy = false;

  constructor(options: DurableFileOptions<T>) {
    this.path = options.path;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Where the previous generation lies. */
  get backupPath(): string {
    return `${this.path}.bak`;
  }

  /** The content; null when there is none yet, or none that can be used (then `onRecovered` was told). */
  read(): Promise<T | null> {
    return this.#queue.run(() => this.#read());
  }

  /** Makes `value`, as it is now, the durable content. */
  async write(value: T): Promise<void> {
    // At once, not in turn: the caller may go on changing the value.
    const content = this.#options.serialize(value);
    await this.#queue.run(() => this.#write(content));
  }

  async #read(): Promise<T | null> {
    const current = await this.#generation(this.path);
    if (current.kind === 'sound') {
      this.#isKnown = true;
      return current.value;
    }
    // Looked at before anything is moved: when the backup says that a key is missing, nothing is touched.
    const backup = await this.#generation(this.backupPath);
    if (current.kind === 'absent' && backup.kind === 'absent') {
      this.#isKnown = true;
      return null;
    }
    if (backup.kind !== 'sound' && this.#options.whenLost === 'refuse') {
      throw storageFailed(
        'damaged',
        `${this.path} is damaged, and so is its backup. Nothing was changed. Put a good copy of the file there and start Twofold again.`,
        current.kind === 'damaged' ? current.cause : undefined,
      );
    }
    const aside = await this.#recover(current, backup);
    this.#isKnown = true;
    this.#options.onRecovered?.({ path: this.path, setAside: aside, usedBackup: backup.kind === 'sound' });
    return backup.kind === 'sound' ? backup.value : null;
  }

  async #generation(path: string): Promise<Generation<T>> {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return { kind: 'absent' };
      throw readFailed(path, error);
    }
    try {
      return { kind: 'sound', value: this.#options.parse(bytes) };
    } catch (error) {
      if (error instanceof TwofoldError) throw error;
      return { kind: 'damaged', cause: error };
    }
  }

  /** Moves damaged generations aside and puts a sound backup in the file's place. Answers where the damaged file lies. */
  async #recover(current: Generation<T>, backup: Generation<T>): Promise<string> {
    try {
      const aside = current.kind === 'damaged' ? await setAside(this.path, this.#clock) : '';
      if (backup.kind === 'damaged') {
        const backupAside = await setAside(this.backupPath, this.#clock);
        return aside === '' ? backupAside : aside;
      }
      if (backup.kind === 'sound') {
        await replaceWithLink(this.backupPath, this.path);
        await syncFolder(dirname(this.path));
      }
      return aside;
    } catch (error) {
      throw writeFailed(this.path, error);
    }
  }

  async #write(content: Uint8Array): Promise<void> {
    if (!this.#isKnown) await this.#read();
    const folder = dirname(this.path);
    try {
      await makeFolder(folder);
      if (!this.#isTidy) {
        await removeStaleTemporaryFiles(this.path);
        await removeStaleTemporaryFiles(this.backupPath);
        this.#isTidy = true;
      }
      await withTemporaryFile(this.path, content, async (temporary) => {
        try {
          await replaceWithLink(this.path, this.backupPath);
        } catch (error) {
          // The first generation has no predecessor.
          if (systemCode(error) !== 'ENOENT') throw error;
        }
        await rename(temporary, this.path);
        await syncFolder(folder);
      });
    } catch (error) {
      throw writeFailed(this.path, error);
    }
  }
}
