// Whole minutes until a moment, counted down while a screen is shown.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { atMoment, nowMs, onClockSet } from '../../bridge/window-clock.ts';
import { minutesUntil } from './time-words.ts';

const MINUTE_MS = 60_000;
/** The moment has come, and main has not yet said what follows. */
const LOOK_AGAIN_MS = 5_000;

/** Asks for the console's step again once the moment has come: the step is over then. */
export function useMinutesLeft(endsAtMs: number): number {
  const client = useQueryClient();
  const [minutes, setMinutes] = useState(() => minutesUntil(endsAtMs));
  useEffect(() => {
    let giveUp = (): void => undefined;
    const look = (): void => {
      giveUp();
      const left = minutesUntil(endsAtMs);
      setMinutes(left);
      if (left === 0) void client.invalidateQueries({ queryKey: ['console:step'] });
      giveUp = atMoment(left === 0 ? nowMs() + LOOK_AGAIN_MS : endsAtMs - (left - 1) * MINUTE_MS, look);
    };
    const first = setTimeout(look);
    const endHearing = onClockSet(look);
    return () => {
      clearTimeout(first);
      endHearing();
      giveUp();
    };
  }, [client, endsAtMs]);
  return minutes;
}
