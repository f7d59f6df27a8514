// The closed list of what can go wrong across the contract. A code is for programs, a message for people.
import { z } from 'zod';

export const ErrorCode = z.enum([
  /** The input does not fit the method's schema. */
  'invalid-input',
  /** The caller is not a window or browser of this app. */
  'sender-refused',
  'unknown-method',
  /** A fault of ours. Nothing more is said across the contract. */
  'internal',
  /** This host cannot do that (for instance open a second window from a browser). */
  'not-available',
  'not-found',
  'already-exists',
  /** Refused because of the state things are in; the message says which. */
  'conflict',
  /** No live console session in this browser. */
  'not-signed-in',
  /** Signed in, but this is for administrators. */
  'not-permitted',
  /** User name or password not right, or the account locked: one answer for all of them (S15). */
  'sign-in-refused',
  /** The one-time code was not accepted; details.reason says why. */
  'code-refused',
  /** The action needs a current code of whoever asks (S10). */
  'code-required',
  /** Too many wrong codes; details.retryAtMs says until when, when there is an end. */
  'locked-out',
  /** The step (challenge, set-up) this call belongs to is over: sign in again. */
  'step-expired',
  /** The new password is too weak or too short. */
  'password-refused',
  /** The keys are not there yet: a passphrase must be chosen or entered first. */
  'key-needed',
  /** A key that existing data needs cannot be read. Nothing was overwritten. */
  'key-unavailable',
  'passphrase-refused',
  /** Disk full, read-only folder, damaged file: details.reason says which. Nothing was half-written. */
  'storage-failed',
  /** Another Twofold has this data open. */
  'already-open',
  'picture-refused',
  /** An otpauth link or a typed secret that cannot be used; details.reason says why. */
  'account-refused',
  /** A file of another authenticator that cannot be read; details.reason says why. Nothing was added. */
  'import-refused',
  /** The user cancelled what was under way. */
  'cancelled',
]);
export type ErrorCode = z.infer<typeof ErrorCode>;

export const ErrorDetails = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type ErrorDetails = z.infer<typeof ErrorDetails>;

export const Failure = z.strictObject({
  code: ErrorCode,
  /** What happened, what was kept, what to do: a sentence for the person at the screen. */
  message: z.string(),
  details: ErrorDetails.optional(),
});
export type Failure = z.infer<typeof Failure>;

/** What every call across the contract answers. */
export type Envelope<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure };

/** An expected failure, thrown by services and turned into an envelope by the router. Never holds a secret. */
export class TwofoldError extends Error {
  override readonly name = 'TwofoldError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, message: string, details?: ErrorDetails, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}
