// The time of a rehearsed world: stands still or runs with real time, and jumps when told to. The right time; whose
// clock is wrong has an OffsetClock over it.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import type { Clock } from '../clock/clock.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';

/** While it runs, timers that fall due are run this often. */
const LOOK_EVERY_MS = 250;
/** Dates outside have no use, and formats that show them differ. */
const EARLIEST_MS = Date.UTC(1970, 0, 2);
const LATEST_MS = Date.UTC(2200, 0, 1);

/** Throws TwofoldError `invalid-input` for a time that no clock of a rehearsal may show. */
export function requireShowable(nowMs: number): void {
  if (nowMs >= EARLIEST_MS && nowMs < LATEST_MS) return;
  throw new TwofoldError(
    'invalid-input',
    'The clocks of a rehearsal go from 1970 to 2199. Nothing was changed; choose another time.',
    { reason: 'time' },
  );
}

export class WorldTime {
  readonly clock: VirtualClock;
  readonly #real: Clock;
  /** Real monotonic time up to which the world's time has followed; null: it stands still. */
  #followedMs: number | null = null;
  #cancelLook = (): void => undefined;

  /** `real` paces the world while it runs. */
  constructor(startMs: number, real: Clock) {
    this.clock = new VirtualClock(startMs);
    this.#real = real;
  }

  get isRunning(): boolean {
    return this.#followedMs !== null;
  }

  run(): void {
    if (this.#followedMs !== null) return;
    this.#followedMs = this.#real.monotonicMs();
    this.#lookLater();
  }

  pause(): void {
    this.follow();
    this.#followedMs = null;
    this.#cancelLook();
  }

  /** Lets the time pass that has passed in reality since the last call, while it runs. */
  follow(): void {
    if (this.#followedMs === null) return;
    // Whole milliseconds, as every wall clock of the program has them; the rest counts at the next look.
    const passedMs = Math.floor(this.#real.monotonicMs() - this.#followedMs);
    this.#followedMs += passedMs;
    this.clock.advance(passedMs);
  }

  /** Lets time pass at once. */
  jump(spanMs: number): void {
    this.follow();
    this.clock.advance(spanMs);
  }

  /** Ends its timer. */
  dispose(): void {
    this.#followedMs = null;
    this.#cancelLook();
  }

  #lookLater(): void {
    this.#cancelLook = this.#real.after(LOOK_EVERY_MS, () => {
      this.follow();
      if (this.isRunning) this.#lookLater();
    });
  }
}
