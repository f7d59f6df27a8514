// Limits against guessing (S5–S7): failures are counted in a span, a lock follows, and each further lock doubles.
import type { Policy } from '../../src-shared/contract/index.ts';
import { ESCALATION_MS, UNKNOWN_NAME_COUNTERS } from './policy.ts';
import type { Counter } from './records.ts';
import type { ConsoleTransaction } from './repository.ts';
import { hashToken } from './tokens.ts';

/** How many failures within the policy's span bring the lock. */
export const passwordLockAt = (policy: Policy): number => policy.passwordFailures + 1;
export const codeLockAt = (policy: Policy): number => policy.codeFailures;

/** The name is hashed: people type passwords into the name field, and those must not be stored (S8). */
export const nameCounterId = (nameKey: string): string => `name-${hashToken(nameKey)}`;
/** S7: a browser that has completed a sign-in of this user before has a counter of its own. */
export const deviceCounterId = (deviceId: string, userId: string): string => `device-${deviceId}-${userId}`;
/** Codes are counted per user, wherever they come from. */
export const codeCounterId = (userId: string): string => `code-${userId}`;

/** End of the lock that holds now, or null. */
export const lockedUntilMs = (counter: Counter | null, nowMs: number): number | null =>
  counter !== null && (counter.lockedUntilMs ?? 0) > nowMs ? counter.lockedUntilMs : null;

/** How many more failures are possible before the lock. */
export const failuresLeft = (
  counter: Counter | null,
  lockAt: number,
  policy: Policy,
  nowMs: number,
): number => lockAt - recent(counter?.failuresAtMs ?? [], nowMs - policy.failureWindowMs).length;

const recent = (timesMs: readonly number[], sinceMs: number): number[] =>
  timesMs.filter((atMs) => atMs > sinceMs);

/** The counter after one more failure. Pure. */
export function afterFailure(
  counter: Counter | null,
  id: string,
  known: boolean,
  lockAt: number,
  policy: Policy,
  nowMs: number,
): Counter {
  const failuresAtMs = [...recent(counter?.failuresAtMs ?? [], nowMs - policy.failureWindowMs), nowMs];
  const locksAtMs = recent(counter?.locksAtMs ?? [], nowMs - ESCALATION_MS);
  const next = { id, known, updatedAtMs: nowMs, lockedUntilMs: null, locksAtMs, failuresAtMs };
  if (failuresAtMs.length < lockAt) return next;
  const lockMs = Math.min(policy.lockMs * 2 ** locksAtMs.length, ESCALATION_MS);
  return { ...next, failuresAtMs: [], lockedUntilMs: nowMs + lockMs, locksAtMs: [...locksAtMs, nowMs] };
}

/** Forgets the failures after a success; earlier locks still make the next one longer. */
export async function clearFailures(tx: ConsoleTransaction, id: string): Promise<void> {
  const counter = await tx.counter(id);
  if (counter === null) return;
  if (counter.locksAtMs.length === 0) await tx.removeCounter(id);
  else await tx.putCounter({ ...counter, failuresAtMs: [], lockedUntilMs: null });
}

/**
 * Clears away counters that have become meaningless, a few at each failure. Those of names that nobody has are bounded in
 * number, the oldest leave first; neither do many counters of users make room for them sooner, nor keep them for longer.
 */
export async function sweepCounters(tx: ConsoleTransaction, nowMs: number): Promise<void> {
  for (const counter of await tx.oldestCounters(2)) {
    const isOver = counter.updatedAtMs <= nowMs - ESCALATION_MS && lockedUntilMs(counter, nowMs) === null;
    if (isOver) await tx.removeCounter(counter.id);
  }
  if ((await tx.countUnknownCounters()) <= UNKNOWN_NAME_COUNTERS) return;
  for (const { id } of await tx.oldestUnknownCounters(16)) await tx.removeCounter(id);
}
