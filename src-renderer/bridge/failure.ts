// What can go wrong with a call, as the renderer sees it.
import type { ErrorCode, ErrorDetails, Failure } from '../../src-shared/contract/index.ts';

/** The host answered that it could not or would not. The message is a sentence for the person. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(failure: Failure) {
    super(failure.message);
    this.code = failure.code;
    this.details = failure.details ?? {};
  }
}

/** The host did not answer at all: it has ended or was restarted. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(cause?: unknown) {
    super('Twofold does not answer. Nothing was changed by this.', { cause });
  }
}

/** True when the call failed with this code. */
export const hasCode = (error: unknown, ...codes: readonly ErrorCode[]): error is CallFailure =>
  error instanceof CallFailure && codes.includes(error.code);

/** A sentence for the person; never a stack or an internal text. */
export function failureMessage(error: unknown): string {
  if (typeof error === 'string') return error;
  if (error instanceof CallFailure || error instanceof ConnectionLost) return error.message;
  return 'Something went wrong inside Twofold. Try again; if it happens again, restart Twofold.';
}
