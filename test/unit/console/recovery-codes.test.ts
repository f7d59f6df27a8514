// Recovery codes: ten on paper where the policy has them, each good for one sign-in, under the limits of codes.
import type { ConsoleStep } from '../../../src-shared/contract/index.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Device, MINUTE, STEP, type TestBrowser, World } from './world.ts';

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

const allow = (recoveryCodes = true) =>
  world.console.context.repository.transact(async (tx) => {
    const organization = await tx.organization();
    if (organization === null) throw new Error('There is no organization.');
    await tx.putOrganization({ ...organization, policy: { ...organization.policy, recoveryCodes } });
  });

/** Makes codes, signed in, and signs out again. */
async function make(): Promise<string[]> {
  await allow();
  await world.signInWithCode(browser, 'jonas.frei', device);
  const { codes } = await world.call('console:makeRecoveryCodes', { code: device.code() }, browser);
  world.clock.advance(STEP);
  await world.signOut(browser);
  return codes;
}

const use = (code: string) => world.call('console:submitRecoveryCode', { code }, browser);
const refused = (code: string, error: 'code-refused' | 'locked-out' = 'code-refused') =>
  world.refused('console:submitRecoveryCode', { code }, browser, error);
const noticesOf = (step: ConsoleStep): string[] =>
  step.kind === 'signed-in' ? step.notices.map(({ kind }) => kind) : [];
const oneOf = (codes: readonly string[], index = 0): string => codes[index] ?? '';
const WRONG = 'AAAA-BBBB-CCCC-DDDD';

describe('making them', () => {
  test('ten codes of 80 bits in groups, all different, hashed at rest', async () => {
    const codes = await make();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
      expect(await world.stored()).not.toContain(code);
      expect(await world.stored()).not.toContain(code.replaceAll('-', ''));
    }
  });

  test('S10: needs a fresh code, and not only a live session', async () => {
    await allow();
    await world.signInWithCode(browser, 'jonas.frei', device);
    const used = device.code(-1);
    for (const code of [device.wrongCode(), used]) {
      await world.refused('console:makeRecoveryCodes', { code }, browser, 'code-refused');
    }
    expect((await world.call('console:myAccount', {}, browser)).recoveryCodes).toEqual({
      left: 0,
      madeAtMs: null,
    });
  });

  test('the account says how many are left, the administrator’s list too', async () => {
    const codes = await make();
    await world.signIn(browser, 'jonas.frei');
    await use(oneOf(codes));
    const { recoveryCodes } = await world.call('console:myAccount', {}, browser);
    expect(recoveryCodes).toMatchObject({ left: 9 });
    expect(await world.call('administration:user', { userId }, administrator)).toMatchObject({
      recoveryCodesLeft: 9,
    });
  });

  test('new ones put earlier ones out of force', async () => {
    const earlier = await make();
    const codes = await make();
    await world.signIn(browser, 'jonas.frei');
    await refused(oneOf(earlier));
    expect((await use(oneOf(codes))).kind).toBe('signed-in');
  });

  test('not where the policy has none, and not without a factor', async () => {
    await world.signInWithCode(browser, 'jonas.frei', device);
    await world.refused('console:makeRecoveryCodes', { code: device.code() }, browser, 'conflict');
    expect((await world.call('console:myAccount', {}, browser)).recoveryCodes).toBeNull();
    await allow();
    const other = world.browser('Other');
    await world.addUser(administrator, 'amara.okafor');
    await world.call(
      'administration:setTwoFactor',
      { turnOn: false, code: administratorDevice.code() },
      administrator,
    );
    await world.signIn(other, 'amara.okafor');
    await world.refused('console:makeRecoveryCodes', { code: '123456' }, other, 'conflict');
  });
});

describe('using one', () => {
  test('G11: signs in without a device, and only once', async () => {
    const codes = await make();
    await world.signIn(browser, 'jonas.frei');
    expect((await use(oneOf(codes))).kind).toBe('signed-in');
    expect(browser.slots.has('trust')).toBe(false);
    await world.signOut(browser);
    await world.restart();
    await world.signIn(browser, 'jonas.frei');
    await refused(oneOf(codes));
    expect((await use(oneOf(codes, 1))).kind).toBe('signed-in');
  });

  test.each([
    ['in small letters with spaces', (code: string) => code.toLowerCase().replaceAll('-', ' ')],
    ['without groups', (code: string) => code.replaceAll('-', '')],
    ['with 0 for O and 8 for B', (code: string) => code.replaceAll('O', '0').replaceAll('B', '8')],
  ])('as people type it: %s', async (_how, typed) => {
    const codes = await make();
    await world.signIn(browser, 'jonas.frei');
    expect((await use(typed(oneOf(codes)))).kind).toBe('signed-in');
  });

  test('S17: the user is told at the next sign-in, not only whoever used it', async () => {
    const codes = await make();
    await world.signIn(browser, 'jonas.frei');
    expect(noticesOf(await use(oneOf(codes)))).not.toContain('recovery-used');
    const home = world.browser('Home');
    const step = await world.signInWithCode(home, 'jonas.frei', device);
    expect(noticesOf(step)).toContain('recovery-used');
  });

  test('S5: wrong ones and wrong codes are counted together, and lock both', async () => {
    const codes = await make();
    await world.signIn(browser, 'jonas.frei');
    for (const attemptsLeft of [4, 3]) {
      expect((await refused(WRONG)).details).toEqual({ reason: 'wrong', attemptsLeft });
    }
    for (let round = 0; round < 2; round += 1) {
      await world.refused(
        'console:submitCode',
        { code: device.wrongCode(), trustBrowser: false },
        browser,
        'code-refused',
      );
    }
    await refused(WRONG, 'locked-out');
    await world.signIn(browser, 'jonas.frei');
    await refused(oneOf(codes), 'locked-out');
    world.clock.advance(5 * MINUTE);
    await world.signIn(browser, 'jonas.frei');
    expect((await use(oneOf(codes))).kind).toBe('signed-in');
  });

  test('S3: of many parallel submissions of one code exactly one wins', async () => {
    const codes = await make();
    const browsers = Array.from({ length: 20 }, (_, index) => world.browser(`Browser ${index}`));
    for (const each of browsers) await world.signIn(each, 'jonas.frei');
    const answers = await Promise.all(
      browsers.map((each) => world.router('console:submitRecoveryCode', { code: oneOf(codes) }, each)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test.each(['', 'AAAA', 'AAAA-BBBB-CCCC-DDD!', '123456'])(
    'S22: what cannot be one is refused and not counted: "%s"',
    async (typed) => {
      await make();
      await world.signIn(browser, 'jonas.frei');
      expect((await refused(typed)).details).toEqual({ reason: 'wrong-length' });
      expect(await world.step(browser)).toMatchObject({ attemptsLeft: 5 });
    },
  );

  test('another user’s code, or one after the policy has dropped them, is worth nothing', async () => {
    const codes = await make();
    await world.signIn(browser, 'maria.keller');
    await refused(oneOf(codes));
    await allow(false);
    await world.signIn(browser, 'jonas.frei');
    await world.refused('console:submitRecoveryCode', { code: oneOf(codes) }, browser, 'conflict');
  });

  test('only after a right password', async () => {
    const codes = await make();
    await world.refused(
      'console:submitRecoveryCode',
      { code: oneOf(codes) },
      world.browser('Nobody'),
      'step-expired',
    );
  });
});

describe('what takes them away', () => {
  test('G12: a change of device', async () => {
    const codes = await make();
    await world.signInWithCode(browser, 'jonas.frei', device);
    const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
    await world.call('console:confirmReset', { code: next.code() }, browser);
    await world.signOut(browser);
    await world.signIn(browser, 'jonas.frei');
    await refused(oneOf(codes));
  });

  test('G13: a reset by an administrator', async () => {
    await make();
    await world.call(
      'administration:resetFactor',
      { userId, code: administratorDevice.code() },
      administrator,
    );
    expect(await world.call('administration:user', { userId }, administrator)).toMatchObject({
      recoveryCodesLeft: null,
      factor: 'not-set-up',
    });
  });
});
