// The roll-out of 2FA: how many have set it up, how that went over time, and the deadline.
import type { RollOutPoint } from '../../src-shared/contract/index.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** With the points at the start and now, never more than 120. */
const MOST_STEPS = 118;

/** Someone of whom a factor is expected: active, and no service account. */
export interface Expected {
  readonly createdAtMs: number;
  /** When the factor in force was set up; null without one. */
  readonly setUpAtMs: number | null;
}

/** How many of the sorted moments are at or before that one. */
function countUntil(sorted: readonly number[], atMs: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whole days apart, or whole hours for a roll-out of less than three days. */
function stepMs(spanMs: number): number {
  const unitMs = spanMs < 3 * DAY_MS ? HOUR_MS : DAY_MS;
  return Math.max(1, Math.ceil(spanMs / MOST_STEPS / unitMs)) * unitMs;
}

/**
 * The roll-out over time, oldest first, from when 2FA was turned on (or the first factor was set up, if that was earlier)
 * until now; at most 120 points. A point says of the people who are expected to have a factor NOW how many of them were
 * there at that moment, and how many of these had their present factor by then. So it is made of the records alone, and:
 * somebody who was deleted, deactivated or exempted meanwhile is in no point, and somebody who changed the device counts
 * from the day of the present one.
 */
export function rollOutCurve(
  people: readonly Expected[],
  turnedOnAtMs: number | null,
  nowMs: number,
): RollOutPoint[] {
  const created = people.map(({ createdAtMs }) => createdAtMs).sort((a, b) => a - b);
  const setUp = people
    .flatMap(({ setUpAtMs }) => (setUpAtMs === null ? [] : [setUpAtMs]))
    .sort((a, b) => a - b);
  const startMs = Math.min(turnedOnAtMs ?? nowMs, setUp[0] ?? nowMs, nowMs);
  const step = stepMs(nowMs - startMs);
  const moments: number[] = [];
  for (let atMs = startMs; atMs < nowMs; atMs += step) moments.push(atMs);
  return [...moments, nowMs].map((atMs) => ({
    atMs,
    people: countUntil(created, atMs),
    setUp: countUntil(setUp, atMs),
  }));
}
