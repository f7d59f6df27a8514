// Power that must not be got: over administrators of another unit, or with the code that somebody else has shown.
import { beforeEach, expect, test } from 'vitest';
import type { Browser } from '../../src-main/ipc/caller.ts';
import { isMethodName, type MethodName } from '../../src-shared/contract/index.ts';
import { samples } from '../contract/samples.ts';
import { createUnits } from '../unit/console/unit-world.ts';
import { STEP, World } from '../unit/console/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

/** Every method that acts on one user. */
const onUser: readonly MethodName[] = Object.entries(samples)
  .filter(([name, sample]) => name.startsWith('administration:') && 'userId' in sample && 'code' in sample)
  .map(([name]) => name)
  .filter(isMethodName);

test('the table of methods on a user is not empty', () => {
  expect(onUser).toContain('administration:resetFactor');
  expect(onUser).toContain('administration:newOneTimePassword');
  expect(onUser.length).toBeGreaterThanOrEqual(9);
});

test.each(onUser)(
  'S10: %s has no power over the administrator of another unit who belongs to the own one',
  async (name) => {
    const { administrator, salesId, labId, salesAdministrator, insideId } = await createUnits(world);
    await world.call(
      'administration:setRole',
      { userId: insideId, role: 'administrator', administersUnitId: labId, code: null },
      administrator,
    );
    const commits = world.store.commits.length;
    const input: unknown = Object.assign({}, samples[name], { userId: insideId, code: null });
    const stays = name === 'administration:editUser' ? { unitId: salesId } : {};
    expect(await world.router(name, Object.assign({}, input, stays), salesAdministrator)).toMatchObject({
      ok: false,
      error: { code: 'not-permitted' },
    });
    expect(world.store.commits).toHaveLength(commits);
  },
);

test('S10: many at once leave the administrator of another unit out', async () => {
  const { administrator, labId, salesAdministrator, insideId } = await createUnits(world);
  await world.call(
    'administration:setRole',
    { userId: insideId, role: 'administrator', administersUnitId: labId, code: null },
    administrator,
  );
  const { done, notDone } = await world.call(
    'administration:bulk',
    { action: 'deactivate', users: { kind: 'named', ids: [insideId] }, unitId: null, code: null },
    salesAdministrator,
  );
  expect(done).toBe(0);
  expect(notDone[0]?.reason).toContain('administers more than your unit');
});

test('G11: the administrator of another unit is sent to one of the organization, not to one of the unit', async () => {
  const { administrator, labId, insideId } = await createUnits(world);
  await world.turnOn(administrator);
  const browser = world.browser();
  await world.setUp(browser, 'ines.inside');
  await world.signOut(browser);
  await world.signIn(browser, 'ines.inside');
  const asked = async () => (await world.call('console:lostDevice', {}, browser)).administrators;
  expect(await asked()).toEqual(['Maria Keller', 'sara.sales']);
  await world.call(
    'administration:setRole',
    { userId: insideId, role: 'administrator', administersUnitId: labId, code: null },
    administrator,
  );
  expect(await asked()).toEqual(['Maria Keller']);
});

test('S10: many at once do not go on with a code of one administrator in the session of another', async () => {
  const { administrator, administratorDevice } = await world.enrolled();
  const otherId = await world.addUser(administrator, 'amara.okafor');
  await world.call(
    'administration:setRole',
    { userId: otherId, role: 'administrator', administersUnitId: null, code: administratorDevice.code() },
    administrator,
  );
  world.clock.advance(STEP);
  const other = world.browser('Amara’s');
  await world.setUp(other, 'amara.okafor');
  for (let made = 0; made < 120; made += 1) {
    await world.call(
      'administration:addUser',
      { userName: `user-${made}`, displayName: 'User', role: 'user', unitId: null },
      administrator,
    );
  }
  // The first hundred are one transaction. After it the browser holds the session of somebody else.
  const commitsBefore = world.store.commits.length;
  const swapped: Browser = {
    name: administrator.name,
    read: (slot) => (world.store.commits.length > commitsBefore + 1 ? other : administrator).read(slot),
    write: (slot, value, expiresAtMs) => administrator.write(slot, value, expiresAtMs),
    clear: (slot) => administrator.clear(slot),
  };
  const { done, notDone } = await world.call(
    'administration:bulk',
    {
      action: 'deactivate',
      users: {
        kind: 'matching',
        query: { search: 'user-', filter: 'all', unitId: null, sort: 'user-name', descending: false },
      },
      unitId: null,
      code: administratorDevice.code(),
    },
    { browser: swapped },
  );
  expect([done, notDone.length]).toEqual([100, 20]);
  expect(notDone[0]?.reason).toContain('Somebody else has signed in');
});
