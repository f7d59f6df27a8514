// CSV as other apps write it: quotes, line breaks, semicolons, and files that want to keep the reader busy.
import { expect, test } from 'vitest';
import { csvHeader, csvRows } from '../../../src-main/authenticator/transfer/csv.ts';
import { bytesOf, refusal, containing } from './foreign-file.ts';

const rows = (text: string) => csvRows(bytesOf(text)).map((row) => Object.fromEntries(row));

test.each([
  [
    'quotes, a quote within, a delimiter and a line break',
    'a,b\n"x ""y"", z","1\n2"',
    [{ a: 'x "y", z', b: '1\n2' }],
  ],
  [
    'Windows line ends and empty lines',
    'a,b\r\n1,2\r\n\r\n3,4\r\n',
    [
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ],
  ],
  ['semicolons', 'a;b\n"1;1";2,5', [{ a: '1;1', b: '2,5' }]],
  ['a byte order mark and capitals', '\ufeffA,B\n1,2', [{ a: '1', b: '2' }]],
  ['too few cells', 'a,b\n1', [{ a: '1' }]],
  ['careless quotes', 'a,b\nx"y"z,"1"2', [{ a: 'x"y"z', b: '12' }]],
  ['an empty cell at the end', 'a,b\n1,', [{ a: '1', b: '' }]],
])('%s', (_, text, expected) => {
  expect(rows(text)).toEqual(expected);
});

test('the header is read without the rest', () => {
  expect(csvHeader(bytesOf('"One", two\n"'))).toEqual(['One', 'two']);
  expect(csvHeader(Uint8Array.from([0xff, 0xfd, 0xfc, 0xfb, 0xfa]))).toEqual([]);
  expect(csvHeader(bytesOf(','.repeat(1_000)))).toEqual([]);
});

test('a quote that never closes is a file cut off', async () => {
  expect(await refusal(Promise.resolve().then(() => rows('a,b\n1,"2')))).toMatchObject({
    reason: 'truncated',
  });
});

test('too many rows are refused, the limit named', async () => {
  const work = Promise.resolve().then(() => rows('a\n'.repeat(20_002)));
  expect(await refusal(work)).toMatchObject({
    reason: 'over-limit',
    message: containing('20,000'),
  });
});

test.each(['"a', '"a"b', '"', ',"', '"x" y,', ','])(
  'five million characters of %j are read at once',
  async (piece) => {
    const text = `a,b\n${piece.repeat(5_000_000 / piece.length)}`;
    const refused = await refusal(Promise.resolve().then(() => rows(text)));
    expect([undefined, 'truncated', 'damaged']).toContain(refused?.reason);
  },
);
