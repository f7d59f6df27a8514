// Which outside addresses the user's browser may be sent to: a table of exact https addresses. Free of electron.

const outsidePages: ReadonlySet<string> = new Set([
  // Time-based one-time passwords, for whoever wants to know how a code comes about.
  'https://www.rfc-editor.org/rfc/rfc6238',
]);

/** The address to open, as it stands in the table, or null: not one of ours. */
export function externalLink(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { href } = new URL(address);
  return outsidePages.has(href) ? href : null;
}
