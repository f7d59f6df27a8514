// G17: the authenticator locks itself after inactivity.
import { expect, test } from 'vitest';
import { AutoLock } from '../../../src-main/authenticator/auto-lock.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';

const MINUTE_MS = 60_000;

function setUp(minutes = 5) {
  const clock = new VirtualClock(1_767_000_000_000);
  const world = { minutes, isOpen: true, locks: 0 };
  const autoLock = new AutoLock({
    clock,
    minutes: () => world.minutes,
    isLockable: () => world.isOpen,
    lock: () => {
      world.locks += 1;
      world.isOpen = false;
    },
  });
  autoLock.begin();
  return { clock, world, autoLock };
}

/** The computer sleeps: the wall clock goes on, timers and the monotonic clock stand still. */
const sleep = (clock: VirtualClock, spanMs: number): void => clock.setWallClock(clock.nowMs() + spanMs);

test.each([1, 5, 60])('G17: it locks %i minutes after the last sign of the user, not before', (minutes) => {
  const { clock, world } = setUp(minutes);
  clock.advance(minutes * MINUTE_MS - 1);
  expect(world.locks).toBe(0);
  clock.advance(1);
  expect(world.locks).toBe(1);
  clock.advance(10 * minutes * MINUTE_MS);
  expect(world.locks).toBe(1);
});

test('G17: each sign of the user begins the time anew', () => {
  const { clock, world, autoLock } = setUp();
  for (let times = 0; times < 4; times += 1) {
    clock.advance(4 * MINUTE_MS);
    autoLock.activity();
  }
  expect(world.locks).toBe(0);
  clock.advance(5 * MINUTE_MS);
  expect(world.locks).toBe(1);
});

test('G17: with 0 it never locks', () => {
  const { clock, world, autoLock } = setUp(0);
  clock.advance(100 * MINUTE_MS);
  autoLock.activity();
  sleep(clock, 1_000 * MINUTE_MS);
  autoLock.activity();
  autoLock.look();
  expect(world.locks).toBe(0);
});

test('G17: time asleep counts: the first key after a long sleep locks instead of extending', () => {
  const { clock, world, autoLock } = setUp();
  clock.advance(MINUTE_MS);
  sleep(clock, 4 * MINUTE_MS);
  autoLock.activity();
  expect(world.locks).toBe(1);
});

test('G17: after a sleep it locks at the wake event, and without one within 15 seconds', () => {
  const woken = setUp();
  sleep(woken.clock, 5 * MINUTE_MS);
  woken.autoLock.look();
  expect(woken.world.locks).toBe(1);

  const untold = setUp();
  sleep(untold.clock, 5 * MINUTE_MS);
  untold.clock.advance(15_000);
  expect(untold.world.locks).toBe(1);
});

test('G17: a short sleep is no reason to lock', () => {
  const { clock, world, autoLock } = setUp();
  sleep(clock, 4 * MINUTE_MS);
  autoLock.look();
  expect(world.locks).toBe(0);
  clock.advance(MINUTE_MS);
  expect(world.locks).toBe(1);
});

test('G17: a wall clock that is set back does not put the lock off', () => {
  const { clock, world } = setUp();
  clock.advance(MINUTE_MS);
  clock.setWallClock(clock.nowMs() - 1_000 * MINUTE_MS);
  clock.advance(4 * MINUTE_MS);
  expect(world.locks).toBe(1);
});

test('G17: a change of the setting takes effect at once', () => {
  const { clock, world, autoLock } = setUp(60);
  clock.advance(10 * MINUTE_MS);
  world.minutes = 15;
  autoLock.look();
  expect(world.locks).toBe(0);
  clock.advance(5 * MINUTE_MS);
  expect(world.locks).toBe(1);

  const shorter = setUp(60);
  shorter.clock.advance(10 * MINUTE_MS);
  shorter.world.minutes = 5;
  shorter.autoLock.look();
  expect(shorter.world.locks).toBe(1);

  const never = setUp(5);
  never.clock.advance(4 * MINUTE_MS);
  never.world.minutes = 0;
  never.autoLock.look();
  never.clock.advance(10 * MINUTE_MS);
  expect(never.world.locks).toBe(0);
});

test('G17: unlocked again, the time begins anew, however long it was locked', () => {
  const { clock, world, autoLock } = setUp();
  clock.advance(100 * MINUTE_MS);
  expect(world.locks).toBe(1);
  world.isOpen = true;
  autoLock.begin();
  clock.advance(5 * MINUTE_MS - 1);
  expect(world.locks).toBe(1);
  clock.advance(1);
  expect(world.locks).toBe(2);
});

test('G17: what is locked already, or has no passphrase, is not locked again', () => {
  const { clock, world, autoLock } = setUp();
  world.isOpen = false;
  clock.advance(10 * MINUTE_MS);
  autoLock.activity();
  autoLock.look();
  expect(world.locks).toBe(0);
});

test('after dispose nothing happens any more', () => {
  const { clock, world, autoLock } = setUp();
  autoLock.dispose();
  clock.advance(10 * MINUTE_MS);
  expect(world.locks).toBe(0);
});
