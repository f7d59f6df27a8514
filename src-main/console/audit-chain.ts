// The chain of the audit (S18): each record carries the hash of the one before, so that a changed or missing one shows.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AuditEntry } from './records.ts';
import type { ConsoleRepository, ConsoleTransaction } from './repository.ts';

/** JSON with sorted keys and no white space, so that the same record always gives the same bytes (as RFC 8785). */
export const canonicalJson = (record: Readonly<Record<string, string | number | null>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));

/** SHA-256 over the record without its own hash; it includes the hash of the record before. */
export function auditHash(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(entry)).digest('hex');
}

export type AuditVerdict =
  | { readonly kind: 'intact'; readonly records: number; readonly firstSequence: number }
  | { readonly kind: 'broken'; readonly firstBrokenSequence: number; readonly reason: string };

/** What retention writes about the records that it removed, as `verifyChain` looks for it. */
export const removedUpTo = (lastSequence: number): string => `Records up to no. ${lastSequence} `;

/** So many records are looked at in one transaction, so that no sign-in waits for a million of them. */
const RECORDS_PER_TRANSACTION = 2_000;

interface Walk {
  /** The next record to look at, and the hash that it must follow; null: at the beginning. */
  readonly next: { readonly sequence: number; readonly previousHash: string } | null;
  readonly firstSequence: number;
  /** A record says that those before the first one were removed by retention. */
  readonly isBeginKnown: boolean;
}

/** Looks at some records from where the walk stands: a verdict, or how to go on. */
async function walkOn(tx: ConsoleTransaction, walk: Walk): Promise<AuditVerdict | Walk> {
  const end = await tx.auditEnd();
  const start = await tx.auditStart();
  // Retention may have removed what was not looked at yet: begin again.
  const next = walk.firstSequence === start.sequence ? walk.next : null;
  let { sequence, previousHash } = next ?? start;
  let isBeginKnown = start.sequence === 1 || (next !== null && walk.isBeginKnown);
  const stop = sequence + RECORDS_PER_TRANSACTION;
  for (; sequence <= end.sequence; sequence += 1) {
    if (sequence === stop) {
      return { next: { sequence, previousHash }, firstSequence: start.sequence, isBeginKnown };
    }
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
    if (content.event === 'audit-trimmed' && content.summary.startsWith(removedUpTo(start.sequence - 1))) {
      isBeginKnown = true;
    }
    previousHash = hash;
  }
  const broken = (firstBrokenSequence: number, reason: string): AuditVerdict => ({
    kind: 'broken',
    firstBrokenSequence,
    reason,
  });
  if (previousHash !== end.hash) return broken(end.sequence, 'The end of the log was changed or cut off.');
  // A record beyond the known end was written past the console.
  if ((await tx.auditRecord(end.sequence + 1)) !== null) {
    return broken(end.sequence + 1, 'The record was added from outside.');
  }
  if (!isBeginKnown) {
    return broken(start.sequence, 'The records before it were removed, and no record of retention says so.');
  }
  return { kind: 'intact', records: end.sequence - start.sequence + 1, firstSequence: start.sequence };
}

/** Walks the chain from the first record that is kept and names the first one that was changed, is missing or was moved. */
export async function verifyChain(repository: ConsoleRepository): Promise<AuditVerdict> {
  let walk: AuditVerdict | Walk = { next: null, firstSequence: 0, isBeginKnown: false };
  while (!('kind' in walk)) {
    const from: Walk = walk;
    walk = await repository.transact((tx) => walkOn(tx, from));
    // Lets what has arrived meanwhile, a sign-in for instance, have its turn.
    await setImmediate();
  }
  return walk;
}
