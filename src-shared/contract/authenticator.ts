// Contract: the authenticator — accounts, their codes, keeping them in order, copying. Shared secrets stay in main.
import { z } from 'zod';
import { filledText, Id, method, Nothing, text, TimeMs } from './define.ts';

export const OtpAlgorithm = z.enum(['SHA-1', 'SHA-256', 'SHA-512']);
export type OtpAlgorithm = z.infer<typeof OtpAlgorithm>;

export const OtpType = z.enum(['totp', 'hotp', 'steam']);
export type OtpType = z.infer<typeof OtpType>;

/** A day. */
export const MAX_PERIOD_S = 86_400;

export const otpParameters = {
  type: OtpType,
  algorithm: OtpAlgorithm,
  digits: z.number().int().min(5).max(10),
  /** Seconds; 0 for HOTP. */
  periodS: z.number().int().min(0).max(MAX_PERIOD_S),
};

export const MAX_TAGS = 50;
export const MAX_TAG_CHARACTERS = 200;
export const MAX_NOTE_CHARACTERS = 10_000;
/** As many as one call may name. */
export const MAX_ACCOUNTS_PER_CALL = 20_000;

/** An account without its secret. */
export const Account = z.strictObject({
  id: Id,
  /** Who issued the shared secret; may be empty. */
  issuer: z.string(),
  /** The user's name there; may be empty. */
  name: z.string(),
  ...otpParameters,
  tags: z.array(z.string()),
  pinned: z.boolean(),
  /** The note itself is asked for with `authenticator:details`. */
  hasNote: z.boolean(),
  addedAtMs: TimeMs,
  /** How often, and when last, its code was copied. */
  useCount: z.number().int().min(0),
  lastUsedAtMs: TimeMs.nullable(),
  /** What the user should know, for instance that the secret is shorter than recommended. */
  warnings: z.array(z.string()),
});
export type Account = z.infer<typeof Account>;

/** What is shown of one account when it is opened. */
export const AccountDetails = z.strictObject({
  ...Account.shape,
  note: z.string(),
  /** The counter of the next code of a HOTP account; null for the others. */
  counter: z.number().int().min(0).nullable(),
});
export type AccountDetails = z.infer<typeof AccountDetails>;

/**
 * The codes of one account around now. The renderer counts down to `validUntilMs` and asks again. A HOTP code has no
 * end: `validFromMs` and `validUntilMs` are 0, `nextCode` is empty, and `code` too until `authenticator:advance`.
 */
export const AccountCode = z.strictObject({
  id: Id,
  code: z.string(),
  nextCode: z.string(),
  validFromMs: TimeMs,
  validUntilMs: TimeMs,
});
export type AccountCode = z.infer<typeof AccountCode>;

const tags = z.array(filledText(MAX_TAG_CHARACTERS)).max(MAX_TAGS);

export const ManualAccount = z.strictObject({
  type: OtpType,
  issuer: text(200),
  name: text(200),
  /** Base32 as people type it: spaces, dashes and lower case are fine. */
  secret: filledText(2_000),
  algorithm: OtpAlgorithm,
  digits: z.number().int().min(5).max(10),
  /** Seconds; not looked at for HOTP. */
  periodS: z.number().int().min(1).max(MAX_PERIOD_S),
  /** The counter of the next code; not looked at but for HOTP. */
  counter: z.number().int().min(0),
});
export type ManualAccount = z.infer<typeof ManualAccount>;

/** What can be changed of an account. The secret and the type cannot: that would be another account. */
export const AccountEdit = z.strictObject({
  id: Id,
  issuer: text(200),
  name: text(200),
  tags,
  note: text(MAX_NOTE_CHARACTERS),
  algorithm: OtpAlgorithm,
  digits: z.number().int().min(5).max(10),
  /** Seconds; 0 for HOTP. */
  periodS: z.number().int().min(0).max(MAX_PERIOD_S),
  /** The counter of the next code of a HOTP account; null for the others. */
  counter: z.number().int().min(0).nullable(),
});
export type AccountEdit = z.infer<typeof AccountEdit>;

export const CopyResult = z.discriminatedUnion('by', [
  /** Main wrote the clipboard and clears it after `clearsAfterMs` if it still holds the code. */
  z.strictObject({ by: z.literal('host'), clearsAfterMs: z.number().int() }),
  /** The host has no clipboard of the user's: the renderer writes and clears it. */
  z.strictObject({ by: z.literal('renderer'), text: z.string(), clearsAfterMs: z.number().int() }),
]);
export type CopyResult = z.infer<typeof CopyResult>;

export const DeletedAccount = z.strictObject({
  ...Account.shape,
  deletedAtMs: TimeMs,
  /** When it leaves the trash for good. */
  leavesAtMs: TimeMs,
});
export type DeletedAccount = z.infer<typeof DeletedAccount>;

/** Proof that the person at the screen may see secrets: the passphrase where there is one, otherwise null. */
export const Proof = text(1024).nullable();

export const authenticator = {
  /** In the order by hand. */
  'authenticator:list': method('local', Nothing, z.strictObject({ accounts: z.array(Account) })),
  'authenticator:codes': method(
    'local',
    z.strictObject({ ids: z.array(Id).max(500) }),
    z.strictObject({
      codes: z.array(AccountCode),
      /** The time that the codes go by: this computer's, corrected by `correctedByMs`. */
      nowMs: TimeMs,
      /** Real time minus this computer's, where the settings allow it and the clock was checked; otherwise 0. */
      correctedByMs: z.number(),
    }),
  ),
  'authenticator:details': method('local', z.strictObject({ id: Id }), AccountDetails),
  /** Throws `account-refused` or `already-exists`. */
  'authenticator:addManually': method('local', ManualAccount, Account),
  'authenticator:edit': method('local', AccountEdit, Account),
  'authenticator:pin': method('local', z.strictObject({ id: Id, pinned: z.boolean() }), Account),
  /** Puts the account before another one in the order by hand; null: at the end. */
  'authenticator:move': method('local', z.strictObject({ id: Id, beforeId: Id.nullable() }), Nothing),
  /** Renames a tag on every account; null removes it. */
  'authenticator:renameTag': method(
    'local',
    z.strictObject({ from: text(MAX_TAG_CHARACTERS), to: filledText(MAX_TAG_CHARACTERS).nullable() }),
    Nothing,
  ),
  /** Counts a HOTP account on: the new counter is stored first, then the code is answered. */
  'authenticator:advance': method('local', z.strictObject({ id: Id }), AccountCode),
  /** Moves the account to the trash, from where `restore` brings it back for 30 days. */
  'authenticator:delete': method('local', z.strictObject({ id: Id }), Nothing),
  'authenticator:restore': method('local', z.strictObject({ id: Id }), Account),
  /** Newest first. */
  'authenticator:trash': method('local', Nothing, z.strictObject({ accounts: z.array(DeletedAccount) })),
  /** Takes accounts out of the trash for good; null: all of them. */
  'authenticator:deleteForever': method(
    'local',
    z.strictObject({ ids: z.array(Id).max(MAX_ACCOUNTS_PER_CALL).nullable() }),
    Nothing,
  ),
  /** For a HOTP account `current` is the code that is shown, or the next where none is; `next` counts on. */
  'authenticator:copyCode': method(
    'local',
    z.strictObject({ id: Id, which: z.enum(['current', 'next']) }),
    CopyResult,
  ),
  /** The shared secret, on purpose. Throws `passphrase-refused` (details.reason `missing`, `wrong`, `too-early`). */
  'authenticator:reveal': method(
    'local',
    z.strictObject({ id: Id, passphrase: Proof }),
    z.strictObject({
      /** Base32 in groups of four. */
      secret: z.string(),
      /** The otpauth link, for the QR code. */
      link: z.string(),
    }),
  ),
} as const;

export const authenticatorEvents = {
  'authenticator:changed': Nothing,
  /** A code was copied: too small a change to read the whole list again. */
  'authenticator:used': z.strictObject({ id: Id, useCount: z.number().int(), lastUsedAtMs: TimeMs }),
} as const;
