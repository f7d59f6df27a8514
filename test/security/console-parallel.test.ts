// S3: of many parallel submissions of one right code exactly one wins. In memory, and under load over the real files.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { verifyChain } from '../../src-main/console/audit-chain.ts';
import type { AuditEvent } from '../../src-main/console/audit.ts';
import { JournaledDocument } from '../../src-main/storage/journaled-document.ts';
import { wholeAudit } from '../fakes/console-queries.ts';
import { MINUTE, PASSWORD, STEP, type TestBrowser, WatchedStore, World } from '../unit/console/world.ts';

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

const PARALLEL = 1_000;
/** Small, so that the journal goes into a snapshot several times under the load. */
const COMPACT_AT_BYTES = 256 * 1024;

/** A console over real files, which can be opened anew from what lies on the disk, as after a kill: nothing is closed. */
async function onDisk(): Promise<{ world: World; reopen: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'twofold-parallel-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const stores: WatchedStore[] = [];
  let recoveries = 0;
  const open = (): WatchedStore => {
    const store = new WatchedStore(
      new JournaledDocument({
        folder,
        name: 'console',
        clock: world.clock,
        compactAtBytes: COMPACT_AT_BYTES,
        onRecovered: () => (recoveries += 1),
      }),
    );
    stores.push(store);
    return store;
  };
  const world: World = await World.create();
  await world.restart(open());
  onTestFinished(() => expect(recoveries).toBe(0));
  return { world, reopen: () => world.restart(open()) };
}

const browsersOf = (world: World, count = PARALLEL): TestBrowser[] =>
  Array.from({ length: count }, (_, index) => world.browser(`Browser ${index}`));

/** How many records of that event the audit has. */
async function countOf(world: World, event: AuditEvent, administrator: TestBrowser): Promise<number> {
  const query = { ...wholeAudit, events: [event], limit: 1 };
  return (await world.call('administration:audit', query, administrator)).total;
}

const expectIntact = async (world: World): Promise<void> =>
  expect(await verifyChain(world.console.context.repository)).toMatchObject({ kind: 'intact' });

describe('S3, S18: under load over the real files', () => {
  test('of 1,000 parallel sign-ins of different users each is done and none is lost', async () => {
    const { world, reopen } = await onDisk();
    const administrator = await world.createOrganization();
    const likeId = await world.addUser(administrator, 'jonas.frei');
    await world.console.context.repository.transact(async (tx) => {
      const like = await tx.user(likeId);
      if (like === null) throw new Error('The user is missing.');
      for (let index = 0; index < PARALLEL; index += 1) {
        const userName = `user.${index}`;
        await tx.putUser({ ...like, id: `user-${index}`, userName, nameKey: userName });
      }
    });
    const before = await countOf(world, 'signed-in', administrator);
    const browsers = browsersOf(world);
    const steps = await Promise.all(browsers.map((browser, index) => world.signIn(browser, `user.${index}`)));
    expect(steps.filter(({ kind }) => kind === 'signed-in')).toHaveLength(PARALLEL);

    const expectAll = async (): Promise<void> => {
      expect(await countOf(world, 'signed-in', administrator)).toBe(before + PARALLEL);
      await expectIntact(world);
      for (const [index, browser] of browsers.entries()) {
        expect(await world.step(browser)).toMatchObject({
          kind: 'signed-in',
          person: { userName: `user.${index}` },
        });
      }
    };
    await expectAll();
    await reopen();
    await expectAll();
  });

  test('of 1,000 parallel sign-ins of one user each has a session of its own', async () => {
    const { world, reopen } = await onDisk();
    const administrator = await world.createOrganization();
    const userId = await world.addUser(administrator, 'jonas.frei');
    const browsers = browsersOf(world);
    await Promise.all(browsers.map((browser) => world.signIn(browser, 'jonas.frei')));
    const sessions = async (): Promise<number> =>
      (await world.call('administration:user', { userId }, administrator)).liveSessions;
    expect(new Set(browsers.map((browser) => browser.read('session'))).size).toBe(PARALLEL);
    expect(await sessions()).toBe(PARALLEL);
    await expectIntact(world);
    await reopen();
    expect(await sessions()).toBe(PARALLEL);
    await expectIntact(world);
  });

  test('of 1,000 parallel submissions of one right code exactly one wins, after a reopening too', async () => {
    const { world, reopen } = await onDisk();
    const { administrator, device } = await world.enrolled();
    const browsers = browsersOf(world);
    await Promise.all(browsers.map((browser) => world.signIn(browser, 'jonas.frei')));
    const accepted = await countOf(world, 'code-accepted', administrator);
    const code = device.code();
    const submit = (browser: TestBrowser) =>
      world.router('console:submitCode', { code, trustBrowser: true }, browser);
    const answers = await Promise.all(browsers.map(submit));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);

    const expectOne = async (): Promise<void> => {
      expect(await countOf(world, 'code-accepted', administrator)).toBe(accepted + 1);
      expect(await countOf(world, 'code-refused', administrator)).toBe(PARALLEL - 1);
      expect(await countOf(world, 'browser-trusted', administrator)).toBe(1);
      await expectIntact(world);
    };
    await expectOne();
    await reopen();
    await expectOne();
    const again = await Promise.all(browsers.slice(0, 10).map(submit));
    expect(again.filter(({ ok }) => ok)).toHaveLength(0);
    const winner = browsers.filter((browser) => browser.read('session') !== undefined);
    expect(winner).toHaveLength(1);
    for (const browser of winner) expect(await world.step(browser)).toMatchObject({ kind: 'signed-in' });
  });

  test('a restart in the middle of 1,000 submissions lets no second one win', async () => {
    const { world, reopen } = await onDisk();
    const { administrator, device } = await world.enrolled();
    const browsers = browsersOf(world);
    await Promise.all(browsers.map((browser) => world.signIn(browser, 'jonas.frei')));
    const code = device.code();
    const submit = (browser: TestBrowser) =>
      world.router('console:submitCode', { code, trustBrowser: false }, browser);
    const first = await Promise.all(browsers.slice(0, PARALLEL / 2).map(submit));
    await reopen();
    const second = await Promise.all(browsers.slice(PARALLEL / 2).map(submit));
    expect(first.filter(({ ok }) => ok)).toHaveLength(1);
    expect(second.filter(({ ok }) => ok)).toHaveLength(0);
    await expectIntact(world);
    expect(await countOf(world, 'code-refused', administrator)).toBe(PARALLEL - 1);
  });
});

describe('S5: locks hold across a restart in the middle', () => {
  test('of codes: what was counted before the restart counts on', async () => {
    const { world, reopen } = await onDisk();
    const { administrator, device } = await world.enrolled();
    const browsers = browsersOf(world, 100);
    for (const browser of browsers) await world.signIn(browser, 'jonas.frei');
    const guess = (browser: TestBrowser) =>
      world.router('console:submitCode', { code: device.wrongCode(), trustBrowser: false }, browser);
    const lookedAt = async (): Promise<number> => {
      const query = { ...wholeAudit, search: 'a code that is wrong', limit: 1 };
      return (await world.call('administration:audit', query, administrator)).total;
    };
    await Promise.all(browsers.slice(0, 3).map(guess));
    await reopen();
    await Promise.all(browsers.slice(3, 90).map(guess));
    expect(await lookedAt()).toBe(5);

    await reopen();
    const [late = world.browser(), after = world.browser()] = browsers.slice(-2);
    world.clock.advance(STEP);
    await world.refused(
      'console:submitCode',
      { code: device.code(), trustBrowser: false },
      late,
      'locked-out',
    );
    expect(await lookedAt()).toBe(5);
    world.clock.advance(15 * MINUTE);
    await world.signIn(after, 'jonas.frei');
    expect(await world.submitCode(after, device.code())).toMatchObject({ kind: 'signed-in' });
    await expectIntact(world);
  });

  test('of passwords: what was counted before the restart counts on', async () => {
    const { world, reopen } = await onDisk();
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const signIn = (password: string) =>
      world.router('console:signIn', { userName: 'jonas.frei', password }, world.browser());
    const guesses = (count: number) =>
      Promise.all(Array.from({ length: count }, (_, index) => signIn(`guess number ${index}`)));
    await guesses(3);
    await reopen();
    await guesses(100);
    expect(await countOf(world, 'password-locked', administrator)).toBe(1);

    await reopen();
    expect(await signIn(PASSWORD)).toMatchObject({ ok: false, error: { code: 'sign-in-refused' } });
    world.clock.advance(15 * MINUTE);
    expect(await signIn(PASSWORD)).toMatchObject({ ok: true, value: { kind: 'signed-in' } });
    await expectIntact(world);
  });
});
