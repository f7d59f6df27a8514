// Search as you type over issuer, account and tags. Accents and capitals make no difference.
import type { Account } from '../../../src-shared/contract/index.ts';

type Searched = Pick<Account, 'issuer' | 'name' | 'tags'>;

const isAscii = /^[\x20-\x7e]*$/;

/** Lower case, without accents, so that "Zürich" is found by "zurich". */
export function plainWords(words: string): string {
  if (isAscii.test(words)) return words.toLowerCase();
  return words.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase().replaceAll('ß', 'ss');
}

/** An account that has not changed is the same object, so that its key is made once and not at each key stroke. */
const keys = new WeakMap<Searched, string>();

function keyOf(account: Searched): string {
  const known = keys.get(account);
  if (known !== undefined) return known;
  // Lines, so that no word is found across two of them.
  const key = plainWords([account.issuer, account.name, ...account.tags].join('\n').replaceAll(/ +/g, ' '));
  keys.set(account, key);
  return key;
}

/** Makes the keys ahead of the first search; cheap where they are made already. */
export function prepareSearch(accounts: readonly Searched[]): void {
  for (const account of accounts) keyOf(account);
}

/** Those whose issuer, account and tags hold every word of the search. */
export function searchAccounts<T extends Searched>(accounts: readonly T[], search: string): readonly T[] {
  const words = plainWords(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return accounts;
  return accounts.filter((account) => {
    const key = keyOf(account);
    return words.every((word) => key.includes(word));
  });
}
