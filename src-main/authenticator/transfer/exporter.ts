// The shape of an exporter: one for each format and kind that Twofold writes.
import type { FormatId } from './importer.ts';
import type { ImportedAccount } from './imported-account.ts';

export interface Writing {
  /** For encrypted files. */
  readonly password?: string;
  readonly nowMs: number;
  /** `count` unpredictable bytes: node:crypto's, but fixed ones in tests. */
  readonly random: (count: number) => Uint8Array;
}

export interface ExportedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
}

export interface ExportResult {
  readonly files: readonly ExportedFile[];
  /** How many accounts the files hold, where that is not all of them. */
  readonly written?: number;
  /** Sentences on what the format cannot express and was left out or changed. Never a secret. */
  readonly lost: readonly string[];
}

export interface Exporter {
  readonly format: FormatId;
  readonly encrypted: boolean;
  /** Encrypted ones throw TwofoldError `invalid-input` without a password. */
  readonly write: (accounts: readonly ImportedAccount[], writing: Writing) => Promise<ExportResult>;
}
