// A whole store of the console as it is moved: every record of every table, and the audit with its chains.
import { createHash } from 'node:crypto';
import type { JsonValue } from '../../storage/change-store.ts';
import { createRecordTables, type RecordTables } from '../record-tables.ts';
import type { AuditChain } from '../repository.ts';

const tables = createRecordTables();
export type TableName = keyof RecordTables;
/** In the order in which they are written. */
export const tableNames = Object.keys(tables).filter((name): name is TableName => name in tables);

export type JsonRecord = { readonly [field: string]: JsonValue };
export type Entry = readonly [id: string, record: JsonRecord];

/** A record of the audit with its place; unparsed, since it may have been tampered with. */
export interface PlacedRecord {
  readonly chain: number;
  readonly position: number;
  readonly record: unknown;
}

export interface WholeStore {
  /** In pieces, by id. */
  readonly table: (name: TableName) => AsyncIterable<readonly Entry[]>;
  readonly chains: () => Promise<readonly AuditChain[]>;
  /** In pieces. */
  readonly audit: () => AsyncIterable<readonly PlacedRecord[]>;
}

/** Sorted keys at every depth, so that the same record always gives the same bytes. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}

const MODULUS = 1n << 256n;

/** How many records there are, and a checksum that does not depend on their order: the sum of their SHA-256 values. */
export class Sum {
  count = 0;
  #sum = 0n;

  add(...parts: readonly unknown[]): void {
    this.count += 1;
    const hash = createHash('sha256').update(canonical(parts)).digest('hex');
    this.#sum = (this.#sum + BigInt(`0x${hash}`)) % MODULUS;
  }

  get checksum(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}

export interface Inventory {
  /** By table, and `audit`. */
  readonly parts: readonly { readonly name: string; readonly count: number; readonly checksum: string }[];
}

/** Counts and checksums over every record. `onRecords` hears how many were looked at. */
export async function inventoryOf(
  store: WholeStore,
  onRecords: (name: string, count: number) => void = () => undefined,
): Promise<Inventory> {
  const parts: { name: string; count: number; checksum: string }[] = [];
  const end = (name: string, sum: Sum): void => {
    parts.push({ name, count: sum.count, checksum: sum.checksum });
  };
  for (const name of tableNames) {
    const sum = new Sum();
    for await (const entries of store.table(name)) {
      for (const [id, record] of entries) sum.add(name, id, record);
      onRecords(name, sum.count);
    }
    end(name, sum);
  }
  const audit = new Sum();
  for await (const records of store.audit()) {
    for (const { chain, position, record } of records) audit.add(chain, position, record);
    onRecords('audit', audit.count);
  }
  end('audit', audit);
  return { parts };
}

/** The parts in which two inventories differ. */
export const differences = (a: Inventory, b: Inventory): string[] =>
  a.parts.flatMap(({ name, count, checksum }) => {
    const other = b.parts.find((part) => part.name === name);
    return other?.count === count && other.checksum === checksum ? [] : [name];
  });
