// An account as lists show it, with nothing special about it: tests and scenes say what is.
import type { Account } from '../../src-shared/contract/index.ts';

/** The usual parameters, added at the beginning of time, never used. */
export const sampleAccount = (id: string, more: Partial<Account> = {}): Account => ({
  id,
  issuer: id,
  name: '',
  type: 'totp',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  tags: [],
  pinned: false,
  hasNote: false,
  addedAtMs: 0,
  useCount: 0,
  lastUsedAtMs: null,
  warnings: [],
  ...more,
});
