// The clock's room without a window: what is joined in the plot, its scales, and what stands there in words.
import { describe, expect, it } from 'vitest';
import type { ClockHistory, ClockJump, ClockStatus } from '../../../src-shared/contract/index.ts';
import { codeMarginWords } from '../../../src-renderer/features/clock/code-margin-words.ts';
import {
  type DriftMoment,
  driftRanges,
  driftScale,
  freePlace,
  labelRows,
  momentsOf,
  nearestMoment,
  segmentsOf,
  timeTicks,
} from '../../../src-renderer/features/clock/drift-layout.ts';
import {
  doubtWords,
  jumpLabel,
  jumpWords,
  momentWords,
  summaryWords,
  tickWords,
} from '../../../src-renderer/features/clock/drift-words.ts';
import { healthWords } from '../../../src-renderer/features/clock/health-words.ts';

const START_MS = Date.UTC(2026, 5, 1, 12);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const check = (atMs: number, offsetMs: number | null = 0, uncertaintyMs = 10) => ({
  atMs,
  found: offsetMs === null ? null : { offsetMs, uncertaintyMs, source: 'time.example' },
});
const history = (more: Partial<ClockHistory>): ClockHistory => ({
  nowMs: START_MS + DAY_MS,
  checks: [],
  events: [],
  sources: [],
  unsaved: null,
  ...more,
});
const all = (more: Partial<ClockHistory>): DriftMoment[] =>
  momentsOf(history(more), START_MS - 40 * DAY_MS, START_MS + 40 * DAY_MS);
const hoursJoined = (moments: readonly DriftMoment[]): number[][] =>
  segmentsOf(moments).map((segment) => segment.map(({ atMs }) => (atMs - START_MS) / HOUR_MS));
const hourly = (...hours: readonly number[]) => hours.map((hour) => check(START_MS + hour * HOUR_MS));
const step = (atMs: number, byMs = 90_000) => ({ atMs, jump: { kind: 'step', byMs } }) as const;

describe('issue 5, G8: the plot of the drift', () => {
  it('joins hourly checks, and nothing across a time without checks', () => {
    expect(hoursJoined(all({ checks: hourly(0, 1, 2, 5, 6.5, 9) }))).toEqual([[0, 1, 2], [5, 6.5], [9]]);
  });
  it('joins nothing across a step, also where the check came in the same moment', () => {
    const events = [step(START_MS + HOUR_MS)];
    expect(hoursJoined(all({ checks: hourly(0, 0.5, 1, 1.5), events }))).toEqual([
      [0, 0.5],
      [1, 1.5],
    ]);
  });
  it('joins nothing across a check that nobody answered', () => {
    const checks = [...hourly(0, 1), check(START_MS + 1.2 * HOUR_MS, null), ...hourly(1.4)];
    expect(hoursJoined(all({ checks }))).toEqual([[0, 1], [1.4]]);
  });
  it('shows what lies in the range alone, ahead as positive', () => {
    const checks = [check(START_MS - 1, 5), check(START_MS, 20), check(START_MS + 1, -7)];
    expect(momentsOf(history({ checks }), START_MS, START_MS + 10)).toMatchObject([
      { kind: 'point', aheadMs: -20 },
      { kind: 'point', aheadMs: 7 },
    ]);
  });
  it('has a day, a week and a month', () => {
    expect(driftRanges.map(({ spanMs }) => spanMs / DAY_MS)).toEqual([1, 7, 30]);
  });

  it.each([
    [[0], 3, { from: -6, to: 6 }],
    [[12, -3], 10, { from: -20, to: 30 }],
    [[-19_200, -100], 40, { from: -20_000, to: 5_000 }],
    [[90_000], 10, { from: -20_000, to: 100_000 }],
    [[-3_600_000], 10, { from: -3_600_000 - 1_800_000, to: 1_800_000 }],
    [[20_000 * DAY_MS], 10, { from: -5_000 * DAY_MS, to: 25_000 * DAY_MS }],
  ])('%j ± %d ms lie between round ticks, and so does zero', (values, uncertaintyMs, { from, to }) => {
    const checks = values.map((aheadMs, index) => check(START_MS + index, -aheadMs, uncertaintyMs));
    const points = segmentsOf(all({ checks })).flat();
    const scale = driftScale(points);
    expect({ from: scale.from, to: scale.to }).toEqual({ from, to });
    expect(scale.ticks).toContain(0);
    expect(scale.ticks[0]).toBe(from);
    expect(scale.ticks.at(-1)).toBe(to);
    expect(scale.ticks.length).toBeLessThanOrEqual(9);
  });

  it.each([
    [DAY_MS, 10, 3 * HOUR_MS],
    [DAY_MS, 5, 6 * HOUR_MS],
    [7 * DAY_MS, 10, DAY_MS],
    [30 * DAY_MS, 9, 7 * DAY_MS],
  ])('%d ms with room for %d times: one each %d ms, at round local times', (spanMs, most, everyMs) => {
    // No change to or from summer time in June.
    const ticks = timeTicks(START_MS, START_MS + spanMs, most);
    expect(ticks.length).toBeGreaterThan(2);
    for (const [index, { atMs, isDay }] of ticks.entries()) {
      const at = new Date(atMs);
      expect([at.getMinutes(), at.getSeconds()]).toEqual([0, 0]);
      expect(isDay).toBe(at.getHours() === 0);
      const before = ticks[index - 1];
      if (before !== undefined) expect(atMs - before.atMs).toBe(everyMs);
    }
  });

  it('puts labels into rows, the first ones first, and leaves out what would lie on another', () => {
    const at = (x: number) => ({ x, width: 60 });
    expect(labelRows([at(100), at(120), at(130), at(300)], 2)).toEqual([0, 1, null, 0]);
  });

  it('finds the check nearest to where one points', () => {
    const moments = all({ checks: hourly(0, 1, 2) });
    expect([-5, 0.4, 0.6, 1.9, 9].map((hour) => nearestMoment(moments, START_MS + hour * HOUR_MS))).toEqual([
      0, 0, 1, 2, 2,
    ]);
  });
});

describe('issue 5, G8: the words on the plot', () => {
  const box = { from: 100, to: 400, width: 80, top: 50, bottom: 70 };
  it.each([
    ['nothing is drawn', [], 100],
    [
      'the line is elsewhere',
      [
        [
          { x: 0, y: 20 },
          { x: 600, y: 30 },
        ],
      ],
      100,
    ],
    [
      'the line runs through and goes on above',
      [
        [
          { x: 0, y: 60 },
          { x: 210, y: 60 },
          { x: 220, y: 10 },
        ],
      ],
      220,
    ],
    [
      'the line falls steeply through the place',
      [
        [
          { x: 140, y: 0 },
          { x: 140, y: 200 },
        ],
      ],
      148,
    ],
    ['a single check lies there', [[{ x: 120, y: 60 }]], 124],
    [
      'there is no place',
      [
        [
          { x: 0, y: 60 },
          { x: 600, y: 60 },
        ],
      ],
      100,
    ],
  ])('stand beside the drift: %s', (_what, lines, place) => {
    expect(freePlace(box, lines)).toBe(place);
  });
});

describe('issue 5, G8: the drift in words', () => {
  it.each([
    [0, 20, '0'],
    [20, 20, '+20 ms'],
    [-1_500, 500, '−1500 ms'],
    [-5_000, 5_000, '−5 s'],
    [60_000, 20_000, '+60 s'],
    [120_000, 60_000, '+2 min'],
    [-HOUR_MS, HOUR_MS, '−1 h'],
    [20 * DAY_MS, 10 * DAY_MS, '+20 d'],
  ])('a tick at %d ms with one each %d ms is %s', (valueMs, stepMs, words) => {
    expect(tickWords(valueMs, stepMs)).toBe(words);
  });

  it.each([
    [{ kind: 'step', byMs: 90_000 }, 'Set +90 s', 'Set forward by 90 s', null],
    [{ kind: 'step', byMs: -2_000 }, 'Set −2.0 s', 'Set back by 2.0 s', null],
    [{ kind: 'suspend', forMs: 8 * HOUR_MS }, 'Asleep 8 h', 'Asleep for 8 h', null],
    [
      { kind: 'step-or-suspend', byMs: 3 * HOUR_MS },
      'Set or asleep 3 h',
      'Set forward by 3 h, or asleep',
      'this system does not tell which',
    ],
    [
      { kind: 'suspend-or-stop', forMs: 3 * HOUR_MS },
      'Asleep or stopped 3 h',
      'Asleep or stopped for 3 h',
      'this system does not tell why',
    ],
  ] satisfies [ClockJump, string, string, string | null][])('%o: %s', (jump, label, words, doubt) => {
    expect(jumpLabel(jump)).toBe(label);
    expect(jumpWords(jump)).toBe(words);
    if (doubt === null) expect(doubtWords([jump])).toBeNull();
    else expect(doubtWords([jump])).toContain(doubt);
  });

  it('says of one moment how far, how sure and by whom', () => {
    const [moment] = all({ checks: [check(START_MS, 12)] });
    if (moment === undefined) throw new Error('There is a check.');
    expect(momentWords(moment)).toMatch(/2026, \d\d:\d\d:\d\d: 12 ms behind, ± 10 ms, by time\.example$/u);
  });

  it('says of a range how the clock did', () => {
    const checks = [check(START_MS, 12), check(START_MS + 1, -3), check(START_MS + 2, null)];
    const events = [step(START_MS), step(START_MS + 3)];
    expect(summaryWords(all({ checks, events }), 'day')).toBe(
      '2 checks in the last day, from 12 ms behind to 3 ms ahead. Set twice, without an answer once.',
    );
    expect(summaryWords(all({ checks: [check(START_MS)] }), 'week')).toBe(
      '1 check in the last week, all exact.',
    );
    expect(summaryWords([], 'day')).toBe('No check with an answer in the last day.');
  });

  it.each([
    [['answered'], 'Answered 1 of 1'],
    [['failed'], 'Answered 0 of 1'],
    [['failed', 'answered', 'answered'], 'Answered 2 of the last 3'],
    [['answered', 'disagreed', 'failed'], 'Answered 2 of the last 3, 1 of them contradicting'],
  ] satisfies [('answered' | 'disagreed' | 'failed')[], string][])('%j: %s', (recent, words) => {
    expect(healthWords(recent)).toBe(words);
  });
});

describe('issue 5, G8: what the clock means for codes, in words', () => {
  const status = (offsetMs: number, uncertaintyMs = 12): Extract<ClockStatus, { kind: 'checked' }> => ({
    kind: 'checked',
    offsetMs,
    uncertaintyMs,
    source: 'time.example',
    checkedAtMs: START_MS,
    verdict: Math.abs(offsetMs) < 5_000 ? 'right' : Math.abs(offsetMs) < 15_000 ? 'hint' : 'warning',
    checking: false,
    sources: [],
  });

  it.each([
    [status(0, 0), 'Your codes are right; margin 30 s.'],
    [status(2_900, 100), 'Your codes are right; margin 27 s.'],
    // Rounded down: never said to be more than it is.
    [status(2_900, 101), 'Your codes are right; margin 26 s.'],
    [status(-6_400), 'Your codes are still accepted; margin 23 s.'],
    [status(29_500, 100), 'Your codes are still accepted; margin less than 1 s.'],
    [status(30_005), 'Your codes may be refused: the check is too unsure to say.'],
    [status(45_000), 'Your codes are refused 50 % of the time.'],
    [status(90_000), 'Your codes are refused.'],
  ])('%o: %s', (checked, claim) => {
    expect(codeMarginWords(checked, false).claim).toBe(claim);
  });

  it('says when codes go by the checked time, and what is left of the margin then', () => {
    const { claim, reason } = codeMarginWords(status(-20_000.4, 400), true);
    expect(claim).toBe('Your codes are right; margin 29 s.');
    expect(reason).toContain('They go by the checked time, as this computer is 20 s ahead.');
    // Not off beyond doubt: nothing is corrected, whatever the setting.
    expect(codeMarginWords(status(10_000, 12_000), true).claim).toBe(
      'Your codes are still accepted; margin 8 s.',
    );
  });

  it('says at which end of their time codes are refused', () => {
    expect(codeMarginWords(status(45_000), false).reason).toContain('towards the end');
    expect(codeMarginWords(status(-45_000), false).reason).toContain('at the beginning');
  });
});
