// The policy: saved by administrators of the organization alone, in force at once, audited with what changed.
import { beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../../src-main/console/policy.ts';
import { Policy } from '../../../src-shared/contract/index.ts';
import { everybody } from '../../fakes/console-queries.ts';
import { DAY, HOUR, MINUTE, SECOND, STEP, type TestBrowser, World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

const withValues = (values: Partial<Policy>): Policy => ({ ...defaultPolicy, ...values });

const save = (administrator: TestBrowser, values: Partial<Policy>, code: string | null = null) =>
  world.call('administration:savePolicy', { policy: withValues(values), code }, administrator);

describe('policy: reading and saving', () => {
  test('the values in force come with their defaults and the chance of guessing', async () => {
    const administrator = await world.createOrganization();
    const before = await world.call('administration:policy', {}, administrator);
    expect(before).toMatchObject({ policy: defaultPolicy, defaults: defaultPolicy });
    const saved = await save(administrator, { codeFailures: 3 });
    expect(saved.policy.codeFailures).toBe(3);
    const after = await world.call('administration:policy', {}, administrator);
    expect(after).toEqual({ ...saved, defaults: defaultPolicy });
    await world.restart();
    expect(await world.call('administration:policy', {}, administrator)).toEqual(after);
  });

  test('S10: needs the administrator’s own code, and nothing is saved without', async () => {
    const { administrator, administratorDevice } = await world.enrolled();
    const policy = withValues({ codeFailures: 3 });
    const input = { policy, code: null };
    await world.refused('administration:savePolicy', input, administrator, 'code-required');
    const wrong = { policy, code: administratorDevice.wrongCode() };
    await world.refused('administration:savePolicy', wrong, administrator, 'code-refused');
    const kept = await world.call('administration:policy', {}, administrator);
    expect(kept.policy).toEqual(defaultPolicy);
    await save(administrator, { codeFailures: 3 }, administratorDevice.code());
    expect((await world.call('administration:policy', {}, administrator)).policy.codeFailures).toBe(3);
  });

  test('S18: the audit says what changed, and nothing when nothing did', async () => {
    const administrator = await world.createOrganization();
    await save(administrator, {});
    await save(administrator, { digits: 8, sessionIdleMs: 10 * MINUTE });
    const changes = (await world.audit(administrator)).filter(({ event }) => event === 'policy-changed');
    expect(changes).toMatchObject([
      {
        actor: 'maria.keller',
        summary: 'The policy was changed: digits 6 → 8, sessionIdleMs 1800000 → 600000.',
      },
    ]);
  });

  test.each<readonly [Partial<Policy>, keyof Policy]>([
    [{ sessionIdleMs: HOUR, sessionAbsoluteMs: 30 * MINUTE }, 'sessionIdleMs'],
    [{ challengeMs: 30 * MINUTE }, 'challengeMs'],
    [{ challengeMs: MINUTE, periodS: 60 }, 'challengeMs'],
    [{ codeFailures: 20, consecutiveCodeFailures: 10 }, 'consecutiveCodeFailures'],
  ])('values that do not go together are refused with a sentence: %j', async (values, value) => {
    const { administrator, administratorDevice } = await world.enrolled();
    const policy = withValues(values);
    const code = administratorDevice.code();
    const failure = await world.refused(
      'administration:savePolicy',
      { policy, code },
      administrator,
      'invalid-input',
    );
    expect(failure.details).toEqual({ reason: 'policy', value });
    expect(failure.message).toMatch(/\. Nothing was saved\.$/);
    await world.refused('administration:judgePolicy', policy, administrator, 'invalid-input');
    // The code was not used up for it.
    await save(administrator, { codeFailures: 4 }, code);
  });

  test('S22: each value has bounds, and the defaults and both ends of each keep them', () => {
    expect(Policy.safeParse(defaultPolicy).success).toBe(true);
    for (const values of [
      { digits: 5 },
      { windowSteps: 3 },
      { lockMs: 0 },
      { sessionIdleMs: SECOND },
      { digits: 6.5 },
    ]) {
      expect(Policy.safeParse(withValues(values)).success, JSON.stringify(values)).toBe(false);
    }
  });

  test('judging writes nothing', async () => {
    const administrator = await world.createOrganization();
    const commits = world.store.commits.length;
    const judged = await world.call(
      'administration:judgePolicy',
      withValues({ windowSteps: 2, consecutiveCodeFailures: 500 }),
      administrator,
    );
    expect(judged.warnings).toHaveLength(2);
    expect(world.store.commits).toHaveLength(commits);
  });
});

describe('policy: in force at once', () => {
  test('S4: the window of the policy decides which codes are taken', async () => {
    const { administrator, administratorDevice, browser, device } = await world.enrolled();
    for (const [windowSteps, taken] of [
      [0, [0]],
      [1, [-1, 0, 1]],
      [2, [-2, -1, 0, 1, 2]],
    ] as const) {
      world.clock.advance(STEP);
      await save(
        administrator,
        { windowSteps, consecutiveCodeFailures: 1_000, codeFailures: 20 },
        administratorDevice.code(),
      );
      for (const steps of [-2, -1, 0, 1, 2]) {
        world.clock.advance(6 * STEP);
        await world.signIn(browser, 'jonas.frei');
        const answer = await world.router(
          'console:submitCode',
          { code: device.code(steps), trustBrowser: false },
          browser,
        );
        expect(answer.ok, `window ${windowSteps}, T${steps}`).toBe(taken.some((step) => step === steps));
      }
      await world.step(administrator);
    }
  });

  test('S5: fewer wrong codes and a longer lock hold for the next wrong code', async () => {
    const { administrator, administratorDevice, browser, device } = await world.enrolled();
    await save(administrator, { codeFailures: 3, lockMs: HOUR }, administratorDevice.code());
    await world.signIn(browser, 'jonas.frei');
    const wrong = { code: device.wrongCode(), trustBrowser: false };
    await world.refused('console:submitCode', wrong, browser, 'code-refused');
    await world.refused('console:submitCode', wrong, browser, 'code-refused');
    const failure = await world.refused('console:submitCode', wrong, browser, 'locked-out');
    expect(failure.details?.['retryAtMs']).toBe(world.clock.nowMs() + HOUR);
  });

  test('digits and period hold for factors that are set up from then on', async () => {
    const { administrator, administratorDevice, browser, device } = await world.enrolled();
    await save(administrator, { digits: 8, periodS: 60 }, administratorDevice.code());
    await world.addUser(administrator, 'new.comer');
    expect((await world.signInWithCode(browser, 'jonas.frei', device)).kind).toBe('signed-in');
    const step = await world.signIn(world.browser(), 'new.comer');
    expect(step.kind === 'set-up' ? step.sheet.uri : '').toMatch(/digits=8.*period=60/);
  });

  test('shorter times end living sessions at once, longer ones do not lengthen what was told', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const browser = world.browser();
    await world.signIn(browser, 'jonas.frei');
    world.clock.advance(20 * MINUTE);
    await save(administrator, { sessionIdleMs: DAY, sessionAbsoluteMs: 30 * DAY });
    const step = await world.step(browser);
    expect(step.kind === 'signed-in' ? step.endsAtMs : 0).toBe(world.clock.nowMs() - 20 * MINUTE + 12 * HOUR);
    await save(administrator, { sessionIdleMs: 10 * MINUTE });
    expect((await world.step(browser)).kind).toBe('signed-out');
    world.clock.advance(6 * MINUTE);
    await save(administrator, { sessionIdleMs: 5 * MINUTE, sessionAbsoluteMs: 5 * MINUTE });
    expect((await world.step(administrator)).kind).toBe('signed-out');
  });

  test('shorter trust ends living trust at once, and 0 browsers end and forbid it', async () => {
    const { administrator, administratorDevice, browser, device } = await world.enrolled();
    await world.signInWithCode(browser, 'jonas.frei', device, true);
    await world.signOut(browser);
    world.clock.advance(2 * HOUR);
    await world.signInWithCode(administrator, 'maria.keller', administratorDevice);
    await save(administrator, { trustMs: 3 * HOUR }, administratorDevice.code());
    const step = await world.signIn(browser, 'jonas.frei');
    expect(step.kind === 'signed-in' ? step.trustedUntilMs : 0).toBeLessThanOrEqual(
      world.clock.nowMs() + HOUR,
    );
    world.clock.advance(STEP);
    await save(administrator, { trustMs: HOUR }, administratorDevice.code());
    await world.signOut(browser);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
    await world.submitCode(browser, device.code(), true);
    await world.signOut(browser);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
    world.clock.advance(STEP);
    await save(administrator, { trustedBrowsersPerUser: 0 }, administratorDevice.code());
    await world.signOut(browser);
    const asked = await world.signIn(browser, 'jonas.frei');
    expect(asked.kind === 'code' ? asked.trustDays : -1).toBe(0);
    await world.submitCode(browser, device.code(), true);
    const { users } = await world.call('administration:directory', everybody, administrator);
    expect(users.map(({ trustedBrowsers }) => trustedBrowsers)).toEqual([0, 0]);
  });
});
