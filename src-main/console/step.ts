// Where a browser stands with the console: the one step that its screen follows from.
import type { ConsoleStep } from '../../src-shared/contract/index.ts';
import { breakGlassAtMs, hasBreakGlass, waitsUntilMs } from './break-glass.ts';
import { endChallenge, extendChallenge, liveChallenge } from './challenges.ts';
import { codeAttemptsLeft } from './code-check.ts';
import { factorsOf, factsOf, personOf } from './directory.ts';
import { pendingForSetUp, sheetOf } from './factors.ts';
import { nextStep } from './next-step.ts';
import type { Challenge, Organization, User } from './records.ts';
import { liveSession, sessionEnds, type SignedIn } from './sessions.ts';
import { trustOfBrowser } from './trusted-browsers.ts';
import type { Visit } from './visit.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

async function sessionStep(
  visit: Visit,
  organization: Organization,
  signedIn: SignedIn,
): Promise<ConsoleStep> {
  const { session, user } = signedIn;
  const { active, pending } = await factorsOf(visit, user);
  const person = personOf(user);
  if (session.keepSecret !== null && session.keepSecret.untilMs > visit.nowMs && active !== null) {
    const sheet = await sheetOf(visit, organization, user, active);
    return {
      kind: 'keep-secret',
      organization: organization.name,
      person,
      sheet,
      after: session.keepSecret.after,
    };
  }
  const trust = await trustOfBrowser(visit, user);
  const isResetting = pending?.sessionId === session.id;
  return {
    kind: 'signed-in',
    organization: organization.name,
    person,
    sessionId: session.id,
    ...sessionEnds(session, user, visit),
    twoFactorOn: organization.twoFactorOn,
    factorSetUp: active !== null,
    trustedUntilMs: trust?.expiresAtMs ?? null,
    notices: session.notices,
    rollOutDeadlineMs: active === null && !user.isServiceAccount ? organization.rollOutDeadlineMs : null,
    breakGlassAtMs: await breakGlassAtMs(visit, user),
    pendingReset: isResetting
      ? {
          sheet: await sheetOf(visit, organization, user, pending),
          expiresAtMs: pending.pendingUntilMs ?? visit.nowMs,
        }
      : null,
  };
}

/** The step of a sign-in under way, or null when it can't go on. A set-up gets its pending factor here. */
async function challengeStep(
  visit: Visit,
  organization: Organization,
  challenge: Challenge,
  user: User,
): Promise<ConsoleStep | null> {
  const common = {
    organization: organization.name,
    person: personOf(user),
    expiresAtMs: challenge.expiresAtMs,
  };
  const { next } = nextStep(await factsOf(visit, organization, user));
  switch (next) {
    case 'change-password':
      return { kind: 'change-password', ...common };
    case 'code':
    case 'blocked': {
      const waitingMs = await waitsUntilMs(visit, user);
      const hasCodes = await hasBreakGlass(visit, user);
      const { active } = await factorsOf(visit, user);
      // A stopped factor takes no codes: the screen is shown only to those who can go on without one.
      if (next === 'blocked' && !hasCodes) return null;
      if (waitingMs !== null) {
        return {
          kind: 'break-glass',
          organization: common.organization,
          person: common.person,
          effectiveAtMs: waitingMs,
        };
      }
      const ofChallenge = visit.policy.challengeWrongCodes - challenge.wrongCodes;
      const attemptsLeft =
        next === 'blocked' ? 0 : Math.min(ofChallenge, await codeAttemptsLeft(visit, user));
      return {
        kind: 'code',
        ...common,
        attemptsLeft,
        trustDays: visit.policy.trustedBrowsersPerUser === 0 ? 0 : Math.ceil(visit.policy.trustMs / DAY_MS),
        digits: active?.digits ?? visit.policy.digits,
        breakGlass: hasCodes,
      };
    }
    case 'set-up': {
      const { user: changed, factor } = await pendingForSetUp(visit, user);
      const expiresAtMs = factor.pendingUntilMs ?? challenge.expiresAtMs;
      await extendChallenge(visit, challenge, expiresAtMs);
      const sheet = await sheetOf(visit, organization, changed, factor);
      return { kind: 'set-up', ...common, expiresAtMs, sheet };
    }
    case 'refused':
    case 'signed-in':
      return null;
  }
}

/** The calling browser's step. Sessions and challenges whose time is over are cleared away on the way. */
export async function stepOf(visit: Visit): Promise<ConsoleStep> {
  const organization = await visit.tx.organization();
  if (organization === null) return { kind: 'no-organization' };
  const signedIn = await liveSession(visit);
  if (signedIn !== null) return sessionStep(visit, organization, signedIn);
  const live = await liveChallenge(visit);
  const step = live === null ? null : await challengeStep(visit, organization, live.challenge, live.user);
  if (step !== null) return step;
  await endChallenge(visit);
  return { kind: 'signed-out', organization: organization.name };
}
