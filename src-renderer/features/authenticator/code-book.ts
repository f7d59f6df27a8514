// The codes of the accounts in sight: asks for them together, again when the first of them ends, never while hidden.
import type { AccountCode, Output } from '../../../src-shared/contract/index.ts';

/** A code with its end on this window's own clock, whatever clock main goes by. */
export interface TimedCode {
  readonly code: string;
  readonly nextCode: string;
  /** By this window's clock. */
  readonly endsAtMs: number;
  readonly periodMs: number;
  /** Never ends (counter-based). */
  readonly isLasting: boolean;
  /** Not believed any more, though it stays on screen until the new one is there. */
  readonly isOver: boolean;
}

export interface CodeBookOptions {
  readonly ask: (ids: readonly string[]) => Promise<Output<'authenticator:codes'>>;
  readonly nowMs: () => number;
  /** Calls once when `nowMs` is there. Returns the function that gives that up. */
  readonly atMoment: (dueMs: number, listener: () => void) => () => void;
  readonly isHidden: () => boolean;
}

/** As many as one call may ask for. */
const BATCH = 500;
/** A code is asked for this long after the boundary, so that main is surely past it. */
const AFTER_BOUNDARY_MS = 15;
const RETRY_MS = 4_000;

const inBatches = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) =>
    ids.slice(index * BATCH, (index + 1) * BATCH),
  );

export class CodeBook {
  readonly #options: CodeBookOptions;
  readonly #codes = new Map<string, TimedCode>();
  readonly #listeners = new Set<() => void>();
  #visible: readonly string[] = [];
  #endWaiting: () => void = () => undefined;
  #isAsking = false;
  /** Rises with each call of refresh, so that one that comes while an answer is under way is not lost. */
  #refreshes = 0;
  #hasFailed = false;
  #correctedByMs = 0;
  /** Rises when what was asked before must not be believed any more. */
  #generation = 0;

  constructor(options: CodeBookOptions) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get(id: string): TimedCode | undefined {
    return this.#codes.get(id);
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Real time minus this computer's, where the codes go by the checked time; otherwise 0. */
  get correctedByMs(): number {
    return this.#correctedByMs;
  }

  /** The accounts whose codes are on screen now. */
  show(ids: readonly string[]): void {
    this.#visible = ids;
    void this.refresh();
  }

  /** Asks for what is missing or over; call it when the window is shown again. */
  async refresh(): Promise<void> {
    this.#endWaiting();
    this.#refreshes += 1;
    if (this.#isAsking || this.#options.isHidden()) return;
    this.#isAsking = true;
    let seen: number;
    do {
      seen = this.#refreshes;
      const now = this.#options.nowMs();
      const due = this.#visible.filter((id) => this.#isOver(this.#codes.get(id), now));
      if (due.length > 0) await this.#askFor(due);
    } while (seen !== this.#refreshes);
    this.#isAsking = false;
    this.#schedule();
  }

  /**
   * Forgets all codes, or one: the clock was set, or accounts changed. Those on screen stay until the new ones are
   * there.
   */
  renew(id?: string): void {
    this.#generation += 1;
    for (const [one, code] of this.#codes) {
      if (id === undefined || one === id) this.#codes.set(one, { ...code, isOver: true });
    }
    void this.refresh();
  }

  /** Takes a code that was answered elsewhere: the next one of a counter. */
  put(code: AccountCode): void {
    this.#generation += 1;
    this.#codes.set(code.id, timed(code, 0));
    for (const listener of this.#listeners) listener();
    void this.refresh();
  }

  close(): void {
    this.#endWaiting();
    this.#visible = [];
    this.#listeners.clear();
  }

  #isOver(code: TimedCode | undefined, now: number): boolean {
    return code === undefined || code.isOver || (!code.isLasting && code.endsAtMs <= now);
  }

  async #askFor(ids: readonly string[]): Promise<void> {
    const generation = this.#generation;
    try {
      for (const batch of inBatches(ids)) {
        const { codes, nowMs, correctedByMs } = await this.#options.ask(batch);
        if (generation !== this.#generation) return;
        this.#correctedByMs = correctedByMs;
        const ahead = this.#options.nowMs() - nowMs;
        for (const code of codes) this.#codes.set(code.id, timed(code, ahead));
      }
      this.#hasFailed = false;
    } catch {
      this.#hasFailed = true;
    }
    for (const listener of this.#listeners) listener();
  }

  #schedule(): void {
    this.#endWaiting();
    if (this.#visible.length === 0) return;
    const now = this.#options.nowMs();
    let next = Infinity;
    for (const id of this.#visible) {
      const code = this.#codes.get(id);
      if (code !== undefined && !code.isLasting) next = Math.min(next, code.endsAtMs);
    }
    const isBehind = this.#hasFailed || next <= now;
    if (!isBehind && next === Infinity) return;
    const refresh = (): void => void this.refresh();
    if (this.#hasFailed) {
      const timer = setTimeout(refresh, RETRY_MS);
      this.#endWaiting = () => clearTimeout(timer);
    } else this.#endWaiting = this.#options.atMoment(Math.max(now, next) + AFTER_BOUNDARY_MS, refresh);
  }
}

const timed = ({ code, nextCode, validFromMs, validUntilMs }: AccountCode, ahead: number): TimedCode => ({
  code,
  nextCode,
  endsAtMs: validUntilMs + ahead,
  periodMs: validUntilMs - validFromMs,
  isLasting: validUntilMs <= validFromMs,
  isOver: false,
});
