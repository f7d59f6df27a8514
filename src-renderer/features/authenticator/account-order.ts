// The order of the accounts on screen: pinned ones first, then by hand, name, last or most frequent use.
import type { Account, AccountOrder } from '../../../src-shared/contract/index.ts';
import { accountTitle } from './account-label.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const byName = (one: Account, other: Account): number =>
  collator.compare(accountTitle(one), accountTitle(other)) || collator.compare(one.name, other.name);

const comparisons: { readonly [O in AccountOrder]: (one: Account, other: Account) => number } = {
  manual: () => 0,
  name: byName,
  recent: (one, other) => (other.lastUsedAtMs ?? 0) - (one.lastUsedAtMs ?? 0),
  frequent: (one, other) => other.useCount - one.useCount,
};

/** `accounts` in the order by hand; what an order leaves open stays in that. */
export function orderAccounts(accounts: readonly Account[], order: AccountOrder): readonly Account[] {
  const compare = comparisons[order];
  const pinned = accounts.filter((account) => account.pinned);
  const others = accounts.filter((account) => !account.pinned);
  return order === 'manual'
    ? [...pinned, ...others]
    : [...pinned.toSorted(compare), ...others.toSorted(compare)];
}

/** Whether two lists hold the same accounts in the same order, whatever their uses. */
export function differInUseOnly(one: readonly Account[], other: readonly Account[]): boolean {
  return (
    one.length === other.length &&
    one.every((account, index) => {
      const twin = other[index];
      return (
        twin !== undefined &&
        (twin === account ||
          (twin.id === account.id &&
            twin.pinned === account.pinned &&
            twin.issuer === account.issuer &&
            twin.name === account.name))
      );
    })
  );
}

export interface Place {
  /** As `authenticator:move` takes it: the account that it comes before in the order by hand, null at the end. */
  readonly beforeId: string | null;
}

/**
 * Where an account goes in the order by hand when it is dropped before `shown[toIndex]` (or at the end of what is
 * shown). It stays among the pinned or the others. Null where it would not move.
 *
 * @param hand all accounts in the order by hand
 * @param shown those on screen, as they are there
 */
export function placeFor(
  hand: readonly Account[],
  shown: readonly Account[],
  id: string,
  toIndex: number,
): Place | null {
  const from = shown.findIndex((account) => account.id === id);
  const moved = shown[from];
  if (moved === undefined) return null;
  const first = shown.findIndex(({ pinned }) => pinned === moved.pinned);
  const last = shown.findLastIndex(({ pinned }) => pinned === moved.pinned);
  const target = Math.max(first, Math.min(last + 1, toIndex));
  if (target === from || target === from + 1) return null;
  const next = shown[target];
  if (next !== undefined && target <= last) return { beforeId: next.id };
  // After the last one shown of its kind: right behind it, so that what is not shown keeps its place.
  const others = hand.filter((account) => account.id !== id);
  const behind = others.findIndex((account) => account.id === shown[last]?.id);
  return { beforeId: others[behind + 1]?.id ?? null };
}

/** The order by hand after the move. */
export function moveAccount(hand: readonly Account[], id: string, place: Place): readonly Account[] {
  const moved = hand.find((account) => account.id === id);
  if (moved === undefined) return hand;
  const others = hand.filter((account) => account.id !== id);
  const at = others.findIndex((account) => account.id === place.beforeId);
  return at === -1 ? [...others, moved] : others.toSpliced(at, 0, moved);
}
