// Whole minutes until a moment, counted down while a screen is shown.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { minutesUntil } from './time-words.ts';

const LOOK_AGAIN_MS = 5_000;

/** Asks for the console's step again once the moment has come: the step is over then. */
export function useMinutesLeft(endsAtMs: number): number {
  const client = useQueryClient();
  const [minutes, setMinutes] = useState(() => minutesUntil(endsAtMs));
  useEffect(() => {
    const look = (): void => {
      const left = minutesUntil(endsAtMs);
      setMinutes(left);
      if (left === 0) void client.invalidateQueries({ queryKey: ['console:step'] });
    };
    const first = setTimeout(look);
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [client, endsAtMs]);
  return minutes;
}
