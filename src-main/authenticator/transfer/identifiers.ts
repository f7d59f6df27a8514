// Identifiers that other apps expect in their files.

/** A random UUID (RFC 9562 §5.4) of 16 random bytes. */
export function uuidOf(random: (count: number) => Uint8Array): string {
  const bytes = Buffer.from(random(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

/** The tags of all accounts, each with an identifier of its own. */
export const tagIds = (
  accounts: readonly { readonly tags: readonly string[] }[],
  random: (count: number) => Uint8Array,
): ReadonlyMap<string, string> =>
  new Map([...new Set(accounts.flatMap(({ tags }) => tags))].map((tag) => [tag, uuidOf(random)]));
