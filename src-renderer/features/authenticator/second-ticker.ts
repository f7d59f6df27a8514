// One tick a second for everything that counts down, at the full second, and none while the window is hidden.
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let second = Math.floor(Date.now() / 1000);

function tick(): void {
  second = Math.floor(Date.now() / 1000);
  for (const listener of listeners) listener();
  wait();
}

function wait(): void {
  clearTimeout(timer);
  if (listeners.size === 0 || document.hidden) return;
  timer = setTimeout(tick, 1000 - (Date.now() % 1000) + 5);
}

const subscribe = (listener: () => void): (() => void) => {
  if (listeners.size === 0) document.addEventListener('visibilitychange', tick);
  listeners.add(listener);
  wait();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener('visibilitychange', tick);
  };
};

/**
 * Whole seconds from now to `endsAtMs` (of `Date.now()`), at least 0; the component renders again as they pass.
 * An end is at a full second but for the way of the answer from main, hence rounded.
 */
export function useSecondsLeft(endsAtMs: number): number {
  return useSyncExternalStore(subscribe, () =>
    Math.max(0, Math.round(endsAtMs / 1000) - Math.max(second, Math.floor(Date.now() / 1000))),
  );
}
