// The audit: append-only and hash-chained (S18). Every event of the console is written by `audit` and nothing else.
import type { AuditQuery } from '../../src-shared/contract/index.ts';
import { auditHash } from './audit-chain.ts';
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

/** Who acts: a user, or a program with an API key, which acts for the whole organization and has no factor. */
export type Actor = Pick<User, 'id' | 'userName' | 'administersUnitId' | 'factorId' | 'isServiceAccount'>;

export interface AuditNote {
  readonly event: AuditEvent;
  /** Whom it is about; null for the organization or an unknown name. */
  readonly subject: User | null;
  /** Who did it; null where nobody is known. */
  readonly actor: Pick<Actor, 'id' | 'userName'> | null;
  /** A plain sentence without codes, secrets or anything typed into a password or name field. */
  readonly summary: string;
}

/** Where an event comes from. */
interface Origin {
  readonly tx: ConsoleTransaction;
  readonly nowMs: number;
  /** Null for what the console does by itself. */
  readonly browser: string | null;
}

async function append({ tx, nowMs, browser }: Origin, note: AuditNote): Promise<void> {
  const end = await tx.auditEnd();
  const entry = {
    sequence: end.sequence + 1,
    atMs: nowMs,
    event: note.event,
    subjectId: note.subject?.id ?? null,
    subject: note.subject?.userName ?? null,
    actorId: note.actor?.id ?? null,
    actor: note.actor?.userName ?? null,
    browser,
    outcome: auditEvents[note.event],
    summary: note.summary,
    previousHash: end.hash,
  };
  await tx.appendAudit({ ...entry, hash: auditHash(entry) });
}

/** Appends one record within the transaction of the action that it is about. */
export const audit = (visit: Visit, note: AuditNote): Promise<void> =>
  append({ tx: visit.tx, nowMs: visit.nowMs, browser: visit.browser.name }, note);

/** As `audit`, for what the console does by itself, without anybody asking. */
export const auditOwnWork = (
  tx: ConsoleTransaction,
  nowMs: number,
  note: Pick<AuditNote, 'event' | 'summary'>,
): Promise<void> => append({ tx, nowMs, browser: null }, { ...note, subject: null, actor: null });

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

export const asksForAll = ({ search, events, outcome, person, fromMs, toMs }: AuditQuery): boolean =>
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
