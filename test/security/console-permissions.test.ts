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
