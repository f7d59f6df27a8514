// The widest questions to the console: everybody, and the whole audit. Tests narrow them.
import type { Input } from '../../src-shared/contract/index.ts';

/** The first page of everybody, by user name. */
export const everybody: Input<'administration:directory'> = {
  search: '',
  filter: 'all',
  unitId: null,
  sort: 'user-name',
  descending: false,
  offset: 0,
  limit: 50,
};

/** The newest records of the audit. */
export const wholeAudit: Input<'administration:audit'> = {
  search: '',
  events: [],
  outcome: null,
  person: '',
  fromMs: null,
  toMs: null,
  beforeSequence: null,
  limit: 500,
};
