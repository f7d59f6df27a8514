// S17: what a user is told at the next sign-in, once, and by which sign-in.
import { beforeEach, describe, expect, test } from 'vitest';
import type { ConsoleStep } from '../../../src-shared/contract/index.ts';
import { type Device, STEP, type TestBrowser, World } from './world.ts';

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

const noticesOf = (step: ConsoleStep): string[] =>
  step.kind === 'signed-in' ? step.notices.map(({ kind }) => kind) : [];

describe('S17: told at the next sign-in, and not again', () => {
  test('G12: a factor that was changed by the user', async () => {
    await world.signInWithCode(browser, 'jonas.frei', device);
    const next = world.device(await world.call('console:startReset', { code: device.code() }, browser));
    await world.call('console:confirmReset', { code: next.code() }, browser);
    await world.call('console:finishSetUp', {}, browser);
    await world.signOut(browser);
    world.clock.advance(STEP);
    expect(noticesOf(await world.signInWithCode(browser, 'jonas.frei', next))).toContain('factor-changed');
    await world.signOut(browser);
    expect(noticesOf(await world.signInWithCode(browser, 'jonas.frei', next))).toEqual(['last-sign-in']);
  });

  test('G13: a factor that an administrator reset', async () => {
    const code = administratorDevice.code();
    await world.call('administration:resetFactor', { userId, code }, administrator);
    const next = world.device(await world.signIn(browser, 'jonas.frei'));
    await world.call('console:confirmSetUp', { code: next.code() }, browser);
    expect(noticesOf(await world.call('console:finishSetUp', {}, browser))).toContain('factor-reset');
  });

  test('G14: trusted browsers that an administrator ended', async () => {
    const code = administratorDevice.code();
    await world.call('administration:resetTrustedBrowsers', { userId, code }, administrator);
    expect(noticesOf(await world.signInWithCode(browser, 'jonas.frei', device))).toContain(
      'trusted-browsers-ended',
    );
  });

  test('a right password with a wrong code, and the last sign-in with its browser', async () => {
    await world.signInWithCode(browser, 'jonas.frei', device);
    await world.signOut(browser);
    const thief = world.browser('Thief');
    await world.signIn(thief, 'jonas.frei');
    const wrong = { code: device.wrongCode(), trustBrowser: false };
    await world.refused('console:submitCode', wrong, thief, 'code-refused');
    const step = await world.signInWithCode(browser, 'jonas.frei', device);
    expect(noticesOf(step)).toEqual(['last-sign-in', 'wrong-code']);
    expect(step).toMatchObject({ notices: [{ message: `Last sign-in: ${browser.name}.` }, {}] });
  });
});
