// JournaledDocument: each commit durable alone, replayed on load, compacted; torn tails dropped, damage set aside.
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import type { Change, LoadedTables } from '../../../src-main/storage/change-store.ts';
import type { RecoveryEvent } from '../../../src-main/storage/durable-file.ts';
import { formatLine } from '../../../src-main/storage/journal-line.ts';
import {
  JournaledDocument,
  type JournaledDocumentOptions,
} from '../../../src-main/storage/journaled-document.ts';
import { temporaryFolder } from './temporary-folder.ts';

const put = (id: string, record: Change['record'], table = 'users'): Change => ({ table, id, record });

const plain = (tables: LoadedTables): Record<string, Record<string, unknown>> =>
  Object.fromEntries([...tables].map(([name, records]) => [name, Object.fromEntries(records)]));

function setUp(options: Partial<JournaledDocumentOptions> = {}) {
  const folder = temporaryFolder();
  const told: RecoveryEvent[] = [];
  const open = async (more: Partial<JournaledDocumentOptions> = {}) => {
    const document = new JournaledDocument({
      folder,
      name: 'console',
      clock: new VirtualClock(Date.UTC(2026, 0, 2, 3, 4, 5)),
      onRecovered: (event) => told.push(event),
      ...options,
      ...more,
    });
    // A document that a test leaves open stands for a crash; its files are let go of at the end.
    onTestFinished(() => document.close());
    return { document, tables: plain(await document.load()) };
  };
  const journal = (first: number) => join(folder, `console.${first}.journal`);
  return { folder, told, open, journal };
}

test('what was committed is there again: after close, and without it', async () => {
  const { open } = setUp();
  const first = await open();
  expect(first.tables).toEqual({});
  await first.document.commit([put('a', { n: 1 }), put('b', { n: 2 }), put('x', 'text', 'audit')]);
  await first.document.commit([put('a', null), put('b', { n: 3 })]);
  const crashed = await open();
  expect(crashed.tables).toEqual({ users: { b: { n: 3 } }, audit: { x: 'text' } });
  await crashed.document.commit([put('c', [1, 'ü\n', null])]);
  await crashed.document.close();
  expect((await open()).tables).toEqual({
    users: { b: { n: 3 }, c: [1, 'ü\n', null] },
    audit: { x: 'text' },
  });
});

test('ids with a meaning in JavaScript are plain ids', async () => {
  const { open } = setUp();
  const { document } = await open();
  await document.commit([{ table: '__proto__', id: '__proto__', record: { a: 1 } }]);
  await document.close();
  const again = new Map([...(await (await open()).document.load())]);
  expect(again.get('__proto__')?.get('__proto__')).toEqual({ a: 1 });
});

test('commits that wait together share a line, in their order', async () => {
  const { open, journal } = setUp();
  const { document } = await open();
  await Promise.all(Array.from({ length: 100 }, (_, n) => document.commit([put('counter', n)])));
  const lines = readFileSync(journal(1), 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect((await open()).tables).toEqual({ users: { counter: 99 } });
});

test('a commit takes its records as they are at the call, and nobody reaches into them later', async () => {
  const { open } = setUp();
  const { document } = await open();
  const record = { text: 'before' };
  const committed = document.commit([put('a', record)]);
  record.text = 'during';
  await committed;
  record.text = 'after';
  await document.close();
  expect((await open()).tables).toEqual({ users: { a: { text: 'before' } } });
});

test('the cost of a commit on disk does not grow with the number of records', async () => {
  const { open, journal } = setUp();
  const { document } = await open();
  const lineBytes = async (id: string) => {
    const before = statSync(journal(1)).size;
    await document.commit([put(id, 'same')]);
    return statSync(journal(1)).size - before;
  };
  await document.commit([put('first', 'same')]);
  const withOne = await lineBytes('aaaa');
  await document.commit(Array.from({ length: 5_000 }, (_, n) => put(`filler-${n}`, 'same')));
  expect(await lineBytes('bbbb')).toBe(withOne);
});

test('files are for their owner alone', async () => {
  const { open, folder } = setUp();
  const { document } = await open();
  await document.commit([put('a', 1)]);
  await document.close();
  const names = readdirSync(folder);
  expect(names).toContain('console.json');
  for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test('a last line cut off by a crash is dropped in silence, and commits go on behind the last whole one', async () => {
  const { open, told, journal } = setUp();
  const { document } = await open();
  await document.commit([put('a', 1)]);
  const line = formatLine(2, 1, '["users","b",2]');
  appendFileSync(journal(1), line.subarray(0, line.length - 1));
  const again = await open();
  expect(again.tables).toEqual({ users: { a: 1 } });
  await again.document.commit([put('c', 3)]);
  expect((await open()).tables).toEqual({ users: { a: 1, c: 3 } });
  expect(told).toEqual([]);
});

test('damage in the middle: what comes before is kept, the journal is set aside, the user is told', async () => {
  const { open, told, journal } = setUp();
  const { document } = await open();
  for (const id of ['a', 'b', 'c']) await document.commit([put(id, id)]);
  const damaged = readFileSync(journal(1), 'utf8').replace('"b","b"', '"b","x"');
  writeFileSync(journal(1), damaged);
  const again = await open();
  expect(again.tables).toEqual({ users: { a: 'a' } });
  const setAside = `${journal(1)}.corrupt-2026-01-02T030405Z`;
  expect(told).toEqual([{ path: journal(1), setAside, usedBackup: true }]);
  expect(readFileSync(setAside, 'utf8')).toBe(damaged);
  await again.document.commit([put('d', 'd')]);
  expect((await open()).tables).toEqual({ users: { a: 'a', d: 'd' } });
  expect(told).toHaveLength(1);
});

test('a damaged last line was acknowledged: it is told, not dropped in silence', async () => {
  const { open, told, journal } = setUp();
  const { document } = await open();
  for (const id of ['a', 'b']) await document.commit([put(id, id)]);
  writeFileSync(journal(1), readFileSync(journal(1), 'utf8').replace('"b","b"', '"b","x"'));
  expect((await open()).tables).toEqual({ users: { a: 'a' } });
  expect(told).toHaveLength(1);
});

test('a journal that grows goes into the snapshot, and old journals go when not even the backup needs them', async () => {
  const { open, folder } = setUp({ compactAtBytes: 200 });
  const { document } = await open();
  for (let n = 0; n < 200; n += 1) await document.commit([put(`id-${n % 10}`, n)]);
  await document.close();
  const journals = readdirSync(folder).filter((name) => name.endsWith('.journal'));
  expect(journals.length).toBeLessThanOrEqual(3);
  const { tables } = await open();
  expect(Object.values(tables['users'] ?? {}).sort()).toEqual(Array.from({ length: 10 }, (_, n) => 190 + n));
});

test('a damaged snapshot costs nothing: its backup and the kept journals give the same state', async () => {
  const { open, folder, told } = setUp({ compactAtBytes: 200 });
  const { document } = await open();
  for (let n = 0; n < 100; n += 1)
    await document.commit([put(`id-${n % 10}`, n), put(`id-${(n + 5) % 10}`, null)]);
  await document.close();
  const before = (await open()).tables;
  writeFileSync(join(folder, 'console.json'), 'damage');
  expect((await open()).tables).toEqual(before);
  expect(told).toMatchObject([{ path: join(folder, 'console.json'), usedBackup: true }]);
});

test('a crash between snapshot and clearing of journals: replay skips what the snapshot has', async () => {
  const { open, journal } = setUp();
  const { document } = await open();
  await document.commit([put('a', 1)]);
  await document.commit([put('a', null)]);
  const kept = readFileSync(journal(1));
  await document.close();
  writeFileSync(journal(1), kept);
  expect((await open()).tables).toEqual({ users: {} });
});

test('after close nothing is saved, and that is said', async () => {
  const { open } = setUp();
  const { document } = await open();
  await document.close();
  await expect(document.commit([put('a', 1)])).rejects.toMatchObject({ code: 'storage-failed' });
});

test('migrations: snapshot and journal of an older version arrive at the present one, new lines after them', async () => {
  const { open } = setUp();
  const old = await open();
  await old.document.commit([put('a', 'ada')]);
  await old.document.close();
  const older = await open();
  await older.document.commit([put('b', 'bob')]);
  const migrations: JournaledDocumentOptions['migrations'] = [
    (tables) =>
      new Map(
        [...tables].map(([table, records]) => [
          table,
          new Map([...records].map(([id, name]) => [id, { name }])),
        ]),
      ),
  ];
  const present = await open({ migrations });
  expect(present.tables).toEqual({ users: { a: { name: 'ada' }, b: { name: 'bob' } } });
  await present.document.commit([put('c', { name: 'cy' })]);
  const again = await open({ migrations });
  expect(again.tables).toEqual({ users: { a: { name: 'ada' }, b: { name: 'bob' }, c: { name: 'cy' } } });
  await again.document.close();
  await expect(open()).rejects.toMatchObject({ details: { reason: 'newer-version' } });
});

test('a newer journal alone is refused as well, untouched', async () => {
  const { open, journal, folder } = setUp();
  writeFileSync(journal(1), formatLine(1, 7, '["users","a",1]'));
  await expect(open()).rejects.toMatchObject({
    code: 'storage-failed',
    details: { reason: 'newer-version' },
  });
  expect(readdirSync(folder)).toEqual(['console.1.journal']);
});
