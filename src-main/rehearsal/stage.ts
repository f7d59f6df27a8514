// Sets the scene of a story: the organization, people with passwords of their own, devices that were set up before.
import {
  type Cast,
  type CastPerson,
  type Policy,
  type PolicyValues,
} from '../../src-shared/contract/index.ts';
import type { Clock } from '../clock/clock.ts';
import { codeFor } from './actions/codes.ts';
import { deviceActions } from './actions/device-actions.ts';
import { OffsetClock } from './offset-clock.ts';
import { World, type WorldOptions } from './world.ts';
import { BEFORE_MS, policyOf, requireSoundCast, storyBeginsMs } from './sound-cast.ts';
import { WorldTime } from './world-time.ts';

/** Of everybody in a rehearsal. Strong enough for any policy about strength; it guards nothing. */
export const EVERYBODYS_PASSWORD = 'glass otter 42 lantern';

const SECOND_MS = 1000;
/** The browser in which the scene is set; it is gone when the story begins. No browser of a cast can be called so. */
const STAGE = '(before the story)';

export interface StageOptions extends Pick<WorldOptions, 'onEvent' | 'onFault' | 'seed' | 'version'> {
  readonly cast: Cast;
  /** Counts before what the cast says. */
  readonly policy: PolicyValues;
  readonly realClock: Clock;
}

/**
 * A world as it is when the story begins, its time standing still. Throws TwofoldError `invalid-input` for a cast that
 * cannot be: a time that there is not, a policy that does not go together, a device of somebody while 2FA is off.
 */
export async function setStage(options: StageOptions): Promise<World> {
  const { cast, realClock } = options;
  const zone = cast.zone ?? 'UTC';
  requireSoundCast(cast);
  const startMs = storyBeginsMs(cast);
  const time = new WorldTime(startMs - BEFORE_MS, realClock);
  const verifier = new OffsetClock(time.clock);
  const world = await World.create({ ...options, time, verifier, zone, organization: cast.organization });
  try {
    await enterCast(world, cast, policyOf(cast, options.policy));
    time.jump(startMs - time.clock.nowMs());
    for (const { name, aheadSeconds = 0 } of cast.devices) {
      if (aheadSeconds !== 0) await world.device(name).setAhead(aheadSeconds * SECOND_MS);
    }
    return world;
  } catch (error) {
    await world.dispose();
    throw error;
  }
}

async function enterCast(world: World, cast: Cast, policy: Policy): Promise<void> {
  for (const name of cast.browsers) world.addBrowser(name);
  for (const { name } of cast.devices) await world.addDevice(name);
  world.addBrowser(STAGE);
  const [first, ...others] = cast.people;
  if (first === undefined) throw new Error('A cast without people does not fit the schema.');
  await world.ask(STAGE, 'console:createOrganization', {
    organization: cast.organization,
    displayName: first.displayName,
    userName: first.name,
    password: EVERYBODYS_PASSWORD,
  });
  addPerson(world, { ...first, role: 'administrator' });
  for (const person of others) await enterPerson(world, person);
  await world.ask(STAGE, 'administration:savePolicy', { policy, code: null });
  if (cast.twoFactor === 'on') {
    await world.ask(STAGE, 'administration:setTwoFactor', { turnOn: true, code: null });
  }
  await world.ask(STAGE, 'console:signOut', {});
  for (const { name, device } of cast.people) {
    if (device !== undefined) await setUpBefore(world, name, device);
  }
  world.browsers.delete(STAGE);
}

function addPerson(
  world: World,
  { name, displayName, role = 'user', isServiceAccount = false }: CastPerson,
): void {
  world.people.push({
    userName: name,
    displayName,
    role,
    isServiceAccount,
    password: EVERYBODYS_PASSWORD,
  });
}

/** Added by the administrator at the stage; has chosen a password since. */
async function enterPerson(world: World, person: CastPerson): Promise<void> {
  const { name, displayName, role = 'user', isServiceAccount = false } = person;
  const { user, oneTimePassword } = await world.ask(STAGE, 'administration:addUser', {
    userName: name,
    displayName,
    role,
    unitId: null,
  });
  const own = `${STAGE} ${name}`;
  world.addBrowser(own);
  await world.ask(own, 'console:signIn', { userName: name, password: oneTimePassword });
  await world.ask(own, 'console:changePassword', { newPassword: EVERYBODYS_PASSWORD });
  await world.ask(own, 'console:signOut', {});
  world.browsers.delete(own);
  if (isServiceAccount) {
    const action = { userId: user.id, code: null, isServiceAccount };
    await world.ask(STAGE, 'administration:setServiceAccount', action);
  }
  addPerson(world, person);
}

/** Has set 2FA up with that device, and signed out. */
async function setUpBefore(world: World, userName: string, device: string): Promise<void> {
  await world.ask(STAGE, 'console:signIn', { userName, password: EVERYBODYS_PASSWORD });
  await deviceActions.scan(world, { do: 'scan', device, browser: STAGE });
  await world.ask(STAGE, 'console:confirmSetUp', { code: await codeFor(world, STAGE, device) });
  await world.ask(STAGE, 'console:finishSetUp', {});
  await world.ask(STAGE, 'console:signOut', {});
}
