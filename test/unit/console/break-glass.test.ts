// Break-glass: sealed codes for the last administrator. Made on purpose, delayed in use, announced, and cancelled by a code.
import type { ConsoleStep } from '../../../src-shared/contract/index.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, type Device, HOUR, MINUTE, STEP, type TestBrowser, World } from './world.ts';

let world: World;
let administrator: TestBrowser;
let device: Device;
/** Where the administrator without a device tries. */
let elsewhere: TestBrowser;
let user: TestBrowser;
let userDevice: Device;
beforeEach(async () => {
  world = await World.create();
  const enrolled = await world.enrolled();
  ({ administrator, administratorDevice: device, browser: user, device: userDevice } = enrolled);
  elsewhere = world.browser('Elsewhere');
});

async function make(): Promise<string[]> {
  world.clock.advance(STEP);
  const { codes } = await world.call('administration:makeBreakGlass', { code: device.code() }, administrator);
  return codes;
}

const use = async (code: string, where = elsewhere, name = 'maria.keller') => {
  await world.signIn(where, name);
  return world.call('console:useBreakGlass', { code }, where);
};
const oneOf = (codes: readonly string[], index = 0): string => codes[index] ?? '';
const status = () => world.call('administration:breakGlass', {}, administrator);
const events = async () => (await world.audit(administrator)).map(({ event }) => event);

const noticesOf = (step: ConsoleStep): string[] =>
  step.kind === 'signed-in' ? step.notices.map(({ kind }) => kind) : [];

/** A second administrator with a device, signed in. */
async function anotherAdministrator(): Promise<{ browser: TestBrowser; device: Device }> {
  const userId = await world.addUser(administrator, 'amara.okafor');
  const role = { userId, role: 'administrator', administersUnitId: null } as const;
  world.clock.advance(STEP);
  await world.call('administration:setRole', { ...role, code: device.code() }, administrator);
  const browser = world.browser('Amara’s browser');
  return { browser, device: await world.setUp(browser, 'amara.okafor') };
}

describe('making them', () => {
  test('five codes, shown once, hashed at rest, with the delay of the policy', async () => {
    const codes = await make();
    expect(new Set(codes).size).toBe(5);
    for (const code of codes) {
      expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
      expect(await world.stored()).not.toContain(code.replaceAll('-', ''));
      expect(await world.stored()).not.toContain(code);
    }
    expect(await status()).toEqual({
      sealed: {
        createdAtMs: world.clock.nowMs(),
        createdBy: 'maria.keller',
        codesLeft: 5,
        delayMs: DAY,
      },
      pending: null,
    });
  });

  test('S10: making and taking away need the administrator’s own code', async () => {
    for (const method of ['administration:makeBreakGlass', 'administration:removeBreakGlass'] as const) {
      await world.refused(method, { code: null }, administrator, 'code-required');
      await world.refused(method, { code: device.wrongCode() }, administrator, 'code-refused');
    }
    expect(await status()).toEqual({ sealed: null, pending: null });
  });

  test('an administrator of a unit neither sees, makes nor uses them', async () => {
    const codes = await make();
    const other = await anotherAdministrator();
    await world.console.context.repository.transact(async (tx) => {
      const amara = await tx.userByName('amara.okafor');
      await tx.putUnit({ id: 'unit-1', name: 'One', nameKey: 'one', createdAtMs: 0 });
      if (amara !== null) await tx.putUser({ ...amara, unitId: 'unit-1', administersUnitId: 'unit-1' });
    });
    await world.refused('administration:breakGlass', {}, other.browser, 'not-permitted');
    await world.refused(
      'administration:makeBreakGlass',
      { code: other.device.code() },
      other.browser,
      'not-permitted',
    );
    await world.signOut(other.browser);
    expect(await world.signIn(other.browser, 'amara.okafor')).toMatchObject({ breakGlass: false });
    await world.refused('console:useBreakGlass', { code: oneOf(codes) }, other.browser, 'conflict');
  });

  test('new ones put earlier ones out of force and end a use that waits', async () => {
    const earlier = await make();
    await use(oneOf(earlier));
    const codes = await make();
    expect(await status()).toMatchObject({ sealed: { codesLeft: 5 }, pending: null });
    expect(await events()).toContain('break-glass-cancelled');
    await world.signIn(elsewhere, 'maria.keller');
    await world.refused('console:useBreakGlass', { code: oneOf(earlier) }, elsewhere, 'code-refused');
    expect((await use(oneOf(codes))).kind).toBe('break-glass');
  });

  test('taken away, none of them is worth anything', async () => {
    const codes = await make();
    world.clock.advance(STEP);
    await world.call('administration:removeBreakGlass', { code: device.code() }, administrator);
    expect(await world.signIn(elsewhere, 'maria.keller')).toMatchObject({ kind: 'code', breakGlass: false });
    await world.refused('console:useBreakGlass', { code: oneOf(codes) }, elsewhere, 'conflict');
  });
});

describe('using one', () => {
  test('begins the delay; after it the same code removes the factor and leads to a set-up', async () => {
    const codes = await make();
    expect(await world.signIn(elsewhere, 'maria.keller')).toMatchObject({ kind: 'code', breakGlass: true });
    const effectiveAtMs = world.clock.nowMs() + DAY;
    const waiting = await world.call('console:useBreakGlass', { code: oneOf(codes) }, elsewhere);
    expect(waiting).toMatchObject({ kind: 'break-glass', effectiveAtMs });
    expect(await world.step(elsewhere)).toEqual(waiting);
    await world.restart();

    world.clock.advance(DAY - 1);
    expect(await use(oneOf(codes), world.browser('Again'))).toMatchObject({
      kind: 'break-glass',
      effectiveAtMs,
    });
    world.clock.advance(1);
    await world.signIn(elsewhere, 'maria.keller');
    await world.refused('console:useBreakGlass', { code: oneOf(codes, 1) }, elsewhere, 'conflict');
    const step = await world.call('console:useBreakGlass', { code: oneOf(codes) }, elsewhere);
    expect(step.kind).toBe('set-up');
    await world.call('console:confirmSetUp', { code: world.device(step).code() }, elsewhere);
    await world.call('console:finishSetUp', {}, elsewhere);
    expect(await world.step(elsewhere)).toMatchObject({ kind: 'signed-in', breakGlassAtMs: null });
    const { sealed, pending } = await world.call('administration:breakGlass', {}, elsewhere);
    expect([sealed?.codesLeft, pending]).toEqual([4, null]);
  });

  test('S11: what takes effect ends the sessions and the trust of that administrator', async () => {
    const codes = await make();
    await use(oneOf(codes));
    world.clock.advance(DAY);
    await world.signIn(administrator, 'maria.keller');
    await world.submitCode(administrator, device.code(), true);
    // That code has cancelled the use, so another one is begun and waited for.
    await use(oneOf(codes, 1));
    world.clock.advance(DAY);
    await use(oneOf(codes, 1));
    expect((await world.step(administrator)).kind).toBe('signed-out');
    expect((await world.signIn(administrator, 'maria.keller')).kind).toBe('set-up');
  });

  test('S17: every administrator is told meanwhile, on the screen and at the next sign-in', async () => {
    const other = await anotherAdministrator();
    const codes = await make();
    await use(oneOf(codes));
    const breakGlassAtMs = world.clock.nowMs() + DAY;
    for (const each of [administrator, other.browser]) {
      expect(await world.step(each)).toMatchObject({ breakGlassAtMs });
    }
    expect(await world.signInWithCode(user, 'jonas.frei', userDevice)).toMatchObject({
      breakGlassAtMs: null,
    });
    await world.signOut(other.browser);
    const step = await world.signInWithCode(other.browser, 'amara.okafor', other.device);
    expect(step).toMatchObject({ breakGlassAtMs });
    expect(noticesOf(step)).toContain('break-glass-used');
  });

  test('a code that was used once can begin no other use', async () => {
    const codes = await make();
    await use(oneOf(codes));
    world.clock.advance(STEP);
    await world.call('console:cancelBreakGlass', { code: device.code() }, administrator);
    await world.signIn(elsewhere, 'maria.keller');
    await world.refused('console:useBreakGlass', { code: oneOf(codes) }, elsewhere, 'code-refused');
  });

  test('another administrator’s use does not disturb one that waits, and keeps the code good', async () => {
    const other = await anotherAdministrator();
    const codes = await make();
    await use(oneOf(codes));
    await world.signOut(other.browser);
    await world.signIn(other.browser, 'amara.okafor');
    await world.refused('console:useBreakGlass', { code: oneOf(codes, 1) }, other.browser, 'conflict');
    expect(await status()).toMatchObject({ sealed: { codesLeft: 4 }, pending: { userName: 'maria.keller' } });
  });

  test('a stopped factor leaves this way open, and no other', async () => {
    const codes = await make();
    await world.console.context.repository.transact(async (tx) => {
      const maria = await tx.userByName('maria.keller');
      const factor = await tx.factor(maria?.factorId ?? '');
      if (factor !== null) await tx.putFactor({ ...factor, blocked: true });
    });
    expect(await world.signIn(elsewhere, 'maria.keller')).toMatchObject({ kind: 'code', attemptsLeft: 0 });
    await world.refused(
      'console:submitCode',
      { code: device.code(), trustBrowser: false },
      elsewhere,
      'locked-out',
    );
    expect((await use(oneOf(codes))).kind).toBe('break-glass');
    world.clock.advance(DAY);
    expect((await use(oneOf(codes))).kind).toBe('set-up');
  });

  test('S5: wrong ones lock, apart from codes: guessed codes do not lock the last way in', async () => {
    const codes = await make();
    for (let round = 0; round < 5; round += 1) {
      await world.signIn(elsewhere, 'maria.keller');
      const code = round === 4 ? 'locked-out' : 'code-refused';
      const input = { code: device.wrongCode(), trustBrowser: false };
      await world.refused('console:submitCode', input, elsewhere, code);
    }
    expect((await use(oneOf(codes))).kind).toBe('break-glass');
    world.clock.advance(STEP * 20);
    await world.call('console:cancelBreakGlass', { code: device.code() }, administrator);
    for (let round = 0; round < 5; round += 1) {
      await world.signIn(elsewhere, 'maria.keller');
      const code = round === 4 ? 'locked-out' : 'code-refused';
      await world.refused('console:useBreakGlass', { code: 'AAAA-BBBB-CCCC-DDDD' }, elsewhere, code);
    }
    await world.signIn(elsewhere, 'maria.keller');
    await world.refused('console:useBreakGlass', { code: oneOf(codes, 1) }, elsewhere, 'locked-out');
    world.clock.advance(5 * MINUTE);
    expect((await use(oneOf(codes, 1))).kind).toBe('break-glass');
  });

  test('S22: what cannot be a code is refused and not counted', async () => {
    await make();
    await world.signIn(elsewhere, 'maria.keller');
    const refusal = await world.refused(
      'console:useBreakGlass',
      { code: '123456' },
      elsewhere,
      'code-refused',
    );
    expect(refusal.details).toEqual({ reason: 'wrong-length' });
  });

  test('it is nothing for users, and nothing without a right password', async () => {
    const codes = await make();
    expect(await world.signIn(user, 'jonas.frei')).toMatchObject({ breakGlass: false });
    await world.refused('console:useBreakGlass', { code: oneOf(codes) }, user, 'conflict');
    await world.refused(
      'console:useBreakGlass',
      { code: oneOf(codes) },
      world.browser('Nobody'),
      'step-expired',
    );
  });
});

describe('cancelling', () => {
  test('by another administrator with a valid code; the user concerned is told', async () => {
    const other = await anotherAdministrator();
    const codes = await make();
    await use(oneOf(codes));
    await world.refused(
      'console:cancelBreakGlass',
      { code: other.device.wrongCode() },
      other.browser,
      'code-refused',
    );
    const step = await world.call('console:cancelBreakGlass', { code: other.device.code() }, other.browser);
    expect(step).toMatchObject({ kind: 'signed-in', breakGlassAtMs: null });
    expect(await status()).toMatchObject({ sealed: { codesLeft: 4 }, pending: null });
    world.clock.advance(DAY);
    expect(await world.signIn(elsewhere, 'maria.keller')).toMatchObject({ kind: 'code' });
    await world.refused('console:useBreakGlass', { code: oneOf(codes) }, elsewhere, 'code-refused');
    const told = await world.signInWithCode(elsewhere, 'maria.keller', device);
    expect(noticesOf(told)).toContain('break-glass-cancelled');
    const record = (await world.audit(elsewhere)).find(({ event }) => event === 'break-glass-cancelled');
    expect(record).toMatchObject({ subject: 'maria.keller', actor: 'amara.okafor' });
  });

  test('by the user concerned, who has the device after all: a complete sign-in with a code ends it', async () => {
    const codes = await make();
    await use(oneOf(codes));
    world.clock.advance(HOUR);
    expect((await world.signIn(elsewhere, 'maria.keller')).kind).toBe('break-glass');
    expect(await world.submitCode(elsewhere, device.code())).toMatchObject({
      kind: 'signed-in',
      breakGlassAtMs: null,
    });
  });

  test('by a reset of the factor or a change of device', async () => {
    const codes = await make();
    await use(oneOf(codes));
    world.clock.advance(STEP);
    const step = await world.call('console:startReset', { code: device.code() }, administrator);
    const next = world.device(step);
    expect(await status()).toMatchObject({ pending: { userName: 'maria.keller' } });
    await world.call('console:confirmReset', { code: next.code() }, administrator);
    await world.call('console:finishSetUp', {}, administrator);
    expect(await status()).toMatchObject({ pending: null });
  });

  test('not by users, not without a factor, and not when nothing waits', async () => {
    await world.refused('console:cancelBreakGlass', { code: device.code() }, administrator, 'conflict');
    const codes = await make();
    await world.signInWithCode(user, 'jonas.frei', userDevice);
    await use(oneOf(codes));
    await world.refused('console:cancelBreakGlass', { code: userDevice.code() }, user, 'not-permitted');
  });

  test('S18: each step is in the audit', async () => {
    const codes = await make();
    await world.signIn(elsewhere, 'maria.keller');
    await world.refused('console:useBreakGlass', { code: 'AAAA-BBBB-CCCC-DDDD' }, elsewhere, 'code-refused');
    await use(oneOf(codes));
    world.clock.advance(STEP);
    await world.call('console:cancelBreakGlass', { code: device.code() }, administrator);
    world.clock.advance(STEP);
    await world.call('administration:removeBreakGlass', { code: device.code() }, administrator);
    const written = (await events()).filter((event) => event.startsWith('break-glass'));
    expect(written).toEqual([
      'break-glass-made',
      'break-glass-refused',
      'break-glass-used',
      'break-glass-cancelled',
      'break-glass-removed',
    ]);
  });
});
