// From the fields of a foreign entry to an account, or a sentence on why it is none.
import { z } from 'zod';
import { MAX_TAG_CHARACTERS, type OtpAlgorithm, TwofoldError } from '../../../src-shared/contract/index.ts';
import { decodeBase32, encodeBase32, MAX_BASE32_CHARACTERS } from '../../otp/base32.ts';
import { cleanLabel, MAX_LABEL_CHARACTERS } from '../../otp/label.ts';
import {
  DEFAULT_PARAMETERS,
  MAX_DIGITS,
  MAX_PERIOD_S,
  MIN_DIGITS,
  type OtpParameters,
  type OtpType,
  STEAM_PARAMETERS,
} from '../../otp/parameters.ts';
import type { ImportedAccount } from './imported-account.ts';
import { MAX_NOTE_CHARACTERS, MAX_TAGS } from './limits.ts';

/** What a foreign entry says, already under our names. What is absent (undefined or null) gets the format's default. */
export interface AccountFields {
  readonly type: OtpType;
  readonly issuer: string;
  readonly name: string;
  /** Base32 as found, or the bytes themselves. */
  readonly secret: string | Uint8Array;
  /** The app keeps the secret as somebody typed it, not as the bytes that it makes of it. */
  readonly isSecretTyped?: boolean;
  readonly algorithm?: string | null | undefined;
  readonly digits?: WholeNumber | undefined;
  readonly periodS?: WholeNumber | undefined;
  readonly counter?: WholeNumber | undefined;
  readonly tags?: readonly string[];
  readonly note?: string | null | undefined;
  readonly pinned?: boolean | undefined;
}

/** An account as it was read, with sentences on what was changed or lost on the way. */
export interface ReadAccount extends ImportedAccount {
  readonly converted: readonly string[];
}

/** Several apps write numbers as text here and there. */
export const WholeNumber = z.union([z.number(), z.string()]).nullish();
export type WholeNumber = z.infer<typeof WholeNumber>;

// What only decorates an account is passed over where it is not as it should be: no account is left out for that.
/** Of a list, the texts. */
export const Texts = z.preprocess(
  (value) => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []),
  z.array(z.string()),
);
export const SpareText = z.string().nullish().catch(null);
export const Flag = z.boolean().nullish().catch(null);

const MAX_SECRET_BYTES = Math.floor((MAX_BASE32_CHARACTERS * 5) / 8);

/** The entry alone is left out; the file is read on. */
export const refuseEntry = (reason: string, message: string): TwofoldError =>
  new TwofoldError('account-refused', message, { reason });

/**
 * Throws TwofoldError `account-refused` for what cannot make codes. Nothing wrong is replaced by a default. `converted`
 * is what was said of the entry before.
 */
export function accountFromFields(fields: AccountFields, converted: readonly string[] = []): ReadAccount {
  const secret = secretBytes(fields);
  const tags = tagsOf(fields.tags ?? []);
  const note = noteOf(fields.note ?? '');
  return {
    type: fields.type,
    issuer: labelPart(fields.issuer),
    name: labelPart(fields.name),
    secret: encodeBase32(secret.bytes),
    ...parametersOf(fields),
    counter:
      fields.type === 'hotp' ? wholeNumber('counter', fields.counter, 0, 0, Number.MAX_SAFE_INTEGER) : null,
    tags: tags.slice(0, MAX_TAGS),
    note: note.slice(0, MAX_NOTE_CHARACTERS).toWellFormed(),
    pinned: fields.pinned ?? false,
    converted: [
      ...converted,
      ...(secret.isShortened ? [SHORTENED_SECRET] : []),
      ...(tags.length > MAX_TAGS ? [`Only ${MAX_TAGS} tags of an entry were kept.`] : []),
      ...(note.length > MAX_NOTE_CHARACTERS ? [SHORTENED_NOTE] : []),
    ],
  };
}

export const SHORTENED_SECRET =
  'The last character of a secret carries nothing and was dropped, as its app does. Compare a code before you delete it there.';
const SHORTENED_NOTE = `A note was cut off after ${MAX_NOTE_CHARACTERS.toLocaleString('en')} characters.`;

const isOddLength = (error: unknown): boolean =>
  error instanceof TwofoldError &&
  error.code === 'account-refused' &&
  error.details?.['reason'] === 'secret-length';

/** Services hand out no less. What is shorter and of an odd length is a mistake, not a secret. */
const LEAST_SHORTENED_BYTES = 10;

/**
 * Reads what the app has; where that may be typed in, once more without the last character of the secret if it is of a
 * length that base32 does not have: apps decode it like that, and their codes work.
 */
export function withDroppedCharacter<T extends { readonly secret: Uint8Array }>(
  isTyped: boolean,
  read: (kept: (secret: string) => string) => T,
): { value: T; isShortened: boolean } {
  try {
    return { value: read((secret) => secret), isShortened: false };
  } catch (error) {
    if (!isTyped || !isOddLength(error)) throw error;
    const value = read((secret) => secret.replace(/[a-z2-7](?=[^a-z2-7]*$)/iu, ''));
    if (value.secret.length < LEAST_SHORTENED_BYTES) throw error;
    return { value, isShortened: true };
  }
}

/** Case does not matter; "HmacSHA1", "Algorithm.sha1", "SHA-1" and "SHA1" are the same. */
export function algorithmOf(text: string | null | undefined): OtpAlgorithm {
  if (text === undefined || text === null || text.trim() === '') return DEFAULT_PARAMETERS.algorithm;
  const size = /^(?:algorithm\.)?(?:hmac[-_]?)?sha[-_]?(1|256|512)$/iu.exec(text.trim())?.[1];
  if (size === '1') return 'SHA-1';
  if (size === '256') return 'SHA-256';
  if (size === '512') return 'SHA-512';
  throw refuseEntry('algorithm', 'Its hash algorithm is unknown. SHA-1, SHA-256 and SHA-512 can be used.');
}

/** One line, at most as long as the vault takes. */
function labelPart(text: string): string {
  const label = cleanLabel(text);
  if (label.length <= MAX_LABEL_CHARACTERS) return label;
  throw refuseEntry(
    'label-too-long',
    `Its issuer or name is longer than ${MAX_LABEL_CHARACTERS} characters.`,
  );
}

function secretBytes({ type, secret, isSecretTyped = false }: AccountFields): {
  bytes: Uint8Array;
  isShortened: boolean;
} {
  const { value, isShortened } = withDroppedCharacter(isSecretTyped, (kept) => ({
    secret: typeof secret === 'string' ? decoded(type, kept(secret)) : secret,
  }));
  const bytes = value.secret;
  if (bytes.length === 0) throw refuseEntry('secret-empty', 'It has no secret.');
  if (bytes.length > MAX_SECRET_BYTES) {
    throw refuseEntry('secret-too-long', `Its secret is longer than ${MAX_SECRET_BYTES} bytes.`);
  }
  return { bytes, isShortened };
}

/** Steam itself keeps 20 bytes in base64. */
const decoded = (type: OtpType, secret: string): Uint8Array =>
  type === 'steam' && /^[A-Za-z0-9+/]{27}=$/u.test(secret.trim())
    ? Uint8Array.from(Buffer.from(secret.trim(), 'base64'))
    : decodeBase32(secret);

function parametersOf({ type, ...fields }: AccountFields): OtpParameters {
  if (type === 'steam') return STEAM_PARAMETERS;
  return {
    algorithm: algorithmOf(fields.algorithm),
    digits: wholeNumber('digits', fields.digits, DEFAULT_PARAMETERS.digits, MIN_DIGITS, MAX_DIGITS),
    periodS:
      type === 'hotp'
        ? 0
        : wholeNumber('period', fields.periodS, DEFAULT_PARAMETERS.periodS, 1, MAX_PERIOD_S),
  };
}

const outOfRange = {
  digits: `Its codes have an impossible length. ${MIN_DIGITS} to ${MAX_DIGITS} digits can be used.`,
  period: `Its period is impossible. 1 to ${MAX_PERIOD_S} seconds can be used.`,
  counter: 'Its counter is no whole number that can be used.',
} as const;

function wholeNumber(
  what: keyof typeof outOfRange,
  value: WholeNumber | undefined,
  absent: number,
  least: number,
  most: number,
): number {
  if (value === undefined || value === null || value === '') return absent;
  const number = typeof value === 'number' ? value : /^\d{1,16}$/u.test(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(number) && number >= least && number <= most) return number;
  throw refuseEntry(what, outOfRange[what]);
}

/** Each once, none empty or longer than the vault takes. */
function tagsOf(tags: readonly string[]): string[] {
  const clean = tags.map((tag) => cleanLabel(cleanLabel(tag).slice(0, MAX_TAG_CHARACTERS)));
  return [...new Set(clean.filter((tag) => tag !== ''))];
}

/** Several lines are fine. */
const noteOf = (note: string): string => note.toWellFormed().replaceAll(/\r\n?/gu, '\n').trim();
