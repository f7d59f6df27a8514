// CSV (RFC 4180) of other apps: rows by the names in the first line. In linear time, whatever the file holds.
import { checkEntryCount } from './collected-entries.ts';
import { textOf } from './json-text.ts';
import { MAX_ENTRIES } from './limits.ts';
import { damagedFile, truncatedFile } from './refusal.ts';

/** Room for the first line of any known format. */
const HEADER_BYTES = 2_000;
/** Known formats have a dozen. */
const MAX_COLUMNS = 100;
/** Beyond any note. */
const MAX_CELL_CHARACTERS = 1_000_000;
/** Spreadsheet programs of many countries save with semicolons. */
const DELIMITERS = [',', ';', '\t'] as const;

/** The names in the first line; empty when the bytes are no text. Total and cheap. */
export function csvHeader(content: Uint8Array): readonly string[] {
  const text = textOf(content.subarray(0, HEADER_BYTES)) ?? '';
  const line = /^[^\r\n]*/u.exec(text)?.[0] ?? '';
  if (line.split(/[,;\t]/u).length > MAX_COLUMNS) return [];
  return (read(line).rows[0] ?? []).map((name) => name.trim());
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
  const { rows, isOpen } = read(text);
  const [header = [], ...others] = rows;
  checkEntryCount(others.length);
  if (isOpen) throw truncatedFile();
  const names = header.map((name) => name.trim().toLowerCase());
  return others.map((cells) => new Map(cells.map((cell, column) => [names[column] ?? '', cell] as const)));
}

interface Cells {
  readonly rows: readonly (readonly string[])[];
  /** The text ends within quotes. */
  readonly isOpen: boolean;
}

/** Throws TwofoldError `import-refused`, `damaged`, for more cells in a row, or characters in a cell, than any format has. */
function read(text: string): Cells {
  const plain = new RegExp(`[^\\r\\n${delimiterOf(text)}]*`, 'uy');
  const rows: string[][] = [];
  let row: string[] = [];
  let index = 0;
  // One row more than is allowed shows that there are too many.
  while (rows.length <= MAX_ENTRIES + 1) {
    const quoted = text[index] === '"' ? readQuoted(text, index + 1) : null;
    plain.lastIndex = quoted?.end ?? index;
    // What follows a closing quote belongs to the cell, too: writers that quote carelessly are read all the same.
    const cell = (quoted?.cell ?? '') + (plain.exec(text)?.[0] ?? '');
    index = plain.lastIndex;
    row.push(cell);
    if (row.length > MAX_COLUMNS) throw damagedFile();
    const end = text[index];
    if (end === undefined || end === '\n' || end === '\r') {
      if (row.some((each) => each.trim() !== '')) rows.push(row);
      row = [];
    }
    if (quoted?.isOpen === true) return { rows, isOpen: true };
    if (end === undefined) break;
    index += 1;
  }
  return { rows, isOpen: false };
}

/** From behind the opening quote to behind the closing one; two quotes within are one. */
function readQuoted(text: string, from: number): { cell: string; end: number; isOpen: boolean } {
  let quote = text.indexOf('"', from);
  while (quote >= 0 && text[quote + 1] === '"' && quote - from <= MAX_CELL_CHARACTERS) {
    quote = text.indexOf('"', quote + 2);
  }
  if (quote - from > MAX_CELL_CHARACTERS) throw damagedFile();
  const isOpen = quote < 0;
  const cell = text.slice(from, isOpen ? undefined : quote).replaceAll('""', '"');
  return { cell, end: isOpen ? text.length : quote + 1, isOpen };
}

/** The one that the first line has most of. */
function delimiterOf(text: string): string {
  const line = text.slice(0, HEADER_BYTES).split(/[\r\n]/u, 1)[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
