// Which accounts a filter means, and how accounts are named at the terminal.
import type { Account } from '../../../src-shared/contract/authenticator.ts';
import { cleanLabel } from '../../otp/label.ts';
import { CommandFailed, exitCodes } from './command.ts';

const MAX_NAMED = 10;

type Labels = Pick<Account, 'issuer' | 'name' | 'tags'>;

/** Whether each word of the filter stands in the issuer, the name or a tag, whatever the case. */
export function fits({ issuer, name, tags }: Labels, filter: string): boolean {
  const text = [issuer, name, ...tags].join(' ').toLocaleLowerCase();
  return filter
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}

/** "Northwind, maria.keller", safe to show in one line. */
export const labelOf = ({ issuer, name }: Pick<Account, 'issuer' | 'name'>): string =>
  [cleanLabel(issuer), cleanLabel(name)].filter(Boolean).join(', ');

export const countOf = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'account' : 'accounts'}`;

export const noneFits = (filter: string): string =>
  filter === '' ? 'There are no accounts yet.' : `No account fits “${cleanLabel(filter)}”.`;

/** Whether the filter is the issuer, the name or both, and not a part of them. */
function isExactly({ issuer, name }: Labels, filter: string): boolean {
  const wanted = filter.toLocaleLowerCase();
  return [issuer, name, `${issuer} ${name}`].some((text) => text.toLocaleLowerCase() === wanted);
}

/** The one account that fits; of several the one that is exactly what the filter says. Throws CommandFailed. */
export function theOneThatFits<A extends Labels>(accounts: readonly A[], filter: string): A {
  const found = accounts.filter((account) => fits(account, filter));
  const exact = found.filter((account) => isExactly(account, filter));
  const [account, ...others] = exact.length === 1 ? exact : found;
  if (account === undefined) throw new CommandFailed(exitCodes.notFound, noneFits(filter));
  if (others.length === 0) return account;
  const named = found.slice(0, MAX_NAMED).map((each) => `  ${labelOf(each)}`);
  const rest = found.length - named.length;
  throw new CommandFailed(
    exitCodes.severalFit,
    [
      `${countOf(found.length)} fit. Say more:`,
      ...named,
      ...(rest > 0 ? [`  and ${countOf(rest)} more`] : []),
    ].join('\n'),
  );
}
