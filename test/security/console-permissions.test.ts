// Every method that is not for everybody refuses who may not call it, before it does anything.
import { beforeEach, describe, expect, test } from 'vitest';
import { isMethodName, type MethodName, methods } from '../../src-shared/contract/index.ts';
import { samples } from '../contract/samples.ts';
import { MINUTE, type TestBrowser, World } from '../unit/console/world.ts';

const ofConsole = Object.keys(methods)
  .filter(isMethodName)
  .filter((name) => name.startsWith('console:') || name.startsWith('administration:'));
const forAdministrators = ofConsole.filter((name) => methods[name].access === 'administrator');
const forSignedIn = ofConsole.filter((name) => methods[name].access === 'signed-in');

let world: World;
let administrator: TestBrowser;
beforeEach(async () => {
  world = await World.create();
  administrator = await world.createOrganization();
  await world.addUser(administrator, 'jonas.frei');
});

const refusesAs = async (name: MethodName, browser: TestBrowser, code: string): Promise<void> => {
  const commits = world.store.commits.length;
  expect(await world.router(name, samples[name], browser)).toMatchObject({ ok: false, error: { code } });
  expect(world.store.commits).toHaveLength(commits);
};

describe('access', () => {
  test('every administration method is for administrators alone', () => {
    expect(forAdministrators).toEqual(ofConsole.filter((name) => name.startsWith('administration:')));
    expect(forAdministrators.length).toBeGreaterThanOrEqual(17);
    expect(forSignedIn).toContain('console:startReset');
  });

  test.each(forAdministrators)('%s refuses a plain user and nobody', async (name) => {
    await refusesAs(name, world.browser('Nobody'), 'not-signed-in');
    const user = world.browser('User');
    await world.signIn(user, 'jonas.frei');
    await refusesAs(name, user, 'not-permitted');
  });

  test.each(forSignedIn)(
    '%s refuses nobody, a made-up token and a sign-in that waits for its code',
    async (name) => {
      await refusesAs(name, world.browser('Nobody'), 'not-signed-in');
      const forger = world.browser('Forger');
      forger.write('session', 'A'.repeat(43), world.clock.nowMs() + MINUTE);
      await refusesAs(name, forger, 'not-signed-in');
      await world.turnOn(administrator);
      const waiting = world.browser('Waiting');
      await world.signIn(waiting, 'jonas.frei');
      waiting.write('session', waiting.read('challenge') ?? '', world.clock.nowMs() + MINUTE);
      await refusesAs(name, waiting, 'not-signed-in');
    },
  );

  test.each(forAdministrators)(
    '%s refuses an administrator who was deactivated or deleted, in a live session',
    async (name) => {
      for (const end of ['deactivated', 'deleted'] as const) {
        const userName = `former.${end}`;
        const userId = await world.addUser(administrator, userName, 'administrator');
        const former = world.browser('Former');
        await world.signIn(former, userName);
        const token = former.read('session') ?? '';
        await world.call('administration:policy', {}, former);
        if (end === 'deactivated') {
          await world.call('administration:setActive', { userId, active: false, code: null }, administrator);
        } else {
          await world.call('administration:deleteUser', { userId, code: null }, administrator);
        }
        former.write('session', token, world.clock.nowMs() + MINUTE);
        await refusesAs(name, former, 'not-signed-in');
      }
    },
  );

  test.each(forAdministrators)(
    '%s refuses a made-up token, and an administrator who waits for the code',
    async (name) => {
      const forger = world.browser('Forger');
      forger.write('session', 'A'.repeat(43), world.clock.nowMs() + MINUTE);
      await refusesAs(name, forger, 'not-signed-in');
      await world.turnOn(administrator);
      await world.signOut(administrator);
      await world.setUp(administrator, 'maria.keller');
      const waiting = world.browser('Waiting');
      expect((await world.signIn(waiting, 'maria.keller')).kind).toBe('code');
      waiting.write('session', waiting.read('challenge') ?? '', world.clock.nowMs() + MINUTE);
      await refusesAs(name, waiting, 'not-signed-in');
    },
  );

  test.each(forAdministrators)('%s refuses a service account', async (name) => {
    const userId = await world.addUser(administrator, 'backup.service');
    await world.call(
      'administration:setServiceAccount',
      { userId, isServiceAccount: true, code: null },
      administrator,
    );
    const service = world.browser('Service');
    await world.signIn(service, 'backup.service');
    expect((await world.step(service)).kind).toBe('signed-in');
    await refusesAs(name, service, 'not-permitted');
  });

  test('every method of the console says who may call it, and those for everybody are these', () => {
    const forEverybody = ofConsole.filter((name) => methods[name].access === 'local');
    expect(forEverybody).toEqual([
      'console:step',
      'console:passwordStrength',
      'console:createOrganization',
      'console:createSample',
      'console:signIn',
      'console:changePassword',
      'console:submitCode',
      'console:resynchronize',
      'console:lostDevice',
      'console:submitRecoveryCode',
      'console:useBreakGlass',
      'console:confirmSetUp',
      'console:secretFile',
      'console:finishSetUp',
      'console:cancelSignIn',
      'console:signOut',
    ]);
    expect(forEverybody.length + forSignedIn.length + forAdministrators.length).toBe(ofConsole.length);
  });

  test.each<readonly [MethodName, string]>([
    ['console:createOrganization', 'already-exists'],
    ['console:createSample', 'already-exists'],
    ['console:changePassword', 'step-expired'],
    ['console:submitCode', 'step-expired'],
    ['console:resynchronize', 'step-expired'],
    ['console:lostDevice', 'step-expired'],
    ['console:submitRecoveryCode', 'step-expired'],
    ['console:useBreakGlass', 'step-expired'],
    ['console:confirmSetUp', 'step-expired'],
    ['console:secretFile', 'step-expired'],
    ['console:finishSetUp', 'not-signed-in'],
  ])('%s, which another moment is for, gives nobody and a signed-in user nothing', async (name, code) => {
    await refusesAs(name, world.browser('Nobody'), code);
    const user = world.browser('User');
    await world.signIn(user, 'jonas.frei');
    if (name !== 'console:finishSetUp') await refusesAs(name, user, code);
  });

  test.each(['deactivated', 'demoted'])(
    'an administrator who was %s has no power left in a live session',
    async (how) => {
      const secondId = await world.addUser(administrator, 'amara.okafor', 'administrator');
      const second = world.browser('Second');
      await world.signIn(second, 'amara.okafor');
      await world.call('administration:policy', {}, second);
      if (how === 'demoted') {
        await world.call(
          'administration:setRole',
          { userId: secondId, role: 'user', administersUnitId: null, code: null },
          administrator,
        );
        await refusesAs('administration:policy', second, 'not-permitted');
      } else {
        await world.call(
          'administration:setActive',
          { userId: secondId, active: false, code: null },
          administrator,
        );
        await refusesAs('administration:policy', second, 'not-signed-in');
      }
    },
  );
});
