// The audit: append-only and hash-chained (S18). Every event of the console is written by `audit` and nothing else.
import type { AuditEntry, User } from './records.ts';
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
  'audit-anchored': 'success',
  'console-move-started': 'success',
  'console-moved': 'success',
  'console-move-failed': 'failure',
  'sealing-key-exported': 'success',
  'sealing-key-imported': 'success',
  'sealing-key-rotation-started': 'success',
  'sealing-key-taken-up': 'success',
  'sealing-key-rotated': 'success',
  'sealing-key-retired': 'success',
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

/** What the console records by itself may hold the chains together. */
type OwnNote = AuditNote & Pick<AuditEntry, 'ties'>;

/** Where an event comes from. */
interface Origin {
  readonly tx: ConsoleTransaction;
  readonly nowMs: number;
  /** Null for what the console does by itself. */
  readonly browser: string | null;
}

function append({ tx, nowMs, browser }: Origin, note: OwnNote): Promise<void> {
  return tx.appendAudit({
    atMs: nowMs,
    event: note.event,
    subjectId: note.subject?.id ?? null,
    subject: note.subject?.userName ?? null,
    actorId: note.actor?.id ?? null,
    actor: note.actor?.userName ?? null,
    browser,
    outcome: auditEvents[note.event],
    summary: note.summary,
    ...(note.ties === undefined ? {} : { ties: note.ties }),
  });
}

/** Appends one record within the transaction of the action that it is about. */
export function audit(visit: Visit, note: AuditNote): Promise<void> {
  visit.noted(note.event);
  return append({ tx: visit.tx, nowMs: visit.nowMs, browser: visit.browser.name }, note);
}

/** As `audit`, for what the console does by itself, or a command line without a user of the console: `from` names it. */
export const auditOwnWork = (
  tx: ConsoleTransaction,
  nowMs: number,
  note: Pick<OwnNote, 'event' | 'summary' | 'ties'>,
  from: string | null = null,
): Promise<void> => append({ tx, nowMs, browser: from }, { ...note, subject: null, actor: null });
