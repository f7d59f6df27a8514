// The outer file and the database of an Aegis vault, versions 1 to 3 of the latter.
import { z } from 'zod';
import { Flag, SpareText, Texts, WholeNumber } from '../account-fields.ts';

export const FILE_VERSION = 1;
export const DATABASE_VERSION = 3;

const SealedParameters = z.looseObject({ nonce: z.string(), tag: z.string() });

/** Type 1 is opened by a password; others by a fingerprint or a key of the telephone. */
export const PASSWORD_SLOT = 1;

export const PasswordSlot = z.looseObject({
  key: z.string(),
  key_params: SealedParameters,
  n: z.number(),
  r: z.number(),
  p: z.number(),
  salt: z.string(),
});
export type PasswordSlot = z.infer<typeof PasswordSlot>;

export const PlainFile = z.looseObject({ version: z.number(), db: z.looseObject({}) });

export const EncryptedFile = z.looseObject({
  version: z.number(),
  header: z.looseObject({ slots: z.array(z.unknown()), params: SealedParameters }),
  db: z.string(),
});
export type EncryptedFile = z.infer<typeof EncryptedFile>;

export const Database = z.looseObject({
  version: z.number(),
  entries: z.array(z.unknown()),
  groups: z.array(z.unknown()).nullish(),
});

export const Group = z.looseObject({ uuid: z.string(), name: z.string() });

export const Entry = z.looseObject({
  type: z.string(),
  name: z.string().nullish(),
  issuer: z.string().nullish(),
  note: SpareText,
  favorite: Flag,
  icon: z.unknown().optional(),
  info: z.looseObject({
    secret: z.string(),
    algo: z.string().nullish(),
    digits: WholeNumber,
    period: WholeNumber,
    counter: WholeNumber,
  }),
  /** Versions 1 and 2: one name. Version 3: ids. */
  group: SpareText,
  groups: Texts,
});
export type Entry = z.infer<typeof Entry>;
