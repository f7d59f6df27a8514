// CSV (RFC 4180) as we write it: quoted where needed, CRLF, and no cell that a spreadsheet program would run as a formula.

/** A spreadsheet program takes a cell that begins so for a formula; some pass over white space before it. */
const FORMULA = /^\s*[=+\-@]|^[\t\r\n]/u;
/** As FORMULA, behind the apostrophe that was put there; a second apostrophe is one that the text had itself. */
const SHIELDED = /^'(?=\s*[=+\-@']|[\t\r\n])/u;

/** What stands in a cell for this text: a formula gets an apostrophe in front, which makes it text and is not shown. */
export const shielded = (text: string): string =>
  FORMULA.test(text) || SHIELDED.test(text) ? `'${text}` : text;

/** The text that was shielded: for reading back what we wrote. */
export const unshielded = (cell: string): string => (SHIELDED.test(cell) ? cell.slice(1) : cell);

function quoted(cell: string): string {
  const safe = shielded(cell);
  return /[",;\t\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The file as bytes, in UTF-8. It begins with a byte order mark: without one, spreadsheet programs read it in the code
 * page of old, and "Zürich" comes out wrong.
 */
export function writeCsv(lines: Iterable<readonly string[]>): Uint8Array<ArrayBuffer> {
  let text = '\uFEFF';
  for (const cells of lines) text += `${cells.map(quoted).join(',')}\r\n`;
  return new TextEncoder().encode(text);
}
