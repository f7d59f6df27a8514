// Session fixation, stale and stolen tokens: what a browser holds is worth nothing once it should not be.
import { beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../src-main/console/policy.ts';
import type { BrowserSlot } from '../../src-main/ipc/caller.ts';
import type { Policy } from '../../src-shared/contract/index.ts';
import {
  DAY,
  type Device,
  HOUR,
  MINUTE,
  PASSWORD,
  STEP,
  type TestBrowser,
  World,
} from '../unit/console/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
});

const CHOSEN = 'A'.repeat(43);
const FAR_MS = Date.UTC(2030, 0, 1);
const NEW_PASSWORD = 'paper walnut 77 harbour';

const held = (browser: TestBrowser, slot: BrowserSlot): string => {
  const value = browser.read(slot);
  if (value === undefined) throw new Error(`The browser holds no ${slot}.`);
  return value;
};

/** Another browser that holds just this token, however long its owner was to keep it. */
const browserWith = (slot: BrowserSlot, token: string): TestBrowser => {
  const browser = world.browser('Attacker');
  browser.write(slot, token, FAR_MS);
  return browser;
};

const stepWith = async (slot: BrowserSlot, token: string): Promise<string> =>
  (await world.step(browserWith(slot, token))).kind;

/** What a token gets in place of a session token. */
const accountWith = async (token: string): Promise<string> => {
  const answer = await world.router('console:myAccount', {}, browserWith('session', token));
  return answer.ok ? 'signed in' : answer.error.code;
};

describe('session fixation', () => {
  test.each<BrowserSlot>(['session', 'challenge', 'device', 'trust'])(
    'S14: a %s token that was set beforehand is never taken over',
    async (slot) => {
      const { browser, device } = await world.enrolled();
      browser.slots.clear();
      browser.write(slot, slot === 'trust' ? `${CHOSEN}:${CHOSEN}` : CHOSEN, FAR_MS);
      expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('code');
      expect(held(browser, 'challenge')).not.toContain(CHOSEN);
      await world.submitCode(browser, device.code(), true);
      expect((await world.step(browser)).kind).toBe('signed-in');
      expect([...browser.slots.keys()].sort()).toEqual(['device', 'session', 'trust']);
      for (const { value } of browser.slots.values()) expect(value).not.toContain(CHOSEN);
      expect(await accountWith(CHOSEN)).toBe('not-signed-in');
      expect(await stepWith('challenge', CHOSEN)).toBe('signed-out');
    },
  );

  test('S14: a sign-in that another began in the browser is not the one that its owner completes', async () => {
    const { administrator, browser, device } = await world.enrolled();
    await world.addUser(administrator, 'eve');
    const evesDevice = await world.setUp(world.browser('Eve’s'), 'eve');
    await world.signIn(browser, 'eve');
    const planted = held(browser, 'challenge');
    await world.signIn(browser, 'jonas.frei');
    expect(await stepWith('challenge', planted)).toBe('signed-out');
    await world.submitCode(browser, device.code());
    expect(await accountWith(planted)).toBe('not-signed-in');
    // And the other way: a session that was planted is not what the owner's actions run in.
    const eve = world.browser('Eve’s');
    await world.signInWithCode(eve, 'eve', evesDevice);
    const session = held(eve, 'session');
    browser.write('session', session, FAR_MS);
    await world.signIn(browser, 'jonas.frei');
    expect(await accountWith(session)).toBe('not-signed-in');
    world.clock.advance(STEP);
    await world.submitCode(browser, device.code());
    expect(await world.step(browser)).toMatchObject({ person: { userName: 'jonas.frei' } });
  });

  test('S14: at every sign-in and every change of what a browser may do its token is another, and the one before is worth nothing', async () => {
    const { browser, device } = await world.enrolled();
    const seen: string[] = [];
    const expectNew = async (slot: BrowserSlot, before: string): Promise<string> => {
      const token = held(browser, slot);
      expect(seen).not.toContain(token);
      seen.push(token);
      if (before !== '') {
        expect(await accountWith(before)).toBe('not-signed-in');
        expect(await stepWith('challenge', before)).toBe('signed-out');
      }
      return token;
    };
    await world.signIn(browser, 'jonas.frei');
    const challenge = await expectNew('challenge', '');
    await world.signIn(browser, 'jonas.frei');
    const again = await expectNew('challenge', challenge);
    await world.submitCode(browser, device.code());
    const session = await expectNew('session', again);
    world.clock.advance(STEP);
    await world.call(
      'console:changeMyPassword',
      { currentPassword: PASSWORD, newPassword: NEW_PASSWORD, code: device.code() },
      browser,
    );
    const afterPassword = await expectNew('session', session);
    world.clock.advance(STEP);
    const started = await world.call('console:startReset', { code: device.code() }, browser);
    await world.call('console:confirmReset', { code: world.device(started).code() }, browser);
    const afterReset = await expectNew('session', afterPassword);
    await world.call('console:finishSetUp', {}, browser);
    await world.signOut(browser);
    expect(await accountWith(afterReset)).toBe('not-signed-in');
    await world.signIn(browser, 'jonas.frei', NEW_PASSWORD);
    await expectNew('challenge', afterReset);
  });

  test('S14: the tokens of a first sign-in: one-time password, new password, set-up', async () => {
    const administrator = await world.createOrganization();
    await world.turnOn(administrator);
    const { oneTimePassword } = await world.call(
      'administration:addUser',
      { userName: 'jonas.frei', displayName: 'Jonas', role: 'user', unitId: null },
      administrator,
    );
    const browser = world.browser();
    await world.signIn(browser, 'jonas.frei', oneTimePassword);
    const challenge = held(browser, 'challenge');
    const setUp = await world.call('console:changePassword', { newPassword: PASSWORD }, browser);
    await world.call('console:confirmSetUp', { code: world.device(setUp).code() }, browser);
    expect(held(browser, 'session')).not.toBe(challenge);
    expect(browser.read('challenge')).toBeUndefined();
    expect(await stepWith('challenge', challenge)).toBe('signed-out');
    expect(await accountWith(challenge)).toBe('not-signed-in');
  });
});

interface Scene {
  readonly administrator: TestBrowser;
  readonly adminCode: () => string;
  readonly userId: string;
  /** Signed in with a code, and trusted. */
  readonly browser: TestBrowser;
  readonly device: Device;
}

async function signedInAndTrusted(): Promise<Scene> {
  const { administrator, administratorDevice, userId, browser, device } = await world.enrolled();
  await world.signInWithCode(browser, 'jonas.frei', device, true);
  return { administrator, adminCode: () => administratorDevice.code(), userId, browser, device };
}

const savePolicy = ({ administrator, adminCode }: Scene, changes: Partial<Policy>) =>
  world.call(
    'administration:savePolicy',
    { policy: { ...defaultPolicy, ...changes }, code: adminCode() },
    administrator,
  );

const onUser = ({ adminCode, userId }: Scene) => ({ userId, code: adminCode() });

const changePassword = async ({ browser, device }: Scene): Promise<void> => {
  await world.call(
    'console:changeMyPassword',
    { currentPassword: PASSWORD, newPassword: NEW_PASSWORD, code: device.code() },
    browser,
  );
};

const changeDevice = async ({ browser, device }: Scene): Promise<void> => {
  const started = await world.call('console:startReset', { code: device.code() }, browser);
  await world.call('console:confirmReset', { code: world.device(started).code() }, browser);
};

const pass = (spanMs: number) => (): Promise<void> => {
  world.clock.advance(spanMs);
  return Promise.resolve();
};

const resetFactor = (scene: Scene) =>
  world.call('administration:resetFactor', onUser(scene), scene.administrator);

type Happening = readonly [what: string, happen: (scene: Scene) => Promise<unknown>];

/** What ends sessions, sign-ins under way and the trust of browsers alike. */
const endsAll: readonly Happening[] = [
  ['a reset by an administrator (S11)', resetFactor],
  [
    'deactivation (S11)',
    (scene) =>
      world.call('administration:setActive', { ...onUser(scene), active: false }, scene.administrator),
  ],
  ['deletion', (scene) => world.call('administration:deleteUser', onUser(scene), scene.administrator)],
  [
    'exemption (S11)',
    (scene) =>
      world.call(
        'administration:setServiceAccount',
        { ...onUser(scene), isServiceAccount: true },
        scene.administrator,
      ),
  ],
  [
    'a new one-time password (S11)',
    (scene) => world.call('administration:newOneTimePassword', onUser(scene), scene.administrator),
  ],
  ['a change of the password (S11)', changePassword],
  ['a change of device (S12)', changeDevice],
];

describe('stale tokens', () => {
  /** Of the sign-in under way that each test begins. */
  let tokenOfChallenge = '';

  test.each<Happening>([
    ...endsAll,
    ['sign-out (S14)', ({ browser }) => world.signOut(browser)],
    ['a new sign-in in the same browser', ({ browser }) => world.signIn(browser, 'jonas.frei')],
    [
      'the end of all other sessions by the user',
      async ({ device }) => {
        const other = world.browser('Other');
        await world.signInWithCode(other, 'jonas.frei', device);
        await world.call('console:endMySession', { id: null }, other);
      },
    ],
    [
      'the end of sessions by an administrator',
      (scene) => world.call('administration:endSessions', onUser(scene), scene.administrator),
    ],
    [
      'the end of sessions of many at once',
      ({ administrator, adminCode, userId }) =>
        world.call(
          'administration:bulk',
          {
            action: 'end-sessions',
            users: { kind: 'named', ids: [userId] },
            unitId: null,
            code: adminCode(),
          },
          administrator,
        ),
    ],
    ['idleness', pass(30 * MINUTE)],
    [
      'its age, however much it is used',
      async ({ browser }) => {
        for (let span = 0; span < 36; span += 1) {
          await world.router('console:myAccount', {}, browser);
          world.clock.advance(20 * MINUTE);
        }
      },
    ],
    [
      'a shorter idle time in the policy',
      async (scene) => {
        await savePolicy(scene, { sessionIdleMs: 5 * MINUTE });
        world.clock.advance(5 * MINUTE);
      },
    ],
    [
      'a shorter age in the policy',
      async (scene) => {
        world.clock.advance(20 * MINUTE);
        await world.router('console:myAccount', {}, scene.browser);
        await world.step(scene.administrator);
        await world.router('console:myAccount', {}, scene.administrator);
        await savePolicy(scene, { sessionAbsoluteMs: HOUR });
        for (let span = 0; span < 2; span += 1) {
          world.clock.advance(20 * MINUTE);
          await world.router('console:myAccount', {}, scene.browser);
        }
      },
    ],
  ])('a session token that was copied is worth nothing after %s', async (_what, happen) => {
    const scene = await signedInAndTrusted();
    const token = held(scene.browser, 'session');
    expect(await accountWith(token)).toBe('signed in');
    await happen(scene);
    expect(await accountWith(token)).toBe('not-signed-in');
    expect(await stepWith('session', token)).toBe('signed-out');
    // It does not come back to life.
    await world.restart();
    expect(await accountWith(token)).toBe('not-signed-in');
  });

  test('a session of somebody without a factor is worth nothing after the deadline of the roll-out', async () => {
    const administrator = await world.createOrganization();
    await world.addUser(administrator, 'jonas.frei');
    const browser = world.browser();
    await world.signIn(browser, 'jonas.frei');
    await world.turnOn(administrator);
    const deadlineMs = world.clock.nowMs() + 10 * MINUTE;
    await world.call('administration:setDeadline', { deadlineMs, code: null }, administrator);
    const token = held(browser, 'session');
    world.clock.advance(10 * MINUTE - 1);
    expect(await accountWith(token)).toBe('signed in');
    world.clock.advance(1);
    expect(await accountWith(token)).toBe('not-signed-in');
  });

  test.each<Happening>([
    ...endsAll,
    [
      'its completion',
      async ({ device }) => {
        const own = world.browser('Completing');
        own.write('challenge', tokenOfChallenge, FAR_MS);
        await world.submitCode(own, device.code());
      },
    ],
    ['cancelling', () => world.call('console:cancelSignIn', {}, browserWith('challenge', tokenOfChallenge))],
    ['five minutes', pass(5 * MINUTE)],
    [
      'the end of sessions by an administrator',
      (scene) => world.call('administration:endSessions', onUser(scene), scene.administrator),
    ],
    [
      'five wrong codes',
      async ({ device }) => {
        const guesser = browserWith('challenge', tokenOfChallenge);
        for (let guess = 0; guess < 5; guess += 1) {
          await world.router(
            'console:submitCode',
            { code: device.wrongCode(), trustBrowser: false },
            guesser,
          );
        }
      },
    ],
  ])('a sign-in under way that was copied is over after %s', async (_what, happen) => {
    const scene = await signedInAndTrusted();
    const waiting = world.browser('Waiting');
    await world.signIn(waiting, 'jonas.frei');
    tokenOfChallenge = held(waiting, 'challenge');
    expect(await stepWith('challenge', tokenOfChallenge)).toBe('code');
    await happen(scene);
    expect(await stepWith('challenge', tokenOfChallenge)).toBe('signed-out');
    world.clock.advance(STEP);
    await world.refused(
      'console:submitCode',
      { code: scene.device.code(), trustBrowser: false },
      browserWith('challenge', tokenOfChallenge),
      'step-expired',
    );
  });
});

describe('a stolen trust token', () => {
  const activate = (scene: Scene) =>
    world.call('administration:setActive', { ...onUser(scene), active: true }, scene.administrator);

  test.each<readonly [...Happening, password: string]>([
    ['a reset by an administrator (S11)', resetFactor, PASSWORD],
    [
      'deactivation and activation (S11)',
      async (scene) => {
        await world.call(
          'administration:setActive',
          { ...onUser(scene), active: false },
          scene.administrator,
        );
        world.clock.advance(STEP);
        await activate(scene);
      },
      PASSWORD,
    ],
    [
      'exemption and its end (S11)',
      async (scene) => {
        for (const isServiceAccount of [true, false]) {
          await world.call(
            'administration:setServiceAccount',
            { ...onUser(scene), isServiceAccount },
            scene.administrator,
          );
          world.clock.advance(STEP);
        }
      },
      PASSWORD,
    ],
    ['a change of the password (S11)', changePassword, NEW_PASSWORD],
    ['a change of device (S12)', changeDevice, PASSWORD],
    [
      'deletion, when somebody of the same name is added',
      async (scene) => {
        await world.call('administration:deleteUser', onUser(scene), scene.administrator);
        await world.addUser(scene.administrator, 'jonas.frei');
      },
      PASSWORD,
    ],
    [
      'the reset of trusted browsers (G14)',
      (scene) => world.call('administration:resetTrustedBrowsers', onUser(scene), scene.administrator),
      PASSWORD,
    ],
    [
      'its revocation by the user (G14)',
      ({ browser, device }) =>
        world.call('console:revokeTrustedBrowsers', { id: null, code: device.code() }, browser),
      PASSWORD,
    ],
    [
      'a policy that lets nobody trust a browser',
      (scene) => savePolicy(scene, { trustedBrowsersPerUser: 0 }),
      PASSWORD,
    ],
    [
      'a shorter time of trust in the policy',
      async (scene) => {
        await savePolicy(scene, { trustMs: DAY });
        world.clock.advance(DAY);
      },
      PASSWORD,
    ],
    ['thirty days', pass(30 * DAY), PASSWORD],
    [
      'a use of the same token by its owner (S13)',
      async ({ browser }) => {
        await world.signOut(browser);
        expect((await world.signIn(browser, 'jonas.frei')).kind).toBe('signed-in');
      },
      PASSWORD,
    ],
  ])('does not stand in for a code after %s', async (_what, happen, password) => {
    const scene = await signedInAndTrusted();
    const thief = browserWith('trust', held(scene.browser, 'trust'));
    await happen(scene);
    expect(['code', 'set-up']).toContain((await world.signIn(thief, 'jonas.frei', password)).kind);
    expect(thief.read('session')).toBeUndefined();
  });

  test('S13: without any of that it would: the table above can fail', async () => {
    const { browser } = await signedInAndTrusted();
    const thief = browserWith('trust', held(browser, 'trust'));
    expect((await world.signIn(thief, 'jonas.frei')).kind).toBe('signed-in');
  });

  test('S13: never without the password, and never for another user', async () => {
    const { administrator, browser } = await signedInAndTrusted();
    await world.addUser(administrator, 'eve');
    const thief = browserWith('trust', held(browser, 'trust'));
    await world.setUp(world.browser('Eve’s'), 'eve');
    expect((await world.signIn(thief, 'eve')).kind).toBe('code');
    await world.refused(
      'console:signIn',
      { userName: 'jonas.frei', password: 'not it' },
      thief,
      'sign-in-refused',
    );
  });
});
