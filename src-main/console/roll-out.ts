// The roll-out of 2FA: how many have set it up, how that went over time, and the deadline.
import type { Factor, User } from './records.ts';
import type { RollOutCount, RollOutState } from './repository.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** With the points at the start and now, never more than 120. */
const MOST_STEPS = 118;

interface Surroundings {
  readonly factor: (id: string) => Factor | null;
}

/** Someone of whom a factor is expected: active, and no service account. */
const isExpected = ({ active, isServiceAccount }: User): boolean => active && !isServiceAccount;

/** When the factor in force was set up; null without one. */
function setUpAtMs({ factorId }: User, { factor }: Surroundings): number | null {
  const active = factorId === null ? null : factor(factorId);
  return active === null ? null : (active.activatedAtMs ?? active.createdAtMs);
}

/** How far those are of whom a factor is expected. */
export function rollOutState(
  users: readonly User[],
  around: Surroundings & { readonly nowMs: number },
): RollOutState {
  const people = users.filter(isExpected);
  const setUp = people.flatMap((user) => setUpAtMs(user, around) ?? []);
  const pending = people.filter((user) => {
    const factor = user.pendingFactorId === null ? null : around.factor(user.pendingFactorId);
    return setUpAtMs(user, around) === null && (factor?.pendingUntilMs ?? 0) > around.nowMs;
  });
  return {
    people: people.length,
    setUp: setUp.length,
    pending: pending.length,
    firstSetUpAtMs: setUp.length === 0 ? null : setUp.reduce((a, b) => Math.min(a, b)),
  };
}

/** The same at those moments. */
export function rollOutCounts(
  users: readonly User[],
  around: Surroundings & { readonly momentsMs: readonly number[] },
): RollOutCount[] {
  const people = users.filter(isExpected);
  const created = people.map(({ createdAtMs }) => createdAtMs);
  const setUp = people.flatMap((user) => setUpAtMs(user, around) ?? []);
  return countsAt(created, setUp, around.momentsMs);
}

/** How many of those were created, and how many set up, by each of the moments. */
export function countsAt(
  createdAtMs: readonly number[],
  setUpsAtMs: readonly number[],
  momentsMs: readonly number[],
): RollOutCount[] {
  const created = createdAtMs.toSorted((a, b) => a - b);
  const setUp = setUpsAtMs.toSorted((a, b) => a - b);
  return momentsMs.map((atMs) => ({ people: countUntil(created, atMs), setUp: countUntil(setUp, atMs) }));
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
 * The moments of the roll-out's curve, oldest first, from when 2FA was turned on (or the first factor was set up, if that
 * was earlier) until now; at most 120. A point says of the people who are expected to have a factor NOW how many of them
 * were there at that moment, and how many of these had their present factor by then. So it is made of the records alone,
 * and: somebody who was deleted, deactivated or exempted meanwhile is in no point, and somebody who changed the device
 * counts from the day of the present one.
 */
export function rollOutMoments(
  turnedOnAtMs: number | null,
  firstSetUpAtMs: number | null,
  nowMs: number,
): number[] {
  const startMs = Math.min(turnedOnAtMs ?? nowMs, firstSetUpAtMs ?? nowMs, nowMs);
  const step = stepMs(nowMs - startMs);
  const moments: number[] = [];
  for (let atMs = startMs; atMs < nowMs; atMs += step) moments.push(atMs);
  return [...moments, nowMs];
}
