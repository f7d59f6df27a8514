// The list of users in pages: the first with everything that is said of all, others as they come into sight.
import { useQueries } from '@tanstack/react-query';
import type { Directory, Input, UserQuery, UserRow } from '../../../src-shared/contract/index.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { useBridge } from '../../bridge/queries.tsx';

/** Users asked for at a time. */
export const PAGE = 200;
/** The most that main answers at a time. */
const LARGEST_PAGE = 500;

/** The list as it is first shown. */
export const everyone: UserQuery = {
  search: '',
  filter: 'all',
  unitId: null,
  sort: 'display-name',
  descending: false,
};

export const pageInput = (query: UserQuery, page: number): Input<'administration:directory'> => ({
  ...query,
  offset: page * PAGE,
  limit: PAGE,
});

export type UserPages = ReadonlyMap<number, readonly UserRow[]>;

/** The rows of these pages, as far as they have come. */
export function useUserPages(query: UserQuery, pages: readonly number[]): UserPages {
  const bridge = useBridge();
  return useQueries({
    queries: pages.map((page) => {
      const input = pageInput(query, page);
      return {
        queryKey: ['administration:directory', input],
        queryFn: (): Promise<Directory> => bridge.call('administration:directory', input),
      };
    }),
    combine: (results) => {
      const rows = new Map<number, readonly UserRow[]>();
      for (const [index, page] of pages.entries()) {
        const users = results[index]?.data?.users;
        if (users !== undefined) rows.set(page, users);
      }
      return rows;
    },
  });
}

/** The users at the places `from` to `to`, both included, also where they were never in sight. */
export async function usersBetween(
  bridge: Bridge,
  query: UserQuery,
  from: number,
  to: number,
): Promise<readonly UserRow[]> {
  const users: UserRow[] = [];
  for (let offset = from; offset <= to; offset += LARGEST_PAGE) {
    const limit = Math.min(LARGEST_PAGE, to - offset + 1);
    users.push(...(await bridge.call('administration:directory', { ...query, offset, limit })).users);
  }
  return users;
}
