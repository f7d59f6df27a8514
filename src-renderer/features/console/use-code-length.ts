// How many digits one's codes have: six, unless main says otherwise to the first one that is too short.
import { useState } from 'react';
import { CallFailure } from '../../bridge/failure.ts';

const USUAL_DIGITS = 6;

/** The length, and what tells of a refusal, which may name another one. Such a refusal is not counted as a try. */
export function useCodeLength(): readonly [length: number, learn: (error: unknown) => void] {
  const [length, setLength] = useState(USUAL_DIGITS);
  const learn = (error: unknown): void => {
    const digits = error instanceof CallFailure ? error.details['digits'] : undefined;
    if (typeof digits === 'number') setLength(digits);
  };
  return [length, learn];
}
