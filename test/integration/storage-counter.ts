// A count kept in both kinds of storage, in a form in which any mixture of two states shows.
import { join } from 'node:path';
import { systemClock } from '../../src-main/clock/system-clock.ts';
import type { Change, LoadedTables } from '../../src-main/storage/change-store.ts';
import { DurableFile } from '../../src-main/storage/durable-file.ts';
import { JournaledDocument } from '../../src-main/storage/journaled-document.ts';

const LINES = 3_000;
const RECORDS = ['a', 'b', 'c', 'd'];

const serialize = (n: number): Buffer => Buffer.from(`${`${n}\n`.repeat(LINES)}end`);

function parse(bytes: Uint8Array): number {
  const n = Number.parseInt(Buffer.from(bytes).toString(), 10);
  if (!serialize(n).equals(bytes)) throw new Error('a mixture');
  return n;
}

export const openFile = (folder: string, onRecovered?: () => void): DurableFile<number> =>
  new DurableFile<number>({
    path: join(folder, 'count'),
    parse,
    serialize,
    ...(onRecovered && { onRecovered }),
  });

/** Compacts often, so that kills hit that too. */
export const openDocument = (folder: string, onRecovered?: () => void): JournaledDocument =>
  new JournaledDocument({
    folder,
    name: 'counts',
    clock: systemClock,
    compactAtBytes: 2_000,
    ...(onRecovered && { onRecovered }),
  });

export const recordsOf = (n: number): Change[] =>
  RECORDS.map((id) => ({ table: 'counts', id, record: { n, filler: `${n} `.repeat(20) } }));

/** The count that all records agree on, 0 for none; throws where they do not agree. */
export function countOf(tables: LoadedTables): number {
  const records = tables.get('counts') ?? new Map<string, unknown>();
  if (records.size === 0) return 0;
  const first = records.get('a');
  const n = typeof first === 'object' && first !== null && 'n' in first ? Number(first.n) : Number.NaN;
  for (const { id, record } of recordsOf(n)) {
    if (JSON.stringify(records.get(id)) !== JSON.stringify(record)) throw new Error('a mixture');
  }
  return n;
}
