// A simulated browser: the Browser port with slots in memory, where a real one has cookies or a profile.
import type { Clock } from '../../clock/clock.ts';
import type { Browser, BrowserSlot, Caller } from '../../ipc/caller.ts';

interface Held {
  readonly value: string;
  readonly expiresAtMs: number;
}

/** What a browser forgets when it is closed. */
const ofOneRun: readonly BrowserSlot[] = ['session', 'challenge'];

export class RehearsedBrowser implements Browser, Caller {
  readonly name: string;
  readonly #clock: Clock;
  #slots = new Map<BrowserSlot, Held>();

  constructor(name: string, clock: Clock) {
    this.name = name;
    this.#clock = clock;
  }

  get browser(): Browser {
    return this;
  }

  read(slot: BrowserSlot): string | undefined {
    const held = this.#slots.get(slot);
    return held !== undefined && held.expiresAtMs > this.#clock.nowMs() ? held.value : undefined;
  }

  write(slot: BrowserSlot, value: string, expiresAtMs: number): void {
    this.#slots.set(slot, { value, expiresAtMs });
  }

  clear(slot: BrowserSlot): void {
    this.#slots.delete(slot);
  }

  /** Closed and opened again. */
  reopen(): void {
    for (const slot of ofOneRun) this.#slots.delete(slot);
  }

  /** Holds from now on what the other one holds, as a thief's browser would. */
  copyFrom(other: RehearsedBrowser): void {
    this.#slots = new Map(other.#slots);
  }
}
