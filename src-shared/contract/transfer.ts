// Contract: how accounts come in (pictures, links, files of other authenticators) and go out. One preview, one undo.
import { z } from 'zod';
import { Account, MAX_ACCOUNTS_PER_CALL, otpParameters, Proof } from './authenticator.ts';
import { bytes, filledText, Id, method, Nothing, text } from './define.ts';

/** Pictures beyond these are refused before they are decoded. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024;
export const MAX_PICTURE_PIXELS = 50_000_000;
/** Files beyond this are refused before they are read. */
export const MAX_IMPORT_BYTES = 50 * 1024 * 1024;
/** Pasted text beyond this is refused; a single otpauth link is capped far lower. */
export const MAX_PASTED_CHARACTERS = 1_000_000;

/** One account found, kept in main with its secret until it is added or the preview expires. */
export const Candidate = z.strictObject({
  id: Id,
  issuer: z.string(),
  name: z.string(),
  ...otpParameters,
  tags: z.array(z.string()),
  hasNote: z.boolean(),
  pinned: z.boolean(),
  /** `already-there`: an account in use has the same secret and label. */
  status: z.enum(['new', 'already-there']),
  warnings: z.array(z.string()),
});
export type Candidate = z.infer<typeof Candidate>;

/** All that was read so far in one go of adding. Nothing is written before `transfer:add`. */
export const Preview = z.strictObject({
  id: Id,
  /** What it was read from, for instance "Aegis" or "QR code"; each once. */
  sources: z.array(z.string()),
  candidates: z.array(Candidate),
  /** What was found but cannot be added: where, and why. Missing QR codes of a Google Authenticator export too. */
  leftOut: z.array(z.strictObject({ where: z.string(), reason: z.string() })),
  /** What was changed or lost on the way, in sentences. */
  converted: z.array(z.string()),
});
export type Preview = z.infer<typeof Preview>;

export const FileReading = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), preview: Preview }),
  /** The file is encrypted: ask for its password and send it again. `format` is the app's name. */
  z.strictObject({ kind: z.literal('password-needed'), format: z.string() }),
]);
export type FileReading = z.infer<typeof FileReading>;

/** Null begins a new preview; an id adds to that one. */
const previewId = Id.nullable();

/** What becomes of a candidate; those that are not named are skipped. */
export const Choice = z.strictObject({
  id: Id,
  /** `replace` (only for `already-there`) keeps the place of the account that is there; `add` otherwise adds. */
  action: z.enum(['add', 'replace']),
});
export type Choice = z.infer<typeof Choice>;

/** Files and sheets that Twofold writes. */
export const ExportFormat = z.enum([
  'twofold',
  'otpauth-links',
  'google-migration',
  'aegis',
  'aegis-encrypted',
  '2fas',
  '2fas-encrypted',
  'ente',
  'bitwarden',
  'proton',
  'proton-encrypted',
  'sheet-html',
  'sheet-pdf',
]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Those that are encrypted with a password of their own. All others hold the secrets in clear. */
export const ENCRYPTED_FORMATS: readonly ExportFormat[] = [
  'twofold',
  'aegis-encrypted',
  '2fas-encrypted',
  'ente',
  'proton-encrypted',
];

export const ExportOutcome = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('saved'),
    /** Where the files lie, readable by this user alone. */
    paths: z.array(z.string()),
    /** How many accounts they hold. */
    accounts: z.number().int(),
    /** What the format cannot express and was left out or changed, in sentences. */
    lost: z.array(z.string()),
  }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type ExportOutcome = z.infer<typeof ExportOutcome>;

/** Null: all accounts in use. */
const chosenAccounts = z.array(Id).min(1).max(MAX_ACCOUNTS_PER_CALL).nullable();

export const transfer = {
  /**
   * Reads a picture or a file of another authenticator, found out by its content. `jobId` is the caller's own, for
   * progress and cancelling. Throws `picture-refused`, `import-refused` (details.reason `wrong-password`, `truncated`,
   * `too-new`, `account-bound`, `too-large`, `over-limit`, `damaged`, `unknown-format`) or `cancelled`.
   */
  'transfer:readFile': method(
    'local',
    z.strictObject({
      previewId,
      jobId: Id,
      /** For the sentences on what was left out. */
      name: text(1024),
      content: bytes(MAX_IMPORT_BYTES),
      password: text(1024).nullable(),
    }),
    FileReading,
  ),
  /** Reads a text with one link on each line, or what stands in a file in clear. Throws `import-refused`. */
  'transfer:readText': method(
    'local',
    z.strictObject({ previewId, text: filledText(MAX_PASTED_CHARACTERS) }),
    Preview,
  ),
  /** A preview that main began, or one to look at again. Throws `not-found`. */
  'transfer:preview': method('local', z.strictObject({ previewId: Id }), Preview),
  /** Forgets a preview and its secrets. */
  'transfer:discard': method('local', z.strictObject({ previewId: Id }), Nothing),
  /** Ends the job at its next step; it then throws `cancelled`. No error when it is over already. */
  'transfer:cancel': method('local', z.strictObject({ jobId: Id }), Nothing),
  /** Adds what was chosen, all or none. Throws `not-found` when the preview has expired. */
  'transfer:add': method(
    'local',
    z.strictObject({ previewId: Id, choices: z.array(Choice).min(1).max(MAX_ACCOUNTS_PER_CALL) }),
    z.strictObject({
      /** For `transfer:undo`. */
      undoId: Id,
      added: z.array(Account),
      /** How many of them replaced an account that was there. */
      replaced: z.number().int(),
    }),
  ),
  /** Takes a whole `transfer:add` back. Throws `not-found` after a lock or restart, or the second time. */
  'transfer:undo': method('local', z.strictObject({ undoId: Id }), Nothing),
  /**
   * Writes accounts to files, where the host's save dialog says (loopback: the user's folder of downloads). `password`
   * is the file's, for encrypted formats; `passphrase` is the user's own, asked for plain ones where there is one.
   */
  'transfer:export': method(
    'local',
    z.strictObject({
      format: ExportFormat,
      ids: chosenAccounts,
      password: text(1024).nullable(),
      passphrase: Proof,
    }),
    ExportOutcome,
  ),
  /** The texts of the QR codes that move accounts to Google Authenticator, ten accounts each, to be shown on screen. */
  'transfer:migrationPages': method(
    'local',
    z.strictObject({ ids: chosenAccounts, passphrase: Proof }),
    z.strictObject({ links: z.array(z.string()), lost: z.array(z.string()) }),
  ),
} as const;

export const transferEvents = {
  'transfer:progress': z.strictObject({ jobId: Id, share: z.number().min(0).max(1) }),
  /** Something came from outside (an otpauth link that the system opened); its preview waits to be shown. */
  'transfer:incoming': z.strictObject({ previewId: Id }),
} as const;
