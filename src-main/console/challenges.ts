// Challenges: a sign-in that has passed the password. Kept in the repository, so that a refresh goes on at the same step.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import type { Challenge, User } from './records.ts';
import { hashToken, newId, newToken } from './tokens.ts';
import type { Visit } from './visit.ts';

const SWEPT_AT_ONCE = 3;

/** Starts a challenge for the calling browser, in place of one that it may have. */
export async function startChallenge(visit: Visit, user: User): Promise<Challenge> {
  const { tx, browser, nowMs, policy, random } = visit;
  await endChallenge(visit);
  for (const oldest of await tx.oldestChallenges(SWEPT_AT_ONCE)) {
    if (oldest.expiresAtMs <= nowMs) await tx.removeChallenge(oldest.id);
  }
  const token = newToken(random);
  const challenge: Challenge = {
    id: newId(random),
    userId: user.id,
    tokenHash: hashToken(token),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + policy.challengeMs,
    wrongCodes: 0,
  };
  await tx.putChallenge(challenge);
  browser.write('challenge', token, challenge.expiresAtMs);
  return challenge;
}

/** Lets a challenge live as long as what it now waits for, for instance a pending factor. */
export async function extendChallenge(
  visit: Visit,
  challenge: Challenge,
  expiresAtMs: number,
): Promise<void> {
  const token = visit.browser.read('challenge');
  if (token === undefined || challenge.expiresAtMs === expiresAtMs) return;
  await visit.tx.putChallenge({ ...challenge, expiresAtMs });
  visit.browser.write('challenge', token, expiresAtMs);
}

/** The calling browser's challenge with its user, or null when there is none or its time is over. */
export async function liveChallenge(visit: Visit): Promise<{ challenge: Challenge; user: User } | null> {
  const token = visit.browser.read('challenge');
  if (token === undefined) return null;
  const challenge = await visit.tx.challengeByToken(hashToken(token));
  const user = challenge === null ? null : await visit.tx.user(challenge.userId);
  if (challenge !== null && user?.active === true && challenge.expiresAtMs > visit.nowMs)
    return { challenge, user };
  await endChallenge(visit);
  return null;
}

/** Throws TwofoldError `step-expired`. */
export async function requireChallenge(visit: Visit): Promise<{ challenge: Challenge; user: User }> {
  const live = await liveChallenge(visit);
  if (live === null) throw stepExpired();
  return live;
}

export const stepExpired = (): TwofoldError =>
  new TwofoldError('step-expired', 'This sign-in is over. Sign in again with your user name and password.');

/** Ends the calling browser's challenge, if it has one. */
export async function endChallenge(visit: Visit): Promise<void> {
  const token = visit.browser.read('challenge');
  if (token === undefined) return;
  const challenge = await visit.tx.challengeByToken(hashToken(token));
  if (challenge !== null) await visit.tx.removeChallenge(challenge.id);
  visit.browser.clear('challenge');
}

/** Ends every sign-in of the user that is under way, but `keepId`. */
export async function endChallengesOf(visit: Visit, userId: string, keepId: string | null): Promise<void> {
  for (const challenge of await visit.tx.challengesOf(userId)) {
    if (challenge.id !== keepId) await visit.tx.removeChallenge(challenge.id);
  }
}
