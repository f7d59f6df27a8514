// The restore drill: the kept secret is proved to work by a code of a second authenticator that was set up from it.
import { beforeEach, expect, test } from 'vitest';
import { Device, SECOND, STEP, type TestBrowser, World } from './world.ts';

let world: World;
let administrator: TestBrowser;
let administratorDevice: Device;
let browser: TestBrowser;
let device: Device;
/** Set up from the sheet that was kept at set-up. */
let second: Device;
let userId: string;
beforeEach(async () => {
  world = await World.create();
  administrator = await world.createOrganization();
  userId = await world.addUser(administrator, 'jonas.frei');
  await world.turnOn(administrator);
  await world.signOut(administrator);
  administratorDevice = await world.setUp(administrator, 'maria.keller');
  browser = world.browser('Jonas’s browser');
  const step = await world.signIn(browser, 'jonas.frei');
  device = world.device(step);
  if (step.kind !== 'set-up') throw new Error(step.kind);
  second = new Device(step.sheet.groupedSecret, world.clock);
  await world.call('console:confirmSetUp', { code: device.code() }, browser);
});

const prove = (code: string) => world.call('console:proveBackup', { code }, browser);
const provenAtMs = async () =>
  (await world.call('administration:user', { userId }, administrator)).backupProvenAtMs;

test('G10: a code of the second authenticator proves it, on the keep-your-secret screen and later', async () => {
  expect(await provenAtMs()).toBeNull();
  world.clock.advance(STEP);
  const account = await prove(second.code());
  expect(account.backupProvenAtMs).toBe(world.clock.nowMs());
  expect(await world.step(browser), 'the screen stays').toMatchObject({ kind: 'keep-secret' });
  expect(await provenAtMs()).toBe(world.clock.nowMs());
  await world.call('console:finishSetUp', {}, browser);
  world.clock.advance(STEP);
  expect((await prove(second.code())).backupProvenAtMs).toBe(world.clock.nowMs());
  const records = await world.audit(administrator);
  expect(records.filter(({ event }) => event === 'backup-proven')).toHaveLength(2);
});

test('G10: a new device set up from the kept secret signs in, and nothing changes on the console side', async () => {
  await world.call('console:finishSetUp', {}, browser);
  await world.signOut(browser);
  const factorBefore = await world.call('administration:user', { userId }, administrator);
  world.clock.advance(STEP);
  await world.signIn(browser, 'jonas.frei');
  expect((await world.submitCode(browser, second.code())).kind).toBe('signed-in');
  const { addedAtMs } = (await world.call('console:myAccount', {}, browser)).factor ?? {};
  expect(addedAtMs).toBe(factorBefore.lastSignInAtMs);
});

test('S1: the code that completed the set-up proves nothing, and a wrong one is counted', async () => {
  await world.refused('console:proveBackup', { code: device.code() }, browser, 'code-refused');
  const refusal = await world.refused(
    'console:proveBackup',
    { code: device.wrongCode() },
    browser,
    'code-refused',
  );
  expect(refusal.details).toMatchObject({ attemptsLeft: 4 });
  expect(await provenAtMs()).toBeNull();
});

test('S16: the second authenticator has a clock of its own: the drift of the first does not count', async () => {
  await world.call('console:finishSetUp', {}, browser);
  await world.signOut(browser);
  world.clock.advance(10 * STEP);
  device.offsetMs = -150 * SECOND;
  await world.signIn(browser, 'jonas.frei');
  await world.call(
    'console:resynchronize',
    { first: device.code(-1), second: device.code(), trustBrowser: false },
    browser,
  );
  expect((await prove(second.code())).backupProvenAtMs).toBe(world.clock.nowMs());
  // The first device goes on with its drift once its time has come to what was used up.
  await world.signOut(browser);
  world.clock.advance(6 * STEP);
  await world.signIn(browser, 'jonas.frei');
  expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
});

test('G12: a change of device ends the proof', async () => {
  world.clock.advance(STEP);
  await prove(second.code());
  await world.call('console:finishSetUp', {}, browser);
  world.clock.advance(STEP);
  const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
  expect(await provenAtMs(), 'the old factor is still in force').not.toBeNull();
  await world.call('console:confirmReset', { code: next.code() }, browser);
  expect(await provenAtMs()).toBeNull();
});

test('G13: a reset by an administrator ends the proof', async () => {
  world.clock.advance(STEP);
  await prove(second.code());
  await world.call('administration:resetFactor', { userId, code: administratorDevice.code() }, administrator);
  expect(await provenAtMs()).toBeNull();
});

test('there is nothing to prove without a factor', async () => {
  await world.call(
    'administration:setTwoFactor',
    { turnOn: false, code: administratorDevice.code(1) },
    administrator,
  );
  await world.addUser(administrator, 'amara.okafor');
  const other = world.browser('Other');
  await world.signIn(other, 'amara.okafor');
  await world.refused('console:proveBackup', { code: '123456' }, other, 'conflict');
});
