// S21: a failing disk or keychain closes the console, with a clear message and nothing half-written.
import { beforeEach, describe, expect, test } from 'vitest';
import { EmbeddedRepository } from '../../../src-main/console/embedded-repository.ts';
import { MemoryChangeStore } from '../../../src-main/storage/memory-change-store.ts';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import { PASSWORD, World, describeEmbedded, embeddedTest } from './world.ts';
import { everybody } from '../../fakes/console-queries.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

describeEmbedded('S21: the disk', () => {
  embeddedTest(
    'a sign-in that cannot be written is refused as such, with no session and no lost counter',
    async () => {
      const { browser, device } = await world.enrolled();
      await world.signIn(browser, 'jonas.frei');
      const step = await world.step(browser);
      const code = device.code();
      world.store.failsWith = new TwofoldError('storage-failed', 'The disk is full. Nothing was changed.', {
        reason: 'full',
      });
      const error = await world.refused(
        'console:submitCode',
        { code, trustBrowser: true },
        browser,
        'storage-failed',
      );
      expect(error.details).toEqual({ reason: 'full' });
      await world.refused(
        'console:submitCode',
        { code: device.wrongCode(), trustBrowser: false },
        browser,
        'storage-failed',
      );
      expect([...browser.slots.keys()].sort()).toEqual(['challenge', 'device']);
      world.store.failsWith = null;
      expect(await world.step(browser)).toEqual(step);
      expect((await world.submitCode(browser, code)).kind).toBe('signed-in');
    },
  );

  embeddedTest('no guess is free while the disk is full: nothing is answered but the failure', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    world.store.failsWith = new Error('no space');
    for (const password of [PASSWORD, 'wrong']) {
      const error = await world.refused(
        'console:signIn',
        { userName: 'jonas.frei', password },
        world.browser(),
        'storage-failed',
      );
      expect(error.message).toContain('nothing was changed');
    }
  });
});

describe('S21: the key', () => {
  const unavailable = new TwofoldError(
    'key-unavailable',
    'The keychain does not answer. Nothing was overwritten.',
  );

  test('without it no code is accepted and nothing is counted; with it again all goes on', async () => {
    const { browser, device } = await world.enrolled();
    await world.signIn(browser, 'jonas.frei');
    const commits = world.store.commits.length;
    world.keyFailsWith = unavailable;
    await world.refused(
      'console:submitCode',
      { code: device.code(), trustBrowser: false },
      browser,
      'key-unavailable',
    );
    expect(world.store.commits).toHaveLength(commits);
    world.keyFailsWith = null;
    expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
  });

  test('without it no set-up begins', async () => {
    const administrator = await world.createOrganization();
    await world.turnOn(administrator);
    await world.signOut(administrator);
    world.keyFailsWith = unavailable;
    await world.refused(
      'console:signIn',
      { userName: 'maria.keller', password: PASSWORD },
      administrator,
      'key-unavailable',
    );
    expect((await world.tables()).get('factors')).toBeUndefined();
  });

  test('S8: a sealed secret moved to another user does not open', async () => {
    const { administrator, userId, browser, device } = await world.enrolled();
    const { users } = await world.call(
      'administration:directory',
      { ...everybody, search: 'maria' },
      administrator,
    );
    await world.console.context.repository.transact(async (tx) => {
      const factorOf = async (id: string) => tx.factor((await tx.user(id))?.factorId ?? '');
      const [theirs, own] = [await factorOf(users[0]?.id ?? ''), await factorOf(userId)];
      if (theirs === null || own === null) throw new Error('No factor.');
      await tx.putFactor({ ...theirs, sealedSecret: own.sealedSecret });
    });
    await world.signIn(browser, 'maria.keller');
    await world.refused(
      'console:submitCode',
      { code: device.code(), trustBrowser: false },
      browser,
      'key-unavailable',
    );
  });
});

describe('the embedded repository', () => {
  const counter = (id: string) => ({
    id,
    failuresAtMs: [],
    lockedUntilMs: null,
    locksAtMs: [],
    updatedAtMs: 0,
    known: true,
  });

  test('what a transaction threw away is not seen by the next', async () => {
    const repository = await EmbeddedRepository.open(new MemoryChangeStore());
    const failing = repository.transact(async (tx) => {
      await tx.putCounter(counter('one'));
      expect(await tx.counter('one')).not.toBeNull();
      throw new Error('half-way');
    });
    await expect(failing).rejects.toThrow('half-way');
    expect(await repository.transact((tx) => tx.counter('one'))).toBeNull();
  });

  test('transactions run one after the other, also when they start together', async () => {
    const repository = await EmbeddedRepository.open(new MemoryChangeStore());
    await Promise.all(
      Array.from({ length: 50 }, () =>
        repository.transact(async (tx) => {
          const before = await tx.counter('one');
          await new Promise<void>((resolve) => setImmediate(resolve));
          await tx.putCounter({ ...counter('one'), updatedAtMs: (before?.updatedAtMs ?? 0) + 1 });
        }),
      ),
    );
    expect(await repository.transact((tx) => tx.counter('one'))).toMatchObject({ updatedAtMs: 50 });
  });

  test('reading costs no write', async () => {
    await world.createOrganization();
    const commits = world.store.commits.length;
    await world.step(world.browser());
    expect(world.store.commits).toHaveLength(commits);
  });

  test('a record that it cannot read is named as a storage failure, and kept', async () => {
    const store = new MemoryChangeStore();
    await store.commit([{ table: 'users', id: 'one', record: { id: 'one' } }]);
    await expect(EmbeddedRepository.open(store)).rejects.toMatchObject({ code: 'storage-failed' });
    expect((await store.load()).get('users')?.size).toBe(1);
  });

  test('S3: the last accepted step is set only from the value that was read', async () => {
    const { userId } = await world.enrolled();
    await world.console.context.repository.transact(async (tx) => {
      const id = (await tx.user(userId))?.factorId ?? '';
      const from = (await tx.factor(id))?.lastAcceptedStep ?? null;
      expect(await tx.advanceStep(id, (from ?? 0) - 1, 999)).toBe(false);
      expect(await tx.advanceStep('nobody', from, 999)).toBe(false);
      expect(await tx.advanceStep(id, from, (from ?? 0) + 1)).toBe(true);
      expect(await tx.advanceStep(id, from, (from ?? 0) + 1)).toBe(false);
    });
  });
});
