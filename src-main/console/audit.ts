// The audit: append-only and hash-chained (S18). Every event of the console is written by `audit` and nothing else.
import { createHash } from 'node:crypto';
import type { AuditQuery } from '../../src-shared/contract/index.ts';
import { AuditEntry, type User } from './records.ts';
import type { ConsoleTransaction } from './repository.ts';
import type { Visit } from './visit.ts';

/** Every event that the console records, with whether it is a success or a failure. */
export const auditEvents = {
  'organization-created': 'success',
  'organization-renamed': 'success',
  'two-factor-turned-on': 'success',
  'two-factor-turned-off': 'success',
  'policy-changed': 'success',
  'deadline-changed': 'success',
  'unit-added': 'success',
  'unit-renamed': 'success',
  'unit-removed': 'success',
  'user-added': 'success',
  'user-edited': 'success',
  'user-deleted': 'success',
  'users-exported': 'success',
  'role-changed': 'success',
  'user-activated': 'success',
  'user-deactivated': 'success',
  'service-account-set': 'success',
  'service-account-taken-back': 'success',
  'one-time-password-issued': 'success',
  'locks-taken-back': 'success',
  'password-accepted': 'success',
  'password-refused': 'failure',
  'password-locked': 'failure',
  'password-changed': 'success',
  'signed-in': 'success',
  'sign-in-cancelled': 'success',
  'signed-out': 'success',
  'session-expired': 'success',
  'sessions-ended': 'success',
  'code-accepted': 'success',
  'code-refused': 'failure',
  'code-locked': 'failure',
  'factor-stopped': 'failure',
  'set-up-started': 'success',
  'set-up-refused': 'failure',
  'factor-set-up': 'success',
  'reset-started': 'success',
  'reset-refused': 'failure',
  'reset-cancelled': 'success',
  'factor-changed': 'success',
  'factor-reset': 'success',
  'browser-trusted': 'success',
  'trusted-browser-used': 'success',
  'trusted-browser-stolen': 'failure',
  'trusted-browsers-ended': 'success',
  'device-resynchronized': 'success',
  'backup-proven': 'success',
  'recovery-codes-made': 'success',
  'recovery-code-used': 'success',
  'recovery-code-refused': 'failure',
  'api-key-made': 'success',
  'api-key-revoked': 'success',
  'api-key-refused': 'failure',
  'break-glass-made': 'success',
  'break-glass-removed': 'success',
  'break-glass-used': 'success',
  'break-glass-refused': 'failure',
  'break-glass-cancelled': 'success',
  'break-glass-effective': 'success',
  'audit-exported': 'success',
  'audit-trimmed': 'success',
} as const;
export type AuditEvent = keyof typeof auditEvents;

export const isAuditEvent = (event: string): event is AuditEvent => Object.hasOwn(auditEvents, event);

export interface AuditNote {
  readonly event: AuditEvent;
  /** Whom it is about; null for the organization or an unknown name. */
  readonly subject: User | null;
  /** Who did it; null where nobody is known. */
  readonly actor: User | null;
  /** A plain sentence without codes, secrets or anything typed into a password or name field. */
  readonly summary: string;
}

/** JSON with sorted keys and no white space, so that the same record always gives the same bytes (as RFC 8785). */
const canonicalJson = (record: Readonly<Record<string, string | number | null>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));

/** SHA-256 over the record without its own hash; it includes the hash of the record before. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}

/** Appends one record within the transaction of the action that it is about. */
export async function audit(visit: Visit, note: AuditNote): Promise<void> {
  const end = await visit.tx.auditEnd();
  const entry = {
    sequence: end.sequence + 1,
    atMs: visit.nowMs,
    event: note.event,
    subjectId: note.subject?.id ?? null,
    subject: note.subject?.userName ?? null,
    actorId: note.actor?.id ?? null,
    actor: note.actor?.userName ?? null,
    browser: visit.browser.name,
    outcome: auditEvents[note.event],
    summary: note.summary,
    previousHash: end.hash,
  };
  await visit.tx.appendAudit({ ...entry, hash: auditHash(entry) });
}

export type AuditVerdict =
  | { readonly kind: 'intact'; readonly records: number; readonly firstSequence: number }
  | { readonly kind: 'broken'; readonly firstBrokenSequence: number; readonly reason: string };

/** Walks the chain from the first record that is kept and names the first one that was changed, is missing or was moved. */
export async function verifyAudit(tx: ConsoleTransaction): Promise<AuditVerdict> {
  const end = await tx.auditEnd();
  const start = await tx.auditStart();
  let { previousHash } = start;
  for (let sequence = start.sequence; sequence <= end.sequence; sequence += 1) {
    const broken = (reason: string): AuditVerdict => ({
      kind: 'broken',
      firstBrokenSequence: sequence,
      reason,
    });
    const stored = await tx.auditRecord(sequence);
    if (stored === null) return broken('The record is missing.');
    const parsed = AuditEntry.safeParse(stored);
    if (!parsed.success) return broken('The record was changed: it does not have the shape of one.');
    const { hash, ...content } = parsed.data;
    if (content.sequence !== sequence) return broken('The record was moved: it carries another number.');
    if (content.previousHash !== previousHash) return broken('The record does not follow the one before it.');
    if (auditHash(content) !== hash) return broken('The record was changed after it was written.');
    previousHash = hash;
  }
  if (previousHash !== end.hash) {
    return {
      kind: 'broken',
      firstBrokenSequence: end.sequence,
      reason: 'The end of the log was changed or cut off.',
    };
  }
  // A record beyond the known end was written past the console.
  if ((await tx.auditRecord(end.sequence + 1)) !== null) {
    return {
      kind: 'broken',
      firstBrokenSequence: end.sequence + 1,
      reason: 'The record was added from outside.',
    };
  }
  return { kind: 'intact', records: end.sequence - start.sequence + 1, firstSequence: start.sequence };
}

/** Whether a record is one of those asked for. */
export function matchesQuery(entry: AuditEntry, query: AuditQuery): boolean {
  if (query.outcome !== null && entry.outcome !== query.outcome) return false;
  if (query.events.length > 0 && !query.events.includes(entry.event)) return false;
  if (query.fromMs !== null && entry.atMs < query.fromMs) return false;
  if (query.toMs !== null && entry.atMs >= query.toMs) return false;
  const person = query.person.trim().toLowerCase();
  if (person !== '' && ![entry.subject, entry.actor].some((name) => name?.toLowerCase() === person))
    return false;
  const wanted = query.search.trim().toLowerCase();
  if (wanted === '') return true;
  const text = `${entry.event} ${entry.subject ?? ''} ${entry.actor ?? ''} ${entry.browser ?? ''} ${entry.summary}`;
  return text.toLowerCase().includes(wanted);
}

const asksForAll = ({ search, events, outcome, person, fromMs, toMs }: AuditQuery): boolean =>
  search.trim() === '' &&
  events.length === 0 &&
  outcome === null &&
  person.trim() === '' &&
  fromMs === null &&
  toMs === null;

/** Newest first, up to `limit`, those before `beforeSequence` that match; `total` counts all that match. */
export async function readAudit(
  tx: ConsoleTransaction,
  { beforeSequence, limit, ...query }: AuditQuery & { beforeSequence: number | null; limit: number },
): Promise<{ records: AuditEntry[]; total: number }> {
  const end = await tx.auditEnd();
  const start = await tx.auditStart();
  const isEverything = asksForAll(query);
  const records: AuditEntry[] = [];
  let total = 0;
  for (let { sequence } = end; sequence >= start.sequence; sequence -= 1) {
    // Where everything is asked for the count is known, so that the walk ends with the page.
    if (isEverything && records.length >= limit) break;
    const isInPage = records.length < limit && (beforeSequence === null || sequence < beforeSequence);
    if (isEverything && !isInPage) continue;
    const entry = AuditEntry.safeParse(await tx.auditRecord(sequence)).data;
    if (entry === undefined || !matchesQuery(entry, query)) continue;
    total += 1;
    if (isInPage) records.push(entry);
  }
  return { records, total: isEverything ? Math.max(0, end.sequence - start.sequence + 1) : total };
}
