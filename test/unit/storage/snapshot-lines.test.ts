// The bytes of a snapshot: whole again when read, an older form too, and damage anywhere shows.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { DocumentState } from '../../../src-main/storage/replay.ts';
import { formatSnapshot, readSnapshot } from '../../../src-main/storage/snapshot-lines.ts';

const tooNew = (version: number): Error => new Error(`too new: ${version}`);
const read = (bytes: Uint8Array): DocumentState => readSnapshot(bytes, 2, tooNew);

const manyRecords = (count: number): DocumentState => ({
  version: 2,
  sequence: 7,
  tables: new Map<string, Map<string, unknown>>([
    [
      'users',
      new Map(Array.from({ length: count }, (_, index) => [`user-${index}`, { name: `Yılmaz\n${index}` }])),
    ],
    ['empty', new Map()],
    ['__proto__', new Map<string, unknown>([['__proto__', null]])],
  ]),
});

test.each([0, 1, 256, 257, 1_000])('%i records of a table are read as they were written', async (count) => {
  const state = manyRecords(count);
  expect(read(await formatSnapshot(state))).toEqual(state);
});

test('the state is the one of the call, though it changes while the bytes are made; others have their turn', async () => {
  const state = manyRecords(1_000);
  let turns = 0;
  const bytes = formatSnapshot(state);
  state.tables.get('users')?.clear();
  for (let isDone = false; !isDone; turns += 1) {
    isDone = await Promise.race([bytes.then(() => true), setImmediate(false)]);
  }
  expect(read(await bytes)).toEqual(manyRecords(1_000));
  expect(turns).toBeGreaterThan(3);
});

test('the one JSON text of earlier versions is read', () => {
  const whole = { version: 1, sequence: 3, tables: [['users', [['a', { n: 1 }]]]] };
  expect(read(Buffer.from(JSON.stringify(whole)))).toEqual({
    version: 1,
    sequence: 3,
    tables: new Map([['users', new Map([['a', { n: 1 }]])]]),
  });
});

test('a newer version is told as such, in either form', async () => {
  const state = { ...manyRecords(1), version: 3 };
  const bytes = await formatSnapshot(state);
  expect(() => read(bytes)).toThrow('too new: 3');
  expect(() => read(Buffer.from('{"version":3,"sequence":1,"tables":[]}'))).toThrow('too new: 3');
});

test('a changed byte anywhere, a cut-off end and an added line show', async () => {
  const bytes = await formatSnapshot(manyRecords(3));
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = Buffer.from(bytes);
    changed[place] = (bytes[place] ?? 0) ^ 1;
    expect(() => read(changed), `byte ${place}`).toThrow();
  }
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => read(bytes.subarray(0, length)), `${length} bytes`).toThrow();
  }
  expect(() => read(Buffer.concat([bytes, Buffer.from('x\n')]))).toThrow('more lines');
});
