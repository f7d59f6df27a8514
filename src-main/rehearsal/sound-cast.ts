// What of a cast no schema can say: that its time, its policy and its people go together.
import { type Cast, Policy, type PolicyValues, TwofoldError } from '../../src-shared/contract/index.ts';
import { defaultPolicy, requireSound } from '../console/policy.ts';
import { requireShowable } from './world-time.ts';
import { zonedTime } from './zoned-time.ts';

/** What happened before the story happened that long before. */
export const BEFORE_MS = 60 * 60 * 1000;

/** When the story begins, in milliseconds since 1970-01-01 UTC. Throws TwofoldError `invalid-input`. */
export function storyBeginsMs({ startsAt, zone = 'UTC' }: Cast): number {
  const startMs = zonedTime(startsAt, zone);
  requireShowable(startMs - BEFORE_MS);
  requireShowable(startMs);
  return startMs;
}

/** The policy of its world: `counting` before what the cast says, and that before the defaults. */
export const policyOf = (cast: Cast, counting: PolicyValues): Policy =>
  Policy.parse({ ...defaultPolicy, ...cast.policy, ...counting });

/**
 * Throws TwofoldError `invalid-input` for a cast that cannot be: a time that there is not, a policy that does not go
 * together, a device of somebody while 2FA is off.
 */
export function requireSoundCast(cast: Cast): void {
  storyBeginsMs(cast);
  requireSound(policyOf(cast, {}));
  const early = cast.people.find(({ device }) => device !== undefined && cast.twoFactor === 'off');
  if (early === undefined) return;
  throw new TwofoldError(
    'invalid-input',
    `${early.name} cannot have set up “${early.device ?? ''}” before the story: two-factor authentication is off in its cast. Nothing was opened.`,
    { reason: 'cast' },
  );
}
