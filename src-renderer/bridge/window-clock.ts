// This window's clock: the system's, but in a frame of the rehearsal the one that the room sets. Only here stands Date.now.
import { useMemo, useSyncExternalStore } from 'react';

/** How a clock was set: it showed `nowMs` at that moment, and goes on from there or stands still. */
export interface ClockSetting {
  readonly nowMs: number;
  readonly isRunning: boolean;
}

/** The longest delay that timers take. */
const MAX_DELAY_MS = 2 ** 31 - 1;
/** A running clock that is set anew to nearly what it shows anyway: the way of the message, not a jump. */
const NO_JUMP_MS = 150;

/** Null: the system's clock. `sinceMs` is on the scale of `performance.now()`, which nobody can set. */
let set: (ClockSetting & { readonly sinceMs: number }) | null = null;
let settings = 0;
const listeners = new Set<() => void>();

/** Milliseconds since 1970, as this window has it. */
export function nowMs(): number {
  if (set === null) return Date.now();
  return set.nowMs + (set.isRunning ? Math.floor(performance.now() - set.sinceMs) : 0);
}

/** For spans: milliseconds since some moment, which a change of the system's clock does not move. */
export const steadyMs = (): number => (set === null ? performance.now() : nowMs());

/** Whether time goes on in this window. */
export const isClockRunning = (): boolean => set === null || set.isRunning;

/** Sets the clock, from then on another one than the system's. */
export function setWindowClock({ nowMs: atMs, isRunning }: ClockSetting): void {
  const isSame =
    set !== null && set.isRunning === isRunning && Math.abs(nowMs() - atMs) <= (isRunning ? NO_JUMP_MS : 0);
  if (isSame) return;
  set = { nowMs: atMs, isRunning, sinceMs: performance.now() };
  settings += 1;
  for (const listener of [...listeners]) listener();
}

/** Back to the system's clock, for tests. */
export function releaseWindowClock(): void {
  set = null;
  settings += 1;
  for (const listener of [...listeners]) listener();
}

/** Hears that the clock jumped, stopped or went on. Returns the function that ends that. */
export function onClockSet(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Calls once when the window's clock shows `dueMs`: never while it stands still before that, soon when it jumps past
 * it, and never before the caller has gone on. Returns the function that gives that up.
 */
export function atMoment(dueMs: number, listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const plan = (): void => {
    clearTimeout(timer);
    const leftMs = dueMs - nowMs();
    if (leftMs > 0 && !isClockRunning()) return;
    timer = setTimeout(look, Math.min(Math.max(0, leftMs), MAX_DELAY_MS));
  };
  const look = (): void => {
    if (nowMs() < dueMs) {
      plan();
      return;
    }
    giveUp();
    listener();
  };
  const endHearing = onClockSet(plan);
  const giveUp = (): void => {
    clearTimeout(timer);
    endHearing();
  };
  plan();
  return giveUp;
}

/** How often the clock was set: another number has the component drawn again, with the time as it is then. */
export const useClockSettings = (): number => useSyncExternalStore(onClockSet, () => settings);

/** The moment when the component appeared, or the clock was last set. */
export function useMoment(): number {
  const count = useClockSettings();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the count stands for the clock
  return useMemo(() => nowMs(), [count]);
}
