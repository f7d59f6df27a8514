// Numbers as they are typed: a bad one is null, never a silent default.
import { MAX_PERIOD_S } from '../../../src-shared/contract/index.ts';

const wholeNumber = (typed: string): number | null => {
  const plain = typed.trim();
  if (!/^\d{1,16}$/.test(plain)) return null;
  const value = Number(plain);
  return Number.isSafeInteger(value) ? value : null;
};

/** The period in seconds, from 1 to a day. */
export function typedPeriod(typed: string): number | null {
  const seconds = wholeNumber(typed);
  return seconds === null || seconds < 1 || seconds > MAX_PERIOD_S ? null : seconds;
}

/** The counter of the next code. */
export const typedCounter = (typed: string): number | null => wholeNumber(typed);
