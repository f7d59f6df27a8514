// From the 31-bit value of RFC 4226 §5.3 to the characters that a person reads, and back to a comparison.
import { timingSafeEqual } from 'node:crypto';

const STEAM_ALPHABET = '23456789BCDFGHJKMNPQRTVWXY';
const STEAM_LENGTH = 5;

const powersOfTen = Array.from({ length: 11 }, (_, exponent) => 10 ** exponent);

/** The last `digits` (5–10) decimal digits of the value, with leading zeros. RFC 4226 §5.3 step 3. */
export function decimalCode(value: number, digits: number): string {
  const modulus = powersOfTen[digits] ?? 10 ** digits;
  return String(value % modulus).padStart(digits, '0');
}

/** Steam's five characters: the value in base 26, lowest first, in Steam's alphabet. */
export function steamCode(value: number): string {
  let rest = value;
  let code = '';
  for (let index = 0; index < STEAM_LENGTH; index += 1) {
    code += STEAM_ALPHABET.charAt(rest % STEAM_ALPHABET.length);
    rest = Math.floor(rest / STEAM_ALPHABET.length);
  }
  return code;
}

/** Whether two codes are equal, in a time that depends on their lengths alone. */
export function codesEqual(left: string, right: string): boolean {
  const leftBytes = Buffer.from(left);
  const rightBytes = Buffer.from(right);
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}
