// The console's embedded store: a snapshot kept through lowdb, and a journal to which each set of changes is appended.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import type { Clock } from '../clock/clock.ts';
import type { Change, ChangeStore, LoadedTables } from './change-store.ts';
import { DurableFile, type RecoveryEvent } from './durable-file.ts';
import { removeFile, setAside } from './durable-folder.ts';
import { JournalFile } from './journal-file.ts';
import { formatLine, type JournalLine, readJournal } from './journal-line.ts';
import { newerVersion } from './json-file.ts';
import { applyChanges, type DocumentState, migrateState, replay, type TablesMigration } from './replay.ts';
import { formatSnapshot, readSnapshot } from './snapshot-lines.ts';
import { readFailed, storageFailed, systemCode, writeFailed } from './storage-failure.ts';

const COMPACT_AT_BYTES = 1024 * 1024;
/** At the end a journal of less than that share of the snapshot is left: the next start reads it sooner than this writes. */
const WORTH_COMPACTING_SHARE = 1 / 16;

export interface JournaledDocumentOptions {
  readonly folder: string;
  /** Start of the files' names: `<name>.json`, `<name>.json.bak`, `<name>.<first sequence>.journal`. */
  readonly name: string;
  readonly clock: Clock;
  readonly onRecovered?: (event: RecoveryEvent) => void;
  /** From version 1 to 2, from 2 to 3, …: the present version is one more than their number. */
  readonly migrations?: readonly TablesMigration[];
  /** A journal of that size goes into the snapshot; default 1 MiB, and never less than the snapshot itself. */
  readonly compactAtBytes?: number;
}

interface WaitingCommit {
  /** The changes as JSON tuples, joined with commas. */
  readonly changes: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A journal on disk, by the sequence that its first line has. */
interface FoundJournal {
  readonly first: number;
  readonly path: string;
  readonly lines: readonly JournalLine[];
  readonly finishedBytes: number;
  readonly endsDamaged: boolean;
}

/** What lowdb holds: the snapshot on disk. Its state is taken over by `load`, its bytes are there only to be written. */
interface Snapshot {
  readonly sequence: number;
  readonly state: DocumentState | null;
  readonly bytes: Uint8Array | null;
}

/**
 * Tables of JSON records in which each commit costs one appended line, however many records there are. Commits that
 * come while a line is being synced share the next one. The journals since the *previous* snapshot are kept, so that
 * a damaged snapshot costs nothing: its backup and those journals give the same state.
 */
export class JournaledDocument implements ChangeStore {
  readonly #options: JournaledDocumentOptions;
  readonly #migrations: readonly TablesMigration[];
  readonly #low: Low<Snapshot>;
  #state: DocumentState;
  #snapshotBytes = 0;
  /** First sequences of the journals on disk, in order; the last is the one that is written to. */
  #journals: number[] = [];
  #journal: JournalFile | null = null;
  /** Where the last journal found by `load` goes on. */
  #resumeAt = 0;
  #waiting: WaitingCommit[] = [];
  #flushing: Promise<void> | null = null;
  #compacting: Promise<void> | null = null;
  #isOpen = false;

  constructor(options: JournaledDocumentOptions) {
    this.#options = options;
    this.#migrations = options.migrations ?? [];
    this.#state = { version: this.#presentVersion, sequence: 0, tables: new Map() };
    const { clock, onRecovered } = options;
    const file = new DurableFile<Snapshot>({
      path: join(options.folder, `${options.name}.json`),
      clock,
      parse: (bytes) => this.#parseSnapshot(bytes),
      serialize: ({ bytes }) => bytes ?? new Uint8Array(),
      ...(onRecovered === undefined ? {} : { onRecovered }),
    });
    this.#low = new Low<Snapshot>(file, { sequence: 0, state: null, bytes: null });
  }

  async load(): Promise<LoadedTables> {
    await this.#low.read();
    const journals = await this.#findJournals();
    const newest = Math.max(0, ...journals.flatMap(({ lines }) => lines.map((line) => line.version)));
    if (newest > this.#presentVersion) {
      throw newerVersion(join(this.#options.folder, this.#options.name), newest, this.#presentVersion);
    }
    const start = this.#low.data.state ?? {
      ...this.#state,
      version: journals[0]?.lines[0]?.version ?? this.#presentVersion,
    };
    // Only its place is asked for from now on.
    this.#low.data = { sequence: start.sequence, state: null, bytes: null };
    const { state, brokenFrom } = replay(
      start,
      journals.map(({ lines }) => lines),
      this.#migrations,
    );
    this.#state = migrateState(state, this.#presentVersion, this.#migrations);
    const usable =
      brokenFrom ?? (journals.at(-1)?.endsDamaged === true ? journals.length - 1 : journals.length);
    if (usable < journals.length) await this.#dropJournals(journals.slice(usable));
    this.#journals = journals.slice(0, usable).map(({ first }) => first);
    this.#resumeAt = journals[usable - 1]?.finishedBytes ?? 0;
    this.#isOpen = true;
    return this.#state.tables;
  }

  commit(changes: readonly Change[]): Promise<void> {
    if (!this.#isOpen) {
      return Promise.reject(
        storageFailed('other', 'The data is not open any more, so nothing was saved. Start Twofold again.'),
      );
    }
    // At once: the caller may go on changing its records.
    const text = changes.map(({ table, id, record }) => JSON.stringify([table, id, record])).join(',');
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes: text, resolve, reject });
      this.#flushing ??= this.#flush();
    });
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#flushing;
    await this.#compacting;
    try {
      if (this.#isWorthCompacting) await this.#compact();
    } catch {
      // The journal has it all; the snapshot is made another time.
    }
    await this.#journal?.close();
    this.#journal = null;
  }

  get #isWorthCompacting(): boolean {
    if (this.#state.sequence === this.#low.data.sequence) return false;
    const journalBytes = this.#journal?.size ?? this.#resumeAt;
    return journalBytes >= this.#snapshotBytes * WORTH_COMPACTING_SHARE;
  }

  get #presentVersion(): number {
    return this.#migrations.length + 1;
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#append(group.map((waiting) => waiting.changes).join(','));
        for (const { resolve } of group) resolve();
        await this.#compactWhenDue();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#flushing = null;
  }

  async #append(changes: string): Promise<void> {
    const sequence = this.#state.sequence + 1;
    this.#journal ??= await this.#openJournal(sequence);
    const line = formatLine(sequence, this.#presentVersion, changes);
    await this.#journal.append(line);
    this.#state = { ...this.#state, sequence };
    // Our own copy of the records, so that nobody's later change slips into a snapshot.
    const [read] = readJournal(line).lines;
    if (read !== undefined) applyChanges(this.#state.tables, read.changes);
  }

  #journalPath(first: number): string {
    return join(this.#options.folder, `${this.#options.name}.${first}.journal`);
  }

  async #openJournal(nextSequence: number): Promise<JournalFile> {
    const last = this.#journals.at(-1);
    if (last !== undefined) return JournalFile.open(this.#journalPath(last), this.#resumeAt);
    const journal = await JournalFile.open(this.#journalPath(nextSequence), 0);
    this.#journals.push(nextSequence);
    return journal;
  }

  async #compactWhenDue(): Promise<void> {
    const dueBytes = Math.max(this.#options.compactAtBytes ?? COMPACT_AT_BYTES, this.#snapshotBytes);
    if (this.#journal === null || this.#journal.size < dueBytes || this.#compacting !== null) return;
    try {
      await this.#startJournal();
    } catch {
      // The present journal goes on; the next commit tries again.
      return;
    }
    // Commits go on in the new journal while the snapshot is written. A failed snapshot costs nothing either.
    this.#compacting = this.#writeSnapshot()
      .catch(() => undefined)
      .finally(() => {
        this.#compacting = null;
      });
  }

  async #compact(): Promise<void> {
    await this.#startJournal();
    await this.#writeSnapshot();
  }

  /** From here on commits go to a new journal. */
  async #startJournal(): Promise<void> {
    const first = this.#state.sequence + 1;
    if (this.#journals.at(-1) === first) return;
    const next = await JournalFile.open(this.#journalPath(first), 0);
    this.#journals.push(first);
    await this.#journal?.close();
    this.#journal = next;
  }

  /** Writes the state as it is now; then the journals that not even the backup snapshot needs can go. */
  async #writeSnapshot(): Promise<void> {
    const previous = this.#low.data.sequence;
    await this.#replaceSnapshot();
    for (;;) {
      const [first, second] = this.#journals;
      if (first === undefined || second === undefined || second > previous + 1) return;
      await removeFile(this.#journalPath(first));
      this.#journals.shift();
    }
  }

  async #replaceSnapshot(): Promise<void> {
    const before = this.#low.data;
    const { sequence } = this.#state;
    const bytes = await formatSnapshot(this.#state);
    try {
      this.#low.data = { sequence, state: null, bytes };
      await this.#low.write();
      this.#low.data = { sequence, state: null, bytes: null };
      this.#snapshotBytes = bytes.length;
    } catch (error) {
      this.#low.data = before;
      throw error;
    }
  }

  async #findJournals(): Promise<FoundJournal[]> {
    const { folder, name } = this.#options;
    const start = `${name}.`;
    try {
      const firsts = (await readdir(folder))
        .filter((file) => file.startsWith(start))
        .flatMap((file) => /^(\d{1,15})\.journal$/.exec(file.slice(start.length))?.[1] ?? [])
        .map(Number)
        .sort((a, b) => a - b);
      return await Promise.all(
        firsts.map(async (first, place) => {
          const path = this.#journalPath(first);
          // The snapshot has all of it: it is kept for the backup snapshot alone, and reading it costs as much again.
          const next = firsts[place + 1];
          if (next !== undefined && next <= this.#low.data.sequence + 1) {
            return { first, path, lines: [], finishedBytes: 0, endsDamaged: false };
          }
          return { first, path, ...readJournal(await readFile(path)) };
        }),
      );
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw readFailed(join(folder, name), error);
    }
  }

  /** Makes what could be kept durable, then sets the unusable journals aside and tells. */
  async #dropJournals(broken: readonly FoundJournal[]): Promise<void> {
    const { clock, onRecovered } = this.#options;
    try {
      if (this.#low.data.sequence < this.#state.sequence) await this.#replaceSnapshot();
      for (const { path } of broken) {
        const aside = await setAside(path, clock);
        onRecovered?.({ path, setAside: aside, usedBackup: true });
      }
    } catch (error) {
      throw writeFailed(join(this.#options.folder, this.#options.name), error);
    }
  }

  #parseSnapshot(bytes: Uint8Array): Snapshot {
    const path = join(this.#options.folder, `${this.#options.name}.json`);
    const state = readSnapshot(bytes, this.#presentVersion, (version) =>
      newerVersion(path, version, this.#presentVersion),
    );
    this.#snapshotBytes = bytes.length;
    return { sequence: state.sequence, state, bytes: null };
  }
}
