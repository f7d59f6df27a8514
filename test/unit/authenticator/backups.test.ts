// Backups: encrypted, on demand and after changes, as many generations as wanted, and proved to open.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Backups } from '../../../src-main/authenticator/backup/backups.ts';
import type { ImportedAccount } from '../../../src-main/authenticator/transfer/imported-account.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { EventHub } from '../../../src-main/ipc/events.ts';
import type { SealingKey } from '../../../src-main/secrets/sealing.ts';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';

const PASSWORD = 'glass otter 42 lantern';
/** Tuesday, 17 November 2026, 09:14:30 UTC. */
const START_MS = Date.UTC(2026, 10, 17, 9, 14, 30);
const FIRST = 'twofold-backup-2026-11-17-091430.json';
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

const account = (name: string): ImportedAccount => ({
  type: 'totp',
  issuer: 'Northwind',
  name,
  secret: 'JBSWY3DPEHPK3PXP',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  counter: null,
  tags: ['work'],
  note: 'Two\nlines ',
  pinned: false,
});

async function setUp() {
  const root = mkdtempSync(join(tmpdir(), 'twofold-backups-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const dataFolder = join(root, 'data');
  const folder = join(root, 'backups');
  const file = join(dataFolder, 'backups.json');
  const clock = new VirtualClock(START_MS);
  const events = new EventHub();
  const world = {
    accounts: [account('maria'), account('kim')],
    isLocked: false,
    notices: new Array<string>(),
    changes: 0,
  };
  const key: SealingKey = { id: 'vault-key', bytes: Buffer.alloc(32, 7) };
  events.subscribe((event) => {
    if (event === 'backup:changed') world.changes += 1;
  });
  const unlessLocked = <T>(value: T): Promise<T> =>
    world.isLocked
      ? Promise.reject(new TwofoldError('key-needed', 'Enter your passphrase first.'))
      : Promise.resolve(value);
  const open = () =>
    Backups.open({
      file,
      dataFolder,
      userFolder: root,
      accounts: () => unlessLocked([...world.accounts]),
      key: () => unlessLocked(key),
      clock,
      events,
      notify: (message) => world.notices.push(message),
      cost: { memoryKiB: 64, passes: 1, parallelism: 1 },
    });
  const backups = await open();
  const plan = { folder, automatic: true, generations: 3 };
  return {
    root,
    dataFolder,
    folder,
    file,
    clock,
    events,
    world,
    open,
    backups,
    plan,
    files: () => (existsSync(folder) ? readdirSync(folder).sort() : []),
  };
}

type World = Awaited<ReturnType<typeof setUp>>;

/** Set up and watching; one backup is there. */
async function started(plan: Partial<World['plan']> = {}) {
  const world = await setUp();
  await world.backups.setUp({ password: PASSWORD, plan: { ...world.plan, ...plan } });
  world.backups.start();
  onTestFinished(() => world.backups.close());
  return world;
}

/** Lets time pass, and what falls due come to its end. */
async function pass({ clock, backups }: World, spanMs: number): Promise<void> {
  clock.advance(spanMs);
  await backups.settled();
}

/** An account is added, and everybody told. */
function addAccount({ world, events }: World, name: string): void {
  world.accounts = [...world.accounts, account(name)];
  events.emit('authenticator:changed', {});
}

test('backup: set up, the first is made at once: for its owner alone, opened by its password and nothing else', async () => {
  const { backups, plan, folder, files, file } = await setUp();
  expect(await backups.status()).toMatchObject({
    plan: null,
    last: null,
    isBehind: true,
    isReminderDue: true,
  });
  const status = await backups.setUp({ password: PASSWORD, plan });
  const last = { atMs: START_MS, path: join(folder, FIRST), accounts: 2 };
  expect(status).toMatchObject({ plan, last, lastFailure: null, isBehind: false, isReminderDue: false });
  expect(files()).toEqual([FIRST]);
  if (process.platform !== 'win32') {
    for (const path of [join(folder, FIRST), file]) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  }
  expect(await backups.test(PASSWORD)).toEqual({ ...last, missing: 0, extra: 0 });
  await expect(backups.test('glass otter 43 lantern')).rejects.toMatchObject({
    code: 'import-refused',
    details: { reason: 'wrong-password' },
  });
  expect((await backups.status()).lastTest).toEqual(last);
});

test('backup: neither the password nor a secret stands in backups.json or in the file', async () => {
  const { backups, plan, folder, file } = await setUp();
  await backups.setUp({ password: PASSWORD, plan });
  for (const path of [file, join(folder, FIRST)]) {
    const text = readFileSync(path, 'utf8');
    for (const secret of ['otter', 'JBSWY3DPEHPK3PXP', 'maria', 'Northwind'])
      expect(text).not.toContain(secret);
  }
});

test('backup: what was set up is there after a restart, and the password is not asked for again', async () => {
  const { backups, plan, open, files, clock } = await setUp();
  await backups.setUp({ password: PASSWORD, plan });
  const again = await open();
  expect(await again.status()).toEqual(await backups.status());
  clock.advance(SECOND_MS);
  await again.now();
  expect(files()).toEqual([FIRST, 'twofold-backup-2026-11-17-091431.json']);
  expect(await again.test(PASSWORD)).toMatchObject({ missing: 0, extra: 0 });
});

test('backup: each is sealed anew, also of the same accounts within the same second', async () => {
  const { backups, plan, files, folder } = await setUp();
  await backups.setUp({ password: PASSWORD, plan });
  await backups.now();
  expect(files()).toEqual([FIRST, 'twofold-backup-2026-11-17-091431.json']);
  const [first, second] = files().map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(first).not.toBe(second);
});

test('backup: before the set-up there is none to make, plan or test', async () => {
  const { backups, plan } = await setUp();
  await expect(backups.now()).rejects.toMatchObject({ code: 'conflict' });
  await expect(backups.changePlan(plan)).rejects.toMatchObject({ code: 'conflict' });
  await expect(backups.test(PASSWORD)).rejects.toMatchObject({ code: 'not-found' });
});

test('backup: a password that is too short is refused, and nothing is made', async () => {
  const { backups, plan, files, file } = await setUp();
  await expect(backups.setUp({ password: 'short', plan })).rejects.toMatchObject({
    code: 'passphrase-refused',
  });
  expect(files()).toEqual([]);
  expect(existsSync(file)).toBe(false);
});

test('backup: a new password counts from the next file on, those before keep theirs', async () => {
  const { backups, plan, folder, clock } = await setUp();
  await backups.setUp({ password: PASSWORD, plan });
  clock.advance(SECOND_MS);
  await backups.setUp({ password: 'paper walnut harbour', plan });
  await backups.test('paper walnut harbour');
  await expect(backups.test(PASSWORD)).rejects.toMatchObject({ code: 'import-refused' });
  rmSync(join(folder, 'twofold-backup-2026-11-17-091431.json'));
  await backups.test(PASSWORD);
});

describe('folders', () => {
  test('backup: one is suggested in Documents where that is there, else in the user’s own folder', async () => {
    const { backups, root } = await setUp();
    expect(backups.suggestedFolder()).toBe(join(root, 'Twofold backups'));
    mkdirSync(join(root, 'Documents'));
    expect(backups.suggestedFolder()).toBe(join(root, 'Documents', 'Twofold backups'));
  });

  test('backup: a relative folder, the folder of data, one in it, or a file is refused with a sentence', async () => {
    const { backups, plan, root, dataFolder, file } = await setUp();
    mkdirSync(dataFolder);
    symlinkSync(dataFolder, join(root, 'link'));
    writeFileSync(join(root, 'file'), '');
    const inData = 'This folder holds the data itself';
    for (const [folder, sentence] of [
      ['backups', 'Give the whole path of the folder'],
      [dataFolder, inData],
      [join(dataFolder, 'deep', 'inside'), inData],
      [join(root, 'other', '..', 'data'), inData],
      [join(root, 'link', 'backups'), inData],
      [join(root, 'file'), 'is a file'],
      [join(root, 'file', 'inside'), 'is a file'],
    ] as const) {
      const refused = backups.setUp({ password: PASSWORD, plan: { ...plan, folder } });
      await expect(refused, folder).rejects.toMatchObject({
        code: 'invalid-input',
        details: { field: 'folder' },
      });
      await expect(refused, folder).rejects.toThrow(sentence);
    }
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(dataFolder)).toEqual([]);
  });

  test('backup: a folder beside the folder of data whose name begins alike will do', async () => {
    const { backups, plan, dataFolder } = await setUp();
    const status = await backups.setUp({
      password: PASSWORD,
      plan: { ...plan, folder: `${dataFolder}-backups` },
    });
    expect(status.plan?.folder).toBe(`${dataFolder}-backups`);
  });

  test('backup: a folder that is gone (a disk not connected) is told, not made anew on another disk', async () => {
    const { backups, plan, folder } = await setUp();
    await backups.setUp({ password: PASSWORD, plan });
    rmSync(folder, { recursive: true });
    await expect(backups.now()).rejects.toThrow('is not there, so no backup was made. Connect the disk');
    expect(existsSync(folder)).toBe(false);
    expect((await backups.status()).lastFailure).toMatchObject({ atMs: START_MS });
    mkdirSync(folder);
    expect(await backups.now()).toMatchObject({ lastFailure: null });
  });

  test('backup: another folder gets a backup of its own', async () => {
    const world = await started();
    const { backups, plan, root } = world;
    const folder = join(root, 'elsewhere');
    expect(await backups.changePlan({ ...plan, folder })).toMatchObject({ isBehind: true });
    await pass(world, 10_000);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await backups.status()).toMatchObject({ isBehind: false });
  });
});

describe('generations', () => {
  test('backup: the oldest go, and only files that are called as ours are', async () => {
    const { backups, plan, folder, files, clock } = await setUp();
    await backups.setUp({ password: PASSWORD, plan });
    const foreign = [
      'twofold-backup-2020-01-01.json',
      'twofold-backup-2020-01-01-000000.json.txt',
      'my twofold-backup-2020-01-01-000000.json',
      'notes.txt',
    ];
    for (const name of foreign) writeFileSync(join(folder, name), 'mine');
    for (let times = 0; times < 4; times += 1) {
      clock.advance(SECOND_MS);
      await backups.now();
    }
    const ours = ['32', '33', '34'].map((seconds) => `twofold-backup-2026-11-17-0914${seconds}.json`);
    expect(files()).toEqual([...foreign, ...ours].sort());
  });

  test('backup: with one generation the new file is there before the old one goes', async () => {
    const { backups, plan, files, clock } = await setUp();
    await backups.setUp({ password: PASSWORD, plan: { ...plan, generations: 1 } });
    clock.advance(SECOND_MS);
    await backups.now();
    expect(files()).toEqual(['twofold-backup-2026-11-17-091431.json']);
    expect(await backups.test(PASSWORD)).toMatchObject({ missing: 0 });
  });

  test('backup: with a clock that was set back the one just made stays', async () => {
    const { backups, plan, files, clock } = await setUp();
    await backups.setUp({ password: PASSWORD, plan: { ...plan, generations: 1 } });
    clock.setWallClock(START_MS - WEEK_MS);
    await backups.now();
    expect(files()).toEqual(['twofold-backup-2026-11-10-091430.json']);
  });

  test('backup: where no new one can be made, none of the old ones goes', async () => {
    const { backups, plan, folder, files, clock } = await setUp();
    await backups.setUp({ password: PASSWORD, plan: { ...plan, generations: 1 } });
    clock.advance(SECOND_MS);
    const reading = vi.spyOn(JSON, 'parse').mockImplementation(() => {
      throw new SyntaxError('as if the disk gave back other bytes');
    });
    await expect(backups.now()).rejects.toThrow('does not open again, so it was not kept');
    reading.mockRestore();
    expect(files()).toEqual([FIRST]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('backup: what a killed process left half-written is taken away with the next one', async () => {
    const { backups, plan, folder, files } = await setUp();
    mkdirSync(folder);
    writeFileSync(join(folder, '.twofold-backup.4194999.0123456789ab.tmp'), 'half');
    await backups.setUp({ password: PASSWORD, plan });
    expect(files()).toEqual([FIRST]);
  });
});

describe('automatic', () => {
  test('backup: ten seconds after the last of several changes one is made', async () => {
    const world = await started();
    const { backups, files } = world;
    await pass(world, 10_000);
    for (const name of ['a', 'b', 'c']) {
      addAccount(world, name);
      await pass(world, 9_999);
    }
    expect(files()).toHaveLength(1);
    await pass(world, 1);
    expect(files()).toHaveLength(2);
    expect(await backups.status()).toMatchObject({ isBehind: false, last: { accounts: 5 } });
    expect(await backups.test(PASSWORD)).toMatchObject({ missing: 0, extra: 0 });
  });

  test('backup: where nothing has changed, none is made', async () => {
    const world = await started();
    world.events.emit('authenticator:changed', {});
    await pass(world, HOUR_MS);
    expect(world.files()).toHaveLength(1);
  });

  test('backup: not wanted, none is made, and it says that the last one is behind', async () => {
    const world = await started({ automatic: false });
    await pass(world, 10_000);
    const { changes } = world.world;
    addAccount(world, 'a');
    await pass(world, HOUR_MS);
    expect(world.files()).toHaveLength(1);
    expect(await world.backups.status()).toMatchObject({ isBehind: true });
    expect(world.world.changes).toBeGreaterThan(changes);
  });

  test('backup: at the end of the program the one that is due is made without waiting', async () => {
    const world = await started();
    addAccount(world, 'a');
    await world.backups.close();
    expect(world.files()).toHaveLength(2);
    addAccount(world, 'b');
    await pass(world, HOUR_MS);
    expect(world.files()).toHaveLength(2);
  });

  test('backup: what an earlier run had no time for is made up for after the start', async () => {
    const world = await setUp();
    await world.backups.setUp({ password: PASSWORD, plan: world.plan });
    world.world.accounts = [...world.world.accounts, account('late')];
    const again = await world.open();
    again.start();
    onTestFinished(() => again.close());
    world.clock.advance(10_000);
    await again.settled();
    expect(world.files()).toHaveLength(2);
  });

  test('backup: locked meanwhile is no failure; it is made after the unlock', async () => {
    const world = await started();
    addAccount(world, 'a');
    world.world.isLocked = true;
    world.events.emit('app:changed', {});
    await pass(world, HOUR_MS);
    expect(world.files()).toHaveLength(1);
    expect(world.world.notices).toEqual([]);
    world.world.isLocked = false;
    world.events.emit('app:changed', {});
    await pass(world, 10_000);
    expect(world.files()).toHaveLength(2);
    expect(await world.backups.status()).toMatchObject({ isBehind: false, lastFailure: null });
  });

  test('backup: one that fails is told once, tried again every hour and after changes, and forgotten once it succeeds', async () => {
    const world = await started();
    const { backups, folder } = world;
    rmSync(folder, { recursive: true });
    addAccount(world, 'a');
    await pass(world, 10_000);
    await pass(world, HOUR_MS);
    addAccount(world, 'b');
    await pass(world, 10_000);
    expect(world.world.notices).toHaveLength(1);
    expect(world.world.notices[0]).toContain('No backup could be made. The folder');
    expect((await backups.status()).lastFailure).toMatchObject({ atMs: world.clock.nowMs() });
    mkdirSync(folder);
    await pass(world, HOUR_MS - 1);
    expect(world.files()).toEqual([]);
    await pass(world, 1);
    expect(world.files()).toHaveLength(1);
    expect(await backups.status()).toMatchObject({ lastFailure: null, isBehind: false });
    rmSync(folder, { recursive: true });
    addAccount(world, 'c');
    await pass(world, 10_000);
    expect(world.world.notices).toHaveLength(2);
  });
});

describe('test restore', () => {
  test('backup: it counts the accounts that the file lacks, and those that are no longer in use', async () => {
    const { backups, plan, world } = await setUp();
    await backups.setUp({ password: PASSWORD, plan });
    world.accounts = [
      account('maria'),
      account('new one'),
      account('new one'),
      { ...account('kim'), issuer: 'Other' },
    ];
    expect(await backups.test(PASSWORD)).toMatchObject({ accounts: 2, missing: 3, extra: 1 });
    // The same accounts with another tag, note or counter.
    world.accounts = ['maria', 'kim'].map((name) => ({ ...account(name), tags: [], note: '', pinned: true }));
    expect(await backups.test(PASSWORD)).toMatchObject({ missing: 0, extra: 0 });
  });

  test('backup: a damaged file is told, and does not count as tested', async () => {
    const { backups, plan, folder } = await setUp();
    await backups.setUp({ password: PASSWORD, plan });
    writeFileSync(join(folder, FIRST), 'damage');
    await expect(backups.test(PASSWORD)).rejects.toMatchObject({ code: 'import-refused' });
    expect((await backups.status()).lastTest).toBeNull();
  });
});

describe('reminder', () => {
  test('backup: due while there are accounts and no backup; put off, it comes back after a week', async () => {
    const { backups, clock, world, plan } = await setUp();
    expect(await backups.remindLater()).toMatchObject({ isReminderDue: false });
    clock.advance(WEEK_MS - 1);
    expect(await backups.status()).toMatchObject({ isReminderDue: false });
    clock.advance(1);
    expect(await backups.status()).toMatchObject({ isReminderDue: true });
    world.accounts = [];
    expect(await backups.status()).toMatchObject({ isReminderDue: false, isBehind: false });
    world.accounts = [account('maria')];
    expect(await backups.setUp({ password: PASSWORD, plan })).toMatchObject({ isReminderDue: false });
  });
});
