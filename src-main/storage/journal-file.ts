// The journal on disk: lines are appended and synced; an append that fails leaves nothing behind.
import { constants, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder, syncFolder } from './durable-folder.ts';
import { writeFailed } from './storage-failure.ts';

const OWNER_ONLY_FILE = 0o600;

export class JournalFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #size: number;
  /** Something may lie behind `#size` that must go before the next append. */
  #hasRemains: boolean;

  private constructor(path: string, handle: FileHandle, size: number) {
    this.path = path;
    this.#handle = handle;
    this.#size = size;
    this.#hasRemains = true;
  }

  /** Opens or makes the journal and goes on after its first `size` bytes. Throws TwofoldError `storage-failed`. */
  static async open(path: string, size: number): Promise<JournalFile> {
    try {
      await makeFolder(dirname(path));
      const handle = await open(path, constants.O_RDWR | constants.O_CREAT, OWNER_ONLY_FILE);
      try {
        await syncFolder(dirname(path));
        return new JournalFile(path, handle, size);
      } catch (error) {
        await handle.close();
        throw error;
      }
    } catch (error) {
      throw writeFailed(path, error);
    }
  }

  /** Length of what was acknowledged, in bytes. */
  get size(): number {
    return this.#size;
  }

  /** Makes the line durable. Throws TwofoldError `storage-failed`, and has then left nothing in the file. */
  async append(line: Uint8Array): Promise<void> {
    try {
      if (this.#hasRemains) await this.#cutRemains();
      this.#hasRemains = true;
      for (let written = 0; written < line.length;) {
        const step = await this.#handle.write(line, written, line.length - written, this.#size + written);
        written += step.bytesWritten;
      }
      await this.#handle.datasync();
      this.#size += line.length;
      this.#hasRemains = false;
    } catch (error) {
      // Where even this fails, the next append tries again before it writes.
      await this.#cutRemains().catch(() => undefined);
      throw writeFailed(this.path, error);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #cutRemains(): Promise<void> {
    await this.#handle.truncate(this.#size);
    await this.#handle.datasync();
    this.#hasRemains = false;
  }
}
