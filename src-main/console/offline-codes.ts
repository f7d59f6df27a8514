// Codes that are kept on paper: recovery codes of a user, break-glass codes of the organization. Known by their hash alone.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { encodeBase32 } from '../otp/base32.ts';
import { hashToken, type RandomBytes, sameHash } from './tokens.ts';

/** 80 bits, 16 characters of base32: no guessing helps, so that the hash needs no salt and no work. */
const CODE_BYTES = 10;
const CODE_CHARACTERS = 16;
const GROUP = /.{1,4}/g;

/** What the codes are for, and whose they are: a code is worth nothing for another. */
export type Owner = `recovery ${string}` | 'break-glass';

const hashOf = (owner: Owner, characters: string): string => hashToken(`${owner} ${characters}`);

/** `count` new codes, `K7MF-2PQX-9TZN-4WVD`, to show this once, with the hashes to keep. */
export function makeOfflineCodes(
  random: RandomBytes,
  owner: Owner,
  count: number,
): { readonly codes: string[]; readonly hashes: string[] } {
  const characters = Array.from({ length: count }, () => encodeBase32(random(CODE_BYTES)));
  return {
    codes: characters.map((code) => code.match(GROUP)?.join('-') ?? code),
    hashes: characters.map((code) => hashOf(owner, code)),
  };
}

/** 0 and 8 are in no code: whoever read them meant the letter. */
const readAs: Readonly<Record<string, string>> = { '0': 'O', '1': 'I', '8': 'B' };

/** The hash of a code as typed. Throws TwofoldError `code-refused` for what cannot be one: no guess (S22). */
export function hashOfTyped(owner: Owner, typed: string): string {
  const characters = typed
    .toUpperCase()
    .replaceAll(/[\s\-\u2010-\u2015]/gu, '')
    .replaceAll(/[018]/g, (digit) => readAs[digit] ?? digit);
  if (!/^[A-Z2-7]+$/.test(characters) || characters.length !== CODE_CHARACTERS) {
    throw new TwofoldError('code-refused', 'Enter all 16 letters and digits of the code, and no more.', {
      reason: 'wrong-length',
    });
  }
  return hashOf(owner, characters);
}

/** The hash among these, or undefined. All are compared, in constant time, whichever it is. */
export function findHash(hashes: readonly string[], hash: string): string | undefined {
  return hashes.filter((each) => sameHash(each, hash))[0];
}
