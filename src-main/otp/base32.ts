// Base32 of RFC 4648 §6, as shared secrets are written and typed.
import { TwofoldError } from '../../src-shared/contract/index.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS_PER_CHARACTER = 5;

/** Longer than any real secret; a limit keeps hostile input cheap. */
export const MAX_BASE32_CHARACTERS = 2_000;

const valueOf: ReadonlyMap<string, number> = new Map(
  Array.from(ALPHABET).flatMap((character, value) => [
    [character, value],
    [character.toLowerCase(), value],
  ]),
);

/** Characters that people put between groups, and padding. They carry nothing. */
const ignored = /[\s\-\u2010-\u2015=]/u;

const refuse = (reason: string, message: string, position?: number): TwofoldError =>
  new TwofoldError('account-refused', message, position === undefined ? { reason } : { reason, position });

/** Encodes without padding, upper-case, as authenticator apps write it. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= BITS_PER_CHARACTER) {
      bits -= BITS_PER_CHARACTER;
      text += ALPHABET.charAt((buffer >>> bits) & 31);
    }
    buffer &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET.charAt((buffer << (BITS_PER_CHARACTER - bits)) & 31);
}

/**
 * Decodes what people paste and type: any case, with spaces, dashes and padding. Throws TwofoldError `account-refused`
 * with details.reason `secret-empty`, `secret-too-long`, `secret-character` (and details.position, counted from 1 in
 * the text as given) or `secret-length` (a number of characters that no whole number of bytes has).
 */
export function decodeBase32(text: string): Uint8Array {
  if (text.length > MAX_BASE32_CHARACTERS) {
    throw refuse(
      'secret-too-long',
      `The secret is longer than ${MAX_BASE32_CHARACTERS} characters. Copy the secret alone, without the text around it.`,
    );
  }
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  let characters = 0;
  let position = 0;
  for (const character of text) {
    position += 1;
    const value = valueOf.get(character);
    if (value === undefined) {
      if (ignored.test(character)) continue;
      throw wrongCharacter(character, position);
    }
    characters += 1;
    buffer = ((buffer << BITS_PER_CHARACTER) | value) & 0xfff;
    bits += BITS_PER_CHARACTER;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >>> bits) & 0xff);
    }
  }
  if (characters === 0) {
    throw refuse('secret-empty', 'There is no secret. Copy the letters and digits that the service shows.');
  }
  // Five or more bits left over: one whole character too many or, much more often, some missing.
  if (bits >= BITS_PER_CHARACTER) {
    throw refuse(
      'secret-length',
      `A secret cannot have ${characters} characters: one is missing or too many. Compare it with what the service shows.`,
    );
  }
  return Uint8Array.from(bytes);
}

function wrongCharacter(character: string, position: number): TwofoldError {
  const lookAlike = { 0: ' Is it the letter O?', 1: ' Is it the letter I or L?', 8: ' Is it the letter B?' };
  const hint = Object.entries(lookAlike).find(([digit]) => digit === character)?.[1] ?? '';
  return refuse(
    'secret-character',
    `Character ${position} of the secret is not a letter A–Z or a digit 2–7.${hint} Correct it and try again.`,
    position,
  );
}
