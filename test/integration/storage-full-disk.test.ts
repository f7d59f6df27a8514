// A full disk and a read-only folder: a clear sentence, the old state kept, nothing half-written, and on it goes afterwards.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src-main/clock/system-clock.ts';
import { DurableFile } from '../../src-main/storage/durable-file.ts';
import { JournaledDocument } from '../../src-main/storage/journaled-document.ts';
import { WriterLock } from '../../src-main/storage/writer-lock.ts';
import { smallDisk } from './small-disk.ts';

const openFile = (folder: string): DurableFile<string> =>
  new DurableFile<string>({
    path: join(folder, 'vault'),
    parse: (bytes) => Buffer.from(bytes).toString(),
    serialize: (value) => Buffer.from(value),
  });

const openDocument = (folder: string): JournaledDocument =>
  new JournaledDocument({ folder, name: 'console', clock: systemClock });

/** Fills what is left of the disk, and answers the file to remove for room. */
function fill(folder: string): string {
  const filler = join(folder, 'filler');
  expect(() => writeFileSync(filler, Buffer.alloc(1_000_000))).toThrow('ENOSPC');
  return filler;
}

const expectStorageFailed = async (
  work: Promise<unknown>,
  reason: string,
  sentence: string,
): Promise<void> => {
  await expect(work).rejects.toMatchObject({ code: 'storage-failed', details: { reason } });
  await expect(work).rejects.toThrow(sentence);
};

test('S21: full disk, one file: refused with its reason, the old value kept, no remains; with room it goes on', async (context) => {
  const { folder } = smallDisk(context, 256);
  const file = openFile(folder);
  await file.write('first');
  await file.write('second');
  const filler = fill(folder);
  await expectStorageFailed(
    file.write('third'.repeat(10_000)),
    'disk-full',
    'The disk is full, so vault was not saved. What was saved before is kept unchanged. Free some space and try again.',
  );
  expect(await openFile(folder).read()).toBe('second');
  expect(readFileSync(join(folder, 'vault.bak'), 'utf8')).toBe('first');
  expect(readdirSync(folder).sort()).toEqual(['filler', 'vault', 'vault.bak']);
  rmSync(filler);
  await file.write('third');
  expect(await openFile(folder).read()).toBe('third');
});

test('S21: full disk, journal: a commit that does not fit leaves nothing behind; with room it goes on', async (context) => {
  const { folder } = smallDisk(context, 256);
  const document = openDocument(folder);
  await document.load();
  const commit = (id: string, length: number) =>
    document.commit([{ table: 'users', id, record: 'x'.repeat(length) }]);
  await commit('a', 10);
  const journal = join(folder, 'console.1.journal');
  const before = statSync(journal).size;
  const filler = fill(folder);
  await expectStorageFailed(commit('b', 20_000), 'disk-full', 'The disk is full');
  expect(statSync(journal).size).toBe(before);
  expect([...((await openDocument(folder).load()).get('users')?.keys() ?? [])]).toEqual(['a']);
  rmSync(filler);
  await commit('c', 10);
  await document.close();
  expect([...((await openDocument(folder).load()).get('users')?.keys() ?? [])]).toEqual(['a', 'c']);
});

test('S21: full disk at close: the journal keeps everything although no snapshot can be made', async (context) => {
  const { folder } = smallDisk(context, 256);
  const document = openDocument(folder);
  await document.load();
  await document.commit([{ table: 'users', id: 'a', record: 'x'.repeat(20_000) }]);
  fill(folder);
  await document.close();
  expect((await openDocument(folder).load()).get('users')?.get('a')).toBe('x'.repeat(20_000));
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('S21: read-only folder: what is there can be read, a change is refused with its reason', async (context) => {
  const { folder, makeReadOnly } = smallDisk(context, 256);
  const document = openDocument(folder);
  await document.load();
  await document.commit([{ table: 'users', id: 'a', record: 1 }]);
  await document.close();
  await openFile(folder).write('first');
  makeReadOnly();

  const file = openFile(folder);
  expect(await file.read()).toBe('first');
  await expectStorageFailed(file.write('second'), 'read-only', `the folder ${folder} cannot be written to`);
  expect(await file.read()).toBe('first');

  const again = openDocument(folder);
  expect((await again.load()).get('users')?.get('a')).toBe(1);
  await expectStorageFailed(
    again.commit([{ table: 'users', id: 'a', record: 2 }]),
    'read-only',
    'cannot be written to',
  );
  await again.close();
  await expectStorageFailed(
    WriterLock.acquire({ folder, host: 'desktop' }),
    'read-only',
    'cannot be written to',
  );
});
