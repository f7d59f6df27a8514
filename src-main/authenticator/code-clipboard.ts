// Codes on the user's clipboard: written, and cleared after a while if they are still there.
import type { Clock } from '../clock/clock.ts';
import type { Clipboard } from './clipboard.ts';
import { InTurn } from '../queue/in-turn.ts';

export const CLEARS_AFTER_MS = 30_000;

interface Pending {
  readonly text: string;
  readonly cancel: () => void;
}

export class CodeClipboard {
  readonly #clipboard: Clipboard;
  readonly #clock: Clock;
  #pending: Pending | null = null;
  /** One after another: what was copied last is what the clipboard holds and what will be cleared. */
  readonly #queue = new InTurn();

  constructor(clipboard: Clipboard, clock: Clock) {
    this.#clipboard = clipboard;
    this.#clock = clock;
  }

  /** Writes the code. It replaces an earlier one, whose clearing is no longer needed. */
  copy(text: string): Promise<void> {
    return this.#queue.run(async () => {
      await this.#clipboard.write(text);
      this.#pending?.cancel();
      const pending: Pending = {
        text,
        cancel: this.#clock.after(CLEARS_AFTER_MS, () => void this.#queue.run(() => this.#clear(pending))),
      };
      this.#pending = pending;
    });
  }

  /** Clears the code that was copied last, if it is still there, without waiting: when quitting, no timer will fire. */
  clearNow(): Promise<void> {
    return this.#queue.run(() => this.#clear(this.#pending));
  }

  async #clear(due: Pending | null): Promise<void> {
    // Copied something else while this waited for its turn.
    if (due === null || due !== this.#pending) return;
    this.#pending = null;
    due.cancel();
    // A clipboard that does not answer keeps a code which has run out by now; there is nobody to tell.
    await this.#clipboard.clearIfHolds(due.text).catch(() => undefined);
  }
}
