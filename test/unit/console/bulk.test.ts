// Issue 4, bulk actions: one own code (S10), each user by itself with its own record, and a summary that leaves nothing out.
import { beforeEach, describe, expect, test } from 'vitest';
import type { BulkAction, Input, UserQuery } from '../../../src-shared/contract/index.ts';
import { everybody } from '../../fakes/console-queries.ts';
import { createUnits } from './unit-world.ts';
import { PASSWORD, STEP, type TestBrowser, World, describeEmbedded, embeddedTest } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

const whole: UserQuery = { search: '', filter: 'all', unitId: null, sort: 'user-name', descending: false };

const isNamed = (users: readonly string[] | Partial<UserQuery>): users is readonly string[] =>
  Array.isArray(users);

const bulk = (
  administrator: TestBrowser,
  action: BulkAction,
  users: readonly string[] | Partial<UserQuery>,
  more: { code?: string | null; unitId?: string | null } = {},
) =>
  world.call(
    'administration:bulk',
    {
      action,
      users: isNamed(users)
        ? { kind: 'named', ids: [...users] }
        : { kind: 'matching', query: { ...whole, ...users } },
      unitId: null,
      code: null,
      ...more,
    },
    administrator,
  );

const rowOf = (administrator: TestBrowser, userId: string) =>
  world.call('administration:user', { userId }, administrator);

describe('S10: the own code', () => {
  test('is asked once, before anything is done, and counts as used', async () => {
    const { administrator, administratorDevice, userId } = await world.enrolled();
    const input: Omit<Input<'administration:bulk'>, 'code'> = {
      action: 'deactivate',
      users: { kind: 'named', ids: [userId] },
      unitId: null,
    };
    await world.refused('administration:bulk', { ...input, code: null }, administrator, 'code-required');
    await world.refused(
      'administration:bulk',
      { ...input, code: administratorDevice.wrongCode() },
      administrator,
      'code-refused',
    );
    expect(await rowOf(administrator, userId)).toMatchObject({ active: true });
    const code = administratorDevice.code();
    expect(await bulk(administrator, 'deactivate', [userId], { code })).toEqual({ done: 1, notDone: [] });
    await world.refused(
      'administration:bulk',
      { ...input, action: 'activate', code },
      administrator,
      'code-refused',
    );
  });

  test('nobody resets or ends the own account among others', async () => {
    const { administrator, administratorDevice } = await world.enrolled();
    for (const action of ['reset-factor', 'deactivate', 'delete'] as const) {
      world.clock.advance(STEP);
      const { notDone } = await bulk(
        administrator,
        action,
        { search: 'maria' },
        { code: administratorDevice.code() },
      );
      expect(notDone.map(({ userName }) => userName)).toEqual(['maria.keller']);
    }
    expect((await world.step(administrator)).kind).toBe('signed-in');
  });

  test('where nobody matches, no code is used up', async () => {
    const { administrator } = await world.enrolled();
    expect(await bulk(administrator, 'delete', { search: 'nobody of that name' })).toEqual({
      done: 0,
      notDone: [],
    });
  });
});

describe('each action, with a record for each user and a reason for each other', () => {
  test.each<[BulkAction, string, string]>([
    ['reset-factor', 'factor-reset', 'Had nothing set up.'],
    ['reset-trusted-browsers', 'trusted-browsers-ended', 'Had no trusted browser.'],
    ['end-sessions', 'sessions-ended', 'Was not signed in.'],
  ])('%s (S11)', async (action, event, reason) => {
    const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    const { user } = await world.call(
      'administration:addUser',
      { userName: 'idle', displayName: 'Idle', role: 'user', unitId: null },
      administrator,
    );
    const code = administratorDevice.code();
    expect(await bulk(administrator, action, [userId, user.id], { code })).toEqual({
      done: 1,
      notDone: [{ userName: 'idle', reason }],
    });
    const records = await world.audit(administrator);
    expect(
      records.filter((record) => record.event === event).map(({ subject, actor }) => [subject, actor]),
    ).toEqual([['jonas.frei', 'maria.keller']]);
    expect((await world.step(browser)).kind === 'signed-in').toBe(action === 'reset-trusted-browsers');
    expect(await rowOf(administrator, userId)).toMatchObject(
      action === 'end-sessions' ? { liveSessions: 0, trustedBrowsers: 1 } : { trustedBrowsers: 0 },
    );
  });

  test('unlock', async () => {
    const administrator = await world.createOrganization();
    const lockedId = await world.addUser(administrator, 'jonas.frei');
    await world.addUser(administrator, 'free');
    for (let round = 0; round < 11; round += 1) {
      await world.refused(
        'console:signIn',
        { userName: 'jonas.frei', password: 'wrong' },
        world.browser(),
        'sign-in-refused',
      );
    }
    expect(await rowOf(administrator, lockedId)).not.toMatchObject({ lockedUntilMs: null });
    const { done, notDone } = await bulk(administrator, 'unlock', {});
    expect(done).toBe(1);
    expect(notDone.map(({ reason }) => reason)).toEqual(['Was not locked.', 'Was not locked.']);
    expect(await rowOf(administrator, lockedId)).toMatchObject({ lockedUntilMs: null });
  });

  test('deactivate and activate; S20: the last administrator stays, whatever the order', async () => {
    const administrator = await world.createOrganization();
    const ids = [await world.addUser(administrator, 'a'), await world.addUser(administrator, 'b')];
    const off = await bulk(administrator, 'deactivate', {});
    expect(off).toMatchObject({ done: 2, notDone: [{ userName: 'maria.keller' }] });
    for (const id of ids) expect(await rowOf(administrator, id)).toMatchObject({ active: false });
    const on = await bulk(administrator, 'activate', [...ids, ...ids]);
    expect(on).toEqual({ done: 2, notDone: [] });
  });

  test('S20: of all administrators, one stays when another demotes and deletes them together', async () => {
    const administrator = await world.createOrganization();
    const others = await Promise.all(
      ['x', 'y'].map((name) => world.addUser(administrator, name, 'administrator')),
    );
    const second = world.browser('Second');
    await world.signIn(second, 'x', PASSWORD);
    const [first, afterwards] = await Promise.all([
      bulk(administrator, 'deactivate', others),
      world.router(
        'administration:bulk',
        {
          action: 'deactivate',
          users: { kind: 'matching', query: { ...whole, search: 'maria' } },
          unitId: null,
          code: null,
        },
        second,
      ),
    ]);
    expect(first.done + (afterwards.ok ? 1 : 0)).toBeGreaterThan(0);
    const active = await world.console.context.repository.transact((tx) => tx.countActiveAdministrators());
    expect(active).toBeGreaterThanOrEqual(1);
  });

  test('delete takes everything of the user, and the audit keeps its word', async () => {
    const administrator = await world.createOrganization();
    const userId = await world.addUser(administrator, 'jonas.frei');
    expect(await bulk(administrator, 'delete', [userId, 'nobody'])).toEqual({
      done: 1,
      notDone: [{ userName: '–', reason: 'There is no such user any more. Look at the list again.' }],
    });
    await world.refused('administration:user', { userId }, administrator, 'not-found');
    expect((await world.audit(administrator)).at(-1)).toMatchObject({
      event: 'user-deleted',
      subject: 'jonas.frei',
    });
  });

  test('set-unit moves them, and refuses an unknown unit for all of them at once', async () => {
    const units = await createUnits(world);
    const { administrator, labId, insideId, outsideId } = units;
    const moved = await bulk(administrator, 'set-unit', [insideId, outsideId], { unitId: labId });
    expect(moved).toEqual({ done: 1, notDone: [{ userName: 'otto.outside', reason: 'Was in that unit.' }] });
    expect(await rowOf(administrator, insideId)).toMatchObject({ unitId: labId });
    const unknown: Input<'administration:bulk'> = {
      action: 'set-unit',
      users: { kind: 'named', ids: [insideId] },
      unitId: 'none',
      code: null,
    };
    await world.refused('administration:bulk', unknown, administrator, 'not-found');
    await bulk(administrator, 'set-unit', [insideId], { unitId: null });
    expect(await rowOf(administrator, insideId)).toMatchObject({ unitId: null });
  });
});

describeEmbedded('many', () => {
  const addMany = async (administrator: TestBrowser, count: number): Promise<void> => {
    const content = Array.from({ length: count }, (_, index) => `user${String(index).padStart(4, '0')}`).join(
      '\n',
    );
    await world.call('administration:importUsers', { content, jobId: 'job', code: null }, administrator);
  };

  embeddedTest(
    'all that match are done in transactions of bounded size, between which others have their turn',
    async () => {
      const administrator = await world.createOrganization();
      await addMany(administrator, 450);
      const before = world.store.commits.length;
      const signedIn: Promise<unknown> = bulk(administrator, 'deactivate', { search: 'user' });
      // Asked while the bulk action is under way.
      const meanwhile = world.call('administration:directory', everybody, administrator);
      expect(await signedIn).toEqual({ done: 450, notDone: [] });
      expect((await meanwhile).counts.inactive).toBeLessThan(450);
      const commits = world.store.commits
        .slice(before)
        .filter((changes) => changes.some(({ table }) => table === 'users'));
      expect(commits.length).toBe(5);
      for (const changes of commits) {
        const users = changes.filter(({ table }) => table === 'users').length;
        const records = changes.filter(({ table }) => table === 'audit').length;
        // Each user's change and its record are in one transaction.
        expect(records).toBe(users);
      }
      expect(await world.call('administration:verifyAudit', {}, administrator)).toMatchObject({
        kind: 'intact',
      });
    },
  );

  embeddedTest(
    'S21: when the disk fails half-way, what was done stays, and the summary names all others',
    async () => {
      const administrator = await world.createOrganization();
      await addMany(administrator, 250);
      const from = world.store.commits.length;
      Object.defineProperty(world.store, 'failsWith', {
        get: () => (world.store.commits.length > from ? new Error('disk full') : null),
      });
      const { done, notDone } = await bulk(administrator, 'deactivate', { search: 'user' });
      expect(done).toBe(100);
      expect(notDone).toHaveLength(150);
      expect(notDone[0]?.userName).toBe('user0100');
      for (const { reason } of notDone) expect(reason).toContain('could not write');
      const { counts } = await world.call('administration:directory', everybody, administrator);
      expect(counts.inactive).toBe(100);
    },
  );
});
