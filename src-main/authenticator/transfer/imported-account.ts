// What an importer makes of a foreign file: accounts, what was left out, and what was converted or lost.
import type { OtpAlgorithm } from '../../../src-shared/contract/index.ts';
import type { OtpType } from '../../otp/parameters.ts';

export interface ImportedAccount {
  readonly type: OtpType;
  readonly issuer: string;
  readonly name: string;
  /** Base32 without padding. */
  readonly secret: string;
  readonly algorithm: OtpAlgorithm;
  readonly digits: number;
  /** Seconds; 0 for HOTP. */
  readonly periodS: number;
  /** The counter of the next code of a HOTP account; null for the others. */
  readonly counter: number | null;
  readonly tags: readonly string[];
  readonly note: string;
  readonly pinned: boolean;
}

export interface ImportResult {
  readonly accounts: readonly ImportedAccount[];
  /** Entries that cannot be taken: which one (number and label, never a secret), and why. */
  readonly leftOut: readonly { readonly where: string; readonly reason: string }[];
  /** Sentences on what was changed or lost on the way, for instance icons or an unsupported field. */
  readonly converted: readonly string[];
}
