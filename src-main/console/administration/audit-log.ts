// The audit as administrators of the whole organization see it.
import type { AuditQuery, AuditRecord, Output } from '../../../src-shared/contract/index.ts';
import type { Caller } from '../../ipc/caller.ts';
import { auditEvents, readAudit, verifyAudit } from '../audit.ts';
import type { AuditEntry } from '../records.ts';
import type { ConsoleContext } from '../visit.ts';
import { look, requireWholeOrganization } from './action.ts';

/** What is shown of a record: no ids, no hashes. */
export const shownRecord = (entry: AuditEntry): AuditRecord => {
  const { sequence, atMs, event, subject, actor, browser, outcome, summary } = entry;
  return { sequence, atMs, event, subject, actor, browser, outcome, summary };
};

/** Newest first. */
export const auditLog = (
  context: ConsoleContext,
  input: AuditQuery & { beforeSequence: number | null; limit: number },
  caller: Caller,
): Promise<Output<'administration:audit'>> =>
  look(context, caller, async (visit, { user }) => {
    requireWholeOrganization(user);
    const { records, total } = await readAudit(visit.tx, input);
    return { records: records.map(shownRecord), total, events: Object.keys(auditEvents) };
  });

/** Walks the whole chain. */
export const checkAudit = (
  context: ConsoleContext,
  caller: Caller,
): Promise<Output<'administration:verifyAudit'>> =>
  look(context, caller, (visit, { user }) => {
    requireWholeOrganization(user);
    return verifyAudit(visit.tx);
  });
