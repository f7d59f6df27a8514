// CSV both ways: what is written is read back the same, whatever it holds, and no cell is a formula (issue 4, import and export).
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../../src-main/csv/read-csv.ts';
import { shielded, unshielded, writeCsv } from '../../../src-main/csv/write-csv.ts';

const textOf = (content: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
const read = (text: string) => readCsv(text, 100);
const cells = (text: string) => read(text).lines.map((line) => line.cells);

/** Text that is hard on quotes, delimiters, line ends and formulas. */
const anyCell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom('"', ',', ';', '\t', '\r', '\n', "'", '=', '+', '-', '@', ' ', 'a', 'ß'),
  }),
);
/** A first cell that is not blank, since blank lines are passed over. */
const anyLine = fc
  .tuple(fc.constantFrom('1', '=1', 'x,y'), fc.array(anyCell, { maxLength: 6 }))
  .map(([first, rest]) => [first, ...rest]);

describe('reading back what was written', () => {
  test('gives the same cells (property)', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 8 }), (lines) => {
        // The first line decides the delimiter, as a line of names does in every file that we write.
        const result = read(textOf(writeCsv([['one', 'two', 'three'], ...lines])));
        expect(result.end).toBe('complete');
        expect(result.lines.slice(1).map((line) => line.cells.map(unshielded))).toEqual(lines);
      }),
    );
  });

  test('shields and takes the shield off again (property)', () => {
    fc.assert(fc.property(anyCell, (text) => unshielded(shielded(text)) === text));
  });
});

describe('formula injection', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '\n@x', '=HYPERLINK("http://x","y")'])(
    '%j is written as text',
    (text) => {
      const [first = ''] = cells(textOf(writeCsv([[text, 'x']])))[0] ?? [];
      expect(first.startsWith("'")).toBe(true);
    },
  );

  test('no written cell begins as a formula (property)', () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        expect(shielded(text)).not.toMatch(/^\s*[=+\-@]/u);
      }),
    );
  });

  test('what is harmless stays as it is', () => {
    for (const text of ['', 'Maria Keller', "O'Neill", "'tis", 'a=b', '2026-11-24', '{"a":1}']) {
      expect(shielded(text)).toBe(text);
    }
  });
});

describe('reading', () => {
  test.each([
    [
      'quotes, a quote within, a line break',
      'a,b\r\n"x ""y"", z","1\r\n2"\r\n',
      [
        ['a', 'b'],
        ['x "y", z', '1\r\n2'],
      ],
    ],
    [
      'semicolons',
      'a;b\n"1;1";2,5',
      [
        ['a', 'b'],
        ['1;1', '2,5'],
      ],
    ],
    [
      'tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a byte order mark', '\uFEFFa,b', [['a', 'b']]],
    [
      'line ends of old Macs',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['empty lines and lines of empty cells', '\n\na\n,,\n\nb', [['a'], ['b']]],
    ['nothing', '', []],
  ])('%s', (_what, text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  test('knows the line on which each row begins', () => {
    const text = 'a,b\r\n\r\n"one\r\ntwo",x\n"three\nfour\nfive",y\rz,z';
    expect(read(text).lines.map(({ line }) => line)).toEqual([1, 3, 5, 8]);
  });

  test.each([
    ['an open quote', 'a\n"b', 'open-quote'],
    ['a hundred and one columns', ','.repeat(100), 'damaged'],
    ['a cell of a million and one characters', `"${'a'.repeat(1_000_001)}"`, 'damaged'],
    ['more lines than are taken', 'a\n'.repeat(101), 'too-many-lines'],
  ])('%s is told, not thrown', (_what, text, end) => {
    expect(read(text).end).toBe(end);
  });

  test('is total and never invents characters (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ';') }), (text) => {
        const length = cells(text).flat().join('').length;
        expect(length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
