// Time passes, and the verifier's clock is set.
import type { PolicySpan } from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../clock/clock.ts';
import { userRow } from '../../console/user-row.ts';
import { schedule } from '../../otp/schedule.ts';
import type { World } from '../world.ts';
import { requireShowable } from '../world-time.ts';
import type { ActionsOf } from './actions-of.ts';
import { offWords } from './device-actions.ts';
import { NotPossible } from './not-possible.ts';

const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

/** Lets time pass. Throws TwofoldError `invalid-input` where a clock would leave the dates of a rehearsal. */
function pass(world: World, spanMs: number, words: string): Promise<void> {
  world.time.follow();
  const clocks = [world.verifier, world.time.clock, ...[...world.devices.values()].map(({ clock }) => clock)];
  for (const clock of clocks) requireShowable(clock.nowMs() + spanMs);
  world.time.jump(spanMs);
  world.onHappening(null, words);
  return Promise.resolve();
}

/** When the longest lock of anybody ends; throws NotPossible where nothing is locked. */
async function untilUnlocked(world: World): Promise<number> {
  const ends = await world.look(async (visit) =>
    Promise.all(
      world.people.map(async ({ userName }) => {
        const { lockedUntilMs } = await userRow(visit, await world.user(visit, userName));
        return lockedUntilMs ?? 0;
      }),
    ),
  );
  const spanMs = Math.max(...ends) - world.verifier.nowMs();
  if (spanMs <= 0) throw new NotPossible('Nothing is locked.');
  return spanMs;
}

async function spanOf(world: World, what: PolicySpan): Promise<number> {
  const policy = await world.policy();
  switch (what) {
    case 'lock':
      return untilUnlocked(world);
    case 'first-lock':
      return policy.lockMs;
    case 'trust':
      return policy.trustMs;
    case 'idle':
      return policy.sessionIdleMs;
    case 'session':
      return policy.sessionAbsoluteMs;
    case 'challenge':
      return policy.challengeMs;
    case 'set-up':
      return policy.pendingFactorMs;
    case 'break-glass':
      return policy.breakGlassDelayMs;
  }
}

/** 93_784 → '1 day, 2 hours, 3 minutes and 4 seconds'. */
export function spanWords(seconds: number): string {
  const counted = (count: number, unit: string): string[] =>
    count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`];
  const parts = [
    ...counted(Math.floor(seconds / DAY_S), 'day'),
    ...counted(Math.floor((seconds % DAY_S) / HOUR_S), 'hour'),
    ...counted(Math.floor((seconds % HOUR_S) / MINUTE_S), 'minute'),
    ...counted(seconds % MINUTE_S, 'second'),
  ];
  if (parts.length < 2) return parts[0] ?? 'no time';
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** What ends when a span of the policy is waited out. */
export const spanEnds: Readonly<Record<PolicySpan, string>> = {
  lock: 'the lock is over',
  'first-lock': 'a first lock would be over',
  trust: 'the trust is over',
  idle: 'an unused session is over',
  session: 'any session is over',
  challenge: 'an unfinished sign-in is over',
  'set-up': 'an unfinished set-up is over',
  'break-glass': 'the delay of the break-glass codes is over',
};

/** How long `wait` waits, in seconds. */
export const waitSeconds = (wait: {
  readonly days?: number | undefined;
  readonly hours?: number | undefined;
  readonly minutes?: number | undefined;
  readonly seconds?: number | undefined;
}): number =>
  (wait.days ?? 0) * DAY_S +
  (wait.hours ?? 0) * HOUR_S +
  (wait.minutes ?? 0) * MINUTE_S +
  (wait.seconds ?? 0);

function passSpan(world: World, ms: number, what: PolicySpan): Promise<void> {
  // A second more, for a span ends with its last moment.
  const spanMs = ms + SECOND_MS;
  const words = spanWords(Math.round(spanMs / SECOND_MS));
  return pass(world, spanMs, `${words} later, so that ${spanEnds[what]}`);
}

/** Lets time pass until nobody is locked. Throws NotPossible where nobody is. */
export const passLocks = async (world: World): Promise<void> =>
  passSpan(world, await untilUnlocked(world), 'lock');

/** Lets time pass until that clock is in the next time step. Throws TwofoldError `invalid-input` as `pass`. */
export async function passToNextCode(world: World, clock: Clock): Promise<void> {
  const { periodS } = await world.policy();
  const nowMs = clock.nowMs();
  const { validUntilMs } = schedule(nowMs, periodS);
  return pass(world, validUntilMs - nowMs + SECOND_MS, 'the next code is there');
}

export const timeActions: ActionsOf<'wait' | 'wait-out' | 'wait-for-next-code' | 'set-verifier-clock'> = {
  wait(world, wait) {
    const seconds = waitSeconds(wait);
    return pass(world, seconds * SECOND_MS, `${spanWords(seconds)} later`);
  },
  async 'wait-out'(world, { what }) {
    return passSpan(world, await spanOf(world, what), what);
  },
  'wait-for-next-code': (world) => passToNextCode(world, world.verifier),
  'set-verifier-clock'(world, { aheadSeconds }) {
    requireShowable(world.time.clock.nowMs() + aheadSeconds * SECOND_MS);
    world.verifier.aheadMs = aheadSeconds * SECOND_MS;
    world.onHappening(null, `the console’s clock is set ${offWords(aheadSeconds)}`);
    return Promise.resolve();
  },
};
