// The world's clock between two answers of main: it goes on from the last one, or stands still.
import { useEffect, useState } from 'react';
import type { RehearsedWorld } from '../../../src-shared/contract/index.ts';
import { nowMs } from '../../bridge/window-clock.ts';
import type { FrameClock } from './frame-link.ts';

export interface WorldClock {
  /** The verifier's, or a device's. */
  readonly atMs: number;
  readonly isRunning: boolean;
  /** When main said so, by this window's clock. */
  readonly heardAtMs: number;
}

export const verifierClock = (world: RehearsedWorld, heardAtMs: number): WorldClock => ({
  atMs: world.nowMs,
  isRunning: world.isRunning,
  heardAtMs,
});

/** A device goes by the right time, which the verifier may not, and by how far it is off itself. */
export const deviceClock = (world: RehearsedWorld, aheadMs: number, heardAtMs: number): WorldClock => ({
  ...verifierClock(world, heardAtMs),
  atMs: world.nowMs - world.verifierAheadMs + aheadMs,
});

/** What that clock shows now. */
export const clockNow = ({ atMs, isRunning, heardAtMs }: WorldClock): FrameClock => ({
  nowMs: isRunning ? atMs + Math.max(0, nowMs() - heardAtMs) : atMs,
  isRunning,
});

/** The same, and the component is drawn again with each full second while it runs. */
export function useTickingClock(clock: WorldClock): number {
  const [, setTicks] = useState(0);
  const { nowMs: shown } = clockNow(clock);
  useEffect(() => {
    if (!clock.isRunning) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      timer = setTimeout(tick, 1_000 - (clockNow(clock).nowMs % 1_000) + 5);
    };
    const tick = (): void => {
      setTicks((ticks) => ticks + 1);
      wait();
    };
    wait();
    return () => clearTimeout(timer);
  }, [clock]);
  return shown;
}
