// The clock's history over its file. What cannot be saved is told all the same, and saved with the next check.
import { Low, type Adapter } from 'lowdb';
import type { ClockHistory as ClockHistoryAnswer } from '../../src-shared/contract/clock.ts';
import type { EventHub } from '../ipc/events.ts';
import type { RecoveryEvent } from '../storage/durable-file.ts';
import { jsonFile } from '../storage/json-file.ts';
import type { Clock } from './clock.ts';
import {
  emptyHistory,
  HistoryDocument,
  lastKnownMs,
  type ToldLevel,
  withFinding,
} from './history-document.ts';
import type { ClockFinding } from './monitor.ts';

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'The history of the clock was not saved.';

/** Nothing of it throws or makes a check wait: a full disk costs the history, not the time. */
export class ClockHistory {
  readonly #low: Low<HistoryDocument>;
  readonly #events: EventHub;
  #unsaved: string | null = null;
  #writing: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(low: Low<HistoryDocument>, events: EventHub) {
    this.#low = low;
    this.#events = events;
  }

  /** A file that cannot be read, or is a later Twofold's, is left alone, and the history begins anew in memory. */
  static async open(adapter: Adapter<HistoryDocument>, events: EventHub): Promise<ClockHistory> {
    const history = new ClockHistory(new Low(adapter, emptyHistory()), events);
    try {
      await history.#low.read();
    } catch (error) {
      history.#unsaved = reasonOf(error);
    }
    return history;
  }

  /** Adds what a check found, and says so by `clock:recorded`. */
  record(finding: ClockFinding): void {
    if (finding.check === null && finding.events.length === 0) return;
    this.#change(withFinding(this.#low.data, finding));
    this.#events.emit('clock:recorded', {});
  }

  /** What is known up to `realNowMs`, milliseconds since 1970. */
  read(realNowMs: number): ClockHistoryAnswer {
    const { checks, events, sources } = this.#low.data;
    const nowMs = Math.max(realNowMs, lastKnownMs(this.#low.data) ?? realNowMs);
    return { nowMs, checks, events, sources, unsaved: this.#unsaved };
  }

  /** How far the user was told that the clock is off. */
  get told(): ToldLevel {
    return this.#low.data.told;
  }

  tell(level: ToldLevel): void {
    if (level !== this.told) this.#change({ ...this.#low.data, told: level });
  }

  /** Waits for what is being saved. A check that ends later is not recorded: the file may be another's by then. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#writing;
  }

  #change(next: HistoryDocument): void {
    if (this.#isClosed) return;
    this.#low.data = next;
    this.#writing = this.#writing
      .then(() => this.#low.write())
      .then(
        () => this.#setUnsaved(null),
        (error: unknown) => this.#setUnsaved(reasonOf(error)),
      );
  }

  #setUnsaved(reason: string | null): void {
    if (reason === this.#unsaved) return;
    this.#unsaved = reason;
    this.#events.emit('clock:recorded', {});
  }
}

/** The history in that file; an empty one where there is none. */
export const openClockHistory = (options: {
  readonly path: string;
  readonly clock: Clock;
  readonly events: EventHub;
  readonly onRecovered?: (event: RecoveryEvent) => void;
}): Promise<ClockHistory> => {
  const { events, ...file } = options;
  return ClockHistory.open(jsonFile({ ...file, schema: HistoryDocument }), events);
};
