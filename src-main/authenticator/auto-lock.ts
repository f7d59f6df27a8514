// Locks after a while without a key or a pointer (G17). Time asleep, and a wall clock set forwards, count as time passed.
import type { Clock } from '../clock/clock.ts';

/** A timer stands still while the computer sleeps, so the wall clock is looked at this often. */
const LOOK_EVERY_MS = 15_000;
const MINUTE_MS = 60_000;

export interface AutoLockOptions {
  readonly clock: Clock;
  /** Minutes until it locks; 0: never. Asked anew at each look. */
  readonly minutes: () => number;
  /** Whether there is anything to lock: a passphrase, and the keys open. */
  readonly isLockable: () => boolean;
  readonly lock: () => void;
}

export class AutoLock {
  readonly #options: AutoLockOptions;
  #wallAtMs = 0;
  #monotonicAtMs = 0;
  #cancelLook = (): void => undefined;

  constructor(options: AutoLockOptions) {
    this.#options = options;
  }

  /** The keys were opened or got a passphrase: the time begins anew, however long nothing happened before. */
  begin(): void {
    this.#wallAtMs = this.#options.clock.nowMs();
    this.#monotonicAtMs = this.#options.clock.monotonicMs();
    this.look();
  }

  /** The user did something: the time begins anew. Where it was over already, it locks instead. */
  activity(): void {
    if (!this.#isOver()) this.begin();
    else this.look();
  }

  /** Locks if the time is over: after the settings were changed, and when the computer woke up. */
  look(): void {
    this.#cancelLook();
    if (!this.#isAtWork()) return;
    if (this.#isOver()) {
      this.#options.lock();
      return;
    }
    const leftMs = Math.max(0, this.#limitMs() - this.#idleMs());
    this.#cancelLook = this.#options.clock.after(Math.min(leftMs, LOOK_EVERY_MS), () => this.look());
  }

  dispose(): void {
    this.#cancelLook();
  }

  #limitMs(): number {
    return this.#options.minutes() * MINUTE_MS;
  }

  #isAtWork(): boolean {
    return this.#options.minutes() > 0 && this.#options.isLockable();
  }

  #isOver(): boolean {
    return this.#isAtWork() && this.#idleMs() >= this.#limitMs();
  }

  /** By the clock that went farther: the monotonic one may stand still in sleep, the wall clock may be set back. */
  #idleMs(): number {
    const { clock } = this.#options;
    return Math.max(clock.nowMs() - this.#wallAtMs, clock.monotonicMs() - this.#monotonicAtMs);
  }
}
