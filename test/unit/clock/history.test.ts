// The clock's history: what is added, how it is bounded, that it outlives a restart, and that no fault of the file disturbs it.
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClockCheck, ClockHistory, type ClockSourceResult } from '../../../src-shared/contract/clock.ts';
import { openClockHistory } from '../../../src-main/clock/history.ts';
import { emptyHistory, HistoryDocument, withFinding } from '../../../src-main/clock/history-document.ts';
import type { ClockFinding } from '../../../src-main/clock/monitor.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { EventHub } from '../../../src-main/ipc/events.ts';
import type { RecoveryEvent } from '../../../src-main/storage/durable-file.ts';

const START_MS = Date.UTC(2026, 5, 1);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const answered = (source: string, offsetMs: number): ClockSourceResult => ({
  source,
  kind: 'ntp',
  outcome: { kind: 'answered', offsetMs, uncertaintyMs: 10, delayMs: 20 },
});
const failed = (source: string): ClockSourceResult => ({
  source,
  kind: 'ntp',
  outcome: { kind: 'failed', reason: 'no answer within 2 s' },
});
const checkAt = (atMs: number, offsetMs = 1): ClockCheck => ({
  atMs,
  found: { offsetMs, uncertaintyMs: 10, source: 'a' },
});
const finding = (atMs: number, more: Partial<ClockFinding> = {}): ClockFinding => ({
  check: checkAt(atMs),
  events: [],
  sources: [answered('a', 1)],
  ...more,
});
const step = (atMs: number) => ({ atMs, jump: { kind: 'step', byMs: 90_000 } }) as const;

test('issue 5, G8: a month of hourly checks is kept, and what is older goes', () => {
  let document = emptyHistory();
  for (let hour = 0; hour <= 31 * 24; hour += 1)
    document = withFinding(document, finding(START_MS + hour * HOUR_MS, { events: [step(START_MS + hour)] }));
  expect(document.checks).toHaveLength(30 * 24);
  expect(document.checks[0]?.atMs).toBe(START_MS + DAY_MS + HOUR_MS);
  // The events all fell into the first day.
  expect(document.events).toEqual([]);
});

test('issue 5, G8: however often somebody checks, the history stays bounded and fits its file', () => {
  let document = emptyHistory();
  for (let index = 0; index < 2_500; index += 1)
    document = withFinding(document, finding(START_MS + index, { events: [step(START_MS + index)] }));
  expect(document.checks).toHaveLength(2_000);
  expect(document.checks.at(-1)?.atMs).toBe(START_MS + 2_499);
  expect(document.events).toHaveLength(500);
  expect(HistoryDocument.parse(document)).toEqual(document);
});

test('issue 5, G8: a failed check at the time of a wrong clock removes nothing; a good one puts it in its place', () => {
  const wrongMs = Date.UTC(2040, 0, 1);
  const before = withFinding(emptyHistory(), finding(START_MS));
  const failedThen = withFinding(before, {
    check: { atMs: wrongMs, found: null },
    events: [step(wrongMs)],
    sources: [failed('a')],
  });
  expect(failedThen.checks).toEqual([checkAt(START_MS), { atMs: wrongMs, found: null }]);
  const good = withFinding(failedThen, finding(START_MS + HOUR_MS));
  expect(good.checks.map(({ atMs }) => atMs)).toEqual([START_MS, START_MS + HOUR_MS, START_MS + HOUR_MS]);
  expect(good.events).toEqual([step(START_MS + HOUR_MS)]);
});

test('issue 5, G8: health of each source: the last eight checks in which it was asked, falsetickers told apart', () => {
  let document = emptyHistory();
  const rounds: ClockSourceResult[][] = [
    ...Array.from({ length: 9 }, () => [answered('a', 0), answered('b', 4), failed('c')]),
    [answered('a', 0), answered('b', 4), answered('c', 9_000)],
    [answered('a', 0), answered('b', 4)],
  ];
  for (const [index, sources] of rounds.entries())
    document = withFinding(document, finding(START_MS + index, { sources }));
  const healthOf = (name: string) => document.sources.find(({ source }) => source === name)?.recent;
  expect(healthOf('a')).toEqual(Array.from({ length: 8 }, () => 'answered'));
  // Not asked in the last round: its health is that of when it was.
  expect(healthOf('c')).toEqual([...Array.from({ length: 7 }, () => 'failed'), 'disagreed']);
});

test('issue 5, G8: sources that are asked no more make room for others', () => {
  let document = emptyHistory();
  for (let index = 0; index < 40; index += 1)
    document = withFinding(document, finding(START_MS + index, { sources: [answered(`s-${index}`, 0)] }));
  expect(document.sources).toHaveLength(32);
  expect(document.sources.at(-1)?.source).toBe('s-39');
});

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twofold-clock-'));
  path = join(folder, 'clock-history.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function openHistory() {
  const events = new EventHub();
  const told: string[] = [];
  const recovered: RecoveryEvent[] = [];
  events.subscribe((event) => told.push(event));
  const onRecovered = (event: RecoveryEvent): void => void recovered.push(event);
  const opened = openClockHistory({ path, clock: new VirtualClock(START_MS), events, onRecovered });
  return opened.then((history) => ({ history, told, recovered }));
}

test('issue 5, G8: the history outlives a restart, and says what the contract says', async () => {
  const first = await openHistory();
  first.history.record(finding(START_MS, { events: [step(START_MS)] }));
  first.history.tell('hint');
  expect(first.told).toEqual(['clock:recorded']);
  await first.history.close();
  const { history } = await openHistory();
  expect(ClockHistory.parse(history.read(START_MS + 5))).toEqual({
    nowMs: START_MS + 5,
    checks: [checkAt(START_MS)],
    events: [step(START_MS)],
    sources: [{ source: 'a', kind: 'ntp', recent: ['answered'] }],
    unsaved: null,
  });
  expect(history.told).toBe('hint');
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ version: 1 });
});

test('issue 5, G8: now is never earlier than a check that knew the time', async () => {
  const { history } = await openHistory();
  history.record(finding(START_MS));
  expect(history.read(START_MS - DAY_MS).nowMs).toBe(START_MS);
  await history.close();
});

test('issue 5, G8: where nobody is asked and nothing happened, nothing is recorded', async () => {
  const { history, told } = await openHistory();
  history.record({ check: null, events: [], sources: [] });
  expect(told).toEqual([]);
  history.record({ check: null, events: [step(START_MS)], sources: [] });
  expect(history.read(START_MS)).toMatchObject({ checks: [], events: [step(START_MS)] });
  await history.close();
});

test('issue 5, G8: a check that ends after the close is not recorded', async () => {
  const { history } = await openHistory();
  history.record(finding(START_MS));
  await history.close();
  const saved = await readFile(path, 'utf8');
  history.record(finding(START_MS + 1));
  await history.close();
  expect(await readFile(path, 'utf8')).toBe(saved);
});

test('issue 5, G8: a damaged file is set aside and told, and the history begins anew', async () => {
  await writeFile(path, '{"version":1,"content":{"checks":"none"}}');
  const { history, recovered } = await openHistory();
  expect(recovered).toMatchObject([{ path, usedBackup: false }]);
  history.record(finding(START_MS));
  await history.close();
  expect((await readdir(folder)).some((name) => name.includes('.corrupt-'))).toBe(true);
  expect((await openHistory()).history.read(START_MS).checks).toHaveLength(1);
});

test('issue 5, G8: the file of a later Twofold is left alone, and checks are told all the same', async () => {
  const later = JSON.stringify({ version: 2, content: {} });
  await writeFile(path, later);
  const { history } = await openHistory();
  expect(history.read(START_MS).unsaved).toContain('was written by a newer Twofold');
  history.record(finding(START_MS));
  await history.close();
  expect(history.read(START_MS)).toMatchObject({ checks: [checkAt(START_MS)] });
  expect(await readFile(path, 'utf8')).toBe(later);
});

test('issue 5, G8: what the disk refuses is told with the reason, kept, and saved with the next check', async () => {
  // Where the file is to lie there is a folder: no rename can replace it.
  await mkdir(path);
  const { history, told } = await openHistory();
  history.record(finding(START_MS));
  await expect.poll(() => history.read(START_MS).unsaved).not.toBeNull();
  expect(history.read(START_MS).checks).toHaveLength(1);
  expect(told.at(-1)).toBe('clock:recorded');
  await chmod(path, 0o700);
  await rm(path, { recursive: true });
  history.record(finding(START_MS + 1));
  await expect.poll(() => history.read(START_MS).unsaved).toBeNull();
  await history.close();
  expect((await openHistory()).history.read(START_MS).checks).toHaveLength(2);
});
