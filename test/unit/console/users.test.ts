// Issue 4, users: adding with a unit, editing, deleting, and what each of these ends (S10, S11, S20).
import { beforeEach, describe, expect, test } from 'vitest';
import { everybody } from '../../fakes/console-queries.ts';
import { createUnits } from './unit-world.ts';
import { MINUTE, PASSWORD, STEP, type TestBrowser, World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

const edit = (userId: string, more: object = {}) => ({
  userId,
  userName: 'jonas.frei',
  displayName: 'Jonas Frei',
  unitId: null,
  code: null,
  ...more,
});

describe('adding', () => {
  test('with a unit, and a name that nobody else has, however it is written', async () => {
    const { administrator, labId } = await createUnits(world);
    const newcomer = { userName: 'Zoë', displayName: ' Zoë M. ', role: 'user', unitId: labId } as const;
    const { user } = await world.call('administration:addUser', newcomer, administrator);
    expect(user).toMatchObject({
      displayName: 'Zoë M.',
      unitId: labId,
      mustChangePassword: true,
      factor: 'not-set-up',
      lastSignInAtMs: null,
      createdAtMs: world.clock.nowMs(),
    });
    await world.refused(
      'administration:addUser',
      { ...newcomer, userName: 'ZOË' },
      administrator,
      'already-exists',
    );
    await world.refused(
      'administration:addUser',
      { ...newcomer, userName: 'new', unitId: 'none' },
      administrator,
      'not-found',
    );
  });
});

describe('editing', () => {
  test('changes names and unit, says what in the audit, and the user signs in under the new name', async () => {
    const { administrator, labId, insideId } = await createUnits(world);
    const browser = world.browser();
    await world.signIn(browser, 'ines.inside');
    const row = await world.call(
      'administration:editUser',
      edit(insideId, { userName: 'ines.outer', displayName: ' Ines Outer ', unitId: labId }),
      administrator,
    );
    expect(row).toMatchObject({
      userName: 'ines.outer',
      displayName: 'Ines Outer',
      unitId: labId,
      liveSessions: 1,
    });
    expect((await world.audit(administrator)).at(-1)).toMatchObject({
      event: 'user-edited',
      subject: 'ines.outer',
      summary:
        'The user was changed: user name ines.inside is now ines.outer, another display name, unit Lab.',
    });
    expect((await world.step(browser)).kind).toBe('signed-in');
    await world.refused(
      'console:signIn',
      { userName: 'ines.inside', password: PASSWORD },
      world.browser(),
      'sign-in-refused',
    );
    expect((await world.signIn(world.browser(), 'INES.outer')).kind).toBe('signed-in');
  });

  test('refuses a name of somebody else; without a change it writes nothing', async () => {
    const administrator = await world.createOrganization();
    const userId = await world.addUser(administrator, 'jonas.frei');
    await world.refused(
      'administration:editUser',
      edit(userId, { userName: 'Maria.Keller' }),
      administrator,
      'already-exists',
    );
    await world.call('administration:editUser', edit(userId), administrator);
    const commits = world.store.commits.length;
    await world.call('administration:editUser', edit(userId), administrator);
    expect(world.store.commits).toHaveLength(commits);
    await world.refused('administration:editUser', edit('nobody'), administrator, 'not-found');
  });

  test('S10: needs the own code', async () => {
    const { administrator, administratorDevice, userId } = await world.enrolled();
    const change = edit(userId, { displayName: 'Jonas F.' });
    await world.refused('administration:editUser', change, administrator, 'code-required');
    await world.refused(
      'administration:editUser',
      { ...change, code: administratorDevice.wrongCode() },
      administrator,
      'code-refused',
    );
    const row = await world.call(
      'administration:editUser',
      { ...change, code: administratorDevice.code() },
      administrator,
    );
    expect(row.displayName).toBe('Jonas F.');
  });
});

describe('deleting', () => {
  test('S11: ends everything of the user; the name is free, and a new user of that name has nothing of it', async () => {
    const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    const waiting = world.browser('Waiting');
    await world.signIn(waiting, 'jonas.frei');
    await world.refused('administration:deleteUser', { userId, code: null }, administrator, 'code-required');
    await world.call(
      'administration:deleteUser',
      { userId, code: administratorDevice.code() },
      administrator,
    );
    for (const one of [browser, waiting]) expect((await world.step(one)).kind).toBe('signed-out');
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: PASSWORD },
      browser,
      'sign-in-refused',
    );
    await world.refused('administration:user', { userId }, administrator, 'not-found');
    const tables = await world.tables();
    for (const name of ['users', 'factors', 'sessions', 'challenges', 'trusted-browsers']) {
      expect(JSON.stringify([...(tables.get(name)?.values() ?? [])]), name).not.toContain(userId);
    }
    const records = await world.audit(administrator);
    expect(records.at(-1)).toMatchObject({ event: 'password-refused' });
    expect(records.filter(({ event }) => event === 'user-deleted').map(({ subject }) => subject)).toEqual([
      'jonas.frei',
    ]);
    world.clock.advance(STEP);
    await world.addUser(administrator, 'jonas.frei');
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('set-up');
  });

  test('S20: not the own account, and not the last active administrator', async () => {
    const administrator = await world.createOrganization();
    const own = await world.step(administrator);
    const ownId = own.kind === 'signed-in' ? own.person.id : '';
    await world.refused(
      'administration:deleteUser',
      { userId: ownId, code: null },
      administrator,
      'conflict',
    );
    const secondId = await world.addUser(administrator, 'second', 'administrator');
    const second = world.browser('Second');
    await world.signIn(second, 'second');
    const answers = await Promise.all([
      world.router('administration:deleteUser', { userId: secondId, code: null }, administrator),
      world.router('administration:deleteUser', { userId: ownId, code: null }, second),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('what the row says', () => {
  const row = (administrator: TestBrowser, userId: string) =>
    world.call('administration:user', { userId }, administrator);

  test('a pending set-up until its time is over, a lock until it ends, sessions and trust', async () => {
    const { administrator, userId, browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    expect(await row(administrator, userId)).toMatchObject({
      factor: 'set-up',
      liveSessions: 1,
      trustedBrowsers: 1,
      lockedUntilMs: null,
    });
    const newcomerId = await world.addUser(administrator, 'pending');
    await world.signIn(world.browser(), 'pending');
    expect(await row(administrator, newcomerId)).toMatchObject({ factor: 'pending' });
    world.clock.advance(20 * MINUTE);
    expect(await row(administrator, newcomerId)).toMatchObject({
      factor: 'not-set-up',
      pendingUntilMs: null,
    });
    for (let round = 0; round < 11; round += 1) {
      await world.refused(
        'console:signIn',
        { userName: 'pending', password: 'wrong' },
        world.browser(),
        'sign-in-refused',
      );
    }
    expect((await row(administrator, newcomerId)).lockedUntilMs).toBe(world.clock.nowMs() + 5 * MINUTE);
    const locked = await world.call(
      'administration:directory',
      { ...everybody, filter: 'locked' },
      administrator,
    );
    expect(locked.users.map(({ userName }) => userName)).toEqual(['pending']);
  });
});
