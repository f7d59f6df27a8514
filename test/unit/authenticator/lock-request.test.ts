// `twofold lock`: another process asks the running app to lock, through a file in the folder of data.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  lockRequestPath,
  requestLock,
  watchLockRequests,
} from '../../../src-main/authenticator/lock-request.ts';
import { systemClock } from '../../../src-main/clock/system-clock.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { keyFileAt, KeyRing } from '../../../src-main/secrets/key-ring.ts';
import { MemoryKeyStore } from '../../../src-main/secrets/memory-key-store.ts';
import { WriterLock } from '../../../src-main/storage/writer-lock.ts';

async function setUp({ passphrase = true, running = true } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'twofold-lock-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const clock = new VirtualClock(1_767_000_000_000);
  if (running) await WriterLock.acquire({ folder: home, host: 'desktop', clock });
  const keychain = new MemoryKeyStore();
  if (passphrase) keychain.refuse('No keychain service answers.');
  const kdfCost = { memoryKiB: 8, passes: 1, parallelism: 1 };
  const keys = await KeyRing.open({ file: keyFileAt(join(home, 'keys.json'), clock), keychain, clock, kdfCost });
  if (passphrase) await keys.choosePassphrase('correct horse');
  const watchRequests = () => onTestFinished(watchLockRequests({ home, clock, lock: () => keys.lock() }));
  return { home, clock, keys, watchRequests };
}

test('twofold lock: the running app locks, and the request is gone', async () => {
  const { home, keys, watchRequests } = await setUp();
  watchRequests();
  expect(await requestLock(home, systemClock)).toBe('locked');
  expect(keys.state().kind).toBe('enter-passphrase');
  expect(existsSync(lockRequestPath(home))).toBe(false);
  await keys.enterPassphrase('correct horse');
  expect(await requestLock(home, systemClock)).toBe('locked');
  expect(keys.state().kind).toBe('enter-passphrase');
});

test('twofold lock: several that ask at once are all answered', async () => {
  const { home, keys, watchRequests } = await setUp();
  watchRequests();
  const answers = await Promise.all([1, 2, 3].map(() => requestLock(home, systemClock)));
  expect(answers).toEqual(['locked', 'locked', 'locked']);
  expect(keys.state().kind).toBe('enter-passphrase');
});

test('twofold lock: where nothing runs, or nothing can be locked, that is said and no request stays', async () => {
  const { home } = await setUp({ running: false });
  expect(await requestLock(home, systemClock)).toBe('not-running');
  const inKeychain = await setUp({ passphrase: false });
  inKeychain.watchRequests();
  expect(await requestLock(inKeychain.home, systemClock)).toBe('no-passphrase');
  expect(existsSync(lockRequestPath(home))).toBe(false);
  expect(readdirSync(inKeychain.home)).not.toContain('lock.request');
});

test('twofold lock: an app that does not answer within five seconds is told of, and the request taken back', async () => {
  const { home, clock } = await setUp();
  const asked = requestLock(home, clock);
  await vi.waitUntil(() => existsSync(lockRequestPath(home)));
  if (process.platform !== 'win32') expect(statSync(lockRequestPath(home)).mode & 0o777).toBe(0o600);
  clock.advance(5_000);
  expect(await asked).toBe('no-answer');
  expect(existsSync(lockRequestPath(home))).toBe(false);
});

test('a request that lay there before the app started is taken away', async () => {
  const { home, watchRequests } = await setUp();
  writeFileSync(lockRequestPath(home), '');
  watchRequests();
  await vi.waitUntil(() => !existsSync(lockRequestPath(home)));
});

test('where the folder cannot be watched, it is looked at every two seconds', async () => {
  const { home, clock } = await setUp();
  // Not there yet: the system refuses to watch it.
  const later = join(home, 'later');
  let locks = 0;
  const end = watchLockRequests({ home: later, clock, lock: () => (locks += 1) });
  onTestFinished(end);
  mkdirSync(later);
  writeFileSync(lockRequestPath(later), '');
  clock.advance(1_999);
  expect(existsSync(lockRequestPath(later))).toBe(true);
  clock.advance(1);
  await vi.waitUntil(() => !existsSync(lockRequestPath(later)));
  expect(locks).toBe(1);
});

test('a request that cannot be taken away locks once, not for ever', async () => {
  const { home, clock } = await setUp();
  let locks = 0;
  const later = join(home, 'later');
  onTestFinished(watchLockRequests({ home: later, clock, lock: () => (locks += 1) }));
  // A folder of that name: there, and not removed as a file is.
  mkdirSync(lockRequestPath(later), { recursive: true });
  clock.advance(2_000);
  await vi.waitUntil(() => locks === 1);
  for (let times = 0; times < 5; times += 1) {
    clock.advance(2_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(locks).toBe(1);
  rmSync(lockRequestPath(later), { recursive: true });
});
