// Contract: the authenticator — accounts, their codes, adding, copying. Shared secrets stay in main.
import { z } from 'zod';
import { bytes, filledText, Id, method, Nothing, text, TimeMs } from './define.ts';

export const OtpAlgorithm = z.enum(['SHA-1', 'SHA-256', 'SHA-512']);
export type OtpAlgorithm = z.infer<typeof OtpAlgorithm>;

const otpParameters = {
  type: z.enum(['totp', 'hotp', 'steam']),
  algorithm: OtpAlgorithm,
  digits: z.number().int().min(5).max(10),
  /** Seconds; 0 for HOTP. */
  periodS: z.number().int().min(0).max(86_400),
};

/** An account without its secret. */
export const Account = z.strictObject({
  id: Id,
  /** Who issued the shared secret; may be empty. */
  issuer: z.string(),
  /** The user's name there; may be empty. */
  name: z.string(),
  ...otpParameters,
  addedAtMs: TimeMs,
  /** What the user should know, for instance that the secret is shorter than recommended. */
  warnings: z.array(z.string()),
});
export type Account = z.infer<typeof Account>;

/** The codes of one account around now. The renderer counts down to `validUntilMs` and asks again. */
export const AccountCode = z.strictObject({
  id: Id,
  code: z.string(),
  nextCode: z.string(),
  validFromMs: TimeMs,
  validUntilMs: TimeMs,
});
export type AccountCode = z.infer<typeof AccountCode>;

/** One account found in a picture or a text, kept in main until it is added or the preview expires. */
export const Candidate = z.strictObject({
  id: Id,
  issuer: z.string(),
  name: z.string(),
  ...otpParameters,
  status: z.enum(['new', 'already-there']),
  warnings: z.array(z.string()),
});
export type Candidate = z.infer<typeof Candidate>;

export const Preview = z.strictObject({
  candidates: z.array(Candidate),
  /** What was found but cannot be added: where, and why. */
  leftOut: z.array(z.strictObject({ where: z.string(), reason: z.string() })),
});
export type Preview = z.infer<typeof Preview>;

/** Pictures beyond these are refused before they are decoded. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024;
export const MAX_PICTURE_PIXELS = 50_000_000;
/** Pasted text beyond this is refused; a single otpauth link is capped far lower. */
export const MAX_PASTED_CHARACTERS = 1_000_000;

export const ManualAccount = z.strictObject({
  issuer: text(200),
  name: text(200),
  /** Base32 as people type it: spaces, dashes and lower case are fine. */
  secret: filledText(2_000),
  algorithm: OtpAlgorithm,
  digits: z.number().int().min(6).max(8),
  periodS: z.number().int().min(1).max(86_400),
});
export type ManualAccount = z.infer<typeof ManualAccount>;

export const CopyResult = z.discriminatedUnion('by', [
  /** Main wrote the clipboard and clears it after `clearsAfterMs` if it still holds the code. */
  z.strictObject({ by: z.literal('host'), clearsAfterMs: z.number().int() }),
  /** The host has no clipboard of the user's: the renderer writes and clears it. */
  z.strictObject({ by: z.literal('renderer'), text: z.string(), clearsAfterMs: z.number().int() }),
]);
export type CopyResult = z.infer<typeof CopyResult>;

export const authenticator = {
  'authenticator:list': method('local', Nothing, z.strictObject({ accounts: z.array(Account) })),
  'authenticator:codes': method(
    'local',
    z.strictObject({ ids: z.array(Id).max(500) }),
    z.strictObject({ codes: z.array(AccountCode), nowMs: TimeMs }),
  ),
  'authenticator:previewPicture': method(
    'local',
    z.strictObject({ picture: bytes(MAX_PICTURE_BYTES) }),
    Preview,
  ),
  'authenticator:previewText': method(
    'local',
    z.strictObject({ text: filledText(MAX_PASTED_CHARACTERS) }),
    Preview,
  ),
  /** Adds candidates of an earlier preview, all or none. */
  'authenticator:addCandidates': method(
    'local',
    z.strictObject({ ids: z.array(Id).min(1).max(10_000) }),
    z.strictObject({ added: z.array(Account) }),
  ),
  'authenticator:addManually': method('local', ManualAccount, Account),
  'authenticator:rename': method(
    'local',
    z.strictObject({ id: Id, issuer: text(200), name: text(200) }),
    Account,
  ),
  /** Moves the account to the trash, from where `restore` brings it back for 30 days. */
  'authenticator:delete': method('local', z.strictObject({ id: Id }), Nothing),
  'authenticator:restore': method('local', z.strictObject({ id: Id }), Account),
  'authenticator:copyCode': method(
    'local',
    z.strictObject({ id: Id, which: z.enum(['current', 'next']) }),
    CopyResult,
  ),
} as const;

export const authenticatorEvents = { 'authenticator:changed': Nothing } as const;
