// A password of the user's own, and what its change ends (S11).
import { audit } from './audit.ts';
import { endChallengesOf } from './challenges.ts';
import type { User } from './records.ts';
import { endSessions } from './sessions.ts';
import { endTrusts } from './trusted-browsers.ts';
import type { Visit } from './visit.ts';

/** What the acting browser keeps while all else of the user ends; null where it acts on somebody else. */
export interface Kept {
  readonly sessionId: string | null;
  readonly challengeId: string | null;
}

/** Ends the user's other sessions and sign-ins and the trust of all browsers, by raising the epoch (S11). */
export async function endAllElse(
  visit: Visit,
  user: User,
  kept: Kept = { sessionId: null, challengeId: null },
): Promise<User> {
  await endSessions(visit, user.id, kept.sessionId);
  await endChallengesOf(visit, user.id, kept.challengeId);
  await endTrusts(visit, user);
  const changed = { ...user, trustEpoch: user.trustEpoch + 1 };
  await visit.tx.putUser(changed);
  return changed;
}

/** Sets a password that the user has chosen. */
export async function setOwnPassword(
  visit: Visit,
  user: User,
  passwordHash: string,
  kept: Kept,
): Promise<User> {
  const ended = await endAllElse(visit, user, kept);
  const changed = {
    ...ended,
    passwordHash,
    mustChangePassword: false,
    oneTimePasswordUntilMs: null,
  };
  await visit.tx.putUser(changed);
  await audit(visit, {
    event: 'password-changed',
    subject: user,
    actor: user,
    summary: 'The password was changed. Other sessions and the trust of all browsers ended.',
  });
  return changed;
}
