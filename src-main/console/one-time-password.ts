// One-time passwords: made by the console, told once, changed at the first sign-in.
import type { RandomBytes } from './tokens.ts';

/** 32 signs, so that a byte falls on each of them equally often; without 0, 1, i and o, which are mistaken for others. */
const SIGNS = 'abcdefghjklmnpqrstuvwxyz23456789';
const SIGN_COUNT = 16;
const GROUP = 4;

/** 16 signs in groups of four, 80 bits: `k7mf-2pqx-9tzn-4wvd`. */
export function newOneTimePassword(random: RandomBytes): string {
  const signs = [...random(SIGN_COUNT)].map((byte) => SIGNS.charAt(byte % SIGNS.length)).join('');
  return Array.from({ length: SIGN_COUNT / GROUP }, (_, group) =>
    signs.slice(group * GROUP, (group + 1) * GROUP),
  ).join('-');
}
