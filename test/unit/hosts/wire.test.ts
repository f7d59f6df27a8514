// The contract's values as JSON text: what goes in comes out, and what is not of the contract is refused.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeWire, encodeWire } from '../../../src-shared/wire.ts';

/** JSON values, `depth` deep, without the two names that cannot cross and without -0, which JSON does not know. */
const contractValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 40 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string().filter((name) => name !== '$bytes' && name !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

test('every value of the contract survives the way there', () => {
  fc.assert(
    fc.property(contractValue, (value) => {
      expect(decodeWire(encodeWire(value))).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test('bytes of a picture survive, also beyond one chunk', () => {
  const picture = Uint8Array.from({ length: 100_003 }, (_, index) => (index * 31) % 256);
  expect(decodeWire(encodeWire({ picture }))).toEqual({ picture });
});

test('bytes that are a view on a larger buffer travel alone', () => {
  const whole = Uint8Array.of(1, 2, 3, 4, 5);
  expect(decodeWire(encodeWire(whole.subarray(1, 3)))).toEqual(Uint8Array.of(2, 3));
});

test('a field that is undefined is left out, as JSON does', () => {
  expect(decodeWire(encodeWire({ here: 1, gone: undefined }))).toEqual({ here: 1 });
});

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

test.each([
  ['a Map', new Map()],
  ['a Date', new Date(0)],
  ['NaN', Number.NaN],
  ['an infinite number', Number.POSITIVE_INFINITY],
  ['undefined', undefined],
  ['a function', () => 1],
  ['a bigint', 1n],
  ['a symbol', Symbol('x')],
  ['a field called $bytes', { $bytes: 'AAAA' }],
  ['an object that pretends to be bytes beside other fields', { $bytes: 'AAAA', more: 1 }],
  ['an own __proto__', Object.fromEntries([['__proto__', { admin: true }]])],
  ['too deep a nesting', JSON.parse(deep(20))],
])('is not written: %s', (_what, value) => {
  expect(() => encodeWire(value)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
});

test.each([
  ['no JSON', '{'],
  ['nothing', ''],
  ['bytes that are no base64', '{"$bytes":"%%"}'],
  ['bytes that are no text', '{"$bytes":[1,2]}'],
  ['bytes beside other fields', '{"$bytes":"AAAA","more":1}'],
  ['an own __proto__', '{"__proto__":{"admin":true}}'],
  ['a nested own __proto__', '{"a":[{"__proto__":{"admin":true}}]}'],
  ['a hostile nesting', deep(100_000)],
])('is not read: %s', (_what, text) => {
  expect(() => decodeWire(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
});

test('reading never touches the prototype of all objects', () => {
  expect(decodeWire('{"constructor":{"prototype":{"admin":true}}}')).toEqual({
    constructor: { prototype: { admin: true } },
  });
  expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
});
