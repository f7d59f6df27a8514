// Trusted browsers: G7, G9, G14, and S13 in full.
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, PASSWORD, STEP, type TestBrowser, World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

/** A user whose browser is trusted, signed out. */
async function trusted() {
  const all = await world.enrolled();
  await world.signInWithCode(all.browser, 'jonas.frei', all.device, true);
  await world.signOut(all.browser);
  return all;
}

const tokenOf = (browser: TestBrowser): string => browser.read('trust') ?? '';

describe('trust', () => {
  test('G7, G9: the code is not asked again in that browser, the password still is; another browser is asked', async () => {
    const { browser } = await trusted();
    expect(await world.signIn(browser, 'jonas.frei')).toMatchObject({
      kind: 'signed-in',
      trustedUntilMs: world.clock.nowMs() - STEP + 30 * DAY,
    });
    expect((await world.signIn(world.browser('Firefox'), 'jonas.frei')).kind).toBe('code');
    await world.signOut(browser);
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: 'wrong' },
      browser,
      'sign-in-refused',
    );
  });

  test('not ticked, the browser is asked again', async () => {
    const { browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, false);
    await world.signOut(browser);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
  });

  test('S13: 32 random bytes each for series and counter, hashed at rest; the counter turns at each use', async () => {
    const { browser } = await trusted();
    const seen: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const token = tokenOf(browser);
      const [series = '', counter = ''] = token.split(':');
      expect(Buffer.from(series, 'base64url')).toHaveLength(32);
      expect(Buffer.from(counter, 'base64url')).toHaveLength(32);
      expect(await world.stored()).not.toContain(series);
      expect(await world.stored()).not.toContain(counter);
      seen.push(token);
      expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
      await world.signOut(browser);
    }
    expect(new Set(seen).size).toBe(4);
    expect(new Set(seen.map((token) => token.split(':')[0])).size).toBe(1);
  });

  test('S13: fixed at issue: 30 days, however often it is used', async () => {
    const { browser } = await trusted();
    world.clock.advance(29 * DAY);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
    await world.signOut(browser);
    world.clock.advance(DAY);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
  });

  test('S13: a stale counter means theft: the series dies, the thief’s session too, the user is told, the audit says so', async () => {
    const { administrator, browser, device } = await trusted();
    const thief = browser.copy('Thief');
    expect((await world.signIn(thief, 'jonas.frei')).kind).toBe('signed-in');
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
    expect((await world.step(thief)).kind).toBe('signed-out');
    expect((await world.signIn(thief, 'jonas.frei')).kind).toBe('code');
    const step = await world.submitCode(browser, device.code());
    if (step.kind !== 'signed-in') throw new Error(step.kind);
    expect(step.notices.map(({ kind }) => kind)).toContain('trusted-browser-stolen');
    expect((await world.call('console:myAccount', {}, browser)).trustedBrowsers).toEqual([]);
    expect((await world.audit(administrator)).map(({ event }) => event)).toContain('trusted-browser-stolen');
  });

  test('S13: the thief being late is found just the same', async () => {
    const { browser } = await trusted();
    const thief = browser.copy('Thief');
    await world.signIn(browser, 'jonas.frei');
    await world.signOut(browser);
    expect((await world.signIn(thief, 'jonas.frei')).kind).toBe('code');
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
  });

  test('S13: a wrong password with a stolen token turns and ends nothing', async () => {
    const { browser } = await trusted();
    const thief = browser.copy('Thief');
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: 'guess' },
      thief,
      'sign-in-refused',
    );
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
  });

  test('S13: on a shared browser another user’s token is a soft miss, and several people may trust it', async () => {
    const { administratorDevice, browser, device } = await trusted();
    expect((await world.signIn(browser, 'maria.keller')).kind).toBe('code');
    await world.submitCode(browser, administratorDevice.code(), true);
    world.clock.advance(STEP);
    for (const userName of ['jonas.frei', 'maria.keller', 'jonas.frei', 'maria.keller']) {
      await world.signOut(browser);
      expect((await world.signIn(browser, userName)).kind).toBe('signed-in');
    }
    expect(tokenOf(browser).split('.')).toHaveLength(2);
    expect(device.code()).toHaveLength(6);
  });

  test('S13: rubbish in the slot is passed over', async () => {
    const { browser } = await trusted();
    const token = tokenOf(browser);
    browser.write('trust', `rubbish.${'x'.repeat(9_000)}.${token}`, world.clock.nowMs() + DAY);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
    browser.write('trust', ':::....\u0000', world.clock.nowMs() + DAY);
    await world.signOut(browser);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
  });

  test('S13: at most ten a user; the longest unused one makes room', async () => {
    const { browser, device } = await trusted();
    const browsers: TestBrowser[] = [];
    for (let round = 0; round < 10; round += 1) {
      const next = world.browser(`Browser ${round}`);
      browsers.push(next);
      await world.signInWithCode(next, 'jonas.frei', device, true);
    }
    const last = browsers.at(-1);
    if (last === undefined) throw new Error('No browser.');
    const { trustedBrowsers } = await world.call('console:myAccount', {}, last);
    expect(trustedBrowsers).toHaveLength(10);
    expect(trustedBrowsers.filter(({ isThisBrowser }) => isThisBrowser).map(({ name }) => name)).toEqual([
      'Browser 9',
    ]);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
  });

  test('trusting a browser again replaces its trust', async () => {
    const { browser, device } = await trusted();
    world.clock.advance(30 * DAY);
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    expect((await world.call('console:myAccount', {}, browser)).trustedBrowsers).toHaveLength(1);
    expect(tokenOf(browser).split('.')).toHaveLength(1);
  });
});

describe('the end of trust', () => {
  test('S10, G14: users end one or all for themselves, with a current code', async () => {
    const { browser, device } = await trusted();
    const firefox = world.browser('Firefox');
    await world.signInWithCode(firefox, 'jonas.frei', device, true);
    const { trustedBrowsers } = await world.call('console:myAccount', {}, firefox);
    const first = trustedBrowsers.find(({ isThisBrowser }) => !isThisBrowser);
    const end = { id: first?.id ?? '', code: device.wrongCode() };
    await world.refused('console:revokeTrustedBrowsers', end, firefox, 'code-refused');
    const account = await world.call(
      'console:revokeTrustedBrowsers',
      { ...end, code: device.code() },
      firefox,
    );
    expect(account.trustedBrowsers.map(({ name }) => name)).toEqual(['Firefox']);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
    world.clock.advance(STEP);
    await world.call('console:revokeTrustedBrowsers', { id: null, code: device.code() }, firefox);
    await world.signOut(firefox);
    expect((await world.signIn(firefox, 'jonas.frei')).kind).toBe('code');
  });

  test('nobody ends the trust of somebody else’s browser', async () => {
    const { administrator, administratorDevice, browser } = await trusted();
    await world.signIn(browser, 'jonas.frei');
    const { trustedBrowsers } = await world.call('console:myAccount', {}, browser);
    await world.refused(
      'console:revokeTrustedBrowsers',
      { id: trustedBrowsers[0]?.id ?? '', code: administratorDevice.code() },
      administrator,
      'not-found',
    );
  });

  test('G14: the administrator resets all trusted browsers of a user', async () => {
    const { administrator, administratorDevice, userId, browser } = await trusted();
    const row = await world.call(
      'administration:resetTrustedBrowsers',
      { userId, code: administratorDevice.code() },
      administrator,
    );
    expect(row.trustedBrowsers).toBe(0);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
  });

  test('S11: trust is bound to user, factor and epoch: an old record put back is worth nothing', async () => {
    const { administrator, administratorDevice, userId, browser } = await trusted();
    const records = await world.console.context.repository.transact((tx) => tx.trustsOf(userId));
    await world.call(
      'administration:resetTrustedBrowsers',
      { userId, code: administratorDevice.code() },
      administrator,
    );
    await world.console.context.repository.transact(async (tx) => {
      for (const record of records) await tx.putTrust(record);
    });
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
  });

  test('S11: a changed password ends the trust of all browsers, also of this one, and other sessions', async () => {
    const { browser, device } = await trusted();
    const other = world.browser('Firefox');
    await world.signInWithCode(other, 'jonas.frei', device);
    await world.signIn(browser, 'jonas.frei');
    const before = browser.read('session');
    const change = { currentPassword: PASSWORD, newPassword: 'violet harbor 71 pencil', code: null };
    await world.refused('console:changeMyPassword', change, browser, 'code-required');
    await world.refused(
      'console:changeMyPassword',
      { ...change, currentPassword: 'wrong', code: device.code() },
      browser,
      'password-refused',
    );
    const step = await world.call('console:changeMyPassword', { ...change, code: device.code() }, browser);
    expect(step).toMatchObject({ kind: 'signed-in', trustedUntilMs: null });
    expect(browser.read('session')).not.toBe(before);
    expect((await world.step(other)).kind).toBe('signed-out');
    await world.signOut(browser);
    expect((await world.signIn(browser, 'jonas.frei', 'violet harbor 71 pencil')).kind).toBe('code');
  });
});
