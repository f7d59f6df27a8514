// Looks at a typed secret while it is typed. Main decides in the end; this only spares the way there and back.

/** RFC 4226 §4 R6 asks for 128 bits. */
const RECOMMENDED_BITS = 128;

/** Dashes of every length, spaces and padding carry nothing. */
const plainOf = (typed: string): string => typed.replaceAll(/[\s\-\u2010-\u2015=]/gu, '').toUpperCase();

/** Why this cannot be a secret yet, or undefined. An empty one is not wrong, it is only not there yet. */
export function typedSecretFault(typed: string): string | undefined {
  const plain = plainOf(typed);
  if (plain === '') return undefined;
  if (/^(OTPAUTH|STEAM)/i.test(plain) && typed.includes(':')) {
    return 'That is a whole link. Use “Paste a link”.';
  }
  const strange = /[^A-Z2-7]/u.exec(plain)?.[0];
  if (strange === undefined) return undefined;
  const meant = { '0': 'the letter O', '1': 'the letter I or L', '8': 'the letter B' }[strange];
  return meant === undefined
    ? `A secret holds the letters A to Z and the digits 2 to 7; “${strange}” is none of them.`
    : `“${strange}” does not occur in secrets. Perhaps it is ${meant}.`;
}

/** What to know of a secret that can be used, or undefined: that it is shorter than recommended. */
export function typedSecretWarning(typed: string): string | undefined {
  if (typedSecretFault(typed) !== undefined) return undefined;
  const bits = Math.floor((plainOf(typed).length * 5) / 8) * 8;
  if (bits === 0 || bits >= RECOMMENDED_BITS) return undefined;
  return `So far ${bits} bits; ${RECOMMENDED_BITS} are recommended. Some services give shorter secrets: it can be used all the same.`;
}
