// The end of a session: warned of a minute before, and the step asked for again when it has come.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { atMoment, nowMs, onClockSet } from '../../bridge/window-clock.ts';
import type { StepOf } from './screen-step.ts';

const WARN_MS = 60_000;

export interface SessionEnd {
  readonly isNear: boolean;
  /** The session can be kept by using it; false when its longest time is over. */
  readonly canStay: boolean;
}

/** Reading the step does not count as using the session, so this may ask as it likes. */
export function useSessionWatch(step: StepOf<'signed-in'>): SessionEnd {
  const client = useQueryClient();
  const [nearFor, setNearFor] = useState<number | null>(null);
  const endsAtMs = Math.min(step.idleEndsAtMs, step.endsAtMs);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let giveUp = (): void => undefined;
    const askAgain = (): void => {
      void client.invalidateQueries({ queryKey: ['console:step'] });
    };
    const plan = (): void => {
      clearTimeout(timer);
      giveUp();
      const leftMs = endsAtMs - nowMs();
      if (leftMs <= 0) {
        askAgain();
        return;
      }
      if (leftMs > WARN_MS) {
        setNearFor(null);
        giveUp = atMoment(endsAtMs - WARN_MS, look);
        return;
      }
      setNearFor(endsAtMs);
      giveUp = atMoment(endsAtMs + 50, askAgain);
    };
    // What was done meanwhile may have moved the end, which only main knows.
    const look = (): void => {
      askAgain();
      timer = setTimeout(plan, 300);
    };
    timer = setTimeout(plan);
    const endHearing = onClockSet(plan);
    return () => {
      clearTimeout(timer);
      endHearing();
      giveUp();
    };
  }, [client, endsAtMs]);
  return { isNear: nearFor === endsAtMs, canStay: step.endsAtMs > step.idleEndsAtMs };
}
