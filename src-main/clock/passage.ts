// What happened to the clock between two looks at it: was it set, was the computer asleep, or can that not be told? Pure.
import type { ClockJump } from '../../src-shared/contract/clock.ts';
import type { Clock } from './clock.ts';

/** The wall clock went that far from the monotonic one: more than a clock that is slewed does between two looks. */
export const JUMP_MS = 1_000;
/** Longer than the system's own count of time asleep can be wrong by. */
const ASLEEP_FROM_MS = 1_500;
/** Later than a busy computer, or one that saves power, makes a timer. */
const LATE_FROM_MS = 2 * 60 * 1_000;

/** The clocks at one moment. */
export interface ClockReading {
  readonly wallMs: number;
  readonly monotonicMs: number;
  /** As Clock.uptimeMs; null where the system has none. */
  readonly uptimeMs: number | null;
}

/** What else is known of the time between the two looks. */
export interface Circumstances {
  /** The host has just said that the computer woke up. */
  readonly isToldOfWake: boolean;
  /** The host says so whenever it wakes up. */
  readonly tellsOfWake: boolean;
  /** By how much the timer of the later look was late, in monotonic milliseconds. */
  readonly lateByMs: number;
}

export const readClock = (clock: Clock): ClockReading => ({
  wallMs: clock.nowMs(),
  monotonicMs: clock.monotonicMs(),
  uptimeMs: clock.uptimeMs?.() ?? null,
});

/** How far the wall clock went from the monotonic one, forwards positive. */
const jumpMs = (before: ClockReading, after: ClockReading): number =>
  after.wallMs - before.wallMs - (after.monotonicMs - before.monotonicMs);

const steps = (byMs: number): ClockJump[] => (Math.abs(byMs) > JUMP_MS ? [{ kind: 'step', byMs }] : []);

/** Where the monotonic clock stands still in sleep and the uptime does not: both are measured, and nothing is guessed. */
function measured(jump: number, asleepMs: number): ClockJump[] {
  if (asleepMs < ASLEEP_FROM_MS || Math.abs(jump) <= JUMP_MS) return steps(jump);
  return [{ kind: 'suspend', forMs: asleepMs }, ...steps(jump - asleepMs)];
}

/**
 * What happened from `before` to `after`, in order; empty where the clock just went on. Without an uptime:
 * - back: it was set, since no sleep sets a clock back;
 * - ahead: asleep where the host told of a wake (the monotonic clock stood still meanwhile; a step of the same moment
 *   cannot be told from it), set where the host tells and did not, and otherwise one of the two;
 * - together with the monotonic clock, but the look came minutes late: asleep where the host told of a wake (the
 *   monotonic clock went on meanwhile), otherwise asleep or stopped.
 */
export function jumpsBetween(
  before: ClockReading,
  after: ClockReading,
  { isToldOfWake, tellsOfWake, lateByMs }: Circumstances,
): ClockJump[] {
  const jump = jumpMs(before, after);
  if (before.uptimeMs !== null && after.uptimeMs !== null) {
    const asleepMs = after.uptimeMs - before.uptimeMs - (after.monotonicMs - before.monotonicMs);
    return measured(jump, asleepMs);
  }
  const late: ClockJump[] =
    lateByMs < LATE_FROM_MS
      ? []
      : [{ kind: isToldOfWake ? 'suspend' : 'suspend-or-stop', forMs: Math.round(lateByMs) }];
  if (jump <= JUMP_MS) return [...late, ...steps(jump)];
  if (isToldOfWake) return [{ kind: 'suspend', forMs: jump }];
  return tellsOfWake ? steps(jump) : [{ kind: 'step-or-suspend', byMs: jump }];
}

/** What such a jump was, now that the host has told of a wake: a look may have come first. */
export function onceToldOfWake(jump: ClockJump, hasUptime: boolean): ClockJump {
  if (hasUptime || jump.kind === 'suspend' || (jump.kind === 'step' && jump.byMs < 0)) return jump;
  return { kind: 'suspend', forMs: 'byMs' in jump ? jump.byMs : jump.forMs };
}

/** Why the clock is checked again after that. */
export function jumpReason(jumps: readonly ClockJump[]): string {
  const kinds = new Set(jumps.map(({ kind }) => kind));
  if (kinds.has('suspend')) return 'The computer was asleep, so its clock is checked again.';
  if (kinds.has('suspend-or-stop'))
    return 'The computer was asleep, or Twofold was stopped, so the clock is checked again.';
  return kinds.has('step')
    ? "This computer's clock was set, so it is checked again."
    : "This computer's clock was set, or the computer was asleep, so it is checked again.";
}
