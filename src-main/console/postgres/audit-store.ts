// The audit in the database: several chains, of which a transaction takes one that nobody has, just before its commit.
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { JsonValue } from '../../storage/change-store.ts';
import { linked } from '../audit-chain.ts';
import { asksForAll, auditSearchText } from '../audit-query.ts';
import { AuditEntry, type AuditNote } from '../records.ts';
import type { AuditChain, AuditSearch, ChainedRecord, FoundAudit } from '../repository.ts';
import { inText } from './in-text.ts';
import type { Run } from './run.ts';

/** A database does not count on beyond so many: the answer would be no use, and take long. */
const MOST_COUNTED = 1_000;

/** Nodes must run NTP; a clock that is off by more than a day is no clock. */
const CLOCK_MARGIN_MS = 24 * 60 * 60 * 1000;

/** The index is asked for so many letters of a longer text: each one more is a list more to read there. */
const INDEXED_LETTERS = 8;

const columns = sql`sequence, chain, position, at_ms AS "atMs", event, subject_id AS "subjectId", subject,
  actor_id AS "actorId", actor, browser, outcome, summary, ties, previous_hash AS "previousHash", hash`;

const Place = z.object({ chain: z.number().int(), sequence: z.number().int() });
const Chained = z.looseObject({ chain: z.unknown(), position: z.number().int() });
const Lane = z.object({
  id: z.number().int(),
  last: z.number().int(),
  hash: z.string(),
  numbers: z.array(z.number().int()),
  xid: z.string(),
});
const Chains = z.array(
  z.object({
    id: z.number().int(),
    origin: z.number().int(),
    first: z.number().int(),
    before: z.string(),
    last: z.number().int(),
    hash: z.string(),
  }),
);
const Count = z.object({ n: z.number().int() });
const Numbers = z.object({ first: z.number().int().nullable(), last: z.number().int().nullable() });

/** The stored record as it was written; unparsed, since it may have been tampered with. */
function recordOf(row: unknown): ChainedRecord {
  const { chain: _chain, position, ...fields } = Chained.parse(row);
  const { ties, ...rest } = z.looseObject({ ties: z.unknown() }).parse(fields);
  return { position, record: ties === null ? rest : { ...rest, ties } };
}

/** One row of the table, for jsonb_populate_recordset. */
const rowOf = (entry: AuditEntry, chain: number, position: number): Record<string, JsonValue> => ({
  sequence: entry.sequence,
  chain,
  position,
  at_ms: entry.atMs,
  event: entry.event,
  subject_id: entry.subjectId,
  subject: entry.subject,
  actor_id: entry.actorId,
  actor: entry.actor,
  browser: entry.browser,
  outcome: entry.outcome,
  summary: entry.summary,
  ties: entry.ties ?? null,
  previous_hash: entry.previousHash,
  hash: entry.hash,
  subject_key: entry.subject?.toLowerCase() ?? null,
  actor_key: entry.actor?.toLowerCase() ?? null,
  search_text: auditSearchText(entry),
});

/** Records of one chain, by position. For the records of a transaction, and for those that come from another store. */
export async function insertRecords(
  run: Run,
  records: readonly { readonly entry: AuditEntry; readonly chain: number; readonly position: number }[],
): Promise<void> {
  const rows = records.map(({ entry, chain, position }) => rowOf(entry, chain, position));
  await run(sql`INSERT INTO twofold.audit
    SELECT * FROM jsonb_populate_recordset(NULL::twofold.audit, ${JSON.stringify(rows)}::jsonb)`);
}

/** A record that was sent, and the number of its transaction: by them its commit can be told later. */
/** Every record with its place, by number, in pieces. */
export async function* readPlaced(
  run: Run,
  atOnce: number,
): AsyncGenerator<{ chain: number; position: number; record: unknown }[]> {
  for (let after = 0; ;) {
    const { rows } = await run(
      sql`SELECT ${columns} FROM twofold.audit WHERE sequence > ${after} ORDER BY sequence LIMIT ${atOnce}`,
    );
    if (rows.length > 0) yield rows.map((row) => ({ chain: Place.parse(row).chain, ...recordOf(row) }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < atOnce) return;
    after = Place.parse(last).sequence;
  }
}

export interface WrittenRecord {
  readonly xid: string;
  readonly sequence: number;
  readonly hash: string;
}

export class AuditStore {
  #pending: AuditNote[] = [];
  #newest: WrittenRecord | null = null;
  #lane: z.infer<typeof Lane> | null = null;

  append(note: AuditNote): void {
    this.#pending.push(note);
  }

  get hasChanges(): boolean {
    return this.#pending.length > 0;
  }

  /** The last record that this transaction has written, by which its commit can be told. */
  get newest(): WrittenRecord | null {
    return this.#newest;
  }

  /** Takes a chain that nobody has, with numbers for what was appended; it is this transaction's until it ends. */
  async takeChain(run: Run): Promise<void> {
    const count = this.#pending.length;
    if (count === 0) return;
    this.#lane = (await this.#takeLane(run, count)) ?? (await this.#newLane(run, count));
  }

  /** Links what was appended into the chain that was taken for it. */
  async flush(run: Run): Promise<void> {
    const notes = this.#pending;
    const lane = this.#lane;
    if (notes.length === 0 || lane === null) return;
    this.#pending = [];
    this.#lane = null;
    let { last, hash } = lane;
    const records = notes.map((note, index) => {
      const sequence = lane.numbers[index];
      if (sequence === undefined) throw new Error('The database gave too few numbers.');
      const entry = linked(note, sequence, hash);
      last += 1;
      ({ hash } = entry);
      return { entry, chain: lane.id, position: last };
    });
    await Promise.all([
      insertRecords(run, records),
      run(sql`UPDATE twofold.audit_chains SET last = ${last}, hash = ${hash} WHERE id = ${lane.id}`),
    ]);
    const newest = records.at(-1)?.entry;
    if (newest !== undefined) this.#newest = { xid: lane.xid, sequence: newest.sequence, hash: newest.hash };
  }

  // The numbers are drawn while the chain is held, so that they grow along it.
  async #takeLane(run: Run, count: number): Promise<z.infer<typeof Lane> | null> {
    const { rows } = await run(sql`
      WITH lane AS MATERIALIZED (
        SELECT id, last, hash FROM twofold.audit_chains ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
      )
      SELECT id, last, hash, ARRAY(
        SELECT nextval('twofold.audit_number') FROM generate_series(1, ${count}::integer) WHERE lane.id >= 0
      ) AS numbers, pg_current_xact_id()::text AS xid FROM lane`);
    const [row] = rows;
    return row === undefined ? null : Lane.parse(row);
  }

  async #newLane(run: Run, count: number): Promise<z.infer<typeof Lane>> {
    const { rows } = await run(sql`
      WITH lane AS (
        INSERT INTO twofold.audit_chains VALUES (nextval('twofold.audit_chain_id'), 0, '') RETURNING id
      ), start AS (
        INSERT INTO twofold.audit_starts SELECT id, 1, 1, '' FROM lane
      )
      SELECT id, 0 AS last, '' AS hash, ARRAY(
        SELECT nextval('twofold.audit_number') FROM generate_series(1, ${count}::integer) WHERE lane.id >= 0
      ) AS numbers, pg_current_xact_id()::text AS xid FROM lane`);
    return Lane.parse(rows[0]);
  }

  async numbers(run: Run): Promise<{ first: number; last: number }> {
    const { rows } = await run(sql`SELECT min(sequence) AS first, max(sequence) AS last FROM twofold.audit`);
    const { first, last } = Numbers.parse(rows[0]);
    return { first: first ?? 1, last: last ?? 0 };
  }

  async search(run: Run, { beforeSequence, limit, ...query }: AuditSearch): Promise<FoundAudit> {
    const where = sql`${conditions(query)} AND ${await this.#within(run, query)}`;
    const page = beforeSequence === null ? sql`TRUE` : sql`sequence < ${beforeSequence}`;
    const { rows } = await run(
      sql`SELECT ${columns} FROM twofold.audit WHERE ${where} AND ${page} ORDER BY sequence DESC LIMIT ${limit}`,
    );
    const records = rows.flatMap((row) => AuditEntry.safeParse(recordOf(row).record).data ?? []);
    const counted = asksForAll(query)
      ? sql`SELECT coalesce(sum(c.last - s.first + 1), 0)::bigint AS n
          FROM twofold.audit_chains c JOIN twofold.audit_starts s ON s.chain = c.id`
      : sql`SELECT count(*) AS n FROM (
          SELECT 1 FROM twofold.audit WHERE ${where} LIMIT ${MOST_COUNTED + 1}) counted`;
    const { n } = Count.parse((await run(counted)).rows[0]);
    const isTotalExact = asksForAll(query) || n <= MOST_COUNTED;
    return { records, total: isTotalExact ? n : MOST_COUNTED, isTotalExact };
  }

  /**
   * The numbers between which the records of a time stand, so that they are looked for there and not from the newest on.
   * Numbers grow with time but for clocks that differ, which are nowhere off by as much as the margin.
   */
  async #within(
    run: Run,
    { fromMs, toMs }: Pick<AuditSearch, 'fromMs' | 'toMs'>,
  ): Promise<RawBuilder<unknown>> {
    const [first, last] = await Promise.all([
      fromMs === null
        ? null
        : run(sql`SELECT sequence AS n FROM twofold.audit WHERE at_ms < ${fromMs - CLOCK_MARGIN_MS}
            ORDER BY at_ms DESC LIMIT 1`),
      toMs === null
        ? null
        : run(sql`SELECT sequence AS n FROM twofold.audit WHERE at_ms >= ${toMs + CLOCK_MARGIN_MS}
            ORDER BY at_ms LIMIT 1`),
    ]);
    const from = Count.safeParse(first?.rows[0]).data?.n ?? 0;
    const to = Count.safeParse(last?.rows[0]).data?.n ?? Number.MAX_SAFE_INTEGER;
    return sql`sequence BETWEEN ${from} AND ${to}`;
  }

  async between(run: Run, first: number, last: number): Promise<unknown[]> {
    const { rows } = await run(
      sql`SELECT ${columns} FROM twofold.audit WHERE sequence BETWEEN ${first} AND ${last} ORDER BY sequence`,
    );
    return rows.map((row) => recordOf(row).record);
  }

  async chains(run: Run): Promise<AuditChain[]> {
    const { rows } = await run(sql`
      SELECT c.id, s.origin, s.first, s.before, c.last, c.hash
      FROM twofold.audit_chains c JOIN twofold.audit_starts s ON s.chain = c.id ORDER BY c.id`);
    return Chains.parse(rows);
  }

  async ofChain(run: Run, chain: number, from: number, limit: number): Promise<ChainedRecord[]> {
    const { rows } = await run(sql`
      SELECT ${columns} FROM twofold.audit WHERE chain = ${chain} AND position >= ${from}
      ORDER BY position LIMIT ${limit}`);
    return rows.map(recordOf);
  }

  async firstToKeep(run: Run, sinceMs: number, least: number): Promise<number> {
    const { rows } = await run(sql`SELECT least(
      (SELECT min(sequence) FROM twofold.audit WHERE at_ms >= ${sinceMs}),
      coalesce(
        (SELECT sequence FROM twofold.audit ORDER BY sequence DESC OFFSET ${Math.max(0, least - 1)} LIMIT 1),
        (SELECT min(sequence) FROM twofold.audit))
    ) AS n`);
    return Count.safeParse(rows[0]).data?.n ?? 1;
  }

  async trim(run: Run, firstSequence: number): Promise<void> {
    const { rows } = await run(sql`SELECT 1 AS n FROM twofold.audit WHERE sequence = ${firstSequence}`);
    if (rows.length === 0) throw new Error('The audit can only be cut before a record that it has.');
    // Of a chain that has nothing younger, everything goes; its next record follows the last that was removed.
    await run(sql`
      WITH gone AS (
        DELETE FROM twofold.audit WHERE sequence < ${firstSequence} RETURNING chain, position, hash
      ), ends AS (
        SELECT DISTINCT ON (chain) chain, position, hash FROM gone ORDER BY chain, position DESC
      )
      UPDATE twofold.audit_starts s SET first = ends.position + 1, before = ends.hash
      FROM ends WHERE s.chain = ends.chain`);
  }
}

const lettersOf = (text: string): string[] => Array.from(text);

function conditions({
  search,
  events,
  outcome,
  person,
  fromMs,
  toMs,
}: Omit<AuditSearch, 'beforeSequence' | 'limit'>) {
  const wanted = search.trim().toLowerCase();
  const who = person.trim().toLowerCase();
  const all = [
    ...(outcome === null ? [] : [sql`outcome = ${outcome}`]),
    ...(events.length === 0 ? [] : [sql`event = ANY(${events})`]),
    ...(fromMs === null ? [] : [sql`at_ms >= ${fromMs}`]),
    ...(toMs === null ? [] : [sql`at_ms < ${toMs}`]),
    ...(who === '' ? [] : [sql`(subject_key = ${who} OR actor_key = ${who})`]),
    ...(wanted === ''
      ? []
      : [sql`search_text LIKE ${inText(lettersOf(wanted).slice(-INDEXED_LETTERS).join(''))}`]),
    ...(lettersOf(wanted).length <= INDEXED_LETTERS ? [] : [sql`position(${wanted} IN search_text) > 0`]),
  ];
  return all.length === 0 ? sql`TRUE` : sql.join(all, sql` AND `);
}
