// Which users are chosen for a bulk action: some by name, or all that match the query. Pure.
import type { BulkAction, Input, UserQuery, UserRow } from '../../../src-shared/contract/index.ts';

export type Selection =
  | { readonly kind: 'named'; readonly users: ReadonlyMap<string, UserRow> }
  /** All that match, those too that were never in sight. */
  | { readonly kind: 'matching'; readonly count: number };

export const nobody: Selection = { kind: 'named', users: new Map() };

export const countOf = (selection: Selection): number =>
  selection.kind === 'named' ? selection.users.size : selection.count;

export const isSelected = (selection: Selection, userId: string): boolean =>
  selection.kind === 'matching' || selection.users.has(userId);

/** Adds these users, or takes them out. All that match stay all. */
export function withUsers(selection: Selection, users: readonly UserRow[], selected: boolean): Selection {
  if (selection.kind === 'matching') return selection;
  const next = new Map(selection.users);
  for (const user of users) {
    if (selected) next.set(user.id, user);
    else next.delete(user.id);
  }
  return { kind: 'named', users: next };
}

/** What main is told. */
export const bulkInput = (
  selection: Selection,
  query: UserQuery,
  action: BulkAction,
  unitId: string | null,
  code: string | null,
): Input<'administration:bulk'> => ({
  action,
  users:
    selection.kind === 'named'
      ? { kind: 'named', ids: [...selection.users.keys()] }
      : { kind: 'matching', query },
  unitId,
  code,
});

export interface Ends {
  readonly sessions: number;
  readonly trustedBrowsers: number;
}

/** What the chosen users have that may end; null where not all of them are known. */
export function endsOf(selection: Selection): Ends | null {
  if (selection.kind === 'matching') return null;
  let [sessions, trustedBrowsers] = [0, 0];
  for (const user of selection.users.values()) {
    sessions += user.liveSessions;
    trustedBrowsers += user.trustedBrowsers;
  }
  return { sessions, trustedBrowsers };
}
