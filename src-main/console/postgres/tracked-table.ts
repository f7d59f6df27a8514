// The records of one table that a transaction has read and changed, each with the revision it was read at.
import { sql } from 'kysely';
import { z } from 'zod';
import type { JsonValue } from '../../storage/change-store.ts';
import type { Table } from '../embedded-table.ts';
import { Overtaken } from './database-failure.ts';
import { SCHEMA } from './migrations.ts';
import type { Run } from './run.ts';

type Keyed = { readonly [field: string]: JsonValue };

export interface TrackedShape<T extends Keyed> {
  /** Of the table in the database. */
  readonly name: string;
  /** Columns that the program computes for searching. */
  readonly extra?: {
    readonly columns: readonly string[];
    readonly of: (record: T) => Readonly<Record<string, JsonValue>>;
  };
}

const columnOf = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const Row = z.looseObject({ key: z.string(), revision: z.number().int() });
const Written = z.object({ id: z.string(), revision: z.number().int() });

export class TrackedTable<T extends Keyed> {
  readonly #table: Table<T>;
  readonly #shape: TrackedShape<T>;
  /** Of a record; its columns are these in snake case. */
  readonly #fields: readonly string[];
  /** What is known: the revision that was read, or null for a record that is not there. */
  readonly #revisions = new Map<string, number | null>();
  /** Of those that were listed. */
  readonly #listed = new Map<string, number>();
  /** Removed without having been read. */
  readonly #removedUnread = new Set<string>();
  /** Keys of indexes all of whose records are known. */
  readonly #whole = new Set<string>();
  readonly #columns: ReturnType<typeof sql>;
  readonly #name: ReturnType<typeof sql>;

  constructor(table: Table<T>, shape: TrackedShape<T>) {
    this.#table = table;
    this.#shape = shape;
    this.#fields = Object.keys(table.shape.schema.shape);
    this.#name = sql`${sql.table(`${SCHEMA}.${shape.name}`)}`;
    const columns = this.#fields.map((field) => sql`t.${sql.ref(columnOf(field))} AS ${sql.ref(field)}`);
    this.#columns = sql`t.id AS key, t.revision, ${sql.join(columns)}`;
  }

  /** The staged or read record; undefined where it was not read yet. */
  known(id: string): T | null | undefined {
    if (this.#table.isStaged(id) || this.#revisions.has(id)) return this.#table.get(id);
    return this.#removedUnread.has(id) ? null : undefined;
  }

  async byId(run: Run, id: string, lock = sql``): Promise<T | null> {
    const known = this.known(id);
    if (known !== undefined) return known;
    await this.read(run, sql`t.id = ${id}`, lock);
    if (!this.#revisions.has(id)) this.#revisions.set(id, null);
    return this.#table.get(id);
  }

  /** All records with that key of an index, together with what was staged. */
  async byIndex(run: Run, index: string, column: string, key: string): Promise<T[]> {
    const place = `${index} ${key}`;
    if (!this.#whole.has(place)) {
      await this.read(run, sql`t.${sql.ref(column)} = ${key}`);
      this.#whole.add(place);
    }
    return this.#table.find(index, key);
  }

  /** The same for many keys at once. */
  async allByIndex(run: Run, index: string, column: string, keys: readonly string[]): Promise<void> {
    await this.read(run, sql`t.${sql.ref(column)} = ANY(${keys})`);
    for (const key of keys) this.#whole.add(`${index} ${key}`);
  }

  async allById(run: Run, ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => this.known(id) === undefined);
    if (missing.length === 0) return;
    await this.read(run, sql`t.id = ANY(${missing})`);
    for (const id of missing) if (!this.#revisions.has(id)) this.#revisions.set(id, null);
  }

  /** Reads and remembers; what is known already stays as it was read first. Answers the records in their order. */
  async read(run: Run, where: ReturnType<typeof sql>, tail = sql``): Promise<T[]> {
    const { rows } = await run(sql`SELECT ${this.#columns} FROM ${this.#name} t WHERE ${where} ${tail}`);
    return rows.map((row) => this.#learn(row)).filter((record) => record !== null);
  }

  /** As `read`, for records that are only looked at: nothing is known of them but, for a later write, their revision. */
  async list(run: Run, where: ReturnType<typeof sql>, tail = sql``): Promise<T[]> {
    const { rows } = await run(sql`SELECT ${this.#columns} FROM ${this.#name} t WHERE ${where} ${tail}`);
    return rows.map((row) => {
      const { key, revision, ...fields } = Row.parse(row);
      const record = this.#table.shape.schema.parse(fields);
      const known = this.known(key);
      if (known !== undefined) return known ?? record;
      this.#listed.set(key, revision);
      return record;
    });
  }

  /** Up to `limit` records with their ids, by id, those after that id: for reading all of them. */
  async after(run: Run, id: string, limit: number): Promise<(readonly [string, T])[]> {
    const records = await this.list(run, sql`t.id > ${id}`, sql`ORDER BY t.id LIMIT ${limit}`);
    this.#listed.clear();
    return records.map((record) => [this.#table.shape.idOf(record), record] as const);
  }

  /** Puts a record that comes from elsewhere. Throws a ZodError where it does not fit. */
  putParsed(record: unknown): void {
    this.#table.put(this.#table.shape.schema.parse(record));
  }

  /** Takes listed records for known: whoever reads them next gets them as they were listed. */
  take(records: readonly T[]): void {
    for (const record of records) {
      const id = this.#table.shape.idOf(record);
      const revision = this.#listed.get(id);
      if (revision === undefined || this.#revisions.has(id)) continue;
      this.#revisions.set(id, revision);
      this.#table.learn(id, record);
    }
  }

  #learn(row: unknown): T | null {
    const { key, revision, ...fields } = Row.parse(row);
    if (this.#revisions.has(key) || this.#table.isStaged(key)) return this.#table.get(key);
    const record = this.#table.shape.schema.parse(fields);
    this.#revisions.set(key, revision);
    this.#table.learn(key, record);
    if (!this.#removedUnread.delete(key)) return record;
    this.#table.remove(key);
    return null;
  }

  /** At which it was read or written last; null where it was not. */
  revisionOf(id: string): number | null {
    return this.#revisions.get(id) ?? this.#listed.get(id) ?? null;
  }

  /** The record was written past this table, at that revision. */
  written(record: T, revision: number): void {
    const id = this.#table.shape.idOf(record);
    this.#revisions.set(id, revision);
    this.#table.learn(id, record);
  }

  /** What was read is read anew when it is asked for again. */
  forget(id: string): void {
    if (this.#table.isStaged(id)) return;
    this.#revisions.delete(id);
    this.#table.learn(id, null);
  }

  get(id: string): T | null {
    return this.#table.get(id);
  }

  find(index: string, key: string): T[] {
    return this.#table.find(index, key);
  }

  put(record: T): void {
    this.#table.put(record);
  }

  remove(id: string): void {
    // One that was not read may be there all the same.
    if (!this.#revisions.has(id)) this.#removedUnread.add(id);
    this.#table.remove(id);
  }

  /** Sends the records that were put, at once. Rejects with Overtaken where one is not any more what was read. */
  flushPuts(run: Run): Promise<void>[] {
    const added: object[] = [];
    const changed: object[] = [];
    const blind: object[] = [];
    for (const { id, record } of this.#table.changes().sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (record === null) continue;
      const revision = this.#revisions.has(id) ? this.#revisions.get(id) : this.#listed.get(id);
      const row = { ...this.#rowOf(id), revision: revision ?? null };
      if (revision === undefined) blind.push(row);
      else if (revision === null) added.push(row);
      else changed.push(row);
    }
    const columns = this.#written();
    const list = sql.join(columns.map((column) => sql.ref(column)));
    const values = sql.join(columns.map((column) => sql`r.${sql.ref(column)}`));
    const set = sql.join(columns.map((column) => sql`${sql.ref(column)} = r.${sql.ref(column)}`));
    const from = (rows: readonly object[]) =>
      sql`jsonb_populate_recordset(NULL::${this.#name}, ${JSON.stringify(rows)}::jsonb) r`;
    const writes: Promise<void>[] = [];
    if (added.length > 0) {
      writes.push(
        this.#write(
          run,
          sql`INSERT INTO ${this.#name} AS t (${list}) SELECT ${values} FROM ${from(added)}
            ON CONFLICT (id) DO NOTHING RETURNING t.id, t.revision`,
          added.length,
        ),
      );
    }
    if (changed.length > 0) {
      writes.push(
        this.#write(
          run,
          sql`UPDATE ${this.#name} t SET ${set}, revision = nextval('twofold.revision') FROM ${from(changed)}
            WHERE t.id = r.id AND t.revision = r.revision RETURNING t.id, t.revision`,
          changed.length,
        ),
      );
    }
    if (blind.length > 0) {
      const excluded = columns
        .filter((column) => column !== 'id')
        .map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`);
      writes.push(
        this.#write(
          run,
          sql`INSERT INTO ${this.#name} AS t (${list}) SELECT ${values} FROM ${from(blind)}
            ON CONFLICT (id) DO UPDATE SET ${sql.join(excluded)}, revision = nextval('twofold.revision')
            RETURNING t.id, t.revision`,
          blind.length,
        ),
      );
    }
    return writes;
  }

  /** Sends the removals, at once. */
  flushRemovals(run: Run): Promise<void>[] {
    const removed = this.#removed();
    if (removed.length === 0) return [];
    return [run(sql`DELETE FROM ${this.#name} t WHERE t.id = ANY(${removed})`).then(() => undefined)];
  }

  /** All that was staged has been written: it is known from now on. */
  settle(): void {
    for (const id of this.#removed()) this.#revisions.set(id, null);
    this.#removedUnread.clear();
    this.#table.apply();
  }

  #removed(): string[] {
    const staged = this.#table.changes().flatMap(({ id, record }) => (record === null ? id : []));
    const unread = [...this.#removedUnread].filter((id) => !this.#table.isStaged(id));
    return [...staged, ...unread].sort();
  }

  /** Forgets what is known, once it was sent: for many records in pieces. */
  forgetAll(): void {
    for (const id of this.#revisions.keys()) this.#table.learn(id, null);
    this.#revisions.clear();
  }

  changedIds(): string[] {
    return this.#table.changes().map(({ id }) => id);
  }

  get hasChanges(): boolean {
    return this.#table.changes().length > 0 || this.#removedUnread.size > 0;
  }

  async #write(run: Run, query: ReturnType<typeof sql>, expected: number): Promise<void> {
    const { rows } = await run(query);
    if (rows.length !== expected) throw new Overtaken(`${this.#shape.name} was changed meanwhile.`);
    for (const row of rows) {
      const { id, revision } = Written.parse(row);
      this.#revisions.set(id, revision);
    }
  }

  #written(): string[] {
    const names = this.#fields.map(columnOf);
    return [...new Set(['id', ...names, ...(this.#shape.extra?.columns ?? [])])];
  }

  #rowOf(id: string): object {
    const record = this.#table.get(id);
    if (record === null) return {};
    const fields = this.#fields.map((field): [string, JsonValue] => [columnOf(field), record[field] ?? null]);
    return { id, ...Object.fromEntries(fields), ...this.#shape.extra?.of(record) };
  }
}
