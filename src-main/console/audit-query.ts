// Which records of the audit a filter asks for. Pure.
import type { AuditQuery } from '../../src-shared/contract/index.ts';
import type { AuditNote } from './records.ts';

/** What a search looks through, folded. */
export const auditSearchText = (entry: AuditNote): string =>
  `${entry.event} ${entry.subject ?? ''} ${entry.actor ?? ''} ${entry.browser ?? ''} ${entry.summary}`.toLowerCase();

/** Whether a record is one of those asked for. */
export function matchesQuery(entry: AuditNote, query: AuditQuery): boolean {
  if (query.outcome !== null && entry.outcome !== query.outcome) return false;
  if (query.events.length > 0 && !query.events.includes(entry.event)) return false;
  if (query.fromMs !== null && entry.atMs < query.fromMs) return false;
  if (query.toMs !== null && entry.atMs >= query.toMs) return false;
  const person = query.person.trim().toLowerCase();
  if (person !== '' && ![entry.subject, entry.actor].some((name) => name?.toLowerCase() === person))
    return false;
  const wanted = query.search.trim().toLowerCase();
  return wanted === '' || auditSearchText(entry).includes(wanted);
}

export const asksForAll = ({ search, events, outcome, person, fromMs, toMs }: AuditQuery): boolean =>
  search.trim() === '' &&
  events.length === 0 &&
  outcome === null &&
  person.trim() === '' &&
  fromMs === null &&
  toMs === null;
