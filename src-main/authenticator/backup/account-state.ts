// Whether two sets of accounts are the same: for "changed since the backup", and for what a test restore compares.
import { createHmac } from 'node:crypto';
import type { SealingKey } from '../../secrets/sealing.ts';
import type { ImportedAccount } from '../transfer/imported-account.ts';

/**
 * Of everything that a backup holds but the counters: each use of a counter-based account would otherwise push an older
 * generation out, and a counter that is behind can be set again. Keyed:  it stands in clear beside the data and must
 * tell nothing of a secret.
 */
export const stateOf = (accounts: readonly ImportedAccount[], key: SealingKey): string =>
  createHmac('sha256', key.bytes)
    .update('twofold\0backup state\0')
    .update(JSON.stringify(accounts.map(({ counter: _counter, ...rest }) => rest)))
    .digest('base64url');

/** What makes it this account, also after a tag, a note or a counter has changed. */
const identityOf = ({ type, issuer, name, secret }: ImportedAccount): string =>
  JSON.stringify([type, issuer, name, secret]);

/** How many accounts of `one` have no counterpart in `other`. */
export function countMissing(one: readonly ImportedAccount[], other: readonly ImportedAccount[]): number {
  const left = new Map<string, number>();
  for (const account of other) {
    const identity = identityOf(account);
    left.set(identity, (left.get(identity) ?? 0) + 1);
  }
  return one.filter((account) => {
    const identity = identityOf(account);
    const count = left.get(identity) ?? 0;
    left.set(identity, count - 1);
    return count <= 0;
  }).length;
}
