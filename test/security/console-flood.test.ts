// Floods of names that nobody has: they are bounded, and change nothing for the names of users.
import { expect, test } from 'vitest';
import { EmbeddedRepository } from '../../src-main/console/embedded-repository.ts';
import { ESCALATION_MS, UNKNOWN_NAME_COUNTERS } from '../../src-main/console/policy.ts';
import type { Counter } from '../../src-main/console/records.ts';
import { sweepCounters } from '../../src-main/console/throttle.ts';
import { MemoryChangeStore } from '../../src-main/storage/memory-change-store.ts';
import { START_MS } from '../unit/console/world.ts';

const counter = (id: string, known: boolean): Counter => ({
  id,
  known,
  updatedAtMs: START_MS,
  failuresAtMs: [START_MS],
  lockedUntilMs: null,
  locksAtMs: [],
});

const repositoryWith = async (counters: readonly Counter[]): Promise<EmbeddedRepository> => {
  const repository = await EmbeddedRepository.open(new MemoryChangeStore());
  await repository.transact(async (tx) => {
    for (const each of counters) await tx.putCounter(each);
  });
  return repository;
};

/** One more failure of a name that nobody has. */
const fail = (repository: EmbeddedRepository, id: string, nowMs = START_MS): Promise<void> =>
  repository.transact(async (tx) => {
    await tx.putCounter(counter(id, false));
    await sweepCounters(tx, nowMs);
  });

const named = (prefix: string, count: number, known: boolean): Counter[] =>
  Array.from({ length: count }, (_, index) => counter(`${prefix}-${index}`, known));

test('S15: counters of unknown names are bounded, however many of users are older', async () => {
  const repository = await repositoryWith([
    ...named('user', 50, true),
    ...named('nobody', UNKNOWN_NAME_COUNTERS + 1, false),
  ]);
  await fail(repository, 'nobody-more');
  await repository.transact(async (tx) => {
    expect(await tx.countUnknownCounters()).toBeLessThanOrEqual(UNKNOWN_NAME_COUNTERS);
    // The oldest of them left, and none of the users'.
    expect(await tx.counter('nobody-0')).toBeNull();
    expect(await tx.counter('nobody-16')).not.toBeNull();
    expect(await tx.counter('user-0')).not.toBeNull();
  });
});

test('S15: many counters of users take none from an unknown name: it is locked just like a known one', async () => {
  const repository = await repositoryWith([
    counter('nobody', false),
    ...named('user', UNKNOWN_NAME_COUNTERS + 1, true),
  ]);
  await fail(repository, 'nobody-more');
  await repository.transact(async (tx) => {
    expect(await tx.counter('nobody')).not.toBeNull();
  });
});

test('S5: what is over is cleared away, of users too', async () => {
  const repository = await repositoryWith(named('user', 2, true));
  await fail(repository, 'nobody', START_MS + ESCALATION_MS);
  await repository.transact(async (tx) => {
    expect([await tx.counter('user-0'), await tx.counter('user-1')]).toEqual([null, null]);
  });
});
