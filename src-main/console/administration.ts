// What administrators do. Each action and its audit record are one transaction; most need a code of their own (S10).
import {
  type BlastRadius,
  type Directory,
  type Output,
  type Policy,
  type Role,
  TwofoldError,
  type UserRow,
} from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import { audit, readAudit, verifyAudit } from './audit.ts';
import { endChallengesOf } from './challenges.ts';
import { addUser as addToDirectory, factsOf, requireOrganization, requireUser } from './directory.ts';
import { removeFactors, removePending } from './factors.ts';
import { nextStep } from './next-step.ts';
import { withNotice } from './notices.ts';
import { newOneTimePassword } from './one-time-password.ts';
import { requireOwnCode } from './own-code.ts';
import { endAllElse } from './own-password.ts';
import type { User } from './records.ts';
import { endSessions, requireSession, type SignedIn } from './sessions.ts';
import { codeCounterId, lockedUntilMs, nameCounterId } from './throttle.ts';
import { endTrusts } from './trusted-browsers.ts';
import { blastRadius, switchTwoFactor } from './two-factor-switch.ts';
import { describeDirectory, userRow } from './user-row.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from './visit.ts';

interface OnUser {
  readonly userId: string;
  readonly code: string | null;
}

const FIRST_PAGE = { search: '', offset: 0, limit: 50 };

/** The calling administrator. Throws TwofoldError `not-signed-in` or `not-permitted`. */
export async function requireAdministrator(visit: Visit): Promise<SignedIn> {
  const signedIn = await requireSession(visit);
  if (signedIn.user.role !== 'administrator') {
    throw new TwofoldError('not-permitted', 'Only administrators can do this. Ask one of them.');
  }
  return signedIn;
}

/** S20: the last active administrator stays one. */
async function requireAnotherAdministrator({ tx }: Visit, user: User, what: string): Promise<void> {
  if (user.role !== 'administrator' || !user.active) return;
  if ((await tx.countActiveAdministrators()) > 1) return;
  throw new TwofoldError(
    'conflict',
    `The last active administrator cannot be ${what}. Make somebody else an administrator first.`,
    {
      reason: 'last-administrator',
    },
  );
}

const look = <T>(
  context: ConsoleContext,
  caller: Caller,
  work: (visit: Visit, actor: SignedIn) => Promise<T>,
): Promise<T> => visit(context, caller, async (visit) => work(visit, await requireAdministrator(visit)));

interface Action {
  readonly visit: Visit;
  readonly actor: User;
  readonly actorSessionId: string;
  /** The user as stored now. */
  readonly user: User;
}

/**
 * One action on one user. `check` runs before the own code is asked, so that a code is not used up for what is refused
 * anyway; `act` does it and answers the changed user.
 */
async function onUser(
  context: ConsoleContext,
  caller: Caller,
  { userId, code }: OnUser,
  purpose: string,
  check: (action: Action) => Promise<void> | void,
  act: (action: Action) => Promise<void>,
): Promise<UserRow> {
  const row = await visit(context, caller, async (visit) => {
    const { user: actor, session } = await requireAdministrator(visit);
    await check({ visit, actor, actorSessionId: session.id, user: await requireUser(visit, userId) });
    const proved = await requireOwnCode(visit, actor, code, purpose);
    if (proved instanceof Refusal) return proved;
    const user = await requireUser(visit, userId);
    await act({ visit, actor: proved, actorSessionId: session.id, user });
    return userRow(visit, await requireOrganization(visit), await requireUser(visit, userId));
  });
  context.events.emit('console:changed', {});
  return row;
}

const refuseOnSelf = (actor: User, user: User, message: string): void => {
  if (actor.id === user.id) throw new TwofoldError('conflict', message, { reason: 'own-account' });
};

/** The users that match, a page of them, with counts over all. */
export const directory = (
  context: ConsoleContext,
  input: { search: string; offset: number; limit: number },
  caller: Caller,
): Promise<Directory> => look(context, caller, (visit) => describeDirectory(visit, input));

/**
 * S10: a new administrator could reset anybody's factor, so a live session alone must not make one where the acting
 * administrator has a factor. `setRole` asks the code.
 */
const requireNoNewPower = (actor: User, role: Role): void => {
  if (role !== 'administrator' || actor.factorId === null) return;
  throw new TwofoldError(
    'conflict',
    'Add the person as a user first, and then make them an administrator, which asks for a code of your own.',
    { reason: 'role-needs-code' },
  );
};

/** Adds a user with a one-time password, answered this once. Throws `already-exists`. */
export async function addUser(
  context: ConsoleContext,
  input: { userName: string; displayName: string; role: Role },
  caller: Caller,
): Promise<Output<'administration:addUser'>> {
  await look(context, caller, async (_visit, { user: actor }) => {
    requireNoNewPower(actor, input.role);
    return Promise.resolve();
  });
  const oneTimePassword = newOneTimePassword(context.random);
  const passwordHash = await context.hasher.hash(oneTimePassword);
  const added = await look(context, caller, async (visit, { user: actor }) => {
    requireNoNewPower(actor, input.role);
    const expiresAtMs = visit.nowMs + visit.policy.oneTimePasswordMs;
    const user = await addToDirectory(visit, {
      ...input,
      isServiceAccount: false,
      passwordHash,
      oneTimePasswordUntilMs: expiresAtMs,
    });
    await audit(visit, { event: 'user-added', subject: user, actor, summary: `Added as ${user.role}.` });
    return { user: await userRow(visit, await requireOrganization(visit), user), expiresAtMs };
  });
  context.events.emit('console:changed', {});
  return { ...added, oneTimePassword };
}

/**
 * A new password in place of the user's own: one-time for people, lasting for a service account. Ends the user's
 * sessions and trusts (S11).
 */
export async function issueOneTimePassword(
  context: ConsoleContext,
  input: OnUser,
  caller: Caller,
): Promise<Output<'administration:newOneTimePassword'>> {
  await look(context, caller, () => Promise.resolve());
  const oneTimePassword = newOneTimePassword(context.random);
  const passwordHash = await context.hasher.hash(oneTimePassword);
  const expiresAtMs = context.clock.nowMs() + context.policy.oneTimePasswordMs;
  await onUser(
    context,
    caller,
    input,
    'new one-time password',
    ({ actor, user }) =>
      refuseOnSelf(actor, user, 'Change your own password in your account, with your present password.'),
    async ({ visit, actor, user }) => {
      const ended = await endAllElse(visit, user);
      const isPerson = !user.isServiceAccount;
      await visit.tx.putUser({
        ...ended,
        passwordHash,
        mustChangePassword: isPerson,
        oneTimePasswordUntilMs: isPerson ? expiresAtMs : null,
      });
      await audit(visit, {
        event: 'one-time-password-issued',
        subject: user,
        actor,
        summary: 'A new password was issued. Sessions and the trust of all browsers ended.',
      });
    },
  );
  return { oneTimePassword, expiresAtMs };
}

/** Throws `conflict` for the last active administrator (S20). */
export const setRole = (
  context: ConsoleContext,
  input: OnUser & { role: Role },
  caller: Caller,
): Promise<UserRow> =>
  onUser(
    context,
    caller,
    input,
    'change of role',
    async ({ visit, user }) => {
      if (input.role !== 'administrator') await requireAnotherAdministrator(visit, user, 'made a user');
    },
    async ({ visit, actor, user }) => {
      if (user.role === input.role) return;
      await visit.tx.putUser({ ...user, role: input.role });
      await audit(visit, {
        event: 'role-changed',
        subject: user,
        actor,
        summary: `The role is now ${input.role}.`,
      });
    },
  );

/** Deactivating ends everything of the user (S11). Throws `conflict` for the last active administrator (S20). */
export const setActive = (
  context: ConsoleContext,
  input: OnUser & { active: boolean },
  caller: Caller,
): Promise<UserRow> =>
  onUser(
    context,
    caller,
    input,
    input.active ? 'activation of a user' : 'deactivation of a user',
    async ({ visit, user }) => {
      if (!input.active) await requireAnotherAdministrator(visit, user, 'deactivated');
    },
    async ({ visit, actor, user }) => {
      if (user.active === input.active) return;
      const ended = input.active ? user : await endAllElse(visit, user);
      await visit.tx.putUser({ ...ended, active: input.active });
      await audit(visit, {
        event: input.active ? 'user-activated' : 'user-deactivated',
        subject: user,
        actor,
        summary: input.active
          ? 'The user can sign in again.'
          : 'The user cannot sign in any more. Sessions and trust ended.',
      });
    },
  );

/** G15. Exempting ends sessions and trusts (S11); a factor that was set up is kept for when it is taken back. */
export const setServiceAccount = (
  context: ConsoleContext,
  input: OnUser & { isServiceAccount: boolean },
  caller: Caller,
): Promise<UserRow> =>
  onUser(
    context,
    caller,
    input,
    'exemption of a user',
    async ({ visit, actor, user }) => {
      if (!input.isServiceAccount) return;
      await requireAnotherAdministrator(visit, user, 'exempted from two-factor authentication');
      refuseOnSelf(
        actor,
        user,
        'You cannot exempt yourself from two-factor authentication. Ask another administrator.',
      );
    },
    async ({ visit, actor, user }) => {
      if (user.isServiceAccount === input.isServiceAccount) return;
      const changed = input.isServiceAccount
        ? await endAllElse(visit, await removePending(visit, user))
        : user;
      await visit.tx.putUser({ ...changed, isServiceAccount: input.isServiceAccount });
      await audit(visit, {
        event: input.isServiceAccount ? 'service-account-set' : 'service-account-taken-back',
        subject: user,
        actor,
        summary: input.isServiceAccount
          ? 'The user is a service account now: the password alone is asked.'
          : 'The user is no service account any more: two-factor authentication is asked for again.',
      });
    },
  );

/** G13: the user sets 2FA up again at the next sign-in. Throws `conflict` on one's own account (S10). */
export const resetFactor = (context: ConsoleContext, input: OnUser, caller: Caller): Promise<UserRow> =>
  onUser(
    context,
    caller,
    input,
    'reset of a user’s factor',
    ({ actor, user }) =>
      refuseOnSelf(
        actor,
        user,
        'You cannot reset your own two-factor authentication here. Use Reset two-factor authentication in your account, with a current code, or ask another administrator.',
      ),
    async ({ visit, actor, user }) => {
      const ended = await endAllElse(visit, await removeFactors(visit, user));
      await visit.tx.putUser(withNotice(ended, 'factor-reset', visit.nowMs));
      await visit.tx.removeCounter(codeCounterId(user.id));
      await audit(visit, {
        event: 'factor-reset',
        subject: user,
        actor,
        summary: 'Two-factor authentication was reset. Sessions and the trust of all browsers ended.',
      });
    },
  );

/** G14. */
export const resetTrustedBrowsers = (
  context: ConsoleContext,
  input: OnUser,
  caller: Caller,
): Promise<UserRow> =>
  onUser(
    context,
    caller,
    input,
    'reset of trusted browsers',
    () => undefined,
    async ({ visit, actor, user }) => {
      const count = await endTrusts(visit, user);
      await visit.tx.putUser(
        withNotice({ ...user, trustEpoch: user.trustEpoch + 1 }, 'trusted-browsers-ended', visit.nowMs),
      );
      await audit(visit, {
        event: 'trusted-browsers-ended',
        subject: user,
        actor,
        summary: `The trust of all browsers was ended by an administrator: ${count}.`,
      });
    },
  );

/** Ends the user's sessions and sign-ins under way; of one's own, all others. */
export const endUserSessions = (context: ConsoleContext, input: OnUser, caller: Caller): Promise<UserRow> =>
  onUser(
    context,
    caller,
    input,
    'end of sessions',
    () => undefined,
    async ({ visit, actor, actorSessionId, user }) => {
      const count = await endSessions(visit, user.id, actorSessionId);
      await endChallengesOf(visit, user.id, null);
      await audit(visit, {
        event: 'sessions-ended',
        subject: user,
        actor,
        summary: `Sessions ended by an administrator: ${count}.`,
      });
    },
  );

/** Takes back locks after wrong passwords or codes, not a stopped factor. */
export const unlock = (context: ConsoleContext, input: OnUser, caller: Caller): Promise<UserRow> =>
  onUser(
    context,
    caller,
    input,
    'end of locks',
    () => undefined,
    async ({ visit, actor, user }) => {
      await visit.tx.removeCounter(nameCounterId(user.nameKey));
      await visit.tx.removeCounter(codeCounterId(user.id));
      await audit(visit, {
        event: 'locks-taken-back',
        subject: user,
        actor,
        summary: 'Locks after wrong tries were taken back.',
      });
    },
  );

/** S19. */
export const previewTwoFactor = (
  context: ConsoleContext,
  { turnOn }: { turnOn: boolean },
  caller: Caller,
): Promise<BlastRadius> => look(context, caller, (visit, { user }) => blastRadius(visit, user, turnOn));

/** G1, G16. Needs the administrator's own code when there is a factor. */
export async function setTwoFactor(
  context: ConsoleContext,
  { turnOn, code }: { turnOn: boolean; code: string | null },
  caller: Caller,
): Promise<Directory> {
  const answer = await visit(context, caller, async (visit) => {
    const { user } = await requireAdministrator(visit);
    const purpose = turnOn ? 'turning two-factor authentication on' : 'turning two-factor authentication off';
    const proved = await requireOwnCode(visit, user, code, purpose);
    if (proved instanceof Refusal) return proved;
    await switchTwoFactor(visit, proved, turnOn);
    return describeDirectory(visit, FIRST_PAGE);
  });
  context.events.emit('console:changed', {});
  return answer;
}

const nextStepNames = {
  refused: 'Sign-in is refused',
  'change-password': 'Must choose a new password',
  'set-up': 'Must set up two-factor authentication',
  code: 'Is asked for a code',
  blocked: 'Cannot sign in until the factor is reset',
  'signed-in': 'Is signed in with the password alone',
} as const;

/** What a sign-in of this user from an unknown browser would meet now, and why. */
export const explain = (
  context: ConsoleContext,
  { userId }: { userId: string },
  caller: Caller,
): Promise<Output<'administration:explain'>> =>
  look(context, caller, async (visit) => {
    const user = await requireUser(visit, userId);
    const facts = await factsOf(visit, await requireOrganization(visit), user);
    const counter = await visit.tx.counter(nameCounterId(user.nameKey));
    const passwordLocked = lockedUntilMs(counter, visit.nowMs) !== null;
    const { next, because } = nextStep({ ...facts, passwordLocked });
    return { next: nextStepNames[next], because: [...because] };
  });

/** The audit, newest first. */
export const auditLog = (
  context: ConsoleContext,
  input: { search: string; beforeSequence: number | null; limit: number },
  caller: Caller,
): Promise<Output<'administration:audit'>> =>
  look(context, caller, async (visit) => {
    const { records, total } = await readAudit(visit.tx, input);
    return {
      records: records.map(({ sequence, atMs, event, subject, actor, browser, outcome, summary }) => ({
        sequence,
        atMs,
        event,
        subject,
        actor,
        browser,
        outcome,
        summary,
      })),
      total,
    };
  });

export const checkAudit = (
  context: ConsoleContext,
  caller: Caller,
): Promise<Output<'administration:verifyAudit'>> => look(context, caller, (visit) => verifyAudit(visit.tx));

export const policy = (context: ConsoleContext, caller: Caller): Promise<Policy> =>
  look(context, caller, () => Promise.resolve(context.policy));

/** Authenticators that are set up keep the old name; new set-ups show the new one. */
export async function renameOrganization(
  context: ConsoleContext,
  { name }: { name: string },
  caller: Caller,
): Promise<Directory> {
  const answer = await look(context, caller, async (visit, { user: actor }) => {
    const organization = await requireOrganization(visit);
    await visit.tx.putOrganization({ ...organization, name: name.trim() });
    await audit(visit, {
      event: 'organization-renamed',
      subject: null,
      actor,
      summary: `The organization is now named ${name.trim()}.`,
    });
    return describeDirectory(visit, FIRST_PAGE);
  });
  context.events.emit('console:changed', {});
  return answer;
}
