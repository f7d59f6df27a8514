// How an account is named on screen.
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

/** '1 account', '12 accounts'. */
export const countWords = (count: number): string => (count === 1 ? '1 account' : `${count} accounts`);
