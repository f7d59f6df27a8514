// S8: shared secrets and tokens stand nowhere in clear — not on disk, not in answers after set-up, not in errors.
import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../src-main/console/policy.ts';
import { STEP, World } from '../unit/console/world.ts';
import { everybody } from '../fakes/console-queries.ts';

/** All ways in which the bytes of a secret could be written into text. */
const spellings = (groupedSecret: string, bytes: Buffer): string[] => [
  groupedSecret,
  groupedSecret.replaceAll(' ', ''),
  groupedSecret.replaceAll(' ', '').toLowerCase(),
  bytes.toString('hex'),
  bytes.toString('base64'),
  bytes.toString('base64url'),
  JSON.stringify([...bytes]).slice(1, -1),
];

const decode = (groupedSecret: string): Buffer => {
  const bits = Array.from(groupedSecret.replaceAll(' ', ''))
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};

describe('S8', () => {
  test('no secret is in any stored JSON, in any answer after set-up, in any error or fault', async () => {
    const world = await World.create();
    const administrator = await world.createOrganization();
    const userId = await world.addUser(administrator, 'jonas.frei');
    await world.turnOn(administrator);
    const browser = world.browser();
    const step = await world.signIn(browser, 'jonas.frei');
    if (step.kind !== 'set-up') throw new Error(step.kind);
    const device = world.device(step);
    await world.call('console:confirmSetUp', { code: device.code() }, browser);
    await world.call('console:finishSetUp', {}, browser);
    world.answers.length = 0;

    world.clock.advance(STEP);
    await world.signOut(browser);
    await world.signIn(browser, 'jonas.frei');
    await world.refused(
      'console:submitCode',
      { code: device.wrongCode(), trustBrowser: false },
      browser,
      'code-refused',
    );
    device.offsetMs = -4 * STEP;
    await world.refused(
      'console:submitCode',
      { code: device.code(), trustBrowser: false },
      browser,
      'code-refused',
    );
    device.offsetMs = 0;
    await world.submitCode(browser, device.code(), true);
    await world.call('console:myAccount', {}, browser);
    await world.refused('console:secretFile', { format: 'pdf' }, browser, 'step-expired');
    await world.call('administration:directory', everybody, administrator);
    await world.call('administration:explain', { userId, atMs: null, browser: 'unknown' }, administrator);
    await world.audit(administrator);
    await world.call('administration:resetFactor', { userId, code: null }, administrator);

    const secret = decode(step.sheet.groupedSecret);
    expect(secret).toHaveLength(20);
    const answered = JSON.stringify(world.answers);
    const stored = await world.stored();
    expect(stored).toContain('sealedSecret');
    for (const spelling of spellings(step.sheet.groupedSecret, secret)) {
      expect(answered).not.toContain(spelling);
      expect(stored).not.toContain(spelling);
    }
    for (const { value } of [...browser.slots.values(), ...administrator.slots.values()]) {
      for (const token of value.split(/[.:]/)) {
        expect(token.length).toBeGreaterThanOrEqual(43);
        expect(answered).not.toContain(token);
        expect(stored).not.toContain(token);
      }
    }
    expect(world.faults).toEqual([]);
  });

  test('every set-up has a secret of its own of 160 bits', async () => {
    const world = await World.create();
    const { people } = await world.call('console:createSample', {}, world.browser());
    const secrets = new Set<string>();
    const administrator = world.browser('Administrator');
    for (const { userName, oneTimePassword, isServiceAccount } of people) {
      if (isServiceAccount) continue;
      const browser = userName === people[0]?.userName ? administrator : world.browser();
      await world.signIn(browser, userName, oneTimePassword);
      await world.call(
        'console:changePassword',
        { newPassword: `glass otter 42 ${userName} lantern` },
        browser,
      );
      if (browser === administrator) await world.turnOn(administrator);
    }
    for (const { userName, isServiceAccount } of people) {
      if (isServiceAccount) continue;
      const step = await world.signIn(world.browser(), userName, `glass otter 42 ${userName} lantern`);
      if (step.kind === 'set-up') secrets.add(step.sheet.groupedSecret);
    }
    expect(secrets.size).toBe(6);
    for (const secret of secrets) expect(decode(secret)).toHaveLength(20);
    expect(defaultPolicy).toMatchObject({ digits: 6, periodS: 30, algorithm: 'SHA-1' });
  });
});
