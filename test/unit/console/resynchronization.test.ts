// S16: a device whose clock is off is resynchronised by two codes in a row, and codes are accepted around its drift then.
import { beforeEach, describe, expect, test } from 'vitest';
import { DAY, type Device, MINUTE, SECOND, STEP, type TestBrowser, World } from './world.ts';

let world: World;
let administrator: TestBrowser;
let browser: TestBrowser;
let device: Device;
let userId: string;
beforeEach(async () => {
  world = await World.create();
  ({ administrator, browser, device, userId } = await world.enrolled());
  // What a device shows that is behind must not have been used at the set-up.
  world.clock.advance(40 * STEP);
  await world.signIn(browser, 'jonas.frei');
});

const resynchronize = (first: string, second: string, trustBrowser = false) =>
  world.call('console:resynchronize', { first, second, trustBrowser }, browser);
const refusedPair = (first: string, second: string, code: 'code-refused' | 'locked-out' = 'code-refused') =>
  world.refused('console:resynchronize', { first, second, trustBrowser: false }, browser, code);
const refusedCode = (code: string) =>
  world.refused('console:submitCode', { code, trustBrowser: false }, browser, 'code-refused');

async function driftSteps(): Promise<number | undefined> {
  return world.console.context.repository.transact(async (tx) => {
    const factor = await tx.factor((await tx.user(userId))?.factorId ?? '');
    return factor?.driftSteps;
  });
}

describe('two codes in a row', () => {
  test.each([
    ['behind', -90],
    ['ahead', 90],
    ['far behind', -600 + 30],
    ['far ahead', 600 - 30],
  ])('G8, S16: a clock %s (%i s) is named and taken up, and the sign-in goes on', async (_how, seconds) => {
    device.offsetMs = seconds * SECOND;
    const refusal = await refusedCode(device.code());
    expect(refusal.details).toMatchObject({ reason: 'device-clock', offsetMs: seconds * SECOND });
    const step = await resynchronize(device.code(-1), device.code());
    expect(step.kind).toBe('signed-in');
    expect(await driftSteps()).toBe(seconds / 30);
    await world.signOut(browser);
    world.clock.advance(STEP);
    await world.signIn(browser, 'jonas.frei');
    expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
  });

  test('S16: the browser can be trusted on the way', async () => {
    device.offsetMs = -90 * SECOND;
    const step = await resynchronize(device.code(), device.code(1), true);
    expect(step).toMatchObject({ kind: 'signed-in', trustedUntilMs: world.clock.nowMs() + 30 * DAY });
    await world.signOut(browser);
    expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
  });

  test('S16: the limits of the window lie around the drift', async () => {
    device.offsetMs = -90 * SECOND;
    await resynchronize(device.code(-1), device.code());
    await world.signOut(browser);
    world.clock.advance(10 * STEP);
    await world.signIn(browser, 'jonas.frei');
    for (const steps of [-2, 2]) {
      expect((await refusedCode(device.code(steps))).details).toMatchObject({ reason: 'device-clock' });
    }
    expect((await world.submitCode(browser, device.code(-1))).kind).toBe('signed-in');
    await world.signOut(browser);
    await world.signIn(browser, 'jonas.frei');
    expect((await world.submitCode(browser, device.code(1))).kind).toBe('signed-in');
  });

  test('S1, S2: both codes are used up, and none of them can be used again', async () => {
    device.offsetMs = -90 * SECOND;
    const pair = [device.code(), device.code(1)] as const;
    await resynchronize(...pair);
    await world.signOut(browser);
    await world.signIn(browser, 'jonas.frei');
    for (const code of pair) expect((await refusedCode(code)).details).toEqual({ reason: 'replayed' });
    expect((await refusedPair(...pair)).details).toMatchObject({ reason: 'replayed' });
  });

  test.each<[string, (shown: Device) => [string, string]]>([
    ['the other way round', (shown) => [shown.code(1), shown.code()]],
    ['the same twice', (shown) => [shown.code(), shown.code()]],
    ['with a gap', (shown) => [shown.code(), shown.code(2)]],
    ['beyond 20 steps', (shown) => [shown.code(-18), shown.code(-17)]],
    ['one of them wrong', (shown) => [shown.code(), shown.wrongCode()]],
  ])('S16: refused %s, and counted as one failure', async (_how, pairOf) => {
    device.offsetMs = -120 * SECOND;
    const refusal = await refusedPair(...pairOf(device));
    expect(refusal.details).toEqual({ reason: 'wrong-pair', attemptsLeft: 4 });
    expect(await world.step(browser)).toMatchObject({ kind: 'code', attemptsLeft: 4 });
    expect(await driftSteps()).toBe(0);
  });

  test('S5: the limit of codes holds for pairs too, before they are looked at', async () => {
    device.offsetMs = -90 * SECOND;
    for (let round = 0; round < 4; round += 1) await refusedPair(device.wrongCode(), device.wrongCode());
    await refusedPair(device.wrongCode(), device.wrongCode(), 'locked-out');
    await world.signIn(browser, 'jonas.frei');
    const refusal = await refusedPair(device.code(), device.code(1), 'locked-out');
    expect(refusal.details).toMatchObject({ reason: 'too-many-codes' });
    world.clock.advance(5 * MINUTE);
    await world.signIn(browser, 'jonas.frei');
    expect((await resynchronize(device.code(), device.code(1))).kind).toBe('signed-in');
  });

  test('S6: it clears the count of failures, as a complete sign-in does', async () => {
    device.offsetMs = -90 * SECOND;
    for (let round = 0; round < 3; round += 1) await refusedPair(device.wrongCode(), device.wrongCode());
    await resynchronize(device.code(), device.code(1));
    await world.signOut(browser);
    expect(await world.signIn(browser, 'jonas.frei')).toMatchObject({ kind: 'code', attemptsLeft: 5 });
  });

  test('S3: of many parallel submissions of one pair exactly one wins', async () => {
    device.offsetMs = -90 * SECOND;
    const input = { first: device.code(), second: device.code(1), trustBrowser: false };
    const browsers = Array.from({ length: 20 }, (_, index) => world.browser(`Browser ${index}`));
    for (const each of browsers) await world.signIn(each, 'jonas.frei');
    const answers = await Promise.all(
      browsers.map((each) => world.router('console:resynchronize', input, each)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('S22: codes of another length are refused and not counted', async () => {
    const refusal = await refusedPair('1234567', '123456');
    expect(refusal.details).toEqual({ reason: 'wrong-length', digits: 6 });
    expect(await world.step(browser)).toMatchObject({ attemptsLeft: 5 });
  });

  test('only after a right password', async () => {
    await world.refused(
      'console:resynchronize',
      { first: device.code(), second: device.code(1), trustBrowser: false },
      world.browser('Nobody'),
      'step-expired',
    );
  });

  test('S18: the audit says by how much, and no code', async () => {
    device.offsetMs = -90 * SECOND;
    await resynchronize(device.code(-1), device.code());
    const record = (await world.audit(administrator)).find(({ event }) => event === 'device-resynchronized');
    expect(record?.summary).toBe(
      'The device was resynchronised by two codes in a row: its clock is 90 s behind.',
    );
  });
});

describe('a device whose clock is set right again', () => {
  test('S16: one that was behind is diagnosed, and resynchronised at once', async () => {
    device.offsetMs = -90 * SECOND;
    await resynchronize(device.code(-1), device.code());
    await world.signOut(browser);
    world.clock.advance(10 * STEP);
    device.offsetMs = 0;
    await world.signIn(browser, 'jonas.frei');
    const refusal = await refusedCode(device.code());
    expect(refusal.details).toMatchObject({ reason: 'device-clock', offsetMs: 0 });
    expect(refusal.message).toContain('Enter two codes in a row');
    expect((await resynchronize(device.code(), device.code(1))).kind).toBe('signed-in');
    expect(await driftSteps()).toBe(1);
    await world.signOut(browser);
    world.clock.advance(2 * STEP);
    await world.signIn(browser, 'jonas.frei');
    expect((await world.submitCode(browser, device.code())).kind).toBe('signed-in');
  });

  test('S16: one that was ahead waits until its time is unused, is told until when, and is not locked out', async () => {
    device.offsetMs = 300 * SECOND;
    await resynchronize(device.code(-1), device.code());
    await world.signOut(browser);
    device.offsetMs = 0;
    await world.signIn(browser, 'jonas.frei');
    const refusal = await refusedPair(device.code(-1), device.code());
    const retryAtMs = world.clock.nowMs() + 12 * STEP;
    expect(refusal.details).toEqual({ reason: 'replayed', retryAtMs });
    expect(await world.signIn(browser, 'jonas.frei'), 'not counted').toMatchObject({ attemptsLeft: 5 });
    world.clock.advance(12 * STEP);
    await world.signIn(browser, 'jonas.frei');
    expect((await resynchronize(device.code(-1), device.code())).kind).toBe('signed-in');
    expect(await driftSteps()).toBe(0);
  });
});

describe('what ends the drift', () => {
  test('G12: a change of device: the new one has a clock of its own', async () => {
    device.offsetMs = -90 * SECOND;
    await resynchronize(device.code(-1), device.code());
    world.clock.advance(STEP);
    const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
    await world.call('console:confirmReset', { code: next.code() }, browser);
    expect(await driftSteps()).toBe(0);
  });
});
