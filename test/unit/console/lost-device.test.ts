// "I can't use my device": the ways on of G9–G11, and which of them are open to this user.
import { beforeEach, describe, expect, test } from 'vitest';
import { type Device, STEP, type TestBrowser, World } from './world.ts';

let world: World;
let administrator: TestBrowser;
let administratorDevice: Device;
let browser: TestBrowser;
let device: Device;
let userId: string;
beforeEach(async () => {
  world = await World.create();
  ({ administrator, administratorDevice, browser, device, userId } = await world.enrolled());
});

const ways = (where: TestBrowser) => world.call('console:lostDevice', {}, where);
const own = async (work: (code: string) => Promise<unknown>): Promise<void> => {
  world.clock.advance(STEP);
  await work(administratorDevice.code());
};

async function addAdministrator(name: string): Promise<string> {
  const id = await world.addUser(administrator, name);
  const role = { userId: id, role: 'administrator', administersUnitId: null } as const;
  await own((code) => world.call('administration:setRole', { ...role, code }, administrator));
  return id;
}

describe('the ways', () => {
  test('G9: the trusted browsers by name and last use, and one of them signs in without a code', async () => {
    const trusted = world.browser('Safari on macOS');
    await world.signInWithCode(trusted, 'jonas.frei', device, true);
    const lastUsedAtMs = world.clock.nowMs() - STEP;
    await world.signOut(trusted);
    await world.signIn(browser, 'jonas.frei');
    expect((await ways(browser)).trustedBrowsers).toEqual([{ name: 'Safari on macOS', lastUsedAtMs }]);
    expect((await world.signIn(trusted, 'jonas.frei')).kind).toBe('signed-in');
  });

  test('G10: whether the kept secret was proved, and a device set up from it works', async () => {
    await world.signIn(browser, 'jonas.frei');
    expect((await ways(browser)).backupProvenAtMs).toBeNull();
    await world.submitCode(browser, device.code());
    world.clock.advance(STEP);
    await world.call('console:proveBackup', { code: device.code() }, browser);
    const provenAtMs = world.clock.nowMs();
    await world.signOut(browser);
    await world.signIn(browser, 'jonas.frei');
    expect((await ways(browser)).backupProvenAtMs).toBe(provenAtMs);
  });

  test('G11: the administrators who can help, at most five: active, of all or of the user’s unit, not the user', async () => {
    for (const name of ['anna', 'bert', 'carla', 'dora', 'emil', 'fritz']) {
      await addAdministrator(name);
    }
    const inactive = await addAdministrator('aaron');
    await own((code) =>
      world.call('administration:setActive', { userId: inactive, active: false, code }, administrator),
    );
    await world.signIn(browser, 'jonas.frei');
    expect((await ways(browser)).administrators).toEqual(['anna', 'bert', 'carla', 'dora', 'emil']);
    const elsewhere = world.browser('Other');
    await world.signIn(elsewhere, 'maria.keller');
    expect((await ways(elsewhere)).administrators).not.toContain('Maria Keller');
  });

  test('G11: an administrator of another unit is not named', async () => {
    const mineId = await addAdministrator('mine');
    const otherId = await addAdministrator('other');
    await world.console.context.repository.transact(async (tx) => {
      for (const [id, unitId] of [
        [mineId, 'unit-1'],
        [otherId, 'unit-2'],
      ] as const) {
        await tx.putUnit({ id: unitId, name: unitId, nameKey: unitId, createdAtMs: 0 });
        const user = await tx.user(id);
        if (user !== null) await tx.putUser({ ...user, unitId, administersUnitId: unitId });
      }
      const user = await tx.user(userId);
      if (user !== null) await tx.putUser({ ...user, unitId: 'unit-1' });
    });
    await world.signIn(browser, 'jonas.frei');
    expect((await ways(browser)).administrators).toEqual(['Maria Keller', 'mine']);
  });

  test('recovery codes are counted only where the policy has them and some are left', async () => {
    await world.signIn(browser, 'jonas.frei');
    expect((await ways(browser)).recoveryCodesLeft).toBeNull();
  });
});

describe('who may ask', () => {
  test('only somebody whose password was right, and who is asked for a code', async () => {
    await world.refused('console:lostDevice', {}, world.browser('Nobody'), 'step-expired');
    await world.signInWithCode(browser, 'jonas.frei', device);
    await world.refused('console:lostDevice', {}, browser, 'step-expired');
  });

  test('S13: names only the user’s own browsers', async () => {
    const hers = world.browser('Maria’s phone');
    world.clock.advance(STEP);
    await world.signInWithCode(hers, 'maria.keller', administratorDevice, true);
    await world.signIn(browser, 'jonas.frei');
    expect((await ways(browser)).trustedBrowsers).toEqual([]);
  });
});
