// From a snapshot and the journals after it to the present tables. Pure.
import type { JournalLine } from './journal-line.ts';

/** Turns all tables of version n into those of version n + 1. Pure: answers new maps. */
export type TablesMigration = (tables: Tables) => Tables;
export type Tables = Map<string, Map<string, unknown>>;

export interface DocumentState {
  readonly version: number;
  /** The last set of changes that is in it. */
  readonly sequence: number;
  readonly tables: Tables;
}

export interface Replay {
  readonly state: DocumentState;
  /** The place in the list of journals from which on they cannot be used, because changes before are missing. */
  readonly brokenFrom: number | null;
}

/** Puts changes into the tables. */
export function applyChanges(tables: Tables, changes: JournalLine['changes']): void {
  for (const [table, id, record] of changes) {
    const records = tables.get(table) ?? new Map<string, unknown>();
    tables.set(table, records);
    if (record === null) records.delete(id);
    else records.set(id, record);
  }
}

/** The state in a later version; records themselves are not changed. */
export function migrateState(
  state: DocumentState,
  version: number,
  migrations: readonly TablesMigration[],
): DocumentState {
  const tables = migrations
    .slice(state.version - 1, version - 1)
    .reduce((older, step) => step(older), state.tables);
  return { ...state, version: Math.max(version, state.version), tables };
}

/**
 * Applies the lines that the snapshot does not have yet, in their sequence, and stops at the first gap: what comes
 * after it was made on top of changes that are lost. Takes over `snapshot`.
 */
export function replay(
  snapshot: DocumentState,
  journals: readonly (readonly JournalLine[])[],
  migrations: readonly TablesMigration[],
): Replay {
  let state = snapshot;
  for (const [place, lines] of journals.entries()) {
    for (const line of lines) {
      if (line.sequence <= state.sequence) continue;
      if (line.sequence > state.sequence + 1 || line.version < state.version)
        return { state, brokenFrom: place };
      state = { ...migrateState(state, line.version, migrations), sequence: line.sequence };
      applyChanges(state.tables, line.changes);
    }
  }
  return { state, brokenFrom: null };
}
