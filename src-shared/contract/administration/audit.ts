// Contract: the audit — looking, searching, exporting, and checking that nothing was changed.
import { z } from 'zod';
import { method, Nothing, text, TimeMs } from '../define.ts';
import { SavedFile } from './users.ts';

export const AuditRecord = z.strictObject({
  sequence: z.number().int(),
  atMs: TimeMs,
  event: z.string(),
  /** Whom it is about, by user name; null for the organization or an unknown name. */
  subject: z.string().nullable(),
  /** Who did it, by user name; null where nobody is known. */
  actor: z.string().nullable(),
  browser: z.string().nullable(),
  outcome: z.enum(['success', 'failure']),
  /** A plain sentence. */
  summary: z.string(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

/** Which records. An empty text or list and null mean: whatever it is. */
export const AuditQuery = z.strictObject({
  search: text(200),
  /** Names of events, as `AuditRecord` has them. */
  events: z.array(text(60)).max(200),
  outcome: z.enum(['success', 'failure']).nullable(),
  /** A user name, as subject or actor. */
  person: text(64),
  fromMs: TimeMs.nullable(),
  /** Up to and without. */
  toMs: TimeMs.nullable(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;

/** What walking the whole chain found. */
export const AuditVerdict = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('intact'),
    records: z.number().int(),
    /** The first record that is kept; more than 1 after retention has removed older ones. */
    firstSequence: z.number().int(),
  }),
  z.strictObject({
    kind: z.literal('broken'),
    firstBrokenSequence: z.number().int(),
    reason: z.string(),
  }),
]);
export type AuditVerdict = z.infer<typeof AuditVerdict>;

export const auditMethods = {
  'administration:audit': method(
    'administrator',
    z.strictObject({
      ...AuditQuery.shape,
      beforeSequence: z.number().int().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({
      records: z.array(AuditRecord),
      /** How many match. A database does not count on beyond some thousands: then there are at least so many. */
      total: z.number().int(),
      isTotalExact: z.boolean(),
      /** All events that there are, for the filter. */
      events: z.array(z.string()),
    }),
  ),
  'administration:exportAudit': method(
    'administrator',
    z.strictObject({ ...AuditQuery.shape, format: z.enum(['csv', 'jsonl']) }),
    SavedFile,
  ),
  'administration:verifyAudit': method('administrator', Nothing, AuditVerdict),
  /** What the last check found, at the start, by itself daily, or when somebody asked; null before the first. */
  'administration:lastAuditCheck': method(
    'administrator',
    Nothing,
    z.strictObject({ verdict: AuditVerdict.nullable() }),
  ),
} as const;
