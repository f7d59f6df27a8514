// Where things lie in the plot of the drift: which checks are joined, scales, ticks, places of labels. Pure.
import {
  CLOCK_CHECK_EVERY_MS,
  type ClockEvent,
  type ClockHistory,
} from '../../../src-shared/contract/index.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Checks further apart than that are not joined: Twofold did not run, or nobody could be asked. */
const GAP_FROM_MS = 1.5 * CLOCK_CHECK_EVERY_MS;

export const driftRanges = [
  { id: 'day', label: 'Day', words: 'day', spanMs: DAY_MS },
  { id: 'week', label: 'Week', words: 'week', spanMs: 7 * DAY_MS },
  { id: 'month', label: 'Month', words: '30 days', spanMs: 30 * DAY_MS },
] as const;
export type DriftRange = (typeof driftRanges)[number];

/** A check that found the time. */
export interface DriftPoint {
  readonly kind: 'point';
  readonly atMs: number;
  /** How far this computer was ahead of real time; negative: behind. */
  readonly aheadMs: number;
  readonly uncertaintyMs: number;
  readonly source: string;
}

/** What a person can look at one after another. */
export type DriftMoment =
  | DriftPoint
  | { readonly kind: 'failed'; readonly atMs: number }
  | { readonly kind: 'event'; readonly atMs: number; readonly event: ClockEvent };

/** All checks and events between the two times, in order. An event comes before the check that it brought about. */
export function momentsOf(history: ClockHistory, fromMs: number, untilMs: number): DriftMoment[] {
  const events = history.events.map((event): DriftMoment => ({ kind: 'event', atMs: event.atMs, event }));
  const checks = history.checks.map(({ atMs, found }): DriftMoment =>
    found === null
      ? { kind: 'failed', atMs }
      : {
          kind: 'point',
          atMs,
          // Not -0, which would be read out.
          aheadMs: 0 - found.offsetMs,
          uncertaintyMs: found.uncertaintyMs,
          source: found.source,
        },
  );
  return [...events, ...checks]
    .filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs)
    .sort((a, b) => a.atMs - b.atMs);
}

/** The runs of checks that are joined: not across an event, a check without an answer, or a time without checks. */
export function segmentsOf(moments: readonly DriftMoment[]): DriftPoint[][] {
  const segments: DriftPoint[][] = [];
  let run: DriftPoint[] | null = null;
  for (const moment of moments) {
    if (moment.kind !== 'point') {
      run = null;
      continue;
    }
    const before: DriftPoint | undefined = run?.at(-1);
    if (run === null || before === undefined || moment.atMs - before.atMs > GAP_FROM_MS) {
      run = [];
      segments.push(run);
    }
    run.push(moment);
  }
  return segments;
}

export interface Scale {
  readonly from: number;
  readonly to: number;
  /** From tick to tick. */
  readonly step: number;
  readonly ticks: readonly number[];
}

const roundMultiples = (unit: number): number[] => [unit, 2 * unit, 5 * unit];

/** Steps that people read easily, from 1 ms to more days than any clock is off. */
const VALUE_STEPS: readonly number[] = [
  ...[1, 10, 100, 1_000].flatMap(roundMultiples),
  ...[10_000, 20_000, 30_000, MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS],
  ...[HOUR_MS, 2 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS],
  ...[1, 10, 100, 1_000, 10_000, 100_000].flatMap((days) => roundMultiples(days * DAY_MS)),
];
/** A plot of the noise of a right clock is not blown up beyond that. */
const LEAST_SIZE_MS = 5;
const MOST_STEPS = 6;

const valueStep = (span: number): number =>
  VALUE_STEPS.find((step) => span / step <= MOST_STEPS) ?? span / MOST_STEPS;

/** A scale that holds zero and each point with its uncertainty, from tick to tick. */
export function driftScale(points: readonly DriftPoint[]): Scale {
  const low = Math.min(
    -LEAST_SIZE_MS,
    ...points.map(({ aheadMs, uncertaintyMs }) => aheadMs - uncertaintyMs),
  );
  const high = Math.max(
    LEAST_SIZE_MS,
    ...points.map(({ aheadMs, uncertaintyMs }) => aheadMs + uncertaintyMs),
  );
  const step = valueStep(high - low);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  // `+ 0`: no tick is -0.
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step + 0);
  return { from: first * step, to: last * step, step, ticks };
}

export interface TimeTick {
  readonly atMs: number;
  /** A day begins there. */
  readonly isDay: boolean;
}

const HOUR_STEPS = [1, 3, 6, 12] as const;
const DAY_STEPS = [1, 2, 7, 14] as const;

/** Round local times between the two, at most about `most` of them. Right across a change to or from summer time. */
export function timeTicks(fromMs: number, untilMs: number, most: number): TimeTick[] {
  const start = new Date(fromMs);
  const [year, month, day] = [start.getFullYear(), start.getMonth(), start.getDate()];
  const span = untilMs - fromMs;
  const hours = HOUR_STEPS.find((step) => span / (step * HOUR_MS) <= most);
  const days = DAY_STEPS.find((step) => span / (step * DAY_MS) <= most) ?? 14;
  const ticks: TimeTick[] = [];
  for (let index = 0; ; index += 1) {
    const at =
      hours === undefined
        ? new Date(year, month, day + index * days)
        : new Date(year, month, day, index * hours);
    const atMs = at.getTime();
    if (atMs > untilMs) return ticks;
    if (atMs >= fromMs) ticks.push({ atMs, isDay: at.getHours() === 0 });
  }
}

export interface Label {
  /** The middle of it, in pixels. */
  readonly x: number;
  readonly width: number;
}

/** The row of each label, in their order, the first ones first; null where it would lie on another. */
export function labelRows(labels: readonly Label[], rows: number): (number | null)[] {
  const taken: { from: number; to: number }[][] = Array.from({ length: rows }, () => []);
  return labels.map(({ x, width }) => {
    const [from, to] = [x - width / 2 - 4, x + width / 2 + 4];
    const row = taken.findIndex((others) => others.every((other) => to <= other.from || from >= other.to));
    taken[row]?.push({ from, to });
    return row === -1 ? null : row;
  });
}

/** The moment nearest to that time. */
export function nearestMoment(moments: readonly DriftMoment[], atMs: number): number {
  let nearest = 0;
  for (const [index, moment] of moments.entries()) {
    const best = moments[nearest];
    if (best === undefined || Math.abs(moment.atMs - atMs) < Math.abs(best.atMs - atMs)) nearest = index;
  }
  return nearest;
}

/** A point of what is drawn, in pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Words on the plot take so much, in pixels. */
export interface WordsBox {
  /** From the first place on, to the last at which they may begin. */
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
}

const STEP_ASIDE = 12;

/** The first place along which no line runs through the words; the first of all where there is none. */
export function freePlace(box: WordsBox, lines: readonly (readonly Spot[])[]): number {
  for (let x = box.from; x <= box.to; x += STEP_ASIDE) {
    if (!lines.some((line) => runsThrough(line, { ...box, from: x, to: x + box.width }))) return x;
  }
  return box.from;
}

function runsThrough(line: readonly Spot[], { from, to, top, bottom }: Omit<WordsBox, 'width'>): boolean {
  return line.some((start, index) => {
    const end = line[index + 1] ?? start;
    const [left, right] = [Math.max(from, start.x), Math.min(to, end.x)];
    if (left > right) return false;
    const yAt = (x: number): number =>
      end.x === start.x ? start.y : start.y + ((x - start.x) / (end.x - start.x)) * (end.y - start.y);
    const [one, other] = [yAt(left), end.x === start.x ? end.y : yAt(right)];
    return Math.max(one, other) >= top && Math.min(one, other) <= bottom;
  });
}
