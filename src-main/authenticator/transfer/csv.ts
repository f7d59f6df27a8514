// CSV of other apps: rows by the names in the first line.
import { FIRST_LINE_CHARACTERS, readCsv } from '../../csv/read-csv.ts';
import { checkEntryCount } from './collected-entries.ts';
import { textOf } from './json-text.ts';
import { MAX_ENTRIES } from './limits.ts';
import { damagedFile, truncatedFile } from './refusal.ts';

/** The names in the first line; empty when the bytes are no text. Total and cheap. */
export function csvHeader(content: Uint8Array): readonly string[] {
  const text = textOf(content.subarray(0, FIRST_LINE_CHARACTERS)) ?? '';
  const line = /^[^\r\n]*/u.exec(text)?.[0] ?? '';
  return (readCsv(line, 1).lines[0]?.cells ?? []).map((name) => name.trim());
}

/** A row by the names of the first line, in lower case. Cells that are missing are absent. */
export type CsvRow = ReadonlyMap<string, string>;

/**
 * The rows below the first line; empty ones are passed over. Throws TwofoldError `import-refused`: `damaged`,
 * `truncated` (a quote is still open at the end) or `over-limit`.
 */
export function csvRows(content: Uint8Array): readonly CsvRow[] {
  const text = textOf(content);
  if (text === null) throw damagedFile();
  // One row more than is allowed shows that there are too many.
  const { lines, end } = readCsv(text, MAX_ENTRIES + 2);
  if (end === 'damaged') throw damagedFile();
  const [header, ...others] = lines;
  checkEntryCount(others.length);
  if (end === 'open-quote') throw truncatedFile();
  const names = header?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  return others.map(
    ({ cells }) => new Map(cells.map((cell, column) => [names[column] ?? '', cell] as const)),
  );
}
