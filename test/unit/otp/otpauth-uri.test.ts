// otpauth links: the quirks of the field, nonsense refused, and writing what can be read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanLabel } from '../../../src-main/otp/label.ts';
import {
  MAX_LINK_CHARACTERS,
  type OtpauthAccount,
  parseOtpauthUri,
  writeOtpauthUri,
} from '../../../src-main/otp/otpauth-uri.ts';
import { OtpAlgorithm } from '../../../src-shared/contract/index.ts';
import links from '../../vectors/otp/otpauth-links.json' with { type: 'json' };
import { refusalOf } from './refusal.ts';

const readable = (account: OtpauthAccount) => ({
  ...account,
  secretAscii: Buffer.from(account.secret).toString('latin1'),
});

const refusal = (link: string) => refusalOf(() => parseOtpauthUri(link));
const because = (reason: string) => ({ code: 'account-refused', details: { reason } });

test.each(links.accepted)('reads a link: $case', ({ link, reads }) => {
  expect(readable(parseOtpauthUri(link))).toMatchObject(reads);
});

test.each(links.refused)('refuses a link: $case', ({ link, reason }) => {
  expect(refusal(link)).toMatchObject(because(reason));
});

describe('limits', () => {
  test('a secret of 100 kB is refused before it is looked at', () => {
    expect(refusal(`otpauth://totp/kim?secret=${'A'.repeat(100_000)}`)).toMatchObject(
      because('link-too-long'),
    );
  });
  test('a secret beyond any real one is refused', () => {
    expect(refusal(`otpauth://totp/kim?secret=${'A'.repeat(4_000)}`)).toMatchObject(
      because('secret-too-long'),
    );
  });
  test('a link of one character too many is refused', () => {
    const link = 'otpauth://totp/kim?secret=JBSWY3DPEHPK3PXP&x='.padEnd(MAX_LINK_CHARACTERS, 'x');
    expect(parseOtpauthUri(link).name).toBe('kim');
    expect(refusal(`${link}x`)).toMatchObject(because('link-too-long'));
  });
  test('an issuer that fills the screen is refused, not cut', () => {
    const link = `otpauth://totp/${'a'.repeat(201)}:kim?secret=JBSWY3DPEHPK3PXP`;
    expect(refusal(link)).toMatchObject(because('label-too-long'));
  });
});

test('no refusal repeats the secret', () => {
  for (const { link } of links.refused) expect(refusal(link)?.message).not.toMatch(/JBSWY3DP|GEZDGNBV/u);
});

const label = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map(cleanLabel)
  // The lost-ampersand repair reads this very ending as a period.
  .filter((text) => text.length <= 200 && !/period=\d+$/u.test(text));

const account: fc.Arbitrary<OtpauthAccount> = fc.oneof(
  fc.record({
    type: fc.constant('totp' as const),
    issuer: label.filter((issuer) => issuer.toLowerCase() !== 'steam'),
    name: label,
    secret: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    algorithm: fc.constantFrom(...OtpAlgorithm.options),
    digits: fc.integer({ min: 5, max: 10 }),
    periodS: fc.integer({ min: 1, max: 86_400 }),
    counter: fc.constant(0),
  }),
  fc.record({
    type: fc.constant('hotp' as const),
    issuer: label,
    name: label,
    secret: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    algorithm: fc.constantFrom(...OtpAlgorithm.options),
    digits: fc.integer({ min: 5, max: 10 }),
    periodS: fc.constant(0),
    counter: fc.maxSafeNat(),
  }),
  fc.record({
    type: fc.constant('steam' as const),
    issuer: label,
    name: label,
    secret: fc.uint8Array({ minLength: 1, maxLength: 64 }),
    algorithm: fc.constant('SHA-1' as const),
    digits: fc.constant(5),
    periodS: fc.constant(30),
    counter: fc.constant(0),
  }),
);

test('what is written reads back the same', () => {
  fc.assert(
    fc.property(account, (written) => {
      expect(parseOtpauthUri(writeOtpauthUri(written))).toEqual(written);
    }),
  );
});

test('any text after the scheme is refused with a reason, never with another failure', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(refusal(`otpauth://totp/${text}`)).toMatchObject({ code: 'account-refused' });
    }),
  );
});
