// How an administrator's action runs: who may act on whom, the own code (S10), one transaction with its audit record.
import { TwofoldError, type UserRow } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import type { Actor } from '../audit.ts';
import { requireUser } from '../directory.ts';
import { requireOwnCode } from '../own-code.ts';
import type { User } from '../records.ts';
import { requireSession, type SignedIn } from '../sessions.ts';
import { userRow } from '../user-row.ts';
import { type ConsoleContext, Refusal, type Visit, visit } from '../visit.ts';

export interface OnUser {
  readonly userId: string;
  /** The administrator's own current code; null to try without. */
  readonly code: string | null;
}

/** The calling administrator. Throws TwofoldError `not-signed-in` or `not-permitted`. */
export async function requireAdministrator(visit: Visit): Promise<SignedIn> {
  const signedIn = await requireSession(visit);
  if (signedIn.user.role !== 'administrator') {
    throw new TwofoldError('not-permitted', 'Only administrators can do this. Ask one of them.');
  }
  return signedIn;
}

/** Throws `not-permitted` for an administrator of a unit alone. */
export function requireWholeOrganization(actor: Actor): void {
  if (actor.administersUnitId === null) return;
  throw new TwofoldError(
    'not-permitted',
    'You administer a unit. This concerns the whole organization: ask an administrator of the organization.',
    { reason: 'unit-administrator' },
  );
}

/**
 * Whether the administrator may know of and act on that user: one of a unit only within it. Throws `not-found`, as for a
 * user who does not exist.
 */
export function requireInScope(actor: Actor, user: User): void {
  if (actor.administersUnitId === null || actor.administersUnitId === user.unitId) return;
  throw new TwofoldError('not-found', 'There is no such user any more. Look at the list again.');
}

/**
 * An administrator of a unit has no power over one of the whole organization or of another unit, whoever they belong to:
 * a reset and a new password would hand over that power. Throws `not-permitted`.
 */
export function requirePowerOver(actor: Actor, user: User): void {
  const own = actor.administersUnitId;
  if (own === null || user.role !== 'administrator' || user.administersUnitId === own) return;
  throw new TwofoldError(
    'not-permitted',
    'This user administers more than your unit. Ask an administrator of the organization.',
    { reason: 'unit-administrator' },
  );
}

/** S20: the last active administrator stays one. */
export async function requireAnotherAdministrator({ tx }: Visit, user: User, what: string): Promise<void> {
  if (user.role !== 'administrator' || !user.active || user.administersUnitId !== null) return;
  if ((await tx.countActiveAdministrators()) > 1) return;
  throw new TwofoldError(
    'conflict',
    `The last active administrator cannot be ${what}. Make somebody else an administrator first.`,
    {
      reason: 'last-administrator',
    },
  );
}

/** Reads for an administrator. */
export const look = <T>(
  context: ConsoleContext,
  caller: Caller,
  work: (visit: Visit, actor: SignedIn) => Promise<T>,
): Promise<T> => visit(context, caller, async (visit) => work(visit, await requireAdministrator(visit)));

export interface Action {
  readonly visit: Visit;
  readonly actor: Actor;
  /** Null for a program. */
  readonly actorSessionId: string | null;
  /** The user as stored now. */
  readonly user: User;
}

/** What is done to one user, whoever asks for it and for how many at once. */
export interface UserAction {
  /** For the audit's sentences about codes: "reset of a user’s factor". */
  readonly purpose: string;
  /** Throws where it cannot be done. Runs before the own code is asked, so that none is used up for nothing. */
  readonly check: (action: Action) => Promise<void> | void;
  /** Does it and writes its audit record. */
  readonly act: (action: Action) => Promise<void>;
}

/** Throws where the administrator may not act on that user, or the action cannot be done. */
export async function checkAction(action: Action, { check }: UserAction): Promise<void> {
  requireInScope(action.actor, action.user);
  requirePowerOver(action.actor, action.user);
  await check(action);
}

/** One action on one user, after the administrator's own code. Answers the changed user. */
export async function onUser(
  context: ConsoleContext,
  caller: Caller,
  { userId, code }: OnUser,
  userAction: UserAction,
): Promise<UserRow> {
  const row = await visit(context, caller, async (visit) => {
    const { user: actor, session } = await requireAdministrator(visit);
    const actorSessionId = session.id;
    await checkAction({ visit, actor, actorSessionId, user: await requireUser(visit, userId) }, userAction);
    const proved = await requireOwnCode(visit, actor, code, userAction.purpose);
    if (proved instanceof Refusal) return proved;
    const user = await requireUser(visit, userId);
    await userAction.act({ visit, actor: proved, actorSessionId, user });
    return userRow(visit, await requireUser(visit, userId));
  });
  context.events.emit('console:changed', {});
  return row;
}

/** One decision for the whole organization, after the administrator's own code. */
export async function onOrganization<T>(
  context: ConsoleContext,
  caller: Caller,
  { code, purpose }: { readonly code: string | null; readonly purpose: string },
  act: (visit: Visit, actor: User) => Promise<T>,
): Promise<T> {
  const answer = await visit(context, caller, async (visit) => {
    const { user: actor } = await requireAdministrator(visit);
    requireWholeOrganization(actor);
    const proved = await requireOwnCode(visit, actor, code, purpose);
    if (proved instanceof Refusal) return proved;
    return act(visit, proved);
  });
  context.events.emit('console:changed', {});
  return answer;
}

/** Throws `conflict` with that sentence where somebody acts on the own account. */
export const refuseOnSelf = (actor: Actor, user: User, message: string): void => {
  if (actor.id === user.id) throw new TwofoldError('conflict', message, { reason: 'own-account' });
};
