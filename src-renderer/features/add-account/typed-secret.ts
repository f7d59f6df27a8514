// Looks at a typed secret while it is typed. Main decides in the end; this only spares the way there and back.

/** Why this cannot be a secret yet, or undefined. An empty one is not wrong, it is only not there yet. */
export function typedSecretFault(typed: string): string | undefined {
  const plain = typed.replaceAll(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
  if (plain === '') return undefined;
  if (/^OTPAUTH:/i.test(plain)) return 'That is a whole link. Use “Paste a link”.';
  const strange = /[^A-Z2-7]/u.exec(plain)?.[0];
  if (strange === undefined) return undefined;
  const meant = { '0': 'the letter O', '1': 'the letter I or L', '8': 'the letter B' }[strange];
  return meant === undefined
    ? `A secret holds the letters A to Z and the digits 2 to 7; “${strange}” is none of them.`
    : `“${strange}” does not occur in secrets. Perhaps it is ${meant}.`;
}
