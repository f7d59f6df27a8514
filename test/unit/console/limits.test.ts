// Limits against guessing (S5–S7) and the one answer for every refused sign-in (S15).
import { beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../../src-main/console/policy.ts';
import { afterFailure } from '../../../src-main/console/throttle.ts';
import type { Counter } from '../../../src-main/console/records.ts';
import {
  DAY,
  type Device,
  HOUR,
  MINUTE,
  PASSWORD,
  STEP,
  type TestBrowser,
  World,
  embeddedTest,
} from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

const wrongPassword = (browser: TestBrowser, userName = 'jonas.frei') =>
  world.refused('console:signIn', { userName, password: 'wrong password' }, browser, 'sign-in-refused');

/** Enters a wrong code, signing in anew where the challenge is over; answers the error's code. */
async function wrongCode(browser: TestBrowser, device: Device): Promise<string> {
  if ((await world.step(browser)).kind !== 'code') await world.signIn(browser, 'jonas.frei');
  const answer = await world.router(
    'console:submitCode',
    { code: device.wrongCode(), trustBrowser: false },
    browser,
  );
  return answer.ok ? 'accepted' : answer.error.code;
}

describe('passwords', () => {
  test('S5: ten wrong passwords in 15 minutes are let pass, the eleventh locks for 5 minutes', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    for (let round = 0; round < 10; round += 1) await wrongPassword(world.browser());
    expect((await world.signIn(world.browser(), 'jonas.frei')).kind).toBe('signed-in');
    for (let round = 0; round < 11; round += 1) await wrongPassword(world.browser());
    const right = { userName: 'jonas.frei', password: PASSWORD };
    await world.refused('console:signIn', right, world.browser(), 'sign-in-refused');
    await world.restart();
    world.clock.advance(5 * MINUTE - 1);
    await world.refused('console:signIn', right, world.browser(), 'sign-in-refused');
    world.clock.advance(1);
    expect((await world.signIn(world.browser(), 'jonas.frei')).kind).toBe('signed-in');
  });

  test('S5: failures older than 15 minutes do not count', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    for (let round = 0; round < 40; round += 1) {
      await wrongPassword(world.browser());
      world.clock.advance(2 * MINUTE);
    }
    expect((await world.signIn(world.browser(), 'jonas.frei')).kind).toBe('signed-in');
  });

  test('S5: of 200 parallel guesses, none after the lock gets in, though one of them is right', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const guesses = Array.from({ length: 200 }, (_, index) =>
      index === 50 ? PASSWORD : `guess number ${index}`,
    );
    const answers = await Promise.all(
      guesses.map((password) =>
        world.router('console:signIn', { userName: 'jonas.frei', password }, world.browser()),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(0);
  });

  test('S7: a browser that has signed in before is not locked out by others, and has a limit of its own', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const known = world.browser('Known');
    await world.signIn(known, 'jonas.frei');
    await world.signOut(known);
    for (let round = 0; round < 30; round += 1) await wrongPassword(world.browser('Attacker'));
    const right = { userName: 'jonas.frei', password: PASSWORD };
    await world.refused('console:signIn', right, world.browser('Unknown'), 'sign-in-refused');
    expect((await world.signIn(known, 'jonas.frei')).kind).toBe('signed-in');
    await world.signOut(known);
    for (let round = 0; round < 11; round += 1) await wrongPassword(known);
    await world.refused('console:signIn', right, known, 'sign-in-refused');
  });

  test('S7: another user’s device token gives no counter of its own', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const eve = world.browser('Eve');
    eve.write('device', administrator.read('device') ?? '', world.clock.nowMs() + DAY);
    for (let round = 0; round < 11; round += 1) await wrongPassword(world.browser());
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: PASSWORD },
      eve,
      'sign-in-refused',
    );
  });
});

describe('escalation', () => {
  test('every further lock within 24 hours doubles, up to a day, and starts anew afterwards', () => {
    const spans: number[] = [];
    let nowMs = 0;
    let counter: Counter | null = null;
    const lock = (): number => {
      for (let round = 0; round < 5; round += 1)
        counter = afterFailure(counter, 'code-1', true, 5, defaultPolicy, nowMs);
      return (counter?.lockedUntilMs ?? 0) - nowMs;
    };
    for (let round = 0; round < 7; round += 1) {
      const span = lock();
      spans.push(span / MINUTE);
      nowMs += span;
    }
    expect(spans).toEqual([5, 10, 20, 40, 80, 160, 320]);
    expect(lock() / MINUTE).toBe(640);
    nowMs += 2 * DAY;
    expect(lock() / MINUTE).toBe(5);
    for (let round = 0; round < 30; round += 1) expect(lock()).toBeLessThanOrEqual(DAY);
  });
});

describe('codes', () => {
  test('S5: the fifth wrong code locks for 5 minutes, per user: in all browsers and after a restart', async () => {
    const { browser, device } = await world.enrolled();
    for (const expected of ['code-refused', 'code-refused', 'code-refused', 'code-refused']) {
      expect(await wrongCode(world.browser(), device)).toBe(expected);
    }
    await world.signIn(browser, 'jonas.frei');
    const error = await world.refused(
      'console:submitCode',
      { code: device.wrongCode(), trustBrowser: false },
      browser,
      'locked-out',
    );
    expect(error.details).toMatchObject({
      reason: 'wrong',
      attemptsLeft: 0,
      retryAtMs: world.clock.nowMs() + 5 * MINUTE,
    });
    await world.restart();
    const other = world.browser('Firefox');
    await world.signIn(other, 'jonas.frei');
    const locked = await world.refused(
      'console:submitCode',
      { code: device.code(), trustBrowser: false },
      other,
      'locked-out',
    );
    expect(locked.details).toMatchObject({ reason: 'too-many-codes' });
    world.clock.advance(5 * MINUTE);
    await world.signIn(other, 'jonas.frei');
    expect((await world.submitCode(other, device.code())).kind).toBe('signed-in');
  });

  test('S5: a right code that comes in the lock is not looked at, so it stays usable', async () => {
    const { browser, device } = await world.enrolled();
    for (let round = 0; round < 5; round += 1) await wrongCode(world.browser(), device);
    await world.signIn(browser, 'jonas.frei');
    await world.refused(
      'console:submitCode',
      { code: device.code(), trustBrowser: false },
      browser,
      'locked-out',
    );
    world.clock.advance(5 * MINUTE);
    await world.signIn(browser, 'jonas.frei');
    expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
  });

  test('a challenge dies after five refused codes, also when they were only used ones', async () => {
    const { browser, device } = await world.enrolled();
    const used = device.code();
    await world.signIn(browser, 'jonas.frei');
    await world.submitCode(browser, used);
    await world.signOut(browser);
    await world.signIn(browser, 'jonas.frei');
    for (let round = 0; round < 5; round += 1) {
      await world.refused('console:submitCode', { code: used, trustBrowser: false }, browser, 'code-refused');
    }
    expect((await world.step(browser)).kind).toBe('signed-out');
  });

  test('S6: a right password does not clear the count of wrong codes, a complete sign-in does', async () => {
    const { browser, device } = await world.enrolled();
    for (let round = 0; round < 3; round += 1) await wrongCode(world.browser(), device);
    expect(await world.signIn(browser, 'jonas.frei')).toMatchObject({ kind: 'code', attemptsLeft: 2 });
    await world.call('console:cancelSignIn', {}, browser);
    expect(await world.signIn(browser, 'jonas.frei')).toMatchObject({ kind: 'code', attemptsLeft: 2 });
    await world.submitCode(browser, device.code());
    await world.signOut(browser);
    expect(await world.signIn(browser, 'jonas.frei')).toMatchObject({ kind: 'code', attemptsLeft: 5 });
  });

  test('S5: wrong codes in the prompts of a live session count as well', async () => {
    const { browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device);
    for (let round = 0; round < 4; round += 1) {
      await world.refused('console:startReset', { code: device.wrongCode() }, browser, 'code-refused');
    }
    await world.refused('console:startReset', { code: device.wrongCode() }, browser, 'locked-out');
    await world.refused('console:startReset', { code: device.code() }, browser, 'locked-out');
    expect(await wrongCode(world.browser(), device)).toBe('locked-out');
  });

  test('S5: 100 wrong codes in a row stop the factor until an administrator resets it', async () => {
    const { browser, device } = await world.enrolled();
    for (let wrong = 0; wrong < 99;) {
      const code = await wrongCode(browser, device);
      const wasLooked = code === 'code-refused' || (code === 'locked-out' && wrong % 5 === 4);
      if (wasLooked) wrong += 1;
      if (code === 'locked-out') world.clock.advance(DAY);
    }
    world.clock.advance(DAY);
    await world.signIn(browser, 'jonas.frei');
    const error = await world.refused(
      'console:submitCode',
      { code: device.wrongCode(), trustBrowser: false },
      browser,
      'locked-out',
    );
    expect(error.details).toEqual({ reason: 'factor-stopped', retryAtMs: null });
    world.clock.advance(DAY);
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: PASSWORD },
      browser,
      'locked-out',
    );
    expect((await world.step(browser)).kind).toBe('signed-out');
  });

  test('a stopped factor lets the user in again after an administrator’s reset', async () => {
    const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
    await world.console.context.repository.transact(async (tx) => {
      const user = await tx.user(userId);
      const factor = await tx.factor(user?.factorId ?? '');
      if (factor === null) throw new Error('No factor.');
      await tx.putFactor({ ...factor, consecutiveFailures: 99 });
    });
    expect(await wrongCode(browser, device)).toBe('locked-out');
    const row = await world.call(
      'administration:resetFactor',
      { userId, code: administratorDevice.code() },
      administrator,
    );
    expect(row.factor).toBe('not-set-up');
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('set-up');
  });

  test('unlock takes back locks, after the administrator’s own code', async () => {
    const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
    for (let round = 0; round < 5; round += 1) await wrongCode(browser, device);
    for (let round = 0; round < 11; round += 1) await wrongPassword(world.browser());
    await world.refused('administration:unlock', { userId, code: null }, administrator, 'code-required');
    const row = await world.call(
      'administration:unlock',
      { userId, code: administratorDevice.code() },
      administrator,
    );
    expect(row.lockedUntilMs).toBeNull();
    await world.signIn(browser, 'jonas.frei');
    expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
  });
});

describe('S15: one answer', () => {
  /** What a refused sign-in answers and how much it works. */
  const measure = async (userName: string, password: string) => {
    const before = { verified: world.hasher.verified, hashed: world.hasher.hashed };
    const commits = world.store.commits.length;
    const answer = await world.router('console:signIn', { userName, password }, world.browser());
    return {
      answer,
      verified: world.hasher.verified - before.verified,
      hashed: world.hasher.hashed - before.hashed,
      commits: world.store.commits.length - commits,
    };
  };

  embeddedTest(
    'unknown user, wrong password, locked, deactivated: same answer, one hash and one write each',
    async () => {
      const administrator = await world.createOrganization();
      await world.addUser(administrator, 'jonas.frei');
      const lockedId = await world.addUser(administrator, 'amara.okafor');
      const goneId = await world.addUser(administrator, 'sofia.pappa');
      await world.call(
        'administration:setActive',
        { userId: goneId, active: false, code: null },
        administrator,
      );
      for (let round = 0; round < 11; round += 1) await wrongPassword(world.browser(), 'amara.okafor');
      const measured = [
        await measure('nobody.here', PASSWORD),
        await measure('jonas.frei', 'wrong password'),
        await measure('amara.okafor', PASSWORD),
        await measure('amara.okafor', 'wrong password'),
        await measure('sofia.pappa', PASSWORD),
        await measure('name with $ signs \u0007', PASSWORD),
      ];
      for (const one of measured) {
        expect(one).toEqual({ ...measured[0], verified: 1, hashed: 0, commits: 1 });
        expect(one.answer).toMatchObject({ ok: false, error: { code: 'sign-in-refused' } });
      }
      expect(lockedId).not.toBe(goneId);
    },
  );

  test('an unknown name is locked just like a known one', async () => {
    await world.createOrganization();
    for (let round = 0; round < 11; round += 1) await wrongPassword(world.browser(), 'ghost');
    const tables = await world.tables();
    const locks = JSON.stringify([...(tables.get('counters')?.values() ?? [])]);
    expect(locks).toContain(`"lockedUntilMs":${world.clock.nowMs() + 5 * MINUTE}`);
    expect(locks).not.toContain('ghost');
  });

  test('counters of names that nobody has are cleared away after a day', async () => {
    await world.createOrganization();
    for (let round = 0; round < 20; round += 1) await wrongPassword(world.browser(), `ghost-${round}`);
    world.clock.advance(DAY + HOUR);
    for (let round = 0; round < 10; round += 1) await wrongPassword(world.browser(), 'one.ghost');
    expect((await world.tables()).get('counters')?.size).toBe(1);
  });

  test('user names compare without case and in one Unicode form', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'Zoë.Müller');
    expect((await world.signIn(world.browser(), ' zoe\u0308.mu\u0308ller ')).kind).toBe('signed-in');
    await world.refused(
      'administration:addUser',
      { userName: 'ZOË.MÜLLER', displayName: 'Other', role: 'user', unitId: null },
      administrator,
      'already-exists',
    );
  });

  test('a password changed while it is being checked makes the check worthless', async () => {
    const administrator = await world.createOrganization();
    const userId = await world.addUser(administrator, 'jonas.frei');
    world.hasher.whileVerifying = async () => {
      world.hasher.whileVerifying = () => Promise.resolve();
      await world.call('administration:newOneTimePassword', { userId, code: null }, administrator);
    };
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: PASSWORD },
      world.browser(),
      'sign-in-refused',
    );
  });
});

test('the clock of the tests stands at the start of a time step', () => {
  expect(world.clock.nowMs() % STEP).toBe(0);
});
