// The port behind the console's embedded repository: tables of JSON records, changed in atomic sets.

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** One record put (its whole new content) or removed (null). */
export interface Change {
  readonly table: string;
  readonly id: string;
  readonly record: JsonValue;
}

export type LoadedTables = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

export interface ChangeStore {
  /** Every record of every table, as of the last durable commit; later ones may show in the answer. Called once, first. */
  load(): Promise<LoadedTables>;
  /**
   * Makes the set durable, wholly or not at all; durable when it resolves. Calls are applied in their order.
   * Throws TwofoldError `storage-failed` and has then changed nothing (S21).
   */
  commit(changes: readonly Change[]): Promise<void>;
  /** Waits for what is under way and lets go of the files. */
  close(): Promise<void>;
}
