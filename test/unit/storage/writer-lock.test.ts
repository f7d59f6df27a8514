// The writer lock: one holder, told by whom, stale entries taken over.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { processStartMark } from '../../../src-main/storage/process-liveness.ts';
import { findWriter, WriterLock } from '../../../src-main/storage/writer-lock.ts';
import { temporaryFolder } from './temporary-folder.ts';

const START_MS = 1_767_000_000_000;

const setUp = () => {
  const folder = join(temporaryFolder(), 'data');
  const acquire = (host: string) => WriterLock.acquire({ folder, host, clock: new VirtualClock(START_MS) });
  return { folder, acquire };
};

test('the second instance is told who has the data open and where; after release it gets in', async () => {
  const { folder, acquire } = setUp();
  expect(await findWriter(folder)).toBeNull();
  const first = await acquire('loopback');
  await first.setAddress('http://127.0.0.1:4000/');
  const holder = { pid: process.pid, host: 'loopback', address: 'http://127.0.0.1:4000/' };
  await expect(acquire('desktop')).rejects.toMatchObject({ code: 'already-open', details: holder });
  await expect(acquire('desktop')).rejects.toThrow('Twofold is open already (loopback');
  expect(await findWriter(folder)).toEqual({ ...holder, startedAtMs: START_MS });
  await first.release();
  await first.release();
  const second = await acquire('desktop');
  await second.release();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock is for its owner alone, and no temporary file stays', async () => {
  const { folder, acquire } = setUp();
  const lock = await acquire('desktop');
  const names = readdirSync(folder);
  expect(names).toHaveLength(1);
  expect(statSync(join(folder, names[0] ?? '')).mode & 0o777).toBe(0o600);
  await lock.release();
});

test.each([
  ['a process that is gone', { pid: 4_194_999 }],
  ['an earlier process with an id that lives again', { startMark: 'another boot/1' }],
])('the lock of %s is taken over', async (_what, change) => {
  const { folder, acquire } = setUp();
  const lock = await acquire('desktop');
  const [name = ''] = readdirSync(folder);
  const entry: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const stale = 'writer-4194999-0123456789abcdef.lock';
  writeFileSync(join(folder, stale), JSON.stringify(Object.assign({}, entry, change)));
  await lock.release();
  expect(readdirSync(folder)).toEqual([stale]);
  const next = await acquire('loopback');
  expect(readdirSync(folder)).not.toContain(stale);
  await next.release();
});

test('a file that merely looks like a lock does not keep anybody out', async () => {
  const { folder, acquire } = setUp();
  await (await acquire('desktop')).release();
  writeFileSync(join(folder, 'writer-1-0123456789abcdef.lock'), '{"pid":"no"}');
  await (await acquire('desktop')).release();
  expect(readdirSync(folder)).toEqual(['writer-1-0123456789abcdef.lock']);
});

test.runIf(process.platform === 'linux')(
  'the start mark of a process stays the same and differs from others',
  () => {
    expect(processStartMark(process.pid)).toBe(processStartMark(process.pid));
    expect(processStartMark(process.pid)).not.toBe(processStartMark(1));
    expect(processStartMark(4_194_999)).toBeNull();
  },
);
