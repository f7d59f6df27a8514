// One table of the embedded repository: records in memory with their indexes, and changes staged until they are durable.
import type { z } from 'zod';
import type { Change, JsonValue } from '../storage/change-store.ts';

type Keyed = { readonly [field: string]: JsonValue };

export interface TableShape<T extends Keyed> {
  readonly name: string;
  readonly schema: z.ZodType<T> & { readonly shape: object };
  readonly idOf: (record: T) => string;
  /** Index name to the key of a record in it; null leaves the record out. */
  readonly indexes: Readonly<Record<string, (record: T) => string | null>>;
}

export class Table<T extends Keyed> {
  readonly #shape: TableShape<T>;
  readonly #records = new Map<string, T>();
  /** Index name, key, ids; a key of one record has its id alone, which spares 100,000 sets. */
  readonly #indexes = new Map<string, Map<string, string | Set<string>>>();
  #staged = new Map<string, T | null>();

  constructor(shape: TableShape<T>) {
    this.#shape = shape;
    for (const name of Object.keys(shape.indexes)) this.#indexes.set(name, new Map());
  }

  /** Takes over what the disk holds. Throws a ZodError for a record that does not fit. */
  load(stored: ReadonlyMap<string, unknown> | undefined): void {
    for (const [id, record] of stored ?? []) this.#set(id, this.#shape.schema.parse(record));
  }

  /** What was read about a record from elsewhere; null: there is none. Not a change. */
  learn(id: string, record: T | null): void {
    this.#unset(id);
    if (record !== null) this.#set(id, record);
  }

  get(id: string): T | null {
    const staged = this.#staged.get(id);
    return staged === undefined ? (this.#records.get(id) ?? null) : staged;
  }

  /** The records with that key in the index, in no promised order. */
  find(index: string, key: string): T[] {
    const keyOf = this.#shape.indexes[index];
    if (keyOf === undefined) throw new Error(`The table ${this.#shape.name} has no index ${index}.`);
    const unchanged: T[] = [];
    for (const id of this.#idsOf(index, key)) {
      const record = this.#staged.has(id) ? undefined : this.#records.get(id);
      if (record !== undefined) unchanged.push(record);
    }
    if (this.#staged.size === 0) return unchanged;
    const changed = [...this.#staged.values()].filter((record) => record !== null && keyOf(record) === key);
    return [...unchanged, ...changed.filter((record) => record !== null)];
  }

  /** How many records have that key in the index. */
  count(index: string, key: string): number {
    return this.#staged.size === 0 ? this.#countIds(index, key) : this.find(index, key).length;
  }

  all(): T[] {
    if (this.#staged.size === 0) return [...this.#records.values()];
    const unchanged = [...this.#records].flatMap(([id, record]) => (this.#staged.has(id) ? [] : [record]));
    return [...unchanged, ...[...this.#staged.values()].filter((record) => record !== null)];
  }

  /** The longest unchanged records that this transaction has not touched. */
  oldest(count: number): T[] {
    const found: T[] = [];
    for (const [id, record] of this.#records) {
      if (found.length === count) break;
      if (!this.#staged.has(id)) found.push(record);
    }
    return found;
  }

  /** The same of the records with that key in the index. */
  oldestOf(index: string, key: string, count: number): T[] {
    const found: T[] = [];
    // A changed record leaves its place in the index and comes in again at the end.
    for (const id of this.#idsOf(index, key)) {
      if (found.length === count) break;
      const record = this.#staged.has(id) ? undefined : this.#records.get(id);
      if (record !== undefined) found.push(record);
    }
    return found;
  }

  /** How many records had that key in the index before this transaction. */
  storedCount(index: string, key: string): number {
    return this.#countIds(index, key);
  }

  put(record: T): void {
    this.#staged.set(this.#shape.idOf(record), record);
  }

  /** Whether the record was changed and not yet applied. */
  isStaged(id: string): boolean {
    return this.#staged.has(id);
  }

  get shape(): TableShape<T> {
    return this.#shape;
  }

  remove(id: string): void {
    if (this.get(id) !== null) this.#staged.set(id, null);
  }

  /** What was staged, for the ChangeStore. */
  changes(): Change[] {
    return [...this.#staged].map(([id, record]) => ({ table: this.#shape.name, id, record }));
  }

  /** Every record that is stored, with its id. */
  entries(): IterableIterator<[string, T]> {
    return this.#records.entries();
  }

  /** Every record as if it had just been changed: what a migration writes back. */
  everything(): Change[] {
    return [...this.#records].map(([id, record]) => ({ table: this.#shape.name, id, record }));
  }

  /** Called once the staged changes are durable. */
  apply(): void {
    for (const [id, record] of this.#staged) {
      this.#unset(id);
      if (record !== null) this.#set(id, record);
    }
    this.discard();
  }

  discard(): void {
    if (this.#staged.size > 0) this.#staged = new Map();
  }

  #idsOf(index: string, key: string): Iterable<string> {
    const ids = this.#indexes.get(index)?.get(key);
    if (ids === undefined) return [];
    return typeof ids === 'string' ? [ids] : ids;
  }

  #countIds(index: string, key: string): number {
    const ids = this.#indexes.get(index)?.get(key);
    if (ids === undefined) return 0;
    return typeof ids === 'string' ? 1 : ids.size;
  }

  #set(id: string, record: T): void {
    this.#records.set(id, record);
    for (const [name, entries] of this.#indexes) {
      const key = this.#shape.indexes[name]?.(record) ?? null;
      if (key === null) continue;
      const ids = entries.get(key);
      if (ids === undefined) entries.set(key, id);
      else if (typeof ids === 'string') entries.set(key, new Set([ids, id]));
      else ids.add(id);
    }
  }

  #unset(id: string): void {
    const record = this.#records.get(id);
    if (record === undefined) return;
    this.#records.delete(id);
    for (const [name, entries] of this.#indexes) {
      const key = this.#shape.indexes[name]?.(record) ?? null;
      if (key === null) continue;
      const ids = entries.get(key);
      if (ids === id) entries.delete(key);
      if (ids === undefined || typeof ids === 'string') continue;
      ids.delete(id);
      if (ids.size === 0) entries.delete(key);
    }
  }
}
