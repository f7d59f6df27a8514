// CSV (RFC 4180) as programs really write it: quotes, any line end, semicolons and tabs. In linear time, whatever it holds.

/** Known files have a dozen. */
const MAX_COLUMNS = 100;
/** Beyond any note. */
const MAX_CELL_CHARACTERS = 1_000_000;
/** Spreadsheet programs of many countries save with semicolons. */
const DELIMITERS = [',', ';', '\t'] as const;
/** Room for the first line of any known file. */
export const FIRST_LINE_CHARACTERS = 2_000;

export interface CsvLine {
  /** Where it begins in the text: 1 for the first line. Cells may hold line breaks, so lines may be passed over. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvText {
  /** Lines that are empty, or hold nothing but empty cells, are passed over. */
  readonly lines: readonly CsvLine[];
  /**
   * How the reading ended: at the end of the text, within quotes that never close, after `maxLines`, or at more cells in
   * a line, or characters in a cell, than any file has.
   */
  readonly end: 'complete' | 'open-quote' | 'too-many-lines' | 'damaged';
}

/** Reads the lines up to `maxLines`. A byte order mark is passed over; the delimiter is found in the first line. */
export function readCsv(content: string, maxLines: number): CsvText {
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content;
  const plain = new RegExp(`[^\\r\\n${delimiterOf(text)}]*`, 'uy');
  const lines: CsvLine[] = [];
  let cells: string[] = [];
  let index = 0;
  let line = 1;
  let begins = 1;
  for (;;) {
    const quoted = text[index] === '"' ? readQuoted(text, index + 1) : null;
    if (quoted === 'too-long') return { lines, end: 'damaged' };
    plain.lastIndex = quoted?.end ?? index;
    // What follows a closing quote belongs to the cell, too: writers that quote carelessly are read all the same.
    const cell = (quoted?.cell ?? '') + (plain.exec(text)?.[0] ?? '');
    if (quoted !== null) line += lineBreaksIn(quoted.cell);
    index = plain.lastIndex;
    cells.push(cell);
    if (cells.length > MAX_COLUMNS) return { lines, end: 'damaged' };
    const end = text[index];
    if (end === undefined || end === '\n' || end === '\r') {
      if (cells.some((each) => each.trim() !== '')) lines.push({ line: begins, cells });
      cells = [];
      // Of \r\n the second counts; a \r alone is the line end of old Macs.
      if (end === '\n' || (end === '\r' && text[index + 1] !== '\n')) line += 1;
      begins = line;
    }
    if (quoted?.isOpen === true) return { lines, end: 'open-quote' };
    if (lines.length > maxLines) return { lines: lines.slice(0, maxLines), end: 'too-many-lines' };
    if (end === undefined) return { lines, end: 'complete' };
    index += 1;
  }
}

const lineBreaksIn = (cell: string): number => cell.match(/\r\n|\r|\n/gu)?.length ?? 0;

/** From behind the opening quote to behind the closing one; two quotes within are one. */
function readQuoted(text: string, from: number): { cell: string; end: number; isOpen: boolean } | 'too-long' {
  let quote = text.indexOf('"', from);
  while (quote >= 0 && text[quote + 1] === '"' && quote - from <= MAX_CELL_CHARACTERS) {
    quote = text.indexOf('"', quote + 2);
  }
  if (quote - from > MAX_CELL_CHARACTERS) return 'too-long';
  const isOpen = quote < 0;
  const cell = text.slice(from, isOpen ? undefined : quote).replaceAll('""', '"');
  return { cell, end: isOpen ? text.length : quote + 1, isOpen };
}

/** The one that the first line has most of. */
function delimiterOf(text: string): string {
  const line = text.slice(0, FIRST_LINE_CHARACTERS).split(/[\r\n]/u, 1)[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
