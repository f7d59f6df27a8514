// One action on many users: the own code once, then each user by itself, with its own audit record, and a summary at the end.
import { setImmediate } from 'node:timers/promises';
import {
  type BulkAction,
  type Output,
  type ParsedInput,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { requireUser } from '../directory.ts';
import { requireOwnCode } from '../own-code.ts';
import type { User } from '../records.ts';
import { liveSessionsOf } from '../sessions.ts';
import { codeCounterId, lockedUntilMs, nameCounterId } from '../throttle.ts';
import { trustsInForce } from '../trusted-browsers.ts';
import { type ConsoleContext, Refusal, visit } from '../visit.ts';
import {
  type Action,
  checkAction,
  requireAdministrator,
  requireInScope,
  requireWholeOrganization,
  type UserAction,
} from './action.ts';
import { userSearch } from './directory.ts';
import * as actions from './user-actions.ts';

/**
 * So many users share a transaction: one write to the disk for all of them, and no sign-in waits for more than that.
 * Each user is atomic all the same, since what cannot be done is found before anything of that user is written.
 */
const USERS_PER_TRANSACTION = 100;

type Input = ParsedInput<'administration:bulk'>;
type Summary = Output<'administration:bulk'>;

function userActionOf({ action, unitId }: Pick<Input, 'action' | 'unitId'>): UserAction {
  switch (action) {
    case 'reset-factor':
      return actions.resetFactor;
    case 'reset-trusted-browsers':
      return actions.resetTrustedBrowsers;
    case 'end-sessions':
      return actions.endUserSessions;
    case 'unlock':
      return actions.unlock;
    case 'activate':
      return actions.setActive(true);
    case 'deactivate':
      return actions.setActive(false);
    case 'delete':
      return actions.deleteUser;
    case 'set-unit':
      return actions.setUnit(unitId);
  }
}

/** Why nothing is left to do for this user, so that the summary counts what was really done; null: there is. */
async function alreadyDone(
  { visit, user, actorSessionId }: Action,
  { action, unitId }: Pick<Input, 'action' | 'unitId'>,
): Promise<string | null> {
  const { tx, nowMs } = visit;
  switch (action) {
    case 'reset-factor':
      return user.factorId === null && user.pendingFactorId === null ? 'Had nothing set up.' : null;
    case 'reset-trusted-browsers':
      return (await trustsInForce(visit, user)).length === 0 ? 'Had no trusted browser.' : null;
    case 'end-sessions': {
      const others = (await liveSessionsOf(visit, user.id)).filter(({ id }) => id !== actorSessionId);
      const underWay = await tx.challengesOf(user.id);
      return others.length === 0 && underWay.length === 0 ? 'Was not signed in.' : null;
    }
    case 'unlock': {
      const counters = [
        await tx.counter(nameCounterId(user.nameKey)),
        await tx.counter(codeCounterId(user.id)),
      ];
      return counters.every((counter) => lockedUntilMs(counter, nowMs) === null) ? 'Was not locked.' : null;
    }
    case 'activate':
      return user.active ? 'Was active.' : null;
    case 'deactivate':
      return user.active ? null : 'Was deactivated.';
    case 'set-unit':
      return user.unitId === unitId ? 'Was in that unit.' : null;
    case 'delete':
      return null;
  }
}

/** Nobody puts an end to the own account among many others, where it is easily overlooked. */
const endsAccount: ReadonlySet<BulkAction> = new Set(['deactivate', 'delete']);

/** A user who is gone and one whom the administrator may not know of look the same. */
const NO_NAME = '–';

/** Throws where it cannot be done, and has then written nothing. */
async function doOne(action: Action, userAction: UserAction, input: Input): Promise<void> {
  await checkAction(action, userAction);
  if (endsAccount.has(input.action) && action.user.id === action.actor.id) {
    throw new TwofoldError('conflict', 'Is your own account. It was left out.', { reason: 'own-account' });
  }
  const already = await alreadyDone(action, input);
  if (already !== null) throw new TwofoldError('conflict', already, { reason: 'already-done' });
  await userAction.act(action);
}

interface Chosen {
  /** Whose code was shown: nobody else goes on with it. */
  readonly actorId: string;
  readonly ids: readonly string[];
  /** The unit to which the administrator is limited. */
  readonly scopeUnitId: string | null;
}

/** The named users, or all that match, after the administrator's own code. */
async function chooseUsers(
  context: ConsoleContext,
  caller: Caller,
  input: Input,
  userAction: UserAction,
): Promise<Chosen> {
  return visit(context, caller, async (visit) => {
    const { user: actor } = await requireAdministrator(visit);
    if (input.action === 'set-unit') {
      // Refused for all of them at once, before a code is used up for it.
      requireWholeOrganization(actor);
      await actions.unitOrNone(visit, input.unitId);
    }
    const page = { offset: 0, limit: Number.MAX_SAFE_INTEGER };
    const ids =
      input.users.kind === 'named'
        ? [...new Set(input.users.ids)]
        : (await visit.tx.searchUsers(userSearch(visit, actor, input.users.query, page))).users.map(
            ({ id }) => id,
          );
    const chosen = { actorId: actor.id, ids, scopeUnitId: actor.administersUnitId };
    if (ids.length === 0) return chosen;
    const proved = await requireOwnCode(visit, actor, input.code, `${userAction.purpose}, for many users`);
    return proved instanceof Refusal ? proved : chosen;
  });
}

/** Does it for these users in one transaction. Throws when the transaction as a whole fails: none is done then. */
async function doSome(
  context: ConsoleContext,
  caller: Caller,
  { actorId, ids }: Pick<Chosen, 'actorId' | 'ids'>,
  input: Input,
  userAction: UserAction,
): Promise<Summary> {
  return visit(context, caller, async (visit) => {
    const { user: actor, session } = await requireAdministrator(visit);
    if (actor.id !== actorId) {
      throw new TwofoldError(
        'not-signed-in',
        'Somebody else has signed in in this browser meanwhile. It was not done; sign in and try again.',
      );
    }
    const notDone: Summary['notDone'] = [];
    for (const id of ids) {
      let known: User | null = null;
      try {
        const user = await requireUser(visit, id);
        requireInScope(actor, user);
        known = user;
        await doOne({ visit, actor, actorSessionId: session.id, user }, userAction, input);
      } catch (error) {
        if (!(error instanceof TwofoldError)) throw error;
        notDone.push({ userName: known?.userName ?? NO_NAME, reason: error.message });
      }
    }
    return { done: ids.length - notDone.length, notDone };
  });
}

/**
 * Throws `code-required`, `code-refused` and whatever concerns all of the users. A failure half-way (the disk is full, the
 * administrator was signed out) ends it: what was done stays done, and the summary says of all others why not.
 */
export async function bulk(context: ConsoleContext, input: Input, caller: Caller): Promise<Summary> {
  const userAction = userActionOf(input);
  const { actorId, ids, scopeUnitId } = await chooseUsers(context, caller, input, userAction);
  const summary: Summary = { done: 0, notDone: [] };
  let stoppedBy: TwofoldError | null = null;
  for (let from = 0; from < ids.length; from += USERS_PER_TRANSACTION) {
    const some = ids.slice(from, from + USERS_PER_TRANSACTION);
    try {
      if (stoppedBy !== null) throw stoppedBy;
      const { done, notDone } = await doSome(context, caller, { actorId, ids: some }, input, userAction);
      summary.done += done;
      summary.notDone.push(...notDone);
    } catch (error) {
      if (!(error instanceof TwofoldError)) throw error;
      stoppedBy = error;
      const names = await namesOf(context, some, scopeUnitId);
      summary.notDone.push(...names.map((userName) => ({ userName, reason: error.message })));
    }
    // Lets what has arrived meanwhile, a sign-in for instance, have its turn.
    await setImmediate();
  }
  context.events.emit('console:changed', {});
  return summary;
}

const namesOf = (
  context: ConsoleContext,
  ids: readonly string[],
  scopeUnitId: string | null,
): Promise<string[]> =>
  context.repository.read(async (tx) => {
    const users = new Map((await tx.listUsers(ids)).map((user) => [user.id, user]));
    return ids.map((id) => {
      const user = users.get(id);
      const isInScope = scopeUnitId === null || user?.unitId === scopeUnitId;
      return user === undefined || !isInScope ? NO_NAME : user.userName;
    });
  });
