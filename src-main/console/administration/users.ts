// Users one at a time: adding, editing, deleting, a new one-time password.
import { type Output, type Role, TwofoldError, type UserRow } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { type Actor, audit } from '../audit.ts';
import { addUser as addToDirectory, nameKey, requireUser } from '../directory.ts';
import { newOneTimePassword } from '../one-time-password.ts';
import { requireOwnCode } from '../own-code.ts';
import { endAllElse } from '../own-password.ts';
import { userRow } from '../user-row.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from '../visit.ts';
import {
  checkAction,
  look,
  onUser,
  type OnUser,
  refuseOnSelf,
  requireAdministrator,
  requireInScope,
  requireWholeOrganization,
  type UserAction,
} from './action.ts';
import { deleteUser as deletion, unitOrNone } from './user-actions.ts';

/**
 * S10: a new administrator could reset anybody's factor, so a live session alone must not make one where the acting
 * administrator has a factor, and one of a unit never. `setRole` asks the code.
 */
export const requireNoNewPower = (actor: Actor, role: Role): void => {
  if (role !== 'administrator') return;
  requireWholeOrganization(actor);
  if (actor.factorId === null) return;
  throw new TwofoldError(
    'conflict',
    'Add the person as a user first, and then make them an administrator, which asks for a code of your own.',
    { reason: 'role-needs-code' },
  );
};

/** The unit that a new user comes to: an administrator of a unit adds to that unit alone. Throws `not-permitted`. */
export function unitForNewUser(actor: Actor, unitId: string | null): string | null {
  const own = actor.administersUnitId;
  if (own === null || unitId === own || unitId === null) return own ?? unitId;
  throw new TwofoldError('not-permitted', 'You can add users to your own unit alone.', {
    reason: 'unit-administrator',
  });
}

/** One user, as the list shows it. Throws `not-found`. */
export const describeUser = (
  context: ConsoleContext,
  { userId }: { userId: string },
  caller: Caller,
): Promise<UserRow> =>
  look(context, caller, async (visit, { user: actor }) => {
    const user = await requireUser(visit, userId);
    requireInScope(actor, user);
    return userRow(visit, user);
  });

interface NewUser {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly unitId: string | null;
}

/** Throws where that actor cannot add that user. */
export async function checkNewUser(visit: Visit, actor: Actor, input: NewUser): Promise<void> {
  requireNoNewPower(actor, input.role);
  await unitOrNone(visit, unitForNewUser(actor, input.unitId));
}

/** Adds a user, with the one-time password of that hash, and the audit record. Throws `already-exists`. */
export async function putUserOf(
  visit: Visit,
  actor: Actor,
  input: NewUser,
  passwordHash: string,
): Promise<Pick<Output<'administration:addUser'>, 'user' | 'expiresAtMs'>> {
  await checkNewUser(visit, actor, input);
  const expiresAtMs = visit.nowMs + visit.policy.oneTimePasswordMs;
  const user = await addToDirectory(visit, {
    ...input,
    unitId: unitForNewUser(actor, input.unitId),
    isServiceAccount: false,
    passwordHash,
    oneTimePasswordUntilMs: expiresAtMs,
  });
  await audit(visit, { event: 'user-added', subject: user, actor, summary: `Added as ${user.role}.` });
  return { user: await userRow(visit, user), expiresAtMs };
}

/** Adds a user with a one-time password, answered this once. Throws `already-exists`. */
export async function addUser(
  context: ConsoleContext,
  input: NewUser,
  caller: Caller,
): Promise<Output<'administration:addUser'>> {
  await look(context, caller, (visit, { user: actor }) => checkNewUser(visit, actor, input));
  const oneTimePassword = newOneTimePassword(context.random);
  const passwordHash = await context.hasher.hash(oneTimePassword);
  const added = await look(context, caller, (visit, { user: actor }) =>
    putUserOf(visit, actor, input, passwordHash),
  );
  context.events.emit('console:changed', {});
  return { ...added, oneTimePassword };
}

/** Changes names and unit. Throws `already-exists` for a user name that somebody else has. */
export const editUser = (
  context: ConsoleContext,
  input: OnUser & { userName: string; displayName: string; unitId: string | null },
  caller: Caller,
): Promise<UserRow> =>
  onUser(context, caller, input, {
    purpose: 'change of a user',
    async check({ visit, actor, user }) {
      if (user.unitId !== input.unitId) {
        // An administrator of a unit cannot give users away or take others in.
        requireWholeOrganization(actor);
        await unitOrNone(visit, input.unitId);
      }
      const other = await visit.tx.userByName(nameKey(input.userName));
      if (other !== null && other.id !== user.id) {
        throw new TwofoldError('already-exists', 'Somebody has that user name already. Choose another one.');
      }
    },
    async act({ visit, actor, user }) {
      const displayName = input.displayName.trim();
      const unit = await unitOrNone(visit, input.unitId);
      const changes = [
        ...(user.userName === input.userName ? [] : [`user name ${user.userName} is now ${input.userName}`]),
        ...(user.displayName === displayName ? [] : ['another display name']),
        ...(user.unitId === input.unitId ? [] : [unit === null ? 'no unit' : `unit ${unit.name}`]),
      ];
      if (changes.length === 0) return;
      const edited = {
        ...user,
        userName: input.userName,
        nameKey: nameKey(input.userName),
        displayName,
        unitId: input.unitId,
      };
      await visit.tx.putUser(edited);
      await audit(visit, {
        event: 'user-edited',
        subject: edited,
        actor,
        summary: `The user was changed: ${changes.join(', ')}.`,
      });
    },
  });

/** For good. Throws `conflict` on the own account and for the last active administrator (S20). */
export async function deleteUser(
  context: ConsoleContext,
  { userId, code }: OnUser,
  caller: Caller,
): Promise<Record<string, never>> {
  await visit(context, caller, async (visit) => {
    const { user: actor, session } = await requireAdministrator(visit);
    const onIt = { visit, actorSessionId: session.id, user: await requireUser(visit, userId) };
    await checkAction({ ...onIt, actor }, deletion);
    const proved = await requireOwnCode(visit, actor, code, deletion.purpose);
    if (proved instanceof Refusal) return proved;
    await deletion.act({ ...onIt, actor: proved });
    return undefined;
  });
  context.events.emit('console:changed', {});
  return {};
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
  let expiresAtMs = 0;
  const issuing: UserAction = {
    purpose: 'new one-time password',
    check: ({ actor, user }) =>
      refuseOnSelf(actor, user, 'Change your own password in your account, with your present password.'),
    async act({ visit, actor, user }) {
      expiresAtMs = visit.nowMs + visit.policy.oneTimePasswordMs;
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
  };
  await onUser(context, caller, input, issuing);
  return { oneTimePassword, expiresAtMs };
}
