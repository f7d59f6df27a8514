// S15: whether a name is known, locked, a service account's or nobody's cannot be told from the work or the time of a refusal.
import { describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { Console } from '../../src-main/console/console.ts';
import { EmbeddedRepository } from '../../src-main/console/embedded-repository.ts';
import { createOrganization } from '../../src-main/console/organization.ts';
import { createArgon2Hasher, type PasswordHasher } from '../../src-main/console/passwords.ts';
import { signIn } from '../../src-main/console/sign-in.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import { MemoryChangeStore } from '../../src-main/storage/memory-change-store.ts';
import { PASSWORD, START_MS, TestBrowser, World } from '../unit/console/world.ts';

const WRONG = 'certainly not the password';

describe('S15: the work', () => {
  test('one verification, no hash and one stored change for whatever name and reason', async () => {
    const world = await World.create();
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'known');
    await world.addUser(administrator, 'locked');
    const offId = await world.addUser(administrator, 'deactivated');
    const serviceId = await world.addUser(administrator, 'service');
    await world.call('administration:setActive', { userId: offId, active: false, code: null }, administrator);
    await world.call(
      'administration:setServiceAccount',
      { userId: serviceId, isServiceAccount: true, code: null },
      administrator,
    );
    await world.turnOn(administrator);
    await world.setUp(world.browser('Device'), 'known');
    const lock = async (userName: string): Promise<void> => {
      for (let failure = 0; failure < 11; failure += 1) {
        await world.refused(
          'console:signIn',
          { userName, password: WRONG },
          world.browser('Guesser'),
          'sign-in-refused',
        );
      }
    };
    await lock('locked');
    await lock('nobody.locked');

    const attempts: readonly (readonly [string, string])[] = [
      ['nobody', WRONG],
      ['nobody.locked', WRONG],
      ['known', WRONG],
      ['locked', WRONG],
      ['locked', PASSWORD],
      ['deactivated', WRONG],
      ['deactivated', PASSWORD],
      ['service', WRONG],
      ['x'.repeat(200), WRONG],
    ];
    const seen = new Set<string>();
    for (const [userName, password] of attempts) {
      const { verified, hashed } = world.hasher;
      const commits = world.store.commits.length;
      const browser = world.browser('Guesser');
      const answer = await world.router('console:signIn', { userName, password }, browser);
      seen.add(
        JSON.stringify({
          answer,
          verified: world.hasher.verified - verified,
          hashed: world.hasher.hashed - hashed,
          commits: world.store.commits.length - commits,
          slots: [...browser.slots.keys()],
        }),
      );
    }
    expect([...seen]).toHaveLength(1);
    expect([...seen][0]).toContain('"verified":1,"hashed":0,"commits":1,"slots":[]');
  });
});

/** How many times slower one may be than the other, by medians of interleaved samples, on a busy machine. */
const BOUND = 1.5;
const ROUNDS = 40;

const median = (samples: readonly number[]): number =>
  samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? Number.NaN;

/** A console on the real hasher, or on one that spoils the measure. */
async function consoleOn(hasher: PasswordHasher) {
  const clock = new VirtualClock(START_MS);
  const { context } = new Console({
    repository: await EmbeddedRepository.open(new MemoryChangeStore()),
    key: () => ({ id: 'test-key', bytes: new Uint8Array(32).fill(7) }),
    clock,
    hasher,
    events: new EventHub(),
  });
  const browser = (): TestBrowser => new TestBrowser('Timing', clock);
  await createOrganization(
    context,
    { organization: 'Northwind', displayName: 'Maria', userName: 'known', password: PASSWORD },
    browser(),
  );
  const refusalMs = async (userName: string): Promise<number> => {
    const startMs = performance.now();
    await expect(signIn(context, { userName, password: WRONG }, browser())).rejects.toMatchObject({
      code: 'sign-in-refused',
    });
    return performance.now() - startMs;
  };
  return { refusalMs };
}

/** The medians of refusals of these names. Interleaved: what slows the machine down slows all of them down alike. */
async function medians(hasher: PasswordHasher, names: readonly string[]): Promise<readonly number[]> {
  const { refusalMs } = await consoleOn(hasher);
  // Also makes what is made at the first use alone, and locks every name that is tried often enough.
  for (const name of names) await refusalMs(name);
  const samples = names.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    // In turning order, so that no name is always the one after another.
    for (let place = 0; place < names.length; place += 1) {
      const index = (place + round) % names.length;
      samples[index]?.push(await refusalMs(names[index] ?? ''));
    }
  }
  return samples.map(median);
}

const spread = (values: readonly number[]): number => Math.max(...values) / Math.min(...values);

describe('S15: the time', () => {
  // After ten failures of the 41 a name is locked: what is compared holds for open and for locked names.
  test('a known, an unknown and another unknown name take the same, by medians of interleaved refusals', async () => {
    expect(spread(await medians(createArgon2Hasher(), ['known', 'nobody', 'nobody.else']))).toBeLessThan(
      BOUND,
    );
  });

  test('the measure finds a hasher that does no work for unknown names', async () => {
    const real = createArgon2Hasher();
    const hasty: PasswordHasher = {
      hash: (password) => real.hash(password),
      verify: (hash, password) => (hash === null ? Promise.resolve(false) : real.verify(hash, password)),
    };
    expect(spread(await medians(hasty, ['known', 'nobody']))).toBeGreaterThan(2 * BOUND);
  });
});
