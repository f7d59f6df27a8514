// The ledger of console-ledger.ts over a database: each action is rehearsed on a copy of it in memory, then done for good.
import { Database } from '../../src-main/console/postgres/database.ts';
import { PostgresRepository } from '../../src-main/console/postgres/postgres-repository.ts';
import { databaseWholeStore } from '../../src-main/console/moving/database-whole-store.ts';
import { tableNames } from '../../src-main/console/moving/whole-store.ts';
import { createRecordTables } from '../../src-main/console/record-tables.ts';
import { AuditEntry } from '../../src-main/console/records.ts';
import { addressOf, type ServerPlace } from '../database/server/database-server.ts';
import { type Backend, type Ledger, MirrorStore, openLedger } from '../integration/console-ledger.ts';

const names = createRecordTables();

/** Everything that the database holds at one moment. */
async function mirrorOf(database: Database): Promise<MirrorStore> {
  return database.connected(async (run, plain) => {
    await plain('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const whole = databaseWholeStore(run);
    const tables = new Map<string, Map<string, unknown>>();
    for (const name of tableNames) {
      const records = new Map<string, unknown>();
      for await (const entries of whole.table(name)) {
        for (const [id, record] of entries) records.set(id, record);
      }
      tables.set(names[name].shape.name, records);
    }
    const mirror = new MirrorStore(null, tables);
    for await (const records of whole.audit()) {
      mirror.note(records.map(({ record }) => AuditEntry.parse(record)));
    }
    await plain('COMMIT');
    return mirror;
  });
}

/** `folder` keeps the administrator's secret. The answered function closes what was opened. */
export async function openDatabaseLedger(
  place: ServerPlace,
  name: string,
  folder: string,
  startMs: number,
  onStatement: () => void = () => undefined,
): Promise<{ readonly ledger: Ledger; readonly close: () => Promise<void> }> {
  const options = { address: { ...addressOf(place, name), connections: 2 }, password: null };
  const database = new Database(options);
  const repository = await PostgresRepository.open({ ...options, onStatement });
  const backend: Backend = { repository, mirror: () => mirrorOf(database) };
  const ledger = await openLedger(folder, startMs, () => Promise.resolve(backend));
  return {
    ledger,
    async close() {
      await database.close();
      await repository.close();
    },
  };
}
