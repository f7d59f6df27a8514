// Says which parts of accounts a format has no place for.
import type { ImportedAccount } from './imported-account.ts';

type Extra = 'tags' | 'note' | 'pinned';

const has: Record<Extra, (account: ImportedAccount) => boolean> = {
  tags: (account) => account.tags.length > 0,
  note: (account) => account.note !== '',
  pinned: (account) => account.pinned,
};

const names: Record<Extra, string> = { tags: 'Tags', note: 'Notes', pinned: 'Pins' };

/** A sentence for each of `extras` that some account has. */
export const unkept = (accounts: readonly ImportedAccount[], extras: readonly Extra[]): string[] =>
  extras.flatMap((extra) => {
    const count = accounts.filter(has[extra]).length;
    return count === 0 ? [] : [`${names[extra]} have no place in this format (${countOf(count)}).`];
  });

export const countOf = (count: number): string => (count === 1 ? '1 account' : `${count} accounts`);
