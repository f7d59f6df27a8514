// Steps that the importers of JSON and CSV share: through the entries one by one, types, and fields that hold a link.
import type { z } from 'zod';
import { MAX_LINK_CHARACTERS, type OtpauthAccount, parseOtpauthUri } from '../../otp/otpauth-uri.ts';
import type { OtpType } from '../../otp/parameters.ts';
import {
  accountFromFields,
  type ReadAccount,
  refuseEntry,
  SHORTENED_SECRET,
  withDroppedCharacter,
} from './account-fields.ts';
import { checkEntryCount, type CollectedEntries, entryFields, whereOf } from './collected-entries.ts';
import { isFields } from './json-text.ts';

/**
 * Adds an account for each entry of a list. `labels` names the fields by which a person knows the entry. Throws
 * TwofoldError `import-refused` (`over-limit`) when there are too many.
 */
export function addEach<T>(
  collected: CollectedEntries,
  entries: readonly unknown[],
  schema: z.ZodType<T>,
  labels: readonly [string, string],
  read: (entry: T) => ReadAccount,
): void {
  checkEntryCount(entries.length);
  entries.forEach((entry, index) => {
    const [issuer, name] = labels.map((label) => (isFields(entry) ? entry[label] : ''));
    collected.add(whereOf(index, issuer, name), () => read(entryFields(schema, entry)));
  });
}

/** A type as other apps name it, in any case. Throws TwofoldError `account-refused` for one that cannot be used. */
export function knownType(text: string): OtpType {
  const type = text.trim().toLowerCase();
  if (type === 'totp' || type === 'hotp' || type === 'steam') return type;
  throw refuseEntry(
    'unknown-type',
    'This kind of code is unknown to Twofold. Time-based, counter-based and Steam codes can be used.',
  );
}

/** What the entry around a link says besides the link. */
export interface AroundLink {
  /** Used where the link names no issuer. */
  readonly issuer: string;
  /** Used where the link names no account. */
  readonly name: string;
  readonly tags?: readonly string[];
  readonly note?: string | null | undefined;
  readonly pinned?: boolean | undefined;
}

/** The secret within a link, as it stands there. */
const secretInLink = /((?:[?&]secret=|^\s*steam:\/\/))([^&#]*)/iu;

/** Reads a link; `isSecretTyped` as for `accountFromFields`. Throws TwofoldError `account-refused`. */
export function readLink(
  text: string,
  isSecretTyped: boolean,
): { link: OtpauthAccount; converted: readonly string[] } {
  const { value: link, isShortened } = withDroppedCharacter(isSecretTyped, (kept) =>
    parseOtpauthUri(
      // What is too long is refused as it stands.
      text.length > MAX_LINK_CHARACTERS
        ? text
        : text.replace(secretInLink, (_, before: string, secret: string) => before + kept(unpadded(secret))),
    ),
  );
  return { link, converted: isShortened ? [SHORTENED_SECRET] : [] };
}

/** Encoded padding would look like letters. That of Steam's base64 is left alone. */
const unpadded = (secret: string): string =>
  secret.replace(/(?:%3D)+$/iu, (found) => '='.repeat(found.length / 3));

/**
 * Reads a field that holds an otpauth link, `steam://SECRET` or a secret alone. Throws TwofoldError `account-refused`.
 */
export function accountFromLinkField(field: string, around: AroundLink): ReadAccount {
  const text = field.trim();
  if (/^steam:/iu.test(text)) {
    const issuer = around.issuer.trim() === '' ? 'Steam' : around.issuer;
    const { link, converted } = readLink(text, true);
    return accountFromFields({ ...around, type: 'steam', issuer, secret: link.secret }, converted);
  }
  if (!/^[a-z-]+:/iu.test(text)) {
    return accountFromFields({ ...around, type: 'totp', secret: text, isSecretTyped: true });
  }
  const { link, converted } = readLink(text, true);
  return accountFromFields(
    {
      ...around,
      ...link,
      issuer: link.issuer === '' ? around.issuer : link.issuer,
      name: link.name === '' ? around.name : link.name,
    },
    converted,
  );
}
