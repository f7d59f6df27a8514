// From the fields of a foreign entry to an account, or a sentence on why it is none.
import { z } from 'zod';
import { type OtpAlgorithm, TwofoldError } from '../../../src-shared/contract/index.ts';
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
  readonly algorithm?: string | null | undefined;
  readonly digits?: WholeNumber | undefined;
  readonly periodS?: WholeNumber | undefined;
  readonly counter?: WholeNumber | undefined;
  readonly tags?: readonly string[];
  readonly note?: string | null | undefined;
  readonly pinned?: boolean | undefined;
}

/** Several apps write numbers as text here and there. */
export const WholeNumber = z.union([z.number(), z.string()]).nullish();
export type WholeNumber = z.infer<typeof WholeNumber>;

const MAX_SECRET_BYTES = Math.floor((MAX_BASE32_CHARACTERS * 5) / 8);

/** The entry alone is left out; the file is read on. */
export const refuseEntry = (reason: string, message: string): TwofoldError =>
  new TwofoldError('account-refused', message, { reason });

/** Throws TwofoldError `account-refused` for what cannot make codes. Nothing wrong is replaced by a default. */
export function accountFromFields(fields: AccountFields): ImportedAccount {
  return {
    type: fields.type,
    issuer: labelPart(fields.issuer),
    name: labelPart(fields.name),
    secret: secretText(fields.secret),
    ...parametersOf(fields),
    counter:
      fields.type === 'hotp' ? wholeNumber('counter', fields.counter, 0, 0, Number.MAX_SAFE_INTEGER) : null,
    tags: tagsOf(fields.tags ?? []),
    note: noteOf(fields.note ?? ''),
    pinned: fields.pinned ?? false,
  };
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

function secretText(secret: string | Uint8Array): string {
  const bytes = typeof secret === 'string' ? decodeBase32(secret) : secret;
  if (bytes.length === 0) throw refuseEntry('secret-empty', 'It has no secret.');
  if (bytes.length > MAX_SECRET_BYTES) {
    throw refuseEntry('secret-too-long', `Its secret is longer than ${MAX_SECRET_BYTES} bytes.`);
  }
  return encodeBase32(bytes);
}

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

/** Each once, none empty, no more than the vault takes. */
function tagsOf(tags: readonly string[]): string[] {
  const clean = tags.map((tag) => cleanLabel(tag).slice(0, MAX_LABEL_CHARACTERS)).filter((tag) => tag !== '');
  return [...new Set(clean)].slice(0, MAX_TAGS);
}

/** Several lines are fine; other controls are not. */
const noteOf = (note: string): string =>
  note.toWellFormed().replaceAll(/\r\n?/gu, '\n').slice(0, MAX_NOTE_CHARACTERS).toWellFormed().trim();
