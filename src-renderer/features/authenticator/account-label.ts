// How an account is named on screen, and how a search finds it.
import type { Account } from '../../../src-shared/contract/index.ts';

type Labelled = Pick<Account, 'issuer' | 'name'>;

/** The first line: the issuer, or the name where there is no issuer. */
export const accountTitle = ({ issuer, name }: Labelled): string =>
  issuer !== '' ? issuer : name !== '' ? name : 'Without a name';

/** The second line; empty where the first says it all. */
export const accountSubtitle = ({ issuer, name }: Labelled): string => (issuer === '' ? '' : name);

/** Both in one, for messages: "GitHub (maria@northwind.example)". */
export function accountWords(account: Labelled): string {
  const subtitle = accountSubtitle(account);
  return subtitle === '' ? accountTitle(account) : `${accountTitle(account)} (${subtitle})`;
}

/** Lower case, without accents, so that "Zürich" is found by "zurich". */
const plain = (words: string): string =>
  words.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase();

/** Those whose issuer and name hold every word of the search. */
export function searchAccounts<T extends Labelled>(accounts: readonly T[], search: string): readonly T[] {
  const words = plain(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return accounts;
  return accounts.filter((account) => {
    const label = plain(`${account.issuer} ${account.name}`);
    return words.every((word) => label.includes(word));
  });
}
