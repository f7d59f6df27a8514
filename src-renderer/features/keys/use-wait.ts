// After several wrong passphrases main asks for a wait; this counts its seconds down.
import { useEffect, useState } from 'react';
import { CallFailure } from '../../bridge/failure.ts';
import { steadyMs } from '../../bridge/window-clock.ts';

const SECOND_MS = 1_000;
const LOOK_EVERY_MS = 250;

export interface Wait {
  /** Whole seconds that are left, rounded up; 0: the next try may be made. */
  readonly seconds: number;
  /** Begins the wait that this refusal asks for, where it asks for one. */
  readonly beginAfter: (error: unknown) => void;
}

const secondsUntil = (endMs: number): number => Math.max(0, Math.ceil((endMs - steadyMs()) / SECOND_MS));

export function useWait(): Wait {
  const [endMs, setEndMs] = useState<number | null>(null);
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (endMs === null) return;
    const timer = setInterval(() => {
      const left = secondsUntil(endMs);
      setSeconds(left);
      if (left === 0) setEndMs(null);
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [endMs]);
  return {
    seconds,
    beginAfter: (error) => {
      const afterMs = error instanceof CallFailure ? error.details['retryAfterMs'] : undefined;
      if (typeof afterMs !== 'number' || afterMs <= 0) return;
      const end = steadyMs() + afterMs;
      setEndMs(end);
      setSeconds(secondsUntil(end));
    },
  };
}
