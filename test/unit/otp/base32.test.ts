// Base32 per RFC 4648, with the leniencies that typed secrets need.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase32, encodeBase32, MAX_BASE32_CHARACTERS } from '../../../src-main/otp/base32.ts';
import { refusalOf } from './refusal.ts';
import rfc4648 from '../../vectors/otp/rfc4648-section-10.json' with { type: 'json' };

const filled = rfc4648.vectors.filter(({ text }) => text !== '');

test.each(rfc4648.vectors)('RFC 4648 §10 encodes "$text"', ({ text, base32 }) => {
  expect(encodeBase32(Buffer.from(text))).toBe(base32.replaceAll('=', ''));
});

test.each(filled)('RFC 4648 §10 decodes $base32', ({ text, base32 }) => {
  expect(Buffer.from(decodeBase32(base32)).toString()).toBe(text);
});

test('what is encoded decodes to the same bytes, however it is typed', () => {
  const styles: ((text: string) => string)[] = [
    (text) => text,
    (text) => text.toLowerCase(),
    (text) => text.replaceAll(/(.{4})/gu, '$1 '),
    (text) => text.replaceAll(/(.{4})/gu, '$1-'),
    (text) => `  ${text}====\n`,
  ];
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 600 }),
      fc.constantFrom(...styles),
      (bytes, style) => {
        expect(decodeBase32(style(encodeBase32(bytes)))).toEqual(bytes);
      },
    ),
  );
});

test.each([
  { text: 'JBSW Y3DP EH1K', position: 13, hint: 'I or L' },
  { text: '0BSWY3DP', position: 1, hint: 'letter O' },
  { text: 'JBSWY3D8', position: 8, hint: 'letter B' },
  { text: 'JBSW!3DP', position: 5, hint: 'Character 5' },
  { text: '😀BSWY3DP', position: 1, hint: 'Character 1' },
  { text: 'jbſwy3dp', position: 3, hint: 'Character 3' },
])('the wrong character of "$text" is named by its position', ({ text, position, hint }) => {
  const refusal = refusalOf(() => decodeBase32(text));
  expect(refusal).toMatchObject({
    code: 'account-refused',
    details: { reason: 'secret-character', position },
  });
  expect(refusal?.message).toContain(hint);
});

test.each([
  { what: 'nothing', text: '', reason: 'secret-empty' },
  { what: 'spaces and padding', text: ' - ===', reason: 'secret-empty' },
  { what: 'one character', text: 'A', reason: 'secret-length' },
  { what: 'three characters', text: 'ABC', reason: 'secret-length' },
  { what: 'six characters', text: 'ABCDEF', reason: 'secret-length' },
  { what: 'too many characters', text: 'A'.repeat(MAX_BASE32_CHARACTERS + 1), reason: 'secret-too-long' },
  { what: '100 kB', text: 'A'.repeat(100_000), reason: 'secret-too-long' },
])('$what is refused', ({ text, reason }) => {
  expect(refusalOf(() => decodeBase32(text))).toMatchObject({ code: 'account-refused', details: { reason } });
});
