// The system's clock behind the Clock port. Date.now() stands in this file alone.
import { uptime } from 'node:os';
import type { Clock } from './clock.ts';

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  // Linux: CLOCK_MONOTONIC stands still in sleep, /proc/uptime does not. On macOS and Windows the monotonic clock goes on.
  ...(process.platform === 'linux' ? { uptimeMs: () => uptime() * 1000 } : {}),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
