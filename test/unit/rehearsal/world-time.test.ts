// The world's time: it stands still, follows real time, jumps, and fires what falls due; and local times of zones.
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { requireShowable, WorldTime } from '../../../src-main/rehearsal/world-time.ts';
import { zonedTime } from '../../../src-main/rehearsal/zoned-time.ts';

const START_MS = Date.UTC(2026, 2, 3, 8);

const worldTime = () => {
  const real = new VirtualClock(1_800_000_000_000);
  return { real, time: new WorldTime(START_MS, real) };
};

describe('issue 5: the world’s time', () => {
  test('stands still until it is let run, and stands still again', () => {
    const { real, time } = worldTime();
    real.advance(5_000);
    expect([time.clock.nowMs(), time.isRunning]).toEqual([START_MS, false]);
    time.run();
    time.run();
    real.advance(5_000);
    expect([time.clock.nowMs(), time.isRunning]).toEqual([START_MS + 5_000, true]);
    time.pause();
    real.advance(5_000);
    expect([time.clock.nowMs(), time.isRunning]).toEqual([START_MS + 5_000, false]);
  });

  test('loses no part of a millisecond, and never shows one', () => {
    const { real, time } = worldTime();
    time.run();
    for (let part = 0; part < 12; part += 1) {
      real.advance(0.25);
      time.follow();
      expect(Number.isInteger(time.clock.nowMs())).toBe(true);
    }
    expect(time.clock.nowMs()).toBe(START_MS + 3);
  });

  test('jumps while it runs and while it stands, and fires timers in their order', () => {
    const { real, time } = worldTime();
    const fired: string[] = [];
    time.clock.after(60_000, () => fired.push('a minute'));
    time.clock.after(1_000, () => fired.push('a second'));
    time.jump(30_000);
    expect(fired).toEqual(['a second']);
    time.run();
    real.advance(10_000);
    time.jump(20_000);
    expect(fired).toEqual(['a second', 'a minute']);
    expect(time.clock.nowMs()).toBe(START_MS + 60_000);
  });

  test('once it has ended it moves no more', () => {
    const { real, time } = worldTime();
    time.run();
    time.dispose();
    real.advance(60_000);
    time.follow();
    expect(time.clock.nowMs()).toBe(START_MS);
  });

  test.each([
    ['1970-01-01T23:59:59.999Z', false],
    ['1970-01-02T00:00:00.000Z', true],
    ['2199-12-31T23:59:59.999Z', true],
    ['2200-01-01T00:00:00.000Z', false],
  ])('a clock may show %s: %s', (moment, isShowable) => {
    const require = () => requireShowable(Date.parse(moment));
    if (isShowable) expect(require).not.toThrow();
    else expect(require).toThrow('The clocks of a rehearsal go from 1970 to 2199. Nothing was changed');
  });

  test('no number is no time', () => {
    expect(() => requireShowable(Number.NaN)).toThrow('from 1970 to 2199');
  });
});

describe('issue 5: local times', () => {
  test.each([
    ['2026-03-03T09:00:00', 'UTC', '2026-03-03T09:00:00Z'],
    ['2026-03-03T09:00:00', 'Europe/Berlin', '2026-03-03T08:00:00Z'],
    ['2026-07-03T09:00:00', 'Europe/Berlin', '2026-07-03T07:00:00Z'],
    // The last second before a night is set forward, and the first one after it.
    ['2026-03-29T01:59:59', 'Europe/Berlin', '2026-03-29T00:59:59Z'],
    ['2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
    // An autumn night has this hour twice: the first one.
    ['2026-10-25T02:00:00', 'Europe/Berlin', '2026-10-25T00:00:00Z'],
    ['2026-10-25T02:59:59', 'Europe/Berlin', '2026-10-25T00:59:59Z'],
    ['2026-10-25T03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00Z'],
    // Quarters of an hour, half an hour of summer time, and the far sides of the date line.
    ['2026-03-03T09:00:00', 'Asia/Kathmandu', '2026-03-03T03:15:00Z'],
    ['2026-10-04T01:59:59', 'Australia/Lord_Howe', '2026-10-03T15:29:59Z'],
    ['2026-03-03T00:00:00', 'Pacific/Kiritimati', '2026-03-02T10:00:00Z'],
    ['2026-03-03T23:59:59', 'Pacific/Pago_Pago', '2026-03-04T10:59:59Z'],
    ['2024-02-29T12:00:00', 'America/New_York', '2024-02-29T17:00:00Z'],
  ])('%s in %s is %s', (local, zone, moment) => {
    expect(new Date(zonedTime(local, zone)).toISOString()).toBe(moment.replace('Z', '.000Z'));
  });

  test.each([
    ['2026-03-29T02:30:00', 'Europe/Berlin', 'No clock in Europe/Berlin ever shows 2026-03-29T02:30:00'],
    ['2026-10-04T02:15:00', 'Australia/Lord_Howe', 'it is set forward there'],
    ['2011-12-30T12:00:00', 'Pacific/Apia', 'No clock in Pacific/Apia ever shows 2011-12-30T12:00:00'],
    ['2026-02-29T12:00:00', 'UTC', 'There is no time 2026-02-29T12:00:00.'],
    ['2026-03-03T24:00:00', 'UTC', 'There is no time 2026-03-03T24:00:00.'],
    ['2026-03-03T23:59:60', 'UTC', 'There is no time 2026-03-03T23:59:60.'],
    ['2026-03-03T09:00:00', 'Europe/Atlantis', 'There is no time zone “Europe/Atlantis”.'],
    ['2026-03-03T09:00:00', '', 'There is no time zone “”.'],
  ])('%s in %s: %s', (local, zone, sentence) => {
    expect(() => zonedTime(local, zone)).toThrow(sentence);
  });
});
