// The clock monitor: when it asks, whom, what it says where nothing answers, and that a set clock voids what was found.
import { expect, test } from 'vitest';
import { ClockStatus } from '../../../src-shared/contract/clock.ts';
import type { SourceOutcome } from '../../../src-main/clock/drift.ts';
import { ClockMonitor } from '../../../src-main/clock/monitor.ts';
import type { QuerySource } from '../../../src-main/clock/sntp.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { EventHub } from '../../../src-main/ipc/events.ts';

const START_MS = Date.UTC(2026, 5, 1);
const HOUR_MS = 3_600_000;

const answered = (offsetMs: number): SourceOutcome => ({
  kind: 'answered',
  offsetMs,
  uncertaintyMs: 10,
  delayMs: 20,
});
const failed: SourceOutcome = { kind: 'failed', reason: 'no answer within 2 s' };

function setUp(
  outcomes: Record<string, SourceOutcome>,
  servers = ['ntp-1', 'ntp-2'],
  fallbacks = ['https://a/'],
) {
  const clock = new VirtualClock(START_MS);
  const events = new EventHub();
  const told: ClockStatus[] = [];
  const asked: string[] = [];
  /** Runs while a source is being asked. */
  const during = { run: (): void => undefined };
  events.subscribe((event, payload) => {
    if (event === 'clock:changed') told.push(ClockStatus.parse(payload));
  });
  const query: QuerySource = (source) => {
    asked.push(source);
    during.run();
    return Promise.resolve(outcomes[source] ?? failed);
  };
  const monitor = new ClockMonitor({
    clock,
    events,
    servers: () => servers,
    fallbacks: () => fallbacks,
    queryServer: query,
    queryFallback: query,
  });
  return { clock, told, asked, during, monitor, outcomes };
}

test('before the first check it says not checked, and nothing about the clock', () => {
  const { monitor } = setUp({});
  expect(monitor.status()).toEqual({
    kind: 'not-checked',
    reason: 'The clock was not checked yet.',
    checking: false,
    sources: [],
  });
});

test('an answer: offset, uncertainty, source, time and verdict; fallbacks are not asked', async () => {
  const { monitor, asked } = setUp({ 'ntp-2': answered(90_000) });
  expect(await monitor.check()).toEqual({
    kind: 'checked',
    offsetMs: 90_000,
    uncertaintyMs: 10,
    source: 'ntp-2',
    checkedAtMs: START_MS,
    verdict: 'warning',
    checking: false,
    sources: [
      { source: 'ntp-1', kind: 'ntp', outcome: failed },
      { source: 'ntp-2', kind: 'ntp', outcome: answered(90_000) },
    ],
  });
  expect(asked).toEqual(['ntp-1', 'ntp-2']);
});

test('where no NTP server answers, the HTTPS date is asked', async () => {
  const { monitor, asked } = setUp({ 'https://a/': answered(6_000) });
  expect(await monitor.check()).toMatchObject({ kind: 'checked', source: 'https://a/', verdict: 'hint' });
  expect(asked).toEqual(['ntp-1', 'ntp-2', 'https://a/']);
});

test('nothing answers: not checked, never "right", also after an earlier good result, which is told with its time', async () => {
  const { monitor, outcomes } = setUp({ 'ntp-1': answered(-200) });
  await monitor.check();
  outcomes['ntp-1'] = failed;
  const status = await monitor.check();
  expect(status).toMatchObject({
    kind: 'not-checked',
    reason:
      'None of 3 time sources gave a usable answer. The last check, at 2026-06-01T00:00:00.000Z, found it 0.2 s ahead.',
  });
  expect(status.sources).toHaveLength(3);
});

test('no source set: not checked, with that reason', async () => {
  const { monitor } = setUp({}, [], []);
  expect(await monitor.check()).toMatchObject({ kind: 'not-checked', reason: 'No time source is set.' });
});

test('who asks while a check runs gets the same one; begin and end are told', async () => {
  const { monitor, asked, told } = setUp({ 'ntp-1': answered(0) });
  const [first, second] = await Promise.all([monitor.check(), monitor.check()]);
  expect(first).toBe(second);
  expect(asked).toEqual(['ntp-1', 'ntp-2']);
  expect(told.map(({ kind, checking }) => [kind, checking])).toEqual([
    ['not-checked', true],
    ['checked', false],
  ]);
});

test('start checks at once and then every hour, until it is disposed of', async () => {
  const { monitor, clock, asked } = setUp({ 'ntp-1': answered(0) });
  const dispose = monitor.start();
  await monitor.check();
  expect(asked).toHaveLength(2);
  clock.advance(HOUR_MS - 1);
  expect(asked).toHaveLength(2);
  clock.advance(1);
  await monitor.check();
  expect(asked).toHaveLength(4);
  dispose();
  clock.advance(3 * HOUR_MS);
  await Promise.resolve();
  expect(asked).toHaveLength(4);
});

test.each([
  ['set forward', 60_000],
  ['set back', -60_000],
])('the wall clock is %s: the result is void at once, and a new check runs', async (_what, stepMs) => {
  const { monitor, clock, asked } = setUp({ 'ntp-1': answered(0) });
  await monitor.check();
  clock.setWallClock(clock.nowMs() + stepMs);
  expect(monitor.status()).toMatchObject({ kind: 'not-checked', checking: true, sources: [] });
  expect(await monitor.check()).toMatchObject({ kind: 'checked' });
  expect(asked).toHaveLength(4);
});

test('a set clock is noticed within half a minute without anybody asking', async () => {
  const { monitor, clock, told } = setUp({ 'ntp-1': answered(0) });
  monitor.start();
  await monitor.check();
  told.length = 0;
  clock.setWallClock(clock.nowMs() + 60_000);
  clock.advance(30_000);
  await monitor.check();
  expect(told.map(({ kind, checking }) => [kind, checking])).toEqual([
    ['not-checked', true],
    ['checked', false],
  ]);
  monitor.dispose();
});

test('a slow drift of less than a second is no jump', async () => {
  const { monitor, clock } = setUp({ 'ntp-1': answered(0) });
  await monitor.check();
  clock.setWallClock(clock.nowMs() + 900);
  expect(monitor.status()).toMatchObject({ kind: 'checked', checking: false });
});

test('the clock is set while the servers are asked: those answers are thrown away and the servers asked again', async () => {
  const { monitor, clock, asked, during } = setUp({ 'ntp-1': answered(0) });
  let isSet = false;
  during.run = () => {
    if (isSet) return;
    isSet = true;
    clock.setWallClock(clock.nowMs() + 60_000);
  };
  expect(await monitor.check()).toMatchObject({ kind: 'checked', checkedAtMs: START_MS + 60_000 });
  expect(asked).toEqual(['ntp-1', 'ntp-2', 'ntp-1', 'ntp-2']);
});

test('after sleep the clock is checked again', async () => {
  const { monitor, asked } = setUp({ 'ntp-1': answered(0) });
  await monitor.check();
  monitor.wake();
  expect(monitor.status()).toMatchObject({ kind: 'not-checked', checking: true });
  await monitor.check();
  expect(asked).toHaveLength(4);
});

test('changed servers are asked at the next check', async () => {
  const servers = ['ntp-1'];
  const { monitor, asked } = setUp({ 'ntp-1': answered(0), 'ntp-9': answered(1) }, servers);
  await monitor.check();
  servers[0] = 'ntp-9';
  await monitor.check();
  expect(asked).toEqual(['ntp-1', 'ntp-9']);
});
