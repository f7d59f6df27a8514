// The list of users, as far as the asking administrator may see it.
import type { Directory, UserQuery } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import type { Actor } from '../audit.ts';
import { requireOrganization } from '../directory.ts';
import type { UserSearch } from '../repository.ts';
import { userRows } from '../user-row.ts';
import { searchWords } from '../user-search.ts';
import type { ConsoleContext, Visit } from '../visit.ts';
import { look } from './action.ts';

/** The search of that query, within what the administrator may see. */
export const userSearch = (
  visit: Visit,
  actor: Actor,
  query: UserQuery,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): UserSearch => ({
  words: searchWords(query.search),
  filter: query.filter,
  unitId: query.unitId,
  scopeUnitId: actor.administersUnitId,
  sort: query.sort,
  descending: query.descending,
  offset,
  limit,
  nowMs: visit.nowMs,
});

/** The users that match, a page of them, with counts over all in scope. */
export const directory = (
  context: ConsoleContext,
  { offset, limit, ...query }: UserQuery & { offset: number; limit: number },
  caller: Caller,
): Promise<Directory> =>
  look(context, caller, async (visit, { user: actor }) => {
    const organization = await requireOrganization(visit);
    const found = await visit.tx.searchUsers(userSearch(visit, actor, query, { offset, limit }));
    const units = (await visit.tx.units()).filter(
      ({ id }) => actor.administersUnitId === null || actor.administersUnitId === id,
    );
    const usersOfUnits = await visit.tx.countUsersOfUnits();
    return {
      organization: organization.name,
      twoFactorOn: organization.twoFactorOn,
      twoFactorChangedAtMs: organization.twoFactorChangedAtMs,
      rollOutDeadlineMs: organization.rollOutDeadlineMs,
      counts: found.counts,
      units: units.map(({ id, name }) => ({ id, name, users: usersOfUnits.get(id) ?? 0 })),
      limitedToUnitId: actor.administersUnitId,
      matching: found.matching,
      users: await userRows(visit, found.users),
    };
  });
