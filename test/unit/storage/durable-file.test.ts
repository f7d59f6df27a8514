// DurableFile: whole or not at all, a backup generation, damage set aside, a wrong key no damage.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import {
  DurableFile,
  type DurableFileOptions,
  type RecoveryEvent,
} from '../../../src-main/storage/durable-file.ts';
import { recoveryMessage } from '../../../src-main/storage/recovery-message.ts';
import { temporaryFolder } from './temporary-folder.ts';

const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

function parse(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString();
  if (!/^<.*>$/s.test(text)) throw new Error('damaged');
  if (text === '<other key>') throw new TwofoldError('key-unavailable', 'Another key.');
  return text.slice(1, -1);
}

function setUp(options: Partial<DurableFileOptions<string>> = {}) {
  const folder = join(temporaryFolder(), 'data');
  const path = join(folder, 'file');
  const told: RecoveryEvent[] = [];
  const open = () =>
    new DurableFile<string>({
      path,
      parse,
      serialize: (value) => Buffer.from(`<${value}>`),
      onRecovered: (event) => told.push(event),
      clock: new VirtualClock(START_MS),
      ...options,
    });
  return { folder, path, told, open, file: open() };
}

test('nothing there: null, and nothing is made', async () => {
  const { file, folder, told } = setUp();
  expect(await file.read()).toBeNull();
  expect(existsSync(folder)).toBe(false);
  expect(told).toEqual([]);
});

test('a value comes back; file and folder are for their owner alone; no temporary file stays', async () => {
  const { file, folder, path, open } = setUp();
  await file.write('one');
  expect(await open().read()).toBe('one');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toEqual(['file']);
});

test('the previous generation is kept as backup, also when both names were the same file after a crash', async () => {
  const { file, path, folder } = setUp();
  await file.write('one');
  await file.write('two');
  expect(readFileSync(`${path}.bak`, 'utf8')).toBe('<one>');
  await file.write('three');
  expect(readFileSync(`${path}.bak`, 'utf8')).toBe('<two>');
  expect(statSync(`${path}.bak`).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).sort()).toEqual(['file', 'file.bak']);
});

test.each([
  ['empty', ''],
  ['cut short', '<on'],
  ['full of NUL', '\0'.repeat(100)],
])('a file that is %s is set aside, the backup is used, the user is told', async (_what, content) => {
  const { file, path, open, told } = setUp();
  await file.write('one');
  await file.write('two');
  writeFileSync(path, content);
  expect(await open().read()).toBe('one');
  const setAside = `${path}.corrupt-2026-01-02T030405Z`;
  expect(told).toEqual([{ path, setAside, usedBackup: true }]);
  expect(readFileSync(setAside, 'utf8')).toBe(content);
  expect(await open().read()).toBe('one');
  expect(told).toHaveLength(1);
});

test('both generations damaged: both are kept aside, the user is told, one starts empty', async () => {
  const { file, path, folder, open, told } = setUp();
  await file.write('one');
  await file.write('two');
  writeFileSync(path, 'x');
  writeFileSync(`${path}.bak`, 'y');
  const again = open();
  expect(await again.read()).toBeNull();
  expect(told).toMatchObject([{ usedBackup: false }]);
  await again.write('three');
  expect(readdirSync(folder).sort()).toEqual([
    'file',
    'file.bak.corrupt-2026-01-02T030405Z',
    'file.corrupt-2026-01-02T030405Z',
  ]);
});

test('both generations damaged with whenLost refuse: nothing is touched', async () => {
  const { file, path, folder, open } = setUp({ whenLost: 'refuse' });
  await file.write('one');
  writeFileSync(path, 'x');
  const again = open();
  await expect(again.read()).rejects.toMatchObject({
    code: 'storage-failed',
    details: { reason: 'damaged' },
  });
  await expect(again.write('two')).rejects.toMatchObject({ details: { reason: 'damaged' } });
  expect(readdirSync(folder)).toEqual(['file']);
  expect(readFileSync(path, 'utf8')).toBe('x');
});

test('a damaged file set aside never takes the place of an earlier one', async () => {
  const { file, path, folder, open } = setUp();
  await file.write('one');
  for (const content of ['first damage', 'second damage']) {
    writeFileSync(path, content);
    await open().read();
  }
  expect(readFileSync(`${path}.corrupt-2026-01-02T030405Z`, 'utf8')).toBe('first damage');
  expect(readFileSync(`${path}.corrupt-2026-01-02T030405Z-2`, 'utf8')).toBe('second damage');
  expect(readdirSync(folder)).toHaveLength(2);
});

test('the file is missing but its backup is there: the backup is used and told', async () => {
  const { file, path, open, told } = setUp();
  await file.write('one');
  await file.write('two');
  writeFileSync(path, 'x');
  await open().read();
  const fresh = setUp();
  mkdirSync(fresh.folder);
  writeFileSync(`${fresh.path}.bak`, '<kept>');
  expect(await fresh.file.read()).toBe('kept');
  expect(readFileSync(fresh.path, 'utf8')).toBe('<kept>');
  expect(fresh.told).toEqual([{ path: fresh.path, setAside: '', usedBackup: true }]);
  expect(told).toHaveLength(1);
});

test('a wrong key is no damage: the file stays, also against a write', async () => {
  const { path, folder, open, told } = setUp();
  mkdirSync(folder);
  writeFileSync(path, '<other key>');
  await expect(open().read()).rejects.toMatchObject({ code: 'key-unavailable' });
  await expect(open().write('new')).rejects.toMatchObject({ code: 'key-unavailable' });
  expect(readdirSync(folder)).toEqual(['file']);
  expect(told).toEqual([]);
});

test('a backup under another key: the damaged file is left where it is', async () => {
  const { path, folder, open } = setUp();
  mkdirSync(folder);
  writeFileSync(path, 'damaged');
  writeFileSync(`${path}.bak`, '<other key>');
  await expect(open().read()).rejects.toMatchObject({ code: 'key-unavailable' });
  expect(readdirSync(folder).sort()).toEqual(['file', 'file.bak']);
});

test('a write over a file that was never read does not make damage the backup', async () => {
  const { file, path, open, told } = setUp();
  await file.write('one');
  await file.write('two');
  writeFileSync(path, 'damage');
  await open().write('three');
  expect(readFileSync(path, 'utf8')).toBe('<three>');
  expect(readFileSync(`${path}.bak`, 'utf8')).toBe('<one>');
  expect(told).toHaveLength(1);
});

test('writes run one after another; the last one wins, the one before is the backup', async () => {
  const { file, path } = setUp();
  await Promise.all(Array.from({ length: 20 }, (_, number) => file.write(`value ${number}`)));
  expect(await file.read()).toBe('value 19');
  expect(readFileSync(`${path}.bak`, 'utf8')).toBe('<value 18>');
});

test('a write takes the value as it is at the call', async () => {
  const folder = temporaryFolder();
  const file = new DurableFile<{ text: string }>({
    path: join(folder, 'file'),
    parse: (bytes) => ({ text: Buffer.from(bytes).toString() }),
    serialize: ({ text }) => Buffer.from(text),
  });
  const value = { text: 'before' };
  const written = file.write(value);
  value.text = 'after';
  await written;
  expect(await file.read()).toEqual({ text: 'before' });
});

test('temporary files of dead processes go, those of living ones and of other files stay', async () => {
  const { file, folder, open } = setUp();
  await file.write('one');
  const random = 'a'.repeat(12);
  const stale = `.file.4194999.${random}.tmp`;
  const staleBackup = `.file.bak.4194999.${random}.tmp`;
  const ownFromBefore = `.file.${process.pid}.${random}.tmp`;
  const living = `.file.${process.ppid}.${random}.tmp`;
  const other = `.other.4194999.${random}.tmp`;
  for (const name of [stale, staleBackup, ownFromBefore, living, other])
    writeFileSync(join(folder, name), 'x');
  await open().write('two');
  expect(readdirSync(folder).sort()).toEqual([living, other, 'file', 'file.bak'].sort());
});

test('a failed write leaves the old value and no temporary file', async () => {
  const { file, path, folder } = setUp();
  await file.write('one');
  // The backup's place is taken by a folder: the rename onto it fails.
  mkdirSync(`${path}.bak`);
  const refused = file.write('two');
  await expect(refused).rejects.toMatchObject({ code: 'storage-failed', details: { reason: 'other' } });
  await expect(refused).rejects.toThrow('kept unchanged');
  expect(await file.read()).toBe('one');
  expect(readdirSync(folder).sort()).toEqual(['file', 'file.bak']);
});

test('a folder that cannot be made is told, not thrown as a system error', async () => {
  const { folder, file } = setUp();
  symlinkSync('/nowhere/at/all', folder);
  await expect(file.write('one')).rejects.toBeInstanceOf(TwofoldError);
});

test('what is told names the file set aside and what goes on', async () => {
  const { file, path, open, told } = setUp();
  await file.write('one');
  await file.write('two');
  truncateSync(path, 1);
  await open().read();
  const [event] = told;
  expect(event === undefined ? '' : recoveryMessage(event)).toBe(
    `file was damaged and is kept as ${path}.corrupt-2026-01-02T030405Z. Twofold goes on with the state before: the latest changes may be missing. Check them.`,
  );
});
