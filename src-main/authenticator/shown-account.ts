// What of an account the renderer gets to see: everything but the secret.
import type { Account, AccountDetails, DeletedAccount } from '../../src-shared/contract/index.ts';
import { warningsOf } from './new-account.ts';
import { TRASH_MS } from './vault.ts';
import type { VaultAccount } from './vault-document.ts';

export const shown = (account: VaultAccount): Account => ({
  id: account.id,
  issuer: account.issuer,
  name: account.name,
  type: account.type,
  algorithm: account.algorithm,
  digits: account.digits,
  periodS: account.periodS,
  tags: account.tags,
  pinned: account.pinned,
  hasNote: account.note !== '',
  addedAtMs: account.createdAtMs,
  useCount: account.useCount,
  lastUsedAtMs: account.lastUsedAtMs,
  warnings: warningsOf(account),
});

export const shownInFull = (account: VaultAccount): AccountDetails => ({
  ...shown(account),
  note: account.note,
  counter: account.counter,
});

export const shownDeleted = (account: VaultAccount & { readonly deletedAtMs: number }): DeletedAccount => ({
  ...shown(account),
  deletedAtMs: account.deletedAtMs,
  leavesAtMs: account.deletedAtMs + TRASH_MS,
});
