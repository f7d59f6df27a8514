// The roll-out: progress, its curve, and the deadline (G1, G2, G16).
import { beforeEach, describe, expect, test } from 'vitest';
import { countsAt, rollOutMoments } from '../../../src-main/console/roll-out.ts';
import { everybody } from '../../fakes/console-queries.ts';
import { DAY, HOUR, MINUTE, START_MS, STEP, type TestBrowser, World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

const progress = (administrator: TestBrowser) => world.call('administration:rollOut', {}, administrator);

describe('roll-out: the curve', () => {
  const expected = (createdDay: number, setUpDay: number | null) => ({
    createdAtMs: START_MS + createdDay * DAY,
    setUpAtMs: setUpDay === null ? null : START_MS + setUpDay * DAY,
  });

  const rollOutCurve = (
    people: readonly { createdAtMs: number; setUpAtMs: number | null }[],
    turnedOnAtMs: number | null,
    nowMs: number,
  ) => {
    const setUps = people.flatMap(({ setUpAtMs }) => setUpAtMs ?? []);
    const first = setUps.length === 0 ? null : Math.min(...setUps);
    const moments = rollOutMoments(turnedOnAtMs, first, nowMs);
    const counts = countsAt(
      people.map(({ createdAtMs }) => createdAtMs),
      setUps,
      moments,
    );
    return moments.map((atMs, index) => ({ atMs, people: 0, setUp: 0, ...counts[index] }));
  };

  test('counts at each moment who was there and who had a factor', () => {
    const people = [expected(-10, 1), expected(-10, 3), expected(2, 3), expected(-10, null)];
    const curve = rollOutCurve(people, START_MS, START_MS + 4 * DAY);
    expect(curve.map(({ atMs, people: there, setUp }) => [(atMs - START_MS) / DAY, there, setUp])).toEqual([
      [0, 3, 0],
      [1, 3, 1],
      [2, 4, 1],
      [3, 4, 3],
      [4, 4, 3],
    ]);
  });

  test.each([0, MINUTE, 5 * HOUR, DAY, 3 * DAY, 117 * DAY, 118 * DAY, 119 * DAY, 3_000 * DAY])(
    'after %d ms it has at most 120 points, oldest first, from the start to now',
    (spanMs) => {
      const curve = rollOutCurve([expected(-10, null)], START_MS, START_MS + spanMs);
      expect(curve.length).toBeLessThanOrEqual(120);
      expect(curve[0]?.atMs).toBe(START_MS);
      expect(curve.at(-1)?.atMs).toBe(START_MS + spanMs);
      for (const [index, point] of curve.entries()) {
        expect(point.atMs).toBeGreaterThan(curve[index - 1]?.atMs ?? 0);
      }
    },
  );

  test('begins with the first factor where that is older than turning it on (G16)', () => {
    const curve = rollOutCurve([expected(-10, -5)], START_MS, START_MS + DAY);
    expect(curve[0]).toEqual({ atMs: START_MS - 5 * DAY, people: 1, setUp: 1 });
  });

  test('of nobody is a point of nothing', () => {
    expect(rollOutCurve([], null, START_MS)).toEqual([{ atMs: START_MS, people: 0, setUp: 0 }]);
  });
});

describe('roll-out: progress', () => {
  test('G1: counts active people, not service accounts, and says who is on the way', async () => {
    const { administrator, administratorDevice } = await world.enrolled();
    const left = await world.addUser(administrator, 'has.left');
    const service = await world.addUser(administrator, 'backup.agent');
    await world.addUser(administrator, 'on.way');
    await world.call(
      'administration:addUser',
      { userName: 'not.yet', displayName: 'Not yet', role: 'user', unitId: null },
      administrator,
    );
    await world.signIn(world.browser(), 'on.way');
    const code = () => {
      world.clock.advance(STEP);
      return administratorDevice.code();
    };
    await world.call(
      'administration:setActive',
      { userId: left, active: false, code: code() },
      administrator,
    );
    await world.call(
      'administration:setServiceAccount',
      { userId: service, isServiceAccount: true, code: code() },
      administrator,
    );
    const answer = await progress(administrator);
    expect(answer).toMatchObject({ twoFactorOn: true, people: 4, setUp: 2, pending: 1, deadlineMs: null });
    expect(answer.turnedOnAtMs).toBe(START_MS);
    expect(answer.curve.at(-1)).toEqual({ atMs: world.clock.nowMs(), people: 4, setUp: 2 });
    world.clock.advance(HOUR);
    await world.signInWithCode(administrator, 'maria.keller', administratorDevice);
    expect((await progress(administrator)).pending).toBe(0);
  });
});

describe('roll-out: the deadline', () => {
  /** 2FA is on; Maria has a factor; Jonas is signed in without one (G2). */
  async function onTheWay() {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const browser = world.browser('Jonas’s browser');
    await world.signIn(browser, 'jonas.frei');
    await world.turnOn(administrator);
    await world.signOut(administrator);
    const device = await world.setUp(administrator, 'maria.keller');
    return { administrator, device, browser };
  }
  const setDeadline = (administrator: TestBrowser, deadlineMs: number | null, code: string) =>
    world.call('administration:setDeadline', { deadlineMs, code }, administrator);

  test('G2, S18: sessions of people without a factor end at it, others go on, and the audit says why', async () => {
    const { administrator, device, browser } = await onTheWay();
    const deadlineMs = world.clock.nowMs() + 20 * MINUTE;
    await setDeadline(administrator, deadlineMs, device.code());
    expect((await progress(administrator)).deadlineMs).toBe(deadlineMs);
    const directory = await world.call('administration:directory', everybody, administrator);
    expect(directory.rollOutDeadlineMs).toBe(deadlineMs);
    const told = await world.step(browser);
    expect(told).toMatchObject({ kind: 'signed-in', rollOutDeadlineMs: deadlineMs, endsAtMs: deadlineMs });
    const own = await world.step(administrator);
    expect(own).toMatchObject({ kind: 'signed-in', rollOutDeadlineMs: null });
    world.clock.advance(deadlineMs - world.clock.nowMs() - 1);
    expect((await world.step(browser)).kind).toBe('signed-in');
    world.clock.advance(1);
    await world.refused('console:myAccount', {}, browser, 'not-signed-in');
    expect((await world.step(administrator)).kind).toBe('signed-in');
    const ended = (await world.audit(administrator)).at(-1);
    expect(ended).toMatchObject({ event: 'session-expired', subject: 'jonas.frei' });
    expect(ended?.summary).toContain('deadline');
    // G3: the next sign-in sets it up, as before the deadline.
    const next = await world.signIn(browser, 'jonas.frei');
    expect(next.kind).toBe('set-up');
    await world.call('console:confirmSetUp', { code: world.device(next).code() }, browser);
    await world.call('console:finishSetUp', {}, browser);
    expect((await world.step(browser)).kind).toBe('signed-in');
  });

  test('G15: a service account is not concerned', async () => {
    const { administrator, device } = await onTheWay();
    const userId = await world.addUser(administrator, 'backup.agent');
    await world.call(
      'administration:setServiceAccount',
      { userId, isServiceAccount: true, code: device.code() },
      administrator,
    );
    const agent = world.browser('Agent');
    await world.signIn(agent, 'backup.agent');
    world.clock.advance(STEP);
    await setDeadline(administrator, world.clock.nowMs() + MINUTE, device.code());
    world.clock.advance(2 * MINUTE);
    expect((await world.step(agent)).kind).toBe('signed-in');
  });

  test('S10: needs the administrator’s own code; taken back, sessions go on', async () => {
    const { administrator, device, browser } = await onTheWay();
    const deadlineMs = world.clock.nowMs() + 10 * MINUTE;
    const without = { deadlineMs, code: null };
    await world.refused('administration:setDeadline', without, administrator, 'code-required');
    await setDeadline(administrator, deadlineMs, device.code());
    world.clock.advance(STEP);
    await setDeadline(administrator, null, device.code());
    world.clock.advance(11 * MINUTE);
    expect((await world.step(browser)).kind).toBe('signed-in');
    const events = (await world.audit(administrator)).filter(({ event }) => event === 'deadline-changed');
    expect(events).toHaveLength(2);
  });

  test('a moment that is past is refused, and any while 2FA is off; no code is used up for it', async () => {
    const { administrator, device } = await onTheWay();
    const code = device.code();
    const past = { deadlineMs: world.clock.nowMs(), code };
    await world.refused('administration:setDeadline', past, administrator, 'conflict');
    await world.call('administration:setTwoFactor', { turnOn: false, code }, administrator);
    world.clock.advance(STEP);
    const off = { deadlineMs: world.clock.nowMs() + DAY, code: device.code() };
    await world.refused('administration:setDeadline', off, administrator, 'conflict');
  });

  test('G2, G16: turned off and on again, an old deadline ends nobody’s session', async () => {
    const { administrator, device, browser } = await onTheWay();
    await setDeadline(administrator, world.clock.nowMs() + 5 * MINUTE, device.code());
    for (const turnOn of [false, true]) {
      world.clock.advance(STEP);
      await world.call('administration:setTwoFactor', { turnOn, code: device.code() }, administrator);
    }
    world.clock.advance(10 * MINUTE);
    expect((await world.step(browser)).kind).toBe('signed-in');
    expect((await progress(administrator)).deadlineMs).toBeNull();
  });
});
