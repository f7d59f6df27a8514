// What a refusal says, with the end of a lock where there is one.
import { CallFailure, failureMessage } from '../../bridge/failure.ts';
import { minutesUntil, timeOfDay } from './time-words.ts';

/** The sentence of main, and from when on codes are taken again. */
export function refusalWords(error: unknown): string {
  const message = failureMessage(error);
  const retryAtMs = error instanceof CallFailure ? error.details['retryAtMs'] : undefined;
  if (typeof retryAtMs !== 'number') return message;
  const minutes = minutesUntil(retryAtMs);
  const span = minutes <= 1 ? 'a minute' : `${minutes} minutes`;
  return `${message} Codes are taken again at ${timeOfDay(retryAtMs)}, in ${span}.`;
}
