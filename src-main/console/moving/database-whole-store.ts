// The database as a whole: read in one moment, and filled in one transaction.
import { sql } from 'kysely';
import { z } from 'zod';
import { insertRecords, readPlaced } from '../postgres/audit-store.ts';
import type { Run } from '../postgres/run.ts';
import { createTrackedTables, type FlushableTable, flushTables } from '../postgres/tracked-tables.ts';
import { AuditStore } from '../postgres/audit-store.ts';
import { AuditEntry } from '../records.ts';
import { type Entry, type TableName, tableNames, type WholeStore } from './whole-store.ts';

const AT_ONCE = 1_000;

async function* readTable(run: Run, name: TableName): AsyncGenerator<readonly Entry[]> {
  const table = createTrackedTables()[name];
  for (let after = ''; ;) {
    const entries: readonly Entry[] = await table.after(run, after, AT_ONCE);
    if (entries.length > 0) yield entries;
    const last = entries.at(-1);
    if (last === undefined || entries.length < AT_ONCE) return;
    [after] = last;
  }
}

/** Within the transaction of `run`, which must see one moment. */
export const databaseWholeStore = (run: Run): WholeStore => ({
  table: (name) => readTable(run, name),
  chains: () => new AuditStore().chains(run),
  audit: () => readPlaced(run, AT_ONCE),
});

const IsEmpty = z.object({ yes: z.boolean() });

/** Whether nobody has used it yet. */
export async function isEmptyDatabase(run: Run): Promise<boolean> {
  const { rows } = await run(sql`SELECT NOT EXISTS (SELECT FROM twofold.organization)
    AND NOT EXISTS (SELECT FROM twofold.users) AND NOT EXISTS (SELECT FROM twofold.audit) AS yes`);
  return IsEmpty.parse(rows[0]).yes;
}

/** Fills an empty database within the transaction of `run`; nodes go on in the chains that came along. */
export async function writeDatabase(
  run: Run,
  from: WholeStore,
  onRecords: (name: string, count: number) => void,
): Promise<void> {
  const tables = createTrackedTables();
  for (const name of tableNames) {
    let count = 0;
    for await (const entries of from.table(name)) {
      await putAll(run, tables[name], entries);
      count += entries.length;
      onRecords(name, count);
    }
  }
  let last = 0;
  let count = 0;
  for await (const records of from.audit()) {
    const placed = records.map(({ record, ...place }) => ({ ...place, entry: AuditEntry.parse(record) }));
    for (const { entry } of placed) last = Math.max(last, entry.sequence);
    await insertRecords(run, placed);
    count += records.length;
    onRecords('audit', count);
  }
  const chains = await from.chains();
  for (const { id, origin, first, before, last: end, hash } of chains) {
    await run(sql`INSERT INTO twofold.audit_chains VALUES (${id}, ${end}, ${hash})`);
    await run(sql`INSERT INTO twofold.audit_starts VALUES (${id}, ${origin}, ${first}, ${before})`);
  }
  const nextChain = Math.max(-1, ...chains.map(({ id }) => id)) + 1;
  await run(sql`SELECT setval('twofold.audit_chain_id', ${nextChain}, FALSE),
    setval('twofold.audit_number', ${last + 1}, FALSE)`);
  await run(sql`SELECT twofold.compact_counts(0)`);
}

/** Sends some records of a table and forgets them: a whole table would not fit into memory. */
async function putAll(
  run: Run,
  table: FlushableTable & {
    readonly putParsed: (record: unknown) => void;
    readonly forgetAll: () => void;
  },
  entries: readonly Entry[],
): Promise<void> {
  for (const [, record] of entries) table.putParsed(record);
  await flushTables(run, [table]);
  table.forgetAll();
}
