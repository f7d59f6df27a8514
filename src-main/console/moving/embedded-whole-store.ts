// The embedded store as a whole: read from what is open, and written into an empty document.
import type { Change, ChangeStore } from '../../storage/change-store.ts';
import { AUDIT_TABLE } from '../embedded-audit.ts';
import type { EmbeddedRepository } from '../embedded-repository.ts';
import { AuditEntry, type DocumentHead, RECORDS_VERSION } from '../records.ts';
import { createRecordTables } from '../record-tables.ts';
import { type Entry, type PlacedRecord, tableNames, type WholeStore } from './whole-store.ts';

const AT_ONCE = 2_000;

async function* inPieces<T>(items: Iterable<T>): AsyncGenerator<T[]> {
  let piece: T[] = [];
  for (const item of items) {
    piece.push(item);
    if (piece.length < AT_ONCE) continue;
    yield await Promise.resolve(piece);
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

export const embeddedWholeStore = (repository: EmbeddedRepository): WholeStore => ({
  table: (name) => inPieces<Entry>(repository.stored.tables[name].entries()),
  chains: () => repository.read((tx) => tx.auditChains()),
  audit: () => inPieces<PlacedRecord>(repository.stored.audit.placed(repository.stored.head)),
});

const names = createRecordTables();

/**
 * Writes everything into an empty document. Records are added to a new chain from then on, whose numbers follow: the
 * chains that came along are closed.
 */
export async function writeEmbedded(from: WholeStore, to: ChangeStore): Promise<void> {
  await to.load();
  for (const name of tableNames) {
    const table = names[name].shape.name;
    for await (const entries of from.table(name)) {
      await to.commit(entries.map(([id, record]): Change => ({ table, id, record })));
    }
  }
  let last = 0;
  for await (const records of from.audit()) {
    const changes = records.map(({ chain, position, record }): Change => {
      const { ties, ...entry } = AuditEntry.parse(record);
      last = Math.max(last, entry.sequence);
      const whole = ties === undefined ? entry : { ...entry, ties };
      return { table: AUDIT_TABLE, id: String(entry.sequence), record: { ...whole, chain, position } };
    });
    await to.commit(changes);
  }
  const chains = await from.chains();
  const head: DocumentHead = {
    version: RECORDS_VERSION,
    auditSequence: last,
    auditHash: '',
    auditFirst: last + 1,
    auditBefore: '',
    auditChain: Math.max(-1, ...chains.map(({ id }) => id)) + 1,
    auditOrigin: last + 1,
    closedChains: [...chains],
  };
  await to.commit([{ table: 'document', id: 'head', record: head }]);
}
