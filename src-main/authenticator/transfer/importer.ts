// The shape of an importer: one for each foreign format, found by content and never by file name.
import type { ImportResult } from './imported-account.ts';

/** Stable ids, also printed by the command line. */
export type FormatId =
  | 'otpauth-links'
  | 'google-migration'
  | 'aegis'
  | '2fas'
  | 'ente'
  | 'bitwarden'
  | 'bitwarden-authenticator'
  | 'proton'
  | 'stratum'
  | 'andotp'
  | 'freeotp-plus'
  | 'lastpass'
  | 'raivo'
  | 'duo'
  | 'keepassxc-csv'
  | 'twofold';

/**
 * What a look at the content says.
 * - `plain`: can be read as it is. `encrypted`: needs a password.
 * - `refused`: it is this format, but of a kind that cannot be read (account-bound, too new); `reason` is for the user.
 */
export type Detection =
  | { readonly kind: 'no' }
  | { readonly kind: 'plain' }
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'refused'; readonly reason: string };

export interface Reading {
  /** For encrypted files. */
  readonly password: string | null;
  /** From 0 to 1, while an expensive key derivation runs. */
  readonly onProgress: (share: number) => void;
  /** Cancels what is under way. */
  readonly signal: AbortSignal;
}

export interface Importer {
  readonly format: FormatId;
  /** As people know it, for instance "Aegis". */
  readonly label: string;
  /** Cheap and total: never throws, whatever the bytes are. */
  readonly detect: (content: Uint8Array) => Detection;
  /**
   * Reads what `detect` called `plain` or `encrypted`, and refuses what it called `refused`. One bad entry never fails the file. Throws TwofoldError
   * `import-refused` with details.reason `wrong-password`, `truncated`, `too-new`, `account-bound`, `too-large`,
   * `over-limit` (the message names the limit) or `damaged`; `cancelled` when the signal was.
   */
  readonly read: (content: Uint8Array, reading: Reading) => Promise<ImportResult>;
}
