// Sessions (S14): a new token at every sign-in, stored hashed, ended by idleness, by age, by the user or by others.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { audit } from './audit.ts';
import { noticesAtSignIn, withSignIn } from './notices.ts';
import { DEVICE_MS, KEEP_SECRET_MS, SESSION_TOUCH_MS } from './policy.ts';
import type { Session, User } from './records.ts';
import { hashToken, newId, newToken } from './tokens.ts';
import type { Visit } from './visit.ts';

/** A browser that many people use remembers this many of them as known. */
const USERS_PER_DEVICE = 20;

export interface SignedIn {
  readonly session: Session;
  readonly user: User;
}

/**
 * When the session ends by itself, and when it would by idleness. A policy that was made shorter holds at once; the
 * deadline of the roll-out holds for people without a factor. What has been told as the end is never put off.
 */
export function sessionEnds(
  session: Session,
  user: User,
  { policy, rollOutDeadlineMs }: Visit,
): { idleEndsAtMs: number; endsAtMs: number } {
  const mustSetUp = user.factorId === null && !user.isServiceAccount;
  const endsAtMs = Math.min(
    session.endsAtMs,
    session.startedAtMs + policy.sessionAbsoluteMs,
    mustSetUp ? (rollOutDeadlineMs ?? Infinity) : Infinity,
  );
  return { idleEndsAtMs: Math.min(session.lastUsedAtMs + policy.sessionIdleMs, endsAtMs), endsAtMs };
}

const isLive = (session: Session, user: User, visit: Visit): boolean =>
  sessionEnds(session, user, visit).idleEndsAtMs > visit.nowMs;

const endedByDeadline = (session: Session, user: User | null, visit: Visit): boolean =>
  user !== null && sessionEnds(session, user, visit).endsAtMs === visit.rollOutDeadlineMs;

/** The live session of the calling browser with its user, or null. One that is over is removed and audited. */
export async function liveSession(visit: Visit): Promise<SignedIn | null> {
  const token = visit.browser.read('session');
  if (token === undefined) return null;
  const session = await visit.tx.sessionByToken(hashToken(token));
  const user = session === null ? null : await visit.tx.user(session.userId);
  if (session !== null && user?.active === true && isLive(session, user, visit)) return { session, user };
  visit.browser.clear('session');
  if (session !== null) {
    await visit.tx.removeSession(session.id);
    await audit(visit, {
      event: 'session-expired',
      subject: user,
      actor: null,
      summary: endedByDeadline(session, user, visit)
        ? 'The session ended at the deadline of the roll-out: the user has not set up two-factor authentication.'
        : 'The session ended by its time.',
    });
  }
  return null;
}

/** Throws TwofoldError `not-signed-in`. */
export async function requireSession(visit: Visit): Promise<SignedIn> {
  const signedIn = await liveSession(visit);
  if (signedIn === null)
    throw new TwofoldError('not-signed-in', 'You are not signed in any more. Sign in again.');
  return signedIn;
}

/** Writes down that the session is in use, but not at every call. */
export async function touchSession(visit: Visit, session: Session): Promise<void> {
  if (visit.nowMs - session.lastUsedAtMs < SESSION_TOUCH_MS) return;
  await visit.tx.putSession({ ...session, lastUsedAtMs: visit.nowMs });
}

/** Marks the browser as one that has completed a sign-in of this user (S7). */
async function rememberDevice(visit: Visit, userId: string): Promise<void> {
  const present = visit.browser.read('device');
  const known = present === undefined ? null : await visit.tx.device(hashToken(present));
  const token = known === null || present === undefined ? newToken(visit.random) : present;
  const others = known?.userIds.filter((id) => id !== userId) ?? [];
  const userIds = [...others, userId].slice(-USERS_PER_DEVICE);
  await visit.tx.putDevice({ id: hashToken(token), userIds, lastUsedAtMs: visit.nowMs });
  visit.browser.write('device', token, visit.nowMs + DEVICE_MS);
}

export interface Completion {
  /** What completed the sign-in, as a sentence for the audit. */
  readonly summary: string;
  readonly trustId: string | null;
  /** Opens the keep-your-secret screen. */
  readonly keepSecret: boolean;
}

/** Completes a sign-in: a new session with a new token; whatever this browser had before is over. */
export async function startSession(visit: Visit, user: User, completion: Completion): Promise<Session> {
  const { tx, browser, nowMs, policy, random } = visit;
  const before = browser.read('session');
  const old = before === undefined ? null : await tx.sessionByToken(hashToken(before));
  if (old !== null) await tx.removeSession(old.id);
  for (const session of await tx.sessionsOf(user.id)) {
    if (!isLive(session, user, visit)) await tx.removeSession(session.id);
  }
  const token = newToken(random);
  const session: Session = {
    id: newId(random),
    userId: user.id,
    tokenHash: hashToken(token),
    browser: browser.name,
    startedAtMs: nowMs,
    lastUsedAtMs: nowMs,
    endsAtMs: nowMs + policy.sessionAbsoluteMs,
    trustId: completion.trustId,
    notices: noticesAtSignIn(user),
    keepSecret: completion.keepSecret ? { after: 'set-up', untilMs: nowMs + KEEP_SECRET_MS } : null,
  };
  await tx.putSession(session);
  await tx.putUser({
    ...withSignIn(user, browser.name, 'signed in', nowMs),
    lastSignInAtMs: nowMs,
    notices: [],
  });
  browser.write('session', token, session.endsAtMs);
  await rememberDevice(visit, user.id);
  await audit(visit, { event: 'signed-in', subject: user, actor: user, summary: completion.summary });
  return session;
}

/** The same session under a new token: what another may have copied is worth nothing from now on. */
export async function renewToken(visit: Visit, session: Session): Promise<void> {
  const token = newToken(visit.random);
  await visit.tx.putSession({ ...session, tokenHash: hashToken(token), lastUsedAtMs: visit.nowMs });
  visit.browser.write('session', token, session.endsAtMs);
}

/** Ends the user's sessions but `keepId`; answers how many were live. */
export async function endSessions(visit: Visit, userId: string, keepId: string | null): Promise<number> {
  const live = new Set((await liveSessionsOf(visit, userId)).map(({ id }) => id));
  let ended = 0;
  for (const session of await visit.tx.sessionsOf(userId)) {
    if (session.id === keepId) continue;
    if (live.has(session.id)) ended += 1;
    await visit.tx.removeSession(session.id);
  }
  return ended;
}

export async function liveSessionsOf(visit: Visit, userId: string): Promise<Session[]> {
  const user = await visit.tx.user(userId);
  if (user === null) return [];
  return (await visit.tx.sessionsOf(userId)).filter((session) => isLive(session, user, visit));
}
