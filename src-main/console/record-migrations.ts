// Lifts the records that an earlier version wrote to the present shape. Pure; the result is parsed like any other.
import { z } from 'zod';
import { defaultPolicy } from './policy.ts';
import { RECORDS_VERSION } from './records.ts';

/** Tables by name, each with its records by id. */
export type StoredTables = ReadonlyMap<string, ReadonlyMap<string, unknown>>;

/** What one version adds to each record of a table. */
type Additions = Readonly<Record<string, object>>;

/** Addition n (from 1) lifts version n to n + 1. Never changed once released. */
const additions: readonly Additions[] = [
  {
    document: { version: 2, auditFirst: 1, auditBefore: '' },
    organization: { policy: defaultPolicy, rollOutDeadlineMs: null },
    users: { unitId: null, administersUnitId: null, backupProvenAtMs: null, recoveryCodes: null },
    factors: { driftSteps: 0 },
  },
  { document: { version: 3, auditChain: 0, auditOrigin: 1, closedChains: [] } },
  { document: { version: 4 }, factors: { sealedBy: null } },
];

const Versioned = z.looseObject({ version: z.number().int().min(1) });
const Fields = z.looseObject({});

/** The version that wrote these tables; the present one where nothing was written yet. */
export function versionOf(tables: StoredTables): number {
  const [head] = tables.get('document')?.values() ?? [];
  return head === undefined ? RECORDS_VERSION : Versioned.parse(head).version;
}

/** The tables in the present shape. Throws a ZodError for a record that is none at all. */
export function migrated(tables: StoredTables, version: number): StoredTables {
  return additions.slice(version - 1).reduce<StoredTables>(
    (older, added) =>
      new Map(
        Array.from(older, ([table, records]) => {
          const more = added[table];
          if (more === undefined) return [table, records];
          const lifted = Array.from(records, ([id, record]): [string, unknown] => [
            id,
            { ...Fields.parse(record), ...more },
          ]);
          return [table, new Map(lifted)];
        }),
      ),
    tables,
  );
}
