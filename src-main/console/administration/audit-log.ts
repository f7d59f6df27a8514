// The audit as administrators of the whole organization see it: looking, checking, and taking it along as a file.
import { setImmediate } from 'node:timers/promises';
import {
  type AuditQuery,
  type AuditRecord,
  type Output,
  type SavedFile,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import { writeCsv } from '../../csv/write-csv.ts';
import type { Caller } from '../../ipc/caller.ts';
import { audit, auditEvents } from '../audit.ts';
import { canonicalJson } from '../audit-chain.ts';
import { asksForAll, matchesQuery } from '../audit-query.ts';
import { checkChain } from '../audit-keeping.ts';
import { AuditEntry } from '../records.ts';
import type { ConsoleContext } from '../visit.ts';
import { look, requireWholeOrganization } from './action.ts';

/** What is shown of a record: no ids, no hashes. */
export const shownRecord = (entry: AuditEntry): AuditRecord => {
  const { sequence, atMs, event, subject, actor, browser, outcome, summary } = entry;
  return { sequence, atMs, event, subject, actor, browser, outcome, summary };
};

/** Newest first. Throws TwofoldError `not-permitted` for administrators of a unit, as everything below. */
export const auditLog = (
  context: ConsoleContext,
  input: AuditQuery & { beforeSequence: number | null; limit: number },
  caller: Caller,
): Promise<Output<'administration:audit'>> =>
  look(context, caller, async (visit, { user }) => {
    requireWholeOrganization(user);
    const { records, total, isTotalExact } = await visit.tx.searchAudit(input);
    return { records: records.map(shownRecord), total, isTotalExact, events: Object.keys(auditEvents) };
  });

const requireReader = (context: ConsoleContext, caller: Caller): Promise<void> =>
  look(context, caller, (_visit, { user }) => {
    requireWholeOrganization(user);
    return Promise.resolve();
  });

/** Walks the whole chain. A break that is found stays on show until a later check finds none. */
export async function checkAudit(
  context: ConsoleContext,
  caller: Caller,
): Promise<Output<'administration:verifyAudit'>> {
  await requireReader(context, caller);
  return checkChain(context);
}

/** What the last check found, at the start, by itself daily, or when somebody asked; null before the first. */
export async function lastAuditCheck(
  context: ConsoleContext,
  caller: Caller,
): Promise<Output<'administration:lastAuditCheck'>> {
  await requireReader(context, caller);
  return { verdict: context.auditCheck.last };
}

/** So many records are read in one transaction, so that no sign-in waits for all of them. */
const RECORDS_PER_TRANSACTION = 2_000;
/** A file of more is for nobody to open; the filter makes two of it. */
export const MOST_EXPORTED = 1_000_000;

const heads = ['number', 'time', 'event', 'outcome', 'about', 'by', 'browser', 'what happened'] as const;

const cellsOf = (entry: AuditEntry): readonly string[] => [
  String(entry.sequence),
  new Date(entry.atMs).toISOString(),
  entry.event,
  entry.outcome,
  entry.subject ?? '',
  entry.actor ?? '',
  entry.browser ?? '',
  entry.summary,
];

/**
 * One line of JSON, with everything that the chain needs: without `hash`, its bytes are what SHA-256 makes `hash` of. What
 * was tampered with is written down as it stands.
 */
const lineOf = (stored: unknown): string => {
  const entry = AuditEntry.safeParse(stored).data;
  return entry === undefined ? JSON.stringify(stored) : canonicalJson(entry);
};

interface Reading {
  readonly query: AuditQuery;
  readonly first: number;
  readonly last: number;
}

/** The records that match, oldest first, in pieces. What is no record any more comes along where all is asked for. */
async function* recordsOf(
  { repository }: ConsoleContext,
  { query, first, last }: Reading,
): AsyncGenerator<readonly unknown[]> {
  const takesAll = asksForAll(query);
  for (let from = first; from <= last; from += RECORDS_PER_TRANSACTION) {
    yield await repository.read(async (tx) => {
      const some: unknown[] = [];
      const end = Math.min(last, from + RECORDS_PER_TRANSACTION - 1);
      for (const stored of await tx.auditBetween(from, end)) {
        const entry = AuditEntry.safeParse(stored).data;
        if (entry === undefined ? takesAll && stored !== null : matchesQuery(entry, query)) some.push(stored);
      }
      return some;
    });
    // Lets what has arrived meanwhile have its turn.
    await setImmediate();
  }
}

/**
 * The records that match as a file, oldest first, up to the one that says who took it. CSV is for reading: no ids, no
 * hashes, no cell that is a formula. JSON lines are for checking the chain elsewhere. Throws `conflict` for more than a
 * million.
 */
export async function exportAudit(
  context: ConsoleContext,
  { format, ...query }: AuditQuery & { format: 'csv' | 'jsonl' },
  caller: Caller,
): Promise<SavedFile> {
  const { first, last, nowMs } = await look(context, caller, async (visit, { user: actor }) => {
    requireWholeOrganization(actor);
    const numbers = await visit.tx.auditNumbers();
    const which = asksForAll(query) ? 'all records' : 'records that match a filter';
    await audit(visit, {
      event: 'audit-exported',
      subject: null,
      actor,
      summary: `The audit was exported as ${format === 'csv' ? 'CSV' : 'JSON lines'}: ${which} from no. ${numbers.first} to no. ${numbers.last}.`,
    });
    return { ...numbers, nowMs: visit.nowMs };
  });
  const rows: (readonly string[])[] = [heads];
  const lines: Uint8Array[] = [];
  let count = 0;
  for await (const some of recordsOf(context, { query, first, last })) {
    count += some.length;
    if (count > MOST_EXPORTED) {
      throw new TwofoldError(
        'conflict',
        `More than ${MOST_EXPORTED.toLocaleString('en-US')} records match. Nothing was exported; choose a shorter time.`,
      );
    }
    if (format === 'jsonl') lines.push(Buffer.from(some.map((stored) => `${lineOf(stored)}\n`).join('')));
    else {
      for (const stored of some) {
        const entry = AuditEntry.safeParse(stored).data;
        if (entry !== undefined) rows.push(cellsOf(entry));
      }
    }
  }
  return {
    fileName: `audit-${new Date(nowMs).toISOString().slice(0, 10)}.${format}`,
    mediaType: format === 'csv' ? 'text/csv' : 'application/x-ndjson',
    content: format === 'csv' ? writeCsv(rows) : Uint8Array.from(Buffer.concat(lines)),
  };
}
