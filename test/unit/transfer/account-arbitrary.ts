// Random accounts for round trips, of what a format can hold.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Writing } from '../../../src-main/authenticator/transfer/exporter.ts';
import type { ImportedAccount } from '../../../src-main/authenticator/transfer/imported-account.ts';
import { encodeBase32 } from '../../../src-main/otp/base32.ts';
import { cleanLabel } from '../../../src-main/otp/label.ts';
import type { OtpType } from '../../../src-main/otp/parameters.ts';

interface Kept {
  readonly types: readonly OtpType[];
  /** The most tags of an account. */
  readonly tags?: number;
  readonly note?: boolean;
  readonly pinned?: boolean;
}

/** Endings such as "period=30" are repaired in issuers of links, and so are not kept. */
const label = fc
  .string({ unit: 'grapheme', maxLength: 40 })
  .map(cleanLabel)
  .filter((text) => !/period=\d+$/u.test(text));

/** A totp account whose issuer is Steam reads as Steam in links. */
const issuer = label.filter((text) => text.toLowerCase() !== 'steam');
const name = label.filter((text) => !text.includes(':'));

export function importedAccounts(kept: Kept): fc.Arbitrary<ImportedAccount[]> {
  const { types, tags: most = 0, note = true, pinned = true } = kept;
  const one = fc
    .record({
      type: fc.constantFrom(...types),
      issuer,
      name,
      secret: fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => encodeBase32(bytes)),
      algorithm: fc.constantFrom('SHA-1' as const, 'SHA-256' as const, 'SHA-512' as const),
      digits: fc.integer({ min: 5, max: 10 }),
      periodS: fc.integer({ min: 1, max: 86_400 }),
      counter: fc.nat(),
      tags: fc.uniqueArray(
        label.filter((text) => text !== ''),
        { maxLength: most },
      ),
      note: note ? fc.string({ maxLength: 80 }).map((text) => text.trim()) : fc.constant(''),
      pinned: pinned ? fc.boolean() : fc.constant(false),
    })
    .map((each): ImportedAccount => {
      const { type } = each;
      if (type === 'hotp') return { ...each, periodS: 0 };
      if (type === 'totp') return { ...each, counter: null };
      return { ...each, algorithm: 'SHA-1', digits: 5, periodS: 30, counter: null };
    });
  return fc.array(one, { maxLength: 8 });
}

/** The same bytes at each call with the same history: no randomness in tests. */
export function writing(password?: string): Writing {
  let calls = 0;
  const random = (count: number) => {
    calls += 1;
    const block = createHash('shake256', { outputLength: count }).update(String(calls)).digest();
    return Uint8Array.from(block);
  };
  return { nowMs: 1_700_000_000_000, random, ...(password === undefined ? {} : { password }) };
}
