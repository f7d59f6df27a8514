// A ChangeStore that keeps its tables in memory: for tests and for the rehearsal's sealed worlds.
import type { Change, ChangeStore, JsonValue, LoadedTables } from './change-store.ts';

export class MemoryChangeStore implements ChangeStore {
  readonly #tables = new Map<string, Map<string, JsonValue>>();

  load(): Promise<LoadedTables> {
    return Promise.resolve(new Map([...this.#tables].map(([name, records]) => [name, new Map(records)])));
  }

  commit(changes: readonly Change[]): Promise<void> {
    for (const { table, id, record } of changes) {
      const records = this.#tables.get(table) ?? new Map<string, JsonValue>();
      this.#tables.set(table, records);
      if (record === null) records.delete(id);
      else records.set(id, structuredClone(record));
    }
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
