// What administrators do, and the change of device: G12–G15, S10–S12, S19, S20.
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, PASSWORD, STEP, World, embeddedTest } from './world.ts';
import { everybody } from '../../fakes/console-queries.ts';

/** From an unknown browser, at this moment. */
const now = { atMs: null, browser: 'unknown' } as const;

let world: World;
beforeEach(async () => {
  world = await World.create();
});

describe('G12: changing the device', () => {
  test('S10: starts with a fresh code, not with a live session alone', async () => {
    const { browser, device } = await world.enrolled();
    const used = device.code();
    await world.signIn(browser, 'jonas.frei');
    await world.submitCode(browser, used);
    await world.refused('console:startReset', { code: used }, browser, 'code-refused');
    await world.refused('console:startReset', { code: device.wrongCode() }, browser, 'code-refused');
    expect(await world.step(browser)).toMatchObject({ kind: 'signed-in', pendingReset: null });
  });

  test('the old device works until the new one has proved one code, then the new one alone', async () => {
    const { browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device);
    const step = await world.call('console:startReset', { code: device.code() }, browser);
    const next = world.device(step);
    expect(await world.step(browser)).toEqual(step);
    world.clock.advance(STEP);
    const other = world.browser('Firefox');
    expect((await world.signInWithCode(other, 'jonas.frei', device)).kind).toBe('signed-in');
    await world.refused('console:confirmReset', { code: next.wrongCode() }, browser, 'code-refused');
    const kept = await world.call('console:confirmReset', { code: next.code() }, browser);
    expect(kept).toMatchObject({ kind: 'keep-secret', after: 'reset' });
    expect((await world.call('console:finishSetUp', {}, browser)).kind).toBe('signed-in');
    world.clock.advance(STEP);
    await world.signOut(browser);
    await world.signIn(browser, 'jonas.frei');
    await world.refused(
      'console:submitCode',
      { code: device.code(), trustBrowser: false },
      browser,
      'code-refused',
    );
    expect((await world.submitCode(browser, next.code())).kind).toBe('signed-in');
  });

  test('S12: the swap ends other sessions and all trust at once, and the acting session gets a new token', async () => {
    const { browser, device } = await world.enrolled();
    const trusted = world.browser('Trusted');
    await world.signInWithCode(trusted, 'jonas.frei', device, true);
    await world.signInWithCode(browser, 'jonas.frei', device);
    const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
    const before = browser.read('session');
    const copy = browser.copy('Copy');
    const commits = world.store.commits.length;
    await world.call('console:confirmReset', { code: next.code() }, browser);
    world.expectCommits(commits + 1);
    expect(browser.read('session')).not.toBe(before);
    expect((await world.step(copy)).kind).toBe('signed-out');
    expect((await world.step(trusted)).kind).toBe('signed-out');
    expect((await world.signIn(trusted, 'jonas.frei')).kind).toBe('code');
  });

  test.each([
    [
      'given up',
      (of: World, browser: ReturnType<World['browser']>) => of.call('console:cancelReset', {}, browser),
    ],
    ['left for 20 minutes', (of: World) => of.clock.advance(20 * MINUTE)],
    ['ended by signing out', (of: World, browser: ReturnType<World['browser']>) => of.signOut(browser)],
  ])('S12: %s half-way, nothing has changed', async (_how, end) => {
    const { browser, device } = await world.enrolled();
    const trusted = world.browser('Trusted');
    await world.signInWithCode(trusted, 'jonas.frei', device, true);
    await world.signInWithCode(browser, 'jonas.frei', device);
    const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
    await end(world, browser);
    const answer = await world.router('console:confirmReset', { code: next.code() }, browser);
    expect(answer.ok).toBe(false);
    world.clock.advance(STEP);
    expect((await world.step(trusted)).kind).toBe('signed-in');
    await world.signOut(browser);
    expect((await world.signInWithCode(browser, 'jonas.frei', device)).kind).toBe('signed-in');
    await world.signOut(trusted);
    expect((await world.signIn(trusted, 'jonas.frei')).kind).toBe('signed-in');
  });

  embeddedTest(
    'S12: when the swap cannot be written, the old device goes on and the reset can be confirmed later',
    async () => {
      const { browser, device } = await world.enrolled();
      await world.signInWithCode(browser, 'jonas.frei', device);
      const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
      const slots = JSON.stringify([...browser.slots]);
      world.store.failsWith = new Error('disk full');
      await world.refused('console:confirmReset', { code: next.code() }, browser, 'storage-failed');
      expect(JSON.stringify([...browser.slots])).toBe(slots);
      world.store.failsWith = null;
      expect(await world.step(browser)).toMatchObject({ kind: 'signed-in', pendingReset: {} });
      expect((await world.call('console:confirmReset', { code: next.code() }, browser)).kind).toBe(
        'keep-secret',
      );
    },
  );

  test('S8: the new secret is shown in the session that asked for it alone', async () => {
    const { browser, device } = await world.enrolled();
    const other = world.browser('Firefox');
    await world.signInWithCode(other, 'jonas.frei', device);
    await world.signInWithCode(browser, 'jonas.frei', device);
    const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
    expect(await world.step(other)).toMatchObject({ kind: 'signed-in', pendingReset: null });
    await world.refused('console:confirmReset', { code: next.code() }, other, 'step-expired');
  });
});

describe('G13: reset by an administrator', () => {
  test('S10: needs the administrator’s own code, and only once each', async () => {
    const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
    await world.refused('administration:resetFactor', { userId, code: null }, administrator, 'code-required');
    await world.refused(
      'administration:resetFactor',
      { userId, code: device.code() },
      administrator,
      'code-refused',
    );
    const code = administratorDevice.code();
    const row = await world.call('administration:resetFactor', { userId, code }, administrator);
    expect(row.factor).toBe('not-set-up');
    await world.refused('administration:endSessions', { userId, code }, administrator, 'code-refused');
    const step = await world.signIn(browser, 'jonas.frei');
    expect(step.kind).toBe('set-up');
    expect(world.device(step).code()).not.toBe(device.code());
  });

  test('an administrator without a factor needs no code', async () => {
    const administrator = await world.createOrganization();
    const userId = await world.addUser(administrator, 'jonas.frei');
    await world.turnOn(administrator);
    await world.setUp(world.browser(), 'jonas.frei');
    const row = await world.call('administration:resetFactor', { userId, code: null }, administrator);
    expect(row).toMatchObject({ factor: 'not-set-up', liveSessions: 0 });
  });

  test('S11: ends the user’s sessions, sign-ins under way and trusted browsers, and tells the user', async () => {
    const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    const waiting = world.browser('Waiting');
    await world.signIn(waiting, 'jonas.frei');
    await world.call(
      'administration:resetFactor',
      { userId, code: administratorDevice.code() },
      administrator,
    );
    expect((await world.step(browser)).kind).toBe('signed-out');
    expect((await world.step(waiting)).kind).toBe('signed-out');
    const step = await world.signIn(browser, 'jonas.frei');
    expect(step.kind).toBe('set-up');
    await world.call('console:confirmSetUp', { code: world.device(step).code() }, browser);
    const signedIn = await world.call('console:finishSetUp', {}, browser);
    if (signedIn.kind !== 'signed-in') throw new Error(signedIn.kind);
    expect(signedIn.notices.map(({ kind }) => kind)).toContain('factor-reset');
  });

  test('S10: nobody resets or exempts themselves by the administrator’s path', async () => {
    const { administrator, administratorDevice } = await world.enrolled();
    const { users } = await world.call(
      'administration:directory',
      { ...everybody, search: 'maria' },
      administrator,
    );
    const own = { userId: users[0]?.id ?? '', code: administratorDevice.code() };
    const error = await world.refused('administration:resetFactor', own, administrator, 'conflict');
    expect(error.message).toContain('Reset two-factor authentication in your account');
    await world.refused('administration:newOneTimePassword', own, administrator, 'conflict');
    await world.refused(
      'administration:setServiceAccount',
      { ...own, isServiceAccount: true },
      administrator,
      'conflict',
    );
    // The refusals did not use the code up.
    await world.call('administration:unlock', own, administrator);
  });

  test('S10: a live session alone makes no new administrator where there is a factor', async () => {
    const { administrator, administratorDevice, userId } = await world.enrolled();
    const second = { userName: 'eve', displayName: 'Eve', role: 'administrator', unitId: null } as const;
    await world.refused('administration:addUser', second, administrator, 'conflict');
    const promote = { userId, role: 'administrator', administersUnitId: null } as const;
    await world.refused('administration:setRole', { ...promote, code: null }, administrator, 'code-required');
    const code = administratorDevice.code();
    const row = await world.call('administration:setRole', { ...promote, code }, administrator);
    expect(row.role).toBe('administrator');
  });

  test('a wrong own code counts against the administrator', async () => {
    const { administrator, administratorDevice, userId } = await world.enrolled();
    const wrong = { userId, code: administratorDevice.wrongCode() };
    for (let round = 0; round < 4; round += 1) {
      await world.refused('administration:resetFactor', wrong, administrator, 'code-refused');
    }
    await world.refused('administration:resetFactor', wrong, administrator, 'locked-out');
    await world.refused(
      'administration:resetFactor',
      { userId, code: administratorDevice.code() },
      administrator,
      'locked-out',
    );
  });
});

describe('G15: service accounts', () => {
  test('are asked the password alone, and taken back, the earlier set-up is asked for again', async () => {
    const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    const exempt = { userId, isServiceAccount: true, code: administratorDevice.code() };
    const row = await world.call('administration:setServiceAccount', exempt, administrator);
    expect(row).toMatchObject({ factor: 'service-account', trustedBrowsers: 0, liveSessions: 0 });
    expect((await world.step(browser)).kind).toBe('signed-out');
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
    await world.signOut(browser);
    world.clock.advance(STEP);
    const back = { userId, isServiceAccount: false, code: administratorDevice.code() };
    expect(await world.call('administration:setServiceAccount', back, administrator)).toMatchObject({
      factor: 'set-up',
    });
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
    expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
  });

  test('get a lasting password, which they cannot change at a first sign-in', async () => {
    const administrator = await world.createOrganization();
    const userId = await world.addUser(administrator, 'backup.agent');
    await world.call(
      'administration:setServiceAccount',
      { userId, isServiceAccount: true, code: null },
      administrator,
    );
    const { oneTimePassword } = await world.call(
      'administration:newOneTimePassword',
      { userId, code: null },
      administrator,
    );
    world.clock.advance(30 * DAY);
    expect((await world.signIn(world.browser(), 'backup.agent', oneTimePassword)).kind).toBe('signed-in');
  });
});

describe('users', () => {
  test('S11: deactivation ends everything; activated again, the factor is asked for as before', async () => {
    const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    await world.call(
      'administration:setActive',
      { userId, active: false, code: administratorDevice.code() },
      administrator,
    );
    expect((await world.step(browser)).kind).toBe('signed-out');
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: PASSWORD },
      browser,
      'sign-in-refused',
    );
    world.clock.advance(STEP);
    await world.call(
      'administration:setActive',
      { userId, active: true, code: administratorDevice.code() },
      administrator,
    );
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
  });

  test('S11: a new one-time password ends sessions and trust', async () => {
    const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    const { oneTimePassword } = await world.call(
      'administration:newOneTimePassword',
      { userId, code: administratorDevice.code() },
      administrator,
    );
    expect(oneTimePassword).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect((await world.step(browser)).kind).toBe('signed-out');
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: PASSWORD },
      browser,
      'sign-in-refused',
    );
    expect((await world.signIn(browser, 'jonas.frei', oneTimePassword)).kind).toBe('change-password');
    expect((await world.call('console:changePassword', { newPassword: PASSWORD }, browser)).kind).toBe(
      'code',
    );
    expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
  });

  test('an administrator ends the sessions of a user, and of their own all others', async () => {
    const administrator = await world.createOrganization();
    const userId = await world.addUser(administrator, 'jonas.frei');
    const browser = world.browser();
    await world.signIn(browser, 'jonas.frei');
    await world.call('administration:endSessions', { userId, code: null }, administrator);
    expect((await world.step(browser)).kind).toBe('signed-out');
    const other = world.browser('Firefox');
    const own = await world.signIn(other, 'maria.keller');
    if (own.kind !== 'signed-in') throw new Error(own.kind);
    await world.call('administration:endSessions', { userId: own.person.id, code: null }, administrator);
    expect((await world.step(other)).kind).toBe('signed-out');
    expect((await world.step(administrator)).kind).toBe('signed-in');
  });

  test('S20: the last active administrator cannot be deactivated, demoted or exempted', async () => {
    const administrator = await world.createOrganization();
    const own = await world.step(administrator);
    if (own.kind !== 'signed-in') throw new Error(own.kind);
    const userId = own.person.id;
    const onSelf = { userId, code: null };
    await world.refused('administration:setActive', { ...onSelf, active: false }, administrator, 'conflict');
    await world.refused(
      'administration:setRole',
      { ...onSelf, role: 'user', administersUnitId: null },
      administrator,
      'conflict',
    );
    await world.refused(
      'administration:setServiceAccount',
      { ...onSelf, isServiceAccount: true },
      administrator,
      'conflict',
    );
    const secondId = await world.addUser(administrator, 'amara.okafor', 'administrator');
    await world.call(
      'administration:setActive',
      { userId: secondId, active: false, code: null },
      administrator,
    );
    await world.refused('administration:setActive', { ...onSelf, active: false }, administrator, 'conflict');
    await world.call(
      'administration:setActive',
      { userId: secondId, active: true, code: null },
      administrator,
    );
    await world.call(
      'administration:setRole',
      { ...onSelf, role: 'user', administersUnitId: null },
      administrator,
    );
    await world.refused('administration:policy', {}, administrator, 'not-permitted');
    const second = world.browser('Second');
    await world.signIn(second, 'amara.okafor');
    const demote = { userId: secondId, code: null, role: 'user' as const, administersUnitId: null };
    await world.refused('administration:setRole', demote, second, 'conflict');
  });

  test('S20: of two administrators who demote each other at the same time, one stays', async () => {
    const administrator = await world.createOrganization();
    const secondId = await world.addUser(administrator, 'amara.okafor', 'administrator');
    const second = world.browser('Second');
    await world.signIn(second, 'amara.okafor');
    const first = await world.step(administrator);
    if (first.kind !== 'signed-in') throw new Error(first.kind);
    const demote = (userId: string) => ({ administersUnitId: null, userId, code: null, role: 'user' });
    const answers = await Promise.all([
      world.router('administration:setRole', demote(secondId), administrator),
      world.router('administration:setRole', demote(first.person.id), second),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('the directory searches, pages and counts', async () => {
    const { administrator } = await world.enrolled();
    await world.addUser(administrator, 'Zoë.Müller');
    const all = await world.call('administration:directory', { ...everybody, limit: 2 }, administrator);
    expect(all).toMatchObject({
      twoFactorOn: true,
      matching: 3,
      counts: { total: 3, setUp: 2, notSetUp: 0, pending: 1, serviceAccounts: 0, blocked: 0 },
    });
    expect(all.users.map(({ userName }) => userName)).toEqual(['jonas.frei', 'maria.keller']);
    const found = await world.call(
      'administration:directory',
      { ...everybody, search: 'MÜLL' },
      administrator,
    );
    expect(found.users.map(({ userName }) => userName)).toEqual(['Zoë.Müller']);
    await world.refused('administration:explain', { userId: 'nobody', ...now }, administrator, 'not-found');
  });
});

describe('S19: before turning 2FA on or off', () => {
  test('says who is set up, who must set up, service accounts, inactive ones, and whether an administrator is', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const agentId = await world.addUser(administrator, 'backup.agent');
    await world.call(
      'administration:setServiceAccount',
      { userId: agentId, isServiceAccount: true, code: null },
      administrator,
    );
    const goneId = await world.addUser(administrator, 'sofia.pappa');
    await world.call(
      'administration:setActive',
      { userId: goneId, active: false, code: null },
      administrator,
    );
    const before = await world.call('administration:previewTwoFactor', { turnOn: true }, administrator);
    expect(before).toMatchObject({
      willBeAsked: [],
      mustSetUp: ['jonas.frei', 'maria.keller'],
      serviceAccounts: ['backup.agent'],
      inactive: ['sofia.pappa'],
      liveSessions: 1,
      administratorSetUp: false,
    });
    expect(before.warnings.length).toBeGreaterThan(0);
    await world.turnOn(administrator);
    await world.setUp(world.browser(), 'jonas.frei');
    const after = await world.call('administration:previewTwoFactor', { turnOn: true }, administrator);
    expect(after).toMatchObject({ willBeAsked: ['jonas.frei'], mustSetUp: ['maria.keller'] });
    const off = await world.call('administration:previewTwoFactor', { turnOn: false }, administrator);
    expect(off).toMatchObject({ willBeAsked: [], mustSetUp: [], serviceAccounts: ['backup.agent'] });
  });

  test('explains each user’s next sign-in with the function that decides it', async () => {
    const { administrator, userId, browser, device } = await world.enrolled();
    const explain = () => world.call('administration:explain', { userId, ...now }, administrator);
    expect((await explain()).next).toBe('Is asked for a code');
    for (let round = 0; round < 4; round += 1) {
      await world.signIn(browser, 'jonas.frei');
      await world.refused(
        'console:submitCode',
        { code: device.wrongCode(), trustBrowser: false },
        browser,
        'code-refused',
      );
    }
    await world.signIn(browser, 'jonas.frei');
    await world.refused(
      'console:submitCode',
      { code: device.wrongCode(), trustBrowser: false },
      browser,
      'locked-out',
    );
    expect((await explain()).because.join(' ')).toContain('Too many wrong codes');
    for (let round = 0; round < 11; round += 1) {
      await world.refused(
        'console:signIn',
        { userName: 'jonas.frei', password: 'wrong' },
        world.browser(),
        'sign-in-refused',
      );
    }
    expect((await explain()).next).toBe('Sign-in is refused');
    world.clock.advance(HOUR);
  });
});
