// What the console does with the audit by itself: checks it at start and daily, and removes what retention lets go of.
import { auditOwnWork } from './audit.ts';
import { type AuditVerdict, removedUpTo, verifyChain } from './audit-chain.ts';
import { AuditEntry } from './records.ts';
import type { ConsoleTransaction } from './repository.ts';
import type { ConsoleContext } from './visit.ts';

const SECOND_MS = 1000;
const HOUR_MS = 60 * 60 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;

/** The window and the first screens come before it. */
const START_PAUSE_MS = 5 * SECOND_MS;

/** Retention leaves at least so many records, however old: a quiet organization keeps a readable log. */
export const LEAST_RECORDS = 1_000;

/** Checks the whole chain and remembers what was found, for the notice to administrators. */
export async function checkChain(context: ConsoleContext): Promise<AuditVerdict> {
  const before = context.auditCheck.last;
  const verdict = await verifyChain(context.repository);
  context.auditCheck.last = verdict;
  if (verdict.kind !== (before?.kind ?? 'intact')) context.events.emit('console:changed', {});
  return verdict;
}

/** The number of the first record to keep: that is young enough, or one of the last `least`. */
async function firstToKeep(tx: ConsoleTransaction, sinceMs: number, least: number): Promise<number> {
  const { sequence: start } = await tx.auditStart();
  const { sequence: end } = await tx.auditEnd();
  const latest = Math.max(start, end - least + 1);
  let sequence = start;
  for (; sequence < latest; sequence += 1) {
    const record = AuditEntry.safeParse(await tx.auditRecord(sequence)).data;
    if (record === undefined || record.atMs >= sinceMs) break;
  }
  return sequence;
}

const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/**
 * Removes records older than the policy keeps them, oldest first, in one transaction with the record that says which.
 * Answers how many. The caller has seen that the chain is intact: a broken one keeps everything, since what is removed
 * could be what shows the break.
 */
export function trimByPolicy({ repository, clock }: ConsoleContext, least = LEAST_RECORDS): Promise<number> {
  return repository.transact(async (tx) => {
    const days = (await tx.organization())?.policy.auditRetentionDays ?? 0;
    if (days === 0) return 0;
    const nowMs = clock.nowMs();
    const sinceMs = nowMs - days * DAY_MS;
    const start = (await tx.auditStart()).sequence;
    const first = await firstToKeep(tx, sinceMs, least);
    if (first === start) return 0;
    await tx.trimAudit(first);
    await auditOwnWork(tx, nowMs, {
      event: 'audit-trimmed',
      summary: `${removedUpTo(first - 1)}(from no. ${start}) were removed: they were written before ${day(sinceMs)}, and the policy keeps records for ${days} days.`,
    });
    return first - start;
  });
}

/** One round: the chain is checked, and where it is intact retention does its work. */
export async function keepAudit(context: ConsoleContext): Promise<void> {
  if ((await checkChain(context)).kind === 'broken') return;
  if ((await trimByPolicy(context)) > 0) context.events.emit('console:changed', {});
}

/** A round soon after the start and then daily; one that the storage refused is tried again in an hour. Answers how to end it. */
export function startAuditKeeping(context: ConsoleContext): () => void {
  let hasEnded = false;
  let cancel = (): void => undefined;
  const wait = (delayMs: number): void => {
    if (hasEnded) return;
    cancel = context.clock.after(delayMs, () => {
      keepAudit(context).then(
        () => wait(DAY_MS),
        () => wait(HOUR_MS),
      );
    });
  };
  wait(START_PAUSE_MS);
  return () => {
    hasEnded = true;
    cancel();
  };
}
