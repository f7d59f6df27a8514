// The engine port: HMAC and dynamic truncation of RFC 4226 §5.3, for one secret at many counters.
import type { OtpAlgorithm } from '../../src-shared/contract/index.ts';

export interface OtpKey {
  /** The 31-bit value of the code at `counter` (0 to 2^53 − 1). */
  valueAt(counter: number): number;
}

/** Makes a key from a secret of one byte or more. */
export type OtpEngine = (secret: Uint8Array, algorithm: OtpAlgorithm) => OtpKey;
