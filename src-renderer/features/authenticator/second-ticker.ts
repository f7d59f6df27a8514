// One tick a second for everything that counts down, at the full second, and none while the window is hidden.
import { useSyncExternalStore } from 'react';
import { isClockRunning, nowMs, onClockSet } from '../../bridge/window-clock.ts';

const listeners = new Set<() => void>();
let endHearing = (): unknown => undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let second = Math.floor(nowMs() / 1000);

function tick(): void {
  second = Math.floor(nowMs() / 1000);
  for (const listener of listeners) listener();
  wait();
}

function wait(): void {
  clearTimeout(timer);
  if (listeners.size === 0 || document.hidden || !isClockRunning()) return;
  timer = setTimeout(tick, 1000 - (nowMs() % 1000) + 5);
}

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) {
    document.addEventListener('visibilitychange', tick);
    endHearing = onClockSet(tick);
    second = Math.floor(nowMs() / 1000);
  }
  listeners.add(listener);
  wait();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', tick);
    endHearing();
  };
};

/**
 * Whole seconds from now to `endsAtMs` (of this window's clock), at least 0; the component renders again as they pass.
 * An end is at a full second but for the way of the answer from main, hence rounded.
 */
export function useSecondsLeft(endsAtMs: number): number {
  return useSyncExternalStore(subscribe, () =>
    Math.max(0, Math.round(endsAtMs / 1000) - Math.max(second, Math.floor(nowMs() / 1000))),
  );
}
