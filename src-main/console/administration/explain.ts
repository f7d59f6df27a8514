// What a sign-in would meet and why, from the same pure function that decides it.
import { type Output, type Supposed, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { hasBreakGlass } from '../break-glass.ts';
import { factorsOf, factsOf, requireOrganization, requireUser } from '../directory.ts';
import { nextStep } from '../next-step.ts';
import type { Factor, User } from '../records.ts';
import { codeCounterId, lockedUntilMs, nameCounterId } from '../throttle.ts';
import { isInForce } from '../trusted-browsers.ts';
import type { ConsoleContext, Visit } from '../visit.ts';
import { look, requireInScope } from './action.ts';

const names = {
  refused: 'Sign-in is refused',
  'change-password': 'Must choose a new password',
  'set-up': 'Must set up two-factor authentication',
  code: 'Is asked for a code',
  blocked: 'Cannot sign in until the factor is reset',
  'signed-in': 'Is signed in with the password alone',
} as const;

/** A moment is chosen by the minute: the present one is meant, although it has begun. */
const SLACK_MS = 60_000;

const moment = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function passwordWords(user: User, nowMs: number): string {
  if (!user.mustChangePassword) return 'The user has chosen a password.';
  const untilMs = user.oneTimePasswordUntilMs;
  if (untilMs === null) return 'The password is a one-time password.';
  return untilMs > nowMs
    ? `The password is a one-time password, valid until ${moment(untilMs)}.`
    : `The one-time password was valid until ${moment(untilMs)}.`;
}

function factorWords(active: Factor | null, pending: Factor | null, nowMs: number): string {
  if (active !== null) {
    const since = `The factor was set up at ${moment(active.activatedAtMs ?? active.createdAtMs)}`;
    return active.blocked ? `${since} and is stopped after too many wrong codes.` : `${since}.`;
  }
  if (pending === null) return 'No factor is set up.';
  const untilMs = pending.pendingUntilMs ?? 0;
  return untilMs > nowMs
    ? `A set-up was begun: its QR code and secret are valid until ${moment(untilMs)}.`
    : `A set-up was begun, and is over since ${moment(untilMs)}: the next one has a new secret.`;
}

/** A lock that holds then, or one of now that is over by then. */
function lockWords(what: string, untilMs: number | null, then: Visit, nowMs: number): string[] {
  if (untilMs === null || untilMs <= nowMs) return [];
  return untilMs > then.nowMs
    ? [`${what} are locked until ${moment(untilMs)}.`]
    : [`${what} are locked now; the lock is over by then.`];
}

/** The trusted browsers that count at the visit's time. Reads alone: the moment may be one to come. */
async function countTrusts(visit: Visit, user: User): Promise<number> {
  return (await visit.tx.trustsOf(user.id)).filter((trust) => isInForce(trust, user, visit)).length;
}

function trustWords(now: number, then: number): string {
  if (now === 0 && then === 0) return 'The user has no trusted browser.';
  const browsers = (count: number): string => (count === 1 ? '1 browser is' : `${count} browsers are`);
  return now === then
    ? `${browsers(then)} trusted.`
    : `${browsers(now)} trusted now, and ${then === 0 ? 'none' : String(then)} of them then.`;
}

/**
 * A sign-in of this user with the right password, at that moment and from there, if nothing changes until then; nothing
 * is changed by asking. A trusted browser is one whose trust lasts the longest. Throws `not-found`, and `conflict` for a
 * moment that is past.
 */
export const explain = (
  context: ConsoleContext,
  { userId, atMs, browser }: { userId: string } & Supposed,
  caller: Caller,
): Promise<Output<'administration:explain'>> =>
  look(context, caller, async (visit, { user: actor }) => {
    const user = await requireUser(visit, userId);
    requireInScope(actor, user);
    if (atMs !== null && atMs < visit.nowMs - SLACK_MS) {
      throw new TwofoldError(
        'conflict',
        'That moment is past. What happened then is in the audit; choose now or a later moment.',
      );
    }
    const then: Visit = { ...visit, nowMs: Math.max(atMs ?? visit.nowMs, visit.nowMs) };
    const organization = await requireOrganization(then);
    const trustsNow = await countTrusts(visit, user);
    const trustsThen = await countTrusts(then, user);
    const facts = await factsOf(then, organization, user);
    const nameCounter = await then.tx.counter(nameCounterId(user.nameKey));
    const codeCounter = await then.tx.counter(codeCounterId(user.id));
    // S7: a browser that has completed a sign-in counts for itself, whatever others have tried under this name.
    const passwordLocked = browser === 'unknown' && lockedUntilMs(nameCounter, then.nowMs) !== null;
    const trustedBrowser = browser === 'trusted' && trustsThen > 0;
    const { next, because } = nextStep({ ...facts, passwordLocked, trustedBrowser });

    const { active } = await factorsOf(then, user);
    const pending = user.pendingFactorId === null ? null : await then.tx.factor(user.pendingFactorId);
    const deadlineMs = then.rollOutDeadlineMs;
    return {
      next: names[next],
      because: [...because],
      facts: [
        `The user is ${user.active ? 'active' : 'deactivated'}${user.isServiceAccount ? ' and a service account' : ''}.`,
        passwordWords(user, then.nowMs),
        factorWords(active, pending, then.nowMs),
        ...lockWords(
          'Passwords from unknown browsers',
          nameCounter?.lockedUntilMs ?? null,
          then,
          visit.nowMs,
        ),
        ...lockWords('Codes', codeCounter?.lockedUntilMs ?? null, then, visit.nowMs),
        trustWords(trustsNow, trustsThen),
        ...(browser === 'trusted' && trustsThen === 0
          ? ['No browser is trusted then: it is asked like an unknown one.']
          : []),
        ...(next === 'blocked' && (await hasBreakGlass(then, user))
          ? ['A break-glass code lets this administrator go on all the same.']
          : []),
        ...(deadlineMs !== null && active === null && !user.isServiceAccount
          ? [
              deadlineMs > then.nowMs
                ? `The roll-out has its deadline at ${moment(deadlineMs)}: sessions of this user end then.`
                : `The deadline of the roll-out was ${moment(deadlineMs)}: sessions from before it have ended.`,
            ]
          : []),
      ],
    };
  });
