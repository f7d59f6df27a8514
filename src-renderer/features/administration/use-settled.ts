// A value that is followed after a pause: main is not asked at each key, nor at each row that is scrolled past.
import { useEffect, useState } from 'react';

/** The value as it was `pauseMs` after it last changed. */
export function useSettled<T>(value: T, pauseMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
