// Accounts that are not in the vault yet: from typing, what the user should know of them, and when two are the same.
import { randomUUID } from 'node:crypto';
import { type ManualAccount, TwofoldError } from '../../src-shared/contract/index.ts';
import { decodeBase32, encodeBase32 } from '../otp/base32.ts';
import { cleanLabel } from '../otp/label.ts';
import { RECOMMENDED_SECRET_BYTES, STEAM_PARAMETERS } from '../otp/parameters.ts';
import type { ImportedAccount } from './transfer/imported-account.ts';
import type { VaultAccount } from './vault-document.ts';

/** Checks what was typed in. Throws TwofoldError `account-refused`. */
export function accountFromTyping(typed: ManualAccount): ImportedAccount {
  const issuer = cleanLabel(typed.issuer);
  const name = cleanLabel(typed.name);
  requireLabel(issuer, name);
  const { type, algorithm, digits } = typed;
  const periodS = type === 'hotp' ? 0 : typed.periodS;
  return {
    type,
    issuer,
    name,
    ...(type === 'steam' ? STEAM_PARAMETERS : { algorithm, digits, periodS }),
    counter: type === 'hotp' ? typed.counter : null,
    secret: canonicalSecret(typed.secret),
    tags: [],
    note: '',
    pinned: false,
  };
}

/** Throws TwofoldError `account-refused` when a person leaves both blank: the account could not be told from others. */
export function requireLabel(issuer: string, name: string): void {
  if (issuer !== '' || name !== '') return;
  throw new TwofoldError(
    'account-refused',
    'Give the account an issuer or a name, so that you find it again. Nothing was changed.',
    { reason: 'label-empty' },
  );
}

/** Tags as the vault keeps them: one line each, none empty, each once whatever its case. */
export function cleanTags(tags: readonly string[]): string[] {
  const byFold = new Map<string, string>();
  for (const tag of tags.map(cleanLabel)) {
    const fold = tag.toLocaleLowerCase();
    if (tag !== '' && !byFold.has(fold)) byFold.set(fold, tag);
  }
  return [...byFold.values()];
}

/** What the user should know about an account; codes are shown all the same. */
export function warningsOf(account: Pick<VaultAccount, 'secret'>): string[] {
  const bytes = Math.floor((account.secret.length * 5) / 8);
  if (bytes >= RECOMMENDED_SECRET_BYTES) return [];
  return [
    `The secret has only ${bytes * 8} bits; 128 are the least recommended. Its codes work; the secret is easier to guess.`,
  ];
}

/** The same secret under the same label is the same account. */
export const identityOf = (account: Pick<VaultAccount, 'secret' | 'issuer' | 'name'>): string =>
  JSON.stringify([account.secret, account.issuer, account.name]);

/** The account as the vault keeps it from now on. */
export const vaultAccount = (account: ImportedAccount, nowMs: number): VaultAccount => ({
  ...account,
  tags: [...account.tags],
  id: randomUUID(),
  useCount: 0,
  lastUsedAtMs: null,
  createdAtMs: nowMs,
  deletedAtMs: null,
});

/** What stays of an account outside the vault: everything but its place in it. */
export const portable = (account: VaultAccount): ImportedAccount => ({
  type: account.type,
  issuer: account.issuer,
  name: account.name,
  secret: account.secret,
  algorithm: account.algorithm,
  digits: account.digits,
  periodS: account.periodS,
  counter: account.counter,
  tags: account.tags,
  note: account.note,
  pinned: account.pinned,
});

/** One way of writing for each secret, the decoded bytes wiped. */
function canonicalSecret(typed: string): string {
  const bytes = decodeBase32(typed);
  const text = encodeBase32(bytes);
  bytes.fill(0);
  return text;
}
