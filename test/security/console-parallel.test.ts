// S3: of many parallel submissions of one right code exactly one wins.
import { describe, expect, test } from 'vitest';
import { World } from '../unit/console/world.ts';
import { wholeAudit } from '../fakes/console-queries.ts';

describe('S3', () => {
  test.each([100, 1_000])(
    'of %i parallel submissions from as many browsers exactly one wins',
    async (count) => {
      const world = await World.create();
      const { device } = await world.enrolled();
      const browsers = Array.from({ length: count }, (_, index) => world.browser(`Browser ${index}`));
      for (const browser of browsers) await world.signIn(browser, 'jonas.frei');
      const code = device.code();
      const answers = await Promise.all(
        browsers.map((browser) => world.router('console:submitCode', { code, trustBrowser: true }, browser)),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      for (const answer of answers.filter(({ ok }) => !ok)) {
        expect(answer).toMatchObject({ error: { code: 'code-refused', details: { reason: 'replayed' } } });
      }
      expect(browsers.filter((browser) => browser.read('session') !== undefined)).toHaveLength(1);
      expect(browsers.filter((browser) => browser.read('trust') !== undefined)).toHaveLength(1);
    },
  );

  test('of 100 parallel submissions from one browser exactly one wins', async () => {
    const world = await World.create();
    const { browser, device } = await world.enrolled();
    await world.signIn(browser, 'jonas.frei');
    const code = device.code();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        world.router('console:submitCode', { code, trustBrowser: false }, browser),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('of 100 parallel actions with one code of the administrator exactly one is done', async () => {
    const world = await World.create();
    const { administrator, administratorDevice, userId } = await world.enrolled();
    const input = { userId, code: administratorDevice.code() };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => world.router('administration:endSessions', input, administrator)),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('S5: of 1,000 parallel wrong codes no more than five are looked at', async () => {
    const world = await World.create();
    const { administrator, device } = await world.enrolled();
    const browsers = Array.from({ length: 1_000 }, (_, index) => world.browser(`Browser ${index}`));
    for (const browser of browsers) await world.signIn(browser, 'jonas.frei');
    const code = device.wrongCode();
    await Promise.all(
      browsers.map((browser) => world.router('console:submitCode', { code, trustBrowser: false }, browser)),
    );
    const { total } = await world.call(
      'administration:audit',
      { ...wholeAudit, search: 'a code that is wrong', limit: 1 },
      administrator,
    );
    expect(total).toBe(5);
  });
});
