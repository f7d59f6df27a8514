// Signing in at service level: the guide's cases, replay, drift, limits, sessions.
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, PASSWORD, SECOND, STEP, World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

describe('the first start', () => {
  test('there is no organization, then its administrator is signed in at once', async () => {
    const browser = world.browser();
    expect(await world.step(browser)).toEqual({ kind: 'no-organization' });
    await world.createOrganization();
    expect(await world.step(browser)).toEqual({ kind: 'signed-out', organization: 'Northwind' });
    await world.refused(
      'console:createOrganization',
      { organization: 'Other', displayName: 'Eve', userName: 'eve', password: PASSWORD },
      browser,
      'already-exists',
    );
  });

  test('a weak or short password is refused and nothing is created', async () => {
    const browser = world.browser();
    for (const password of ['short', 'northwind1', 'password123', 'maria.keller1']) {
      await world.refused(
        'console:createOrganization',
        { organization: 'Northwind', displayName: 'Maria Keller', userName: 'maria.keller', password },
        browser,
        'password-refused',
      );
    }
    expect(await world.step(browser)).toEqual({ kind: 'no-organization' });
    expect(world.store.commits).toEqual([]);
  });

  test('the sample has six people and a service account, whose one-time passwords must be changed', async () => {
    const browser = world.browser();
    const { organization, people } = await world.call('console:createSample', {}, browser);
    expect(people.filter(({ isServiceAccount }) => !isServiceAccount)).toHaveLength(6);
    expect(people.filter(({ isServiceAccount }) => isServiceAccount)).toHaveLength(1);
    expect(people[0]).toMatchObject({ role: 'administrator', isServiceAccount: false });
    expect(await world.step(browser)).toEqual({ kind: 'signed-out', organization });
    for (const { userName, oneTimePassword, isServiceAccount } of people) {
      const step = await world.signIn(world.browser(), userName, oneTimePassword);
      expect(step.kind).toBe(isServiceAccount ? 'signed-in' : 'change-password');
    }
    await world.refused('console:createSample', {}, browser, 'already-exists');
  });
});

describe('one-time passwords', () => {
  test('must be changed at the first sign-in, into another and strong one', async () => {
    const administrator = await world.createOrganization();
    const { oneTimePassword } = await world.call(
      'administration:addUser',
      { userName: 'jonas.frei', displayName: 'Jonas Frei', role: 'user', unitId: null },
      administrator,
    );
    const browser = world.browser();
    expect((await world.signIn(browser, 'jonas.frei', oneTimePassword)).kind).toBe('change-password');
    await world.refused('console:changePassword', { newPassword: 'jonas.frei' }, browser, 'password-refused');
    await world.refused(
      'console:changePassword',
      { newPassword: oneTimePassword },
      browser,
      'password-refused',
    );
    expect((await world.call('console:changePassword', { newPassword: PASSWORD }, browser)).kind).toBe(
      'signed-in',
    );
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: oneTimePassword },
      world.browser(),
      'sign-in-refused',
    );
  });

  test('are worth nothing after seven days', async () => {
    const administrator = await world.createOrganization();
    const { oneTimePassword, expiresAtMs } = await world.call(
      'administration:addUser',
      { userName: 'jonas.frei', displayName: 'Jonas Frei', role: 'user', unitId: null },
      administrator,
    );
    expect(expiresAtMs).toBe(world.clock.nowMs() + 7 * DAY);
    world.clock.advance(7 * DAY);
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: oneTimePassword },
      world.browser(),
      'sign-in-refused',
    );
  });
});

describe('turning 2FA on', () => {
  test('G1: nobody can set 2FA up before an administrator turned it on', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const browser = world.browser();
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
    await world.refused('console:confirmSetUp', { code: '123456' }, browser, 'step-expired');
    await world.refused('console:startReset', { code: '123456' }, browser, 'conflict');
    await world.refused(
      'administration:setTwoFactor',
      { turnOn: true, code: null },
      browser,
      'not-permitted',
    );
    await world.turnOn(administrator);
    await world.signOut(browser);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('set-up');
  });

  test.each([
    ['signed out', (browser: ReturnType<World['browser']>) => world.signOut(browser)],
    ['idle for 30 minutes', () => world.clock.advance(30 * MINUTE)],
  ])('G2: live sessions go on, and the set-up comes when they have ended: %s', async (_how, end) => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const browser = world.browser();
    await world.signIn(browser, 'jonas.frei');
    await world.turnOn(administrator);
    expect(await world.step(browser)).toMatchObject({
      kind: 'signed-in',
      twoFactorOn: true,
      factorSetUp: false,
    });
    expect((await world.step(administrator)).kind).toBe('signed-in');
    await end(browser);
    expect((await world.step(browser)).kind).toBe('signed-out');
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('set-up');
  });

  test('G2: a session in use ends after 12 hours all the same', async () => {
    const administrator = await world.createOrganization();
    await world.turnOn(administrator);
    for (let spent = 0; spent < 12 * HOUR - 20 * MINUTE; spent += 20 * MINUTE) {
      world.clock.advance(20 * MINUTE);
      await world.call('console:myAccount', {}, administrator);
    }
    world.clock.advance(20 * MINUTE - 1);
    expect((await world.step(administrator)).kind).toBe('signed-in');
    world.clock.advance(1);
    expect((await world.step(administrator)).kind).toBe('signed-out');
    expect((await world.signIn(administrator, 'maria.keller')).kind).toBe('set-up');
  });
});

describe('the set-up', () => {
  const toSetUp = async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    await world.turnOn(administrator);
    const browser = world.browser();
    const step = await world.signIn(browser, 'jonas.frei');
    if (step.kind !== 'set-up') throw new Error(step.kind);
    return { administrator, browser, step };
  };

  test('G3: shows a link and the grouped secret, and nothing else leads on', async () => {
    const { browser, step } = await toSetUp();
    expect(step.sheet.uri).toMatch(
      /^otpauth:\/\/totp\/Northwind:jonas\.frei\?secret=[A-Z2-7]{32}&issuer=Northwind/,
    );
    expect(step.sheet.groupedSecret).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    expect(step.sheet).toMatchObject({ issuer: 'Northwind', accountName: 'jonas.frei' });
    await world.refused(
      'console:submitCode',
      { code: '123456', trustBrowser: true },
      browser,
      'step-expired',
    );
    await world.refused('console:finishSetUp', {}, browser, 'not-signed-in');
    await world.refused('console:changePassword', { newPassword: PASSWORD }, browser, 'step-expired');
    await world.refused('console:myAccount', {}, browser, 'not-signed-in');
    expect((await world.step(browser)).kind).toBe('set-up');
  });

  test('G3: the same secret across refreshes, wrong codes, a cancelled sign-in, another browser and a restart', async () => {
    const { browser, step } = await toSetUp();
    const device = world.device(step);
    expect(await world.step(browser)).toEqual(step);
    for (let tries = 0; tries < 20; tries += 1) {
      await world.refused('console:confirmSetUp', { code: device.wrongCode() }, browser, 'code-refused');
    }
    expect(await world.step(browser)).toEqual(step);
    await world.restart();
    expect(await world.step(browser)).toEqual(step);
    await world.call('console:cancelSignIn', {}, browser);
    world.clock.advance(19 * MINUTE);
    expect(await world.signIn(browser, 'jonas.frei')).toEqual(step);
    expect(await world.signIn(world.browser('Firefox'), 'jonas.frei')).toEqual(step);
  });

  test('the pending secret is valid for 20 minutes; afterwards there is another', async () => {
    const { browser, step } = await toSetUp();
    expect(step.expiresAtMs).toBe(world.clock.nowMs() + 20 * MINUTE);
    world.clock.advance(20 * MINUTE - 1);
    expect((await world.step(browser)).kind).toBe('set-up');
    world.clock.advance(1);
    expect((await world.step(browser)).kind).toBe('signed-out');
    await world.refused('console:confirmSetUp', { code: world.device(step).code() }, browser, 'step-expired');
    const next = await world.signIn(browser, 'jonas.frei');
    expect(next).toMatchObject({ kind: 'set-up' });
    expect(next).not.toMatchObject({ sheet: step.sheet });
  });

  test('G4: only a right code completes it; G5: then the secret is shown until it is said to be kept', async () => {
    const { browser, step } = await toSetUp();
    const device = world.device(step);
    await world.refused('console:confirmSetUp', { code: device.wrongCode() }, browser, 'code-refused');
    const kept = await world.call('console:confirmSetUp', { code: device.code() }, browser);
    expect(kept).toMatchObject({ kind: 'keep-secret', after: 'set-up', sheet: step.sheet });
    expect(await world.step(browser)).toEqual(kept);
    expect((await world.call('console:finishSetUp', {}, browser)).kind).toBe('signed-in');
    await world.refused('console:secretFile', { format: 'png' }, browser, 'step-expired');
  });

  test('G7: a browser cannot be trusted at set-up', async () => {
    const { browser, step } = await toSetUp();
    await world.refused(
      'console:submitCode',
      { code: world.device(step).code(), trustBrowser: true },
      browser,
      'step-expired',
    );
    await world.call('console:confirmSetUp', { code: world.device(step).code() }, browser);
    expect(browser.slots.has('trust')).toBe(false);
  });

  test('S16: a device clock 90 s behind is named at set-up too', async () => {
    const { browser, step } = await toSetUp();
    const device = world.device(step);
    device.offsetMs = -90 * SECOND;
    const error = await world.refused(
      'console:confirmSetUp',
      { code: device.code() },
      browser,
      'code-refused',
    );
    expect(error.details).toMatchObject({ reason: 'device-clock', offsetMs: -90_000 });
  });
});

describe('the code', () => {
  test('G6: is asked after the password, and the next one does for whoever was too slow', async () => {
    const { browser, device } = await world.enrolled();
    const step = await world.signIn(browser, 'jonas.frei');
    expect(step).toMatchObject({ kind: 'code', attemptsLeft: 5, trustDays: 30 });
    const late = device.code();
    world.clock.advance(2 * STEP);
    await world.refused('console:submitCode', { code: late, trustBrowser: false }, browser, 'code-refused');
    expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
  });

  test('S1: the code that completed the set-up is refused at the next sign-in, the next one is accepted', async () => {
    const administrator = await world.createOrganization();
    await world.turnOn(administrator);
    await world.signOut(administrator);
    const device = world.device(await world.signIn(administrator, 'maria.keller'));
    const used = device.code();
    await world.call('console:confirmSetUp', { code: used }, administrator);
    await world.signOut(administrator);
    const other = world.browser('Firefox');
    await world.signIn(other, 'maria.keller');
    const error = await world.refused(
      'console:submitCode',
      { code: used, trustBrowser: false },
      other,
      'code-refused',
    );
    expect(error).toMatchObject({
      message: 'That code was used already. Wait for the next one.',
      details: { reason: 'replayed' },
    });
    world.clock.advance(STEP);
    expect((await world.submitCode(other, device.code())).kind).toBe('signed-in');
  });

  test('S1: an accepted code is refused from another browser and after a restart', async () => {
    const { browser, device } = await world.enrolled();
    const code = device.code();
    await world.signIn(browser, 'jonas.frei');
    await world.submitCode(browser, code);
    await world.restart();
    const other = world.browser('Firefox');
    await world.signIn(other, 'jonas.frei');
    const error = await world.refused(
      'console:submitCode',
      { code, trustBrowser: false },
      other,
      'code-refused',
    );
    expect(error.details).toEqual({ reason: 'replayed' });
  });

  test('S1: the code that confirmed a reset is refused at the next sign-in', async () => {
    const { browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device);
    const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
    const used = next.code();
    await world.call('console:confirmReset', { code: used }, browser);
    await world.signOut(browser);
    await world.signIn(browser, 'jonas.frei');
    const error = await world.refused(
      'console:submitCode',
      { code: used, trustBrowser: false },
      browser,
      'code-refused',
    );
    expect(error.details).toEqual({ reason: 'replayed' });
  });

  test('S2: a time step before the last accepted one is refused though it is in the window', async () => {
    const { browser, device } = await world.enrolled();
    const before = device.code(-1);
    await world.signIn(browser, 'jonas.frei');
    await world.submitCode(browser, device.code(0));
    await world.signOut(browser);
    await world.signIn(browser, 'jonas.frei');
    const error = await world.refused(
      'console:submitCode',
      { code: before, trustBrowser: false },
      browser,
      'code-refused',
    );
    expect(error.details).toMatchObject({ reason: 'replayed' });
  });

  test.each([
    { offset: -2, accepted: false },
    { offset: -1, accepted: true },
    { offset: 0, accepted: true },
    { offset: 1, accepted: true },
    { offset: 2, accepted: false },
  ])('S4: with the policy’s window of 1, T$offset is accepted: $accepted', async ({ offset, accepted }) => {
    const { browser, device } = await world.enrolled();
    world.clock.advance(10 * STEP);
    await world.signIn(browser, 'jonas.frei');
    const answer = await world.router(
      'console:submitCode',
      { code: device.code(offset), trustBrowser: false },
      browser,
    );
    expect(answer.ok).toBe(accepted);
  });

  test('S9: the time comes from the verifier: nothing in a call can carry it', async () => {
    const { browser, device } = await world.enrolled();
    await world.signIn(browser, 'jonas.frei');
    const answer = await world.router(
      'console:submitCode',
      { code: device.code(10), trustBrowser: false, nowMs: world.clock.nowMs() + 10 * STEP },
      browser,
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    await world.refused(
      'console:submitCode',
      { code: device.code(10), trustBrowser: false },
      browser,
      'code-refused',
    );
  });

  test.each([
    {
      offsetMs: -90_000,
      says: 'That code was right 90 seconds ago: the clock of the device is 90 s behind.',
    },
    {
      offsetMs: 90_000,
      says: 'That code will be right in 90 seconds: the clock of the device is 90 s ahead.',
    },
    {
      offsetMs: -600_000,
      says: 'That code was right 600 seconds ago: the clock of the device is 600 s behind.',
    },
  ])(
    'S16: a device clock off by $offsetMs ms is named, and the code counts as wrong',
    async ({ offsetMs, says }) => {
      const { browser, device } = await world.enrolled();
      world.clock.advance(HOUR);
      device.offsetMs = offsetMs;
      await world.signIn(browser, 'jonas.frei');
      const error = await world.refused(
        'console:submitCode',
        { code: device.code(), trustBrowser: false },
        browser,
        'code-refused',
      );
      expect(error.message).toContain(says);
      expect(error.details).toEqual({ reason: 'device-clock', offsetMs, attemptsLeft: 4 });
      expect(await world.step(browser)).toMatchObject({ kind: 'code', attemptsLeft: 4 });
    },
  );

  test('S22: what is not six digits is refused and no guess', async () => {
    const { browser } = await world.enrolled();
    await world.signIn(browser, 'jonas.frei');
    for (const code of ['12345', '12a456', '1234567890', 'x'.repeat(10_000), '12345\ud800', '']) {
      await world.refused('console:submitCode', { code, trustBrowser: false }, browser, 'invalid-input');
    }
    for (const code of ['1234567', '123 45678']) {
      const error = await world.refused(
        'console:submitCode',
        { code, trustBrowser: false },
        browser,
        'code-refused',
      );
      expect(error.details).toEqual({ reason: 'wrong-length', digits: 6 });
    }
    expect(await world.step(browser)).toMatchObject({ kind: 'code', attemptsLeft: 5 });
  });

  test('a code with a space in the middle is the same code', async () => {
    const { browser, device } = await world.enrolled();
    await world.signIn(browser, 'jonas.frei');
    const code = device.code();
    expect((await world.submitCode(browser, `${code.slice(0, 3)} ${code.slice(3)}`)).kind).toBe('signed-in');
  });

  test('a challenge is over after five minutes, and a refresh or restart goes on at the same step before', async () => {
    const { browser, device } = await world.enrolled();
    const step = await world.signIn(browser, 'jonas.frei');
    expect(await world.step(browser)).toEqual(step);
    await world.restart();
    world.clock.advance(5 * MINUTE - 1);
    expect(await world.step(browser)).toEqual(step);
    world.clock.advance(1);
    await world.refused(
      'console:submitCode',
      { code: device.code(), trustBrowser: false },
      browser,
      'step-expired',
    );
    expect((await world.step(browser)).kind).toBe('signed-out');
  });

  test('S17: the last sign-in, and a right password with a wrong code, are told at the next sign-in', async () => {
    const { browser, device } = await world.enrolled();
    const lastAtMs = world.clock.nowMs() - STEP;
    await world.signIn(browser, 'jonas.frei');
    await world.refused(
      'console:submitCode',
      { code: device.wrongCode(), trustBrowser: false },
      browser,
      'code-refused',
    );
    const step = await world.submitCode(browser, device.code());
    if (step.kind !== 'signed-in') throw new Error(step.kind);
    expect(step.notices.map(({ kind }) => kind)).toEqual(['last-sign-in', 'wrong-code']);
    expect(step.notices[0]).toMatchObject({ atMs: lastAtMs, message: 'Last sign-in: Jonas’s browser.' });
    world.clock.advance(STEP);
    const next = await world.signInWithCode(browser, 'jonas.frei', device);
    if (next.kind !== 'signed-in') throw new Error(next.kind);
    expect(next.notices.map(({ kind }) => kind)).toEqual(['last-sign-in']);
  });
});

describe('sessions', () => {
  test('S14: every sign-in has a new token of 256 bits, stored hashed, and sign-out kills it on this side', async () => {
    const administrator = await world.createOrganization();
    const tokens = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      const token = administrator.read('session') ?? '';
      tokens.add(token);
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      expect(await world.stored()).not.toContain(token);
      const copy = administrator.copy('Thief');
      expect((await world.step(copy)).kind).toBe('signed-in');
      await world.signOut(administrator);
      expect(administrator.read('session')).toBeUndefined();
      expect((await world.step(copy)).kind).toBe('signed-out');
      await world.signIn(administrator, 'maria.keller');
    }
    expect(tokens.size).toBe(5);
  });

  test('S14: tokens are in no answer', async () => {
    const { browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    await world.call('console:myAccount', {}, browser);
    const answers = JSON.stringify(world.answers);
    for (const { value } of browser.slots.values()) expect(answers).not.toContain(value);
  });

  test('a session that is used goes on, one that is idle for 30 minutes ends', async () => {
    const administrator = await world.createOrganization();
    for (let round = 0; round < 4; round += 1) {
      world.clock.advance(29 * MINUTE);
      await world.call('console:myAccount', {}, administrator);
    }
    world.clock.advance(30 * MINUTE);
    await world.refused('console:myAccount', {}, administrator, 'not-signed-in');
    expect(administrator.read('session')).toBeUndefined();
  });

  test('users see their sessions and end one', async () => {
    const administrator = await world.createOrganization();
    const other = world.browser('Firefox');
    await world.signIn(other, 'maria.keller');
    const { sessions } = await world.call('console:myAccount', {}, administrator);
    const theirs = sessions.find(({ isThisSession }) => !isThisSession);
    expect(theirs).toMatchObject({ browser: 'Firefox' });
    await world.call('console:endMySession', { id: theirs?.id ?? '' }, administrator);
    expect((await world.step(other)).kind).toBe('signed-out');
    await world.refused('console:endMySession', { id: theirs?.id ?? '' }, administrator, 'not-found');
  });

  test('nobody ends or sees another user’s session', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const browser = world.browser();
    await world.signIn(browser, 'jonas.frei');
    const { sessions } = await world.call('console:myAccount', {}, administrator);
    await world.refused('console:endMySession', { id: sessions[0]?.id ?? '' }, browser, 'not-found');
    expect((await world.call('console:myAccount', {}, browser)).sessions).toHaveLength(1);
  });
});

describe('2FA off and on', () => {
  test('G16: off asks the password alone; on again asks earlier set-ups', async () => {
    const { administrator, administratorDevice, browser, device } = await world.enrolled();
    await world.refused(
      'administration:setTwoFactor',
      { turnOn: false, code: null },
      administrator,
      'code-required',
    );
    const off = { turnOn: false, code: administratorDevice.code() };
    await world.call('administration:setTwoFactor', off, administrator);
    expect(await world.signIn(browser, 'jonas.frei')).toMatchObject({
      kind: 'signed-in',
      twoFactorOn: false,
    });
    await world.signOut(browser);
    world.clock.advance(STEP);
    await world.turnOn(administrator, administratorDevice.code());
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
    expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
  });
});
