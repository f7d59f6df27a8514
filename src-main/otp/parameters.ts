// What fixes how a shared secret becomes codes.
import type { OtpAlgorithm } from '../../src-shared/contract/index.ts';

export type { OtpType } from '../../src-shared/contract/index.ts';

/** The parameters of a time-based code as the verifier and the authenticator must agree on them. */
export interface OtpParameters {
  readonly algorithm: OtpAlgorithm;
  readonly digits: number;
  /** Length of a time step in seconds. */
  readonly periodS: number;
}

/** What a link or a person that says nothing else means: RFC 6238 and every authenticator app. */
export const DEFAULT_PARAMETERS: OtpParameters = { algorithm: 'SHA-1', digits: 6, periodS: 30 };

/** Steam's codes allow no other: five characters of its own alphabet, HMAC-SHA-1, 30 seconds. */
export const STEAM_PARAMETERS: OtpParameters = { algorithm: 'SHA-1', digits: 5, periodS: 30 };

export const MIN_DIGITS = 5;
/** The truncated value has 31 bits: ten decimal digits at most. */
export const MAX_DIGITS = 10;
export { MAX_PERIOD_S } from '../../src-shared/contract/index.ts';

/** RFC 4226 R6 asks for 128 bits at least. Shorter secrets exist in the field; they work, with a warning. */
export const RECOMMENDED_SECRET_BYTES = 16;
