// One writer over all hosts: each puts a file of its own into the folder, then looks whether another one lives.
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { makeFolder, removeFile, removeStaleTemporaryFiles, withTemporaryFile } from './durable-folder.ts';
import { processStartMark, sameProcessIsAlive } from './process-liveness.ts';
import { writeFailed } from './storage-failure.ts';

const POLL_MS = 10;

const Entry = z.strictObject({
  pid: z.number().int().positive(),
  /** Tells this process from a later one with the same id. */
  startMark: z.string().nullable(),
  host: z.string(),
  startedAtMs: z.number().int(),
  /** Where the host answers, without any token; null for one without an address. */
  address: z.string().nullable(),
  /** False while its process still looks for others. */
  holds: z.boolean(),
});

export type Writer = Omit<z.infer<typeof Entry>, 'holds' | 'startMark'>;

export interface WriterLockOptions {
  readonly folder: string;
  /** What kind of host asks, for instance `desktop`. */
  readonly host: string;
  readonly address?: string | null;
  readonly clock?: Clock;
}

interface FoundEntry {
  readonly name: string;
  readonly entry: z.infer<typeof Entry>;
}

const ENTRY_NAME = /^writer-\d+-[0-9a-f]{16}\.lock$/;

async function readEntry(path: string): Promise<z.infer<typeof Entry> | null> {
  try {
    return Entry.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Gone meanwhile, or not made by us: entries appear whole, under their name, or not at all.
    return null;
  }
}

/** The live entries, in the order of their names. Those of dead processes are removed. */
async function liveEntries(folder: string): Promise<FoundEntry[]> {
  const found: FoundEntry[] = [];
  for (const name of (await readdir(folder)).filter((file) => ENTRY_NAME.test(file)).sort()) {
    const path = join(folder, name);
    const entry = await readEntry(path);
    if (entry === null) continue;
    if (sameProcessIsAlive(entry.pid, entry.startMark)) found.push({ name, entry });
    // The name is random, so a live process never has the name of a dead one: this removes no other's entry.
    else await removeFile(path);
  }
  return found;
}

function alreadyOpen({ pid, host, address }: z.infer<typeof Entry>): TwofoldError {
  const where = address === null ? '' : ` at ${address}`;
  return new TwofoldError(
    'already-open',
    `Twofold is open already (${host}, process ${pid}${where}). Nothing was changed. Use that one, or close it first.`,
    { pid, host, address },
  );
}

/** Who has the folder open now, or null. Takes nothing. */
export async function findWriter(folder: string): Promise<Writer | null> {
  try {
    const [first] = await liveEntries(folder);
    if (first === undefined) return null;
    const { pid, host, startedAtMs, address } = first.entry;
    return { pid, host, startedAtMs, address };
  } catch {
    return null;
  }
}

/** The right to write in a folder, held until `release` or the end of the process. */
export class WriterLock {
  readonly #folder: string;
  readonly #name: string;
  #entry: z.infer<typeof Entry>;

  private constructor(folder: string, name: string, entry: z.infer<typeof Entry>) {
    this.#folder = folder;
    this.#name = name;
    this.#entry = entry;
  }

  /**
   * Takes the lock. Throws TwofoldError `already-open` with `{pid, host, address}` of who has it, or `storage-failed`.
   * Of several that ask at the same moment exactly one gets it.
   */
  static async acquire(options: WriterLockOptions): Promise<WriterLock> {
    const { folder, host, address = null, clock = systemClock } = options;
    const name = `writer-${process.pid}-${randomBytes(8).toString('hex')}.lock`;
    const lock = new WriterLock(folder, name, {
      pid: process.pid,
      startMark: processStartMark(process.pid),
      host,
      startedAtMs: Math.round(clock.nowMs()),
      address,
      holds: false,
    });
    try {
      await makeFolder(folder);
      await lock.#write();
      await lock.#awaitTurn();
      lock.#entry = { ...lock.#entry, holds: true };
      await lock.#write();
      return lock;
    } catch (error) {
      await lock.release();
      throw writeFailed(join(folder, name), error);
    }
  }

  /** Says where this host answers now. No token may be in it. */
  async setAddress(address: string | null): Promise<void> {
    this.#entry = { ...this.#entry, address };
    try {
      await this.#write();
    } catch (error) {
      throw writeFailed(join(this.#folder, this.#name), error);
    }
  }

  /** Lets the next one in. Does nothing the second time. */
  async release(): Promise<void> {
    await removeFile(join(this.#folder, this.#name));
  }

  async #write(): Promise<void> {
    const path = join(this.#folder, this.#name);
    await removeStaleTemporaryFiles(path);
    await withTemporaryFile(path, Buffer.from(`${JSON.stringify(this.#entry)}\n`), (temporary) =>
      rename(temporary, path),
    );
  }

  /**
   * Our entry is there before we look: of two that look at once, at least one sees the other. The one whose name comes
   * later gives way; the other waits until it has. (Lamport's bakery, with names for tickets.)
   */
  async #awaitTurn(): Promise<void> {
    for (;;) {
      const others = (await liveEntries(this.#folder)).filter(({ name }) => name !== this.#name);
      const ahead = others.find(({ name, entry }) => entry.holds || name < this.#name);
      if (ahead !== undefined) throw alreadyOpen(ahead.entry);
      if (others.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}
