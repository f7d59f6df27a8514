// The password of an encrypted export must be there.
import { TwofoldError } from '../../../src-shared/contract/errors.ts';

/** Throws TwofoldError `invalid-input`. */
export function requirePassword(password: string | undefined): string {
  if (password !== undefined && password !== '') return password;
  throw new TwofoldError('invalid-input', 'An encrypted export needs a password. Nothing was written.');
}

/** Nobody cancels a short derivation of our own, or watches it. */
export const unwatched = (): { onProgress: () => void; signal: AbortSignal } => ({
  onProgress: () => undefined,
  signal: new AbortController().signal,
});
