// The notice of a clock that is off: once at each crossing of 5 s and 15 s, replaced or withdrawn by itself, one at most.
import { beforeEach, expect, test } from 'vitest';
import type { ClockStatus, Notice } from '../../../src-shared/contract/index.ts';
import { driftLevel, driftNotice } from '../../../src-main/clock/drift-notice.ts';
import { DRIFT_NOTICE_ID, startDriftNotices } from '../../../src-main/clock/drift-notices.ts';
import { verdictFor } from '../../../src-main/clock/drift.ts';
import type { ToldLevel } from '../../../src-main/clock/history-document.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { EventHub } from '../../../src-main/ipc/events.ts';

const checked = (offsetMs: number, uncertaintyMs = 10): Extract<ClockStatus, { kind: 'checked' }> => ({
  kind: 'checked',
  offsetMs,
  uncertaintyMs,
  source: 'time.example',
  checkedAtMs: 1_800_000_000_000,
  verdict: verdictFor(offsetMs),
  checking: false,
  sources: [],
});

test.each([
  [0, 'right', 'right'],
  [4_999, 'right', 'right'],
  [5_000, 'right', 'hint'],
  [-5_000, 'right', 'hint'],
  [15_000, 'right', 'warning'],
  [15_000, 'hint', 'warning'],
  [14_999, 'hint', 'hint'],
  // Told once: a drift that wavers about the threshold is not told again and again.
  [4_600, 'hint', 'hint'],
  [4_499, 'hint', 'right'],
  [14_600, 'warning', 'warning'],
  [14_499, 'warning', 'hint'],
  [-100, 'warning', 'right'],
] satisfies [number, ToldLevel, ToldLevel][])(
  'issue 5, G8: %i ms off, after %s: %s',
  (offsetMs, told, level) => {
    expect(driftLevel(offsetMs, told)).toBe(level);
  },
);

test('issue 5, G8: the notice says by how much and what to do, or that the codes are right by the checked time', () => {
  expect(driftNotice(checked(6_400), 'hint', false)).toEqual({
    severity: 'attention',
    message:
      "This computer's clock is 6 s behind. Most services still accept its codes. Set the clock in the system's settings.",
  });
  const warning = driftNotice(checked(-20_000), 'warning', false);
  expect(warning.severity).toBe('wrong');
  expect(warning.message).toMatch(/^This computer's clock is 20 s ahead\. Services may refuse its codes\./);
  const corrected = driftNotice(checked(-7_200_000), 'warning', true);
  expect(corrected.severity).toBe('info');
  expect(corrected.message).toContain('2 h ahead. Codes go by the checked time, so they are right.');
  // Off, but not beyond doubt: codes are not corrected then, whatever the setting.
  expect(driftNotice(checked(16_000, 20_000), 'warning', true).severity).toBe('wrong');
});

let notices: Notice[] = [];
let told: ToldLevel = 'right';
let correctsClock = false;
let added = 0;
let isFull = false;
beforeEach(() => {
  notices = [{ id: 'other', atMs: 1, severity: 'info', message: 'A file was set aside.' }];
  told = 'right';
  correctsClock = false;
  added = 0;
  isFull = false;
});

/** As after a start: what is kept in files is kept, all else begins anew. */
function start() {
  const events = new EventHub();
  const changes: string[] = [];
  events.subscribe((event) => changes.push(event));
  const end = startDriftNotices({
    clock: new VirtualClock(1_800_000_000_000),
    events,
    correctsClock: () => correctsClock,
    board: {
      get notices() {
        return notices;
      },
      addNotice(notice) {
        if (isFull) return Promise.reject(new Error('The disk is full.'));
        added += 1;
        notices = [...notices.filter(({ id }) => id !== notice.id), notice];
        return Promise.resolve();
      },
      withdrawNotice(id) {
        notices = notices.filter((notice) => notice.id !== id);
        return Promise.resolve();
      },
    },
    memory: {
      get told() {
        return told;
      },
      tell(level) {
        told = level;
      },
    },
  });
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    end,
    changes,
    check: async (status: ClockStatus) => {
      events.emit('clock:changed', { ...status, checking: true });
      events.emit('clock:changed', status);
      await settled();
    },
    changeSetting: async (value: boolean) => {
      correctsClock = value;
      events.emit('app:changed', {});
      await settled();
    },
  };
}

const shown = (): string[] =>
  notices.filter(({ id }) => id === DRIFT_NOTICE_ID).map(({ severity }) => severity);

test('issue 5, G8: hint at 5 s, warning in its place at 15 s, and gone by itself once the clock is right', async () => {
  const { check, changes } = start();
  await check(checked(100));
  expect(shown()).toEqual([]);
  await check(checked(6_000));
  expect(shown()).toEqual(['attention']);
  await check(checked(20_000));
  expect(shown()).toEqual(['wrong']);
  await check(checked(8_000));
  expect(shown()).toEqual(['attention']);
  await check(checked(-200));
  expect(shown()).toEqual([]);
  expect(notices.map(({ id }) => id)).toEqual(['other']);
  expect(changes.filter((event) => event === 'app:changed')).toHaveLength(4);
});

test('issue 5, G8: told once at each crossing, not at each check', async () => {
  const { check } = start();
  for (const offsetMs of [6_000, 6_010, 6_020, 6_100]) await check(checked(offsetMs));
  expect(added).toBe(1);
});

test('issue 5, G8: dismissed, it stays away until the clock is off by more, or was right meanwhile', async () => {
  const { check } = start();
  await check(checked(6_000));
  notices = [];
  await check(checked(7_000));
  expect(shown()).toEqual([]);
  await check(checked(16_000));
  expect(shown()).toEqual(['wrong']);
  notices = [];
  // Back to a hint: that is no news.
  await check(checked(7_000));
  expect(shown()).toEqual([]);
  await check(checked(0));
  await check(checked(7_000));
  expect(shown()).toEqual(['attention']);
});

test('issue 5, G8: restarts pile nothing up, and bring nothing back that was dismissed', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { check, end } = start();
    await check(checked(6_000 + round));
    await end();
  }
  expect(shown()).toEqual(['attention']);
  expect(added).toBe(1);
  notices = [];
  await start().check(checked(6_000));
  expect(shown()).toEqual([]);
});

test('issue 5, G8: a clock that was set right while Twofold was closed takes its notice away', async () => {
  await start().check(checked(20_000));
  await start().check(checked(3));
  expect(shown()).toEqual([]);
});

test('issue 5, G8: where nobody answers, the notice stays as it is', async () => {
  const { check } = start();
  await check(checked(20_000));
  await check({ kind: 'not-checked', reason: 'Nobody answered.', checking: false, sources: [] });
  expect(shown()).toEqual(['wrong']);
});

test('issue 5, G8: the words follow the setting that makes codes by the checked time', async () => {
  const { check, changeSetting } = start();
  await check(checked(20_000));
  await changeSetting(true);
  expect(shown()).toEqual(['info']);
  await changeSetting(false);
  expect(shown()).toEqual(['wrong']);
});

test('issue 5, G8: a notice that cannot be saved is tried again with the next check', async () => {
  const { check } = start();
  isFull = true;
  await check(checked(6_000));
  expect([shown(), told]).toEqual([[], 'right']);
  isFull = false;
  await check(checked(6_000));
  expect([shown(), told]).toEqual([['attention'], 'hint']);
});
