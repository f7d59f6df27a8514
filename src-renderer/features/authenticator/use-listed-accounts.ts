// The accounts in their order, then those with the chosen tag, then those that the search finds.
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { Account, AccountOrder } from '../../../src-shared/contract/index.ts';
import { differInUseOnly, orderAccounts } from './account-order.ts';
import { prepareSearch, searchAccounts } from './account-search.ts';
import { withTag } from './account-tags.ts';

/**
 * In the order that was chosen. A copy alone moves nothing: rows that jump while one copies from them make one copy
 * the wrong code. They are ordered anew when the user comes back to the window.
 */
function useOrderedAccounts(accounts: readonly Account[], order: AccountOrder): readonly Account[] {
  const [basis, setBasis] = useState({ accounts, order });
  if (basis.order !== order || !differInUseOnly(basis.accounts, accounts)) setBasis({ accounts, order });
  const reorder = useEffectEvent(() => setBasis({ accounts, order }));
  useEffect(() => {
    const comeBack = (): void => reorder();
    addEventListener('focus', comeBack);
    return () => removeEventListener('focus', comeBack);
  }, []);
  const ordered = useMemo(() => orderAccounts(basis.accounts, basis.order), [basis]);
  return useMemo(() => {
    if (basis.accounts === accounts) return ordered;
    const present = new Map(accounts.map((account) => [account.id, account]));
    return ordered.flatMap(({ id }) => present.get(id) ?? []);
  }, [accounts, basis, ordered]);
}

export interface Listing {
  readonly order: AccountOrder;
  /** Null: all. */
  readonly tag: string | null;
  readonly search: string;
}

export function useListedAccounts(accounts: readonly Account[], listing: Listing): readonly Account[] {
  const { order, tag, search } = listing;
  const ordered = useOrderedAccounts(accounts, order);
  const tagged = useMemo(() => withTag(ordered, tag), [ordered, tag]);
  useEffect(() => {
    // After the first picture, so that neither that nor the first key stroke waits for it.
    const timer = setTimeout(() => prepareSearch(accounts), 200);
    return () => clearTimeout(timer);
  }, [accounts]);
  return useMemo(() => searchAccounts(tagged, search), [tagged, search]);
}
