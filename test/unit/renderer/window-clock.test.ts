// The window's clock: the system's, or one that is set, runs, stands still and jumps; and what waits for a moment of it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  atMoment,
  isClockRunning,
  nowMs,
  onClockSet,
  releaseWindowClock,
  setWindowClock,
  steadyMs,
} from '../../../src-renderer/bridge/window-clock.ts';
import { momentOnWall, wallDay, wallTime } from '../../../src-renderer/bridge/window-zone.ts';

const SYSTEM_MS = 1_800_000_000_000;
const WORLD_MS = Date.UTC(2026, 2, 3, 8, 0, 0);
const DAY_MS = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers({ now: SYSTEM_MS });
});
afterEach(() => {
  releaseWindowClock();
  vi.useRealTimers();
});

describe('an ordinary window', () => {
  it('goes by the system, and always runs', () => {
    expect([nowMs(), isClockRunning()]).toEqual([SYSTEM_MS, true]);
    vi.advanceTimersByTime(1_500);
    expect(nowMs()).toBe(SYSTEM_MS + 1_500);
  });

  it('measures spans by what nobody can set', () => {
    const before = steadyMs();
    vi.setSystemTime(SYSTEM_MS - DAY_MS);
    vi.advanceTimersByTime(1_000);
    expect(steadyMs() - before).toBe(1_000);
  });

  it('waits for a moment that is further away than timers reach', () => {
    const heard = vi.fn();
    atMoment(SYSTEM_MS + 30 * DAY_MS, heard);
    vi.advanceTimersByTime(30 * DAY_MS - 1);
    expect(heard).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('a frame', () => {
  it('runs on from what it was set to, and stands still while paused', () => {
    setWindowClock({ nowMs: WORLD_MS, isRunning: true });
    vi.advanceTimersByTime(2_000);
    expect(nowMs()).toBe(WORLD_MS + 2_000);
    setWindowClock({ nowMs: WORLD_MS + 2_000, isRunning: false });
    vi.advanceTimersByTime(60_000);
    expect([nowMs(), steadyMs(), isClockRunning()]).toEqual([WORLD_MS + 2_000, WORLD_MS + 2_000, false]);
  });

  it('tells of a jump, a pause and going on, and not of being set to what it shows', () => {
    const heard = vi.fn();
    setWindowClock({ nowMs: WORLD_MS, isRunning: true });
    const end = onClockSet(heard);
    vi.advanceTimersByTime(10_000);
    setWindowClock({ nowMs: WORLD_MS + 10_040, isRunning: true });
    expect(heard).toHaveBeenCalledTimes(0);
    expect(nowMs(), 'the way of the message is not believed').toBe(WORLD_MS + 10_000);
    setWindowClock({ nowMs: WORLD_MS + 10_000, isRunning: false });
    setWindowClock({ nowMs: WORLD_MS + 10_000, isRunning: false });
    expect(heard).toHaveBeenCalledTimes(1);
    setWindowClock({ nowMs: WORLD_MS + 10_001, isRunning: false });
    setWindowClock({ nowMs: WORLD_MS, isRunning: true });
    expect(heard).toHaveBeenCalledTimes(3);
    end();
    setWindowClock({ nowMs: WORLD_MS + DAY_MS, isRunning: true });
    expect(heard).toHaveBeenCalledTimes(3);
  });

  it('calls nobody and has no timer while it stands still, however long', () => {
    setWindowClock({ nowMs: WORLD_MS, isRunning: false });
    const heard = vi.fn();
    atMoment(WORLD_MS + 30_000, heard);
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(DAY_MS);
    expect(heard).not.toHaveBeenCalled();
    setWindowClock({ nowMs: WORLD_MS, isRunning: true });
    vi.advanceTimersByTime(29_999);
    expect(heard).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(heard).toHaveBeenCalledOnce();
  });

  it('calls when it jumps past the moment, though it stands still then; once, and never after it was given up', () => {
    setWindowClock({ nowMs: WORLD_MS, isRunning: false });
    const heard = vi.fn();
    const givenUp = vi.fn();
    atMoment(WORLD_MS + 30_000, heard);
    atMoment(WORLD_MS + 30_000, givenUp)();
    setWindowClock({ nowMs: WORLD_MS + DAY_MS, isRunning: false });
    expect(heard, 'not before the caller has gone on').not.toHaveBeenCalled();
    vi.advanceTimersByTime(0);
    setWindowClock({ nowMs: WORLD_MS + 2 * DAY_MS, isRunning: true });
    vi.advanceTimersByTime(DAY_MS);
    expect(heard).toHaveBeenCalledOnce();
    expect(givenUp).not.toHaveBeenCalled();
  });

  it('waits longer when it is set back', () => {
    setWindowClock({ nowMs: WORLD_MS, isRunning: true });
    const heard = vi.fn();
    atMoment(WORLD_MS + 30_000, heard);
    vi.advanceTimersByTime(20_000);
    setWindowClock({ nowMs: WORLD_MS, isRunning: true });
    vi.advanceTimersByTime(29_000);
    expect(heard).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_000);
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('the clock on the wall', () => {
  it.each([
    ['Europe/Berlin', { year: 2026, month: 3, day: 3, hour: 9, minute: 0 }],
    ['UTC', { year: 2026, month: 3, day: 3, hour: 8, minute: 0 }],
    ['Asia/Kolkata', { year: 2026, month: 3, day: 3, hour: 13, minute: 30 }],
    ['Pacific/Kiritimati', { year: 2026, month: 3, day: 3, hour: 22, minute: 0 }],
  ])('in %s shows its own hour, and leads back to the moment', (zone, wall) => {
    expect(wallTime(WORLD_MS, zone)).toEqual(wall);
    expect(momentOnWall(wall, zone)).toBe(WORLD_MS);
  });

  it('goes on into the next month, and over a change of the clocks', () => {
    const wall = { year: 2026, month: 3, day: 28 + 7, hour: 18, minute: 0 };
    expect(momentOnWall(wall, 'Europe/Berlin')).toBe(Date.UTC(2026, 3, 4, 16, 0));
    expect(momentOnWall({ ...wall, day: 28 }, 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 28, 17, 0));
  });

  it('counts whole days of the calendar', () => {
    const evening = momentOnWall({ year: 2026, month: 3, day: 3, hour: 23, minute: 59 });
    expect(wallDay(evening + 60_000) - wallDay(evening)).toBe(1);
  });
});
