// Databases for tests: a few for each worker, emptied and used in turn.
import { inject } from 'vitest';
import { z } from 'zod';
import { PostgresRepository } from '../../../src-main/console/postgres/postgres-repository.ts';
import { addressOf, createDatabase, type ServerPlace, withClient } from './database-server.ts';

/** So many may be open at once in one test. */
const IN_TURN = 3;

const worker = process.env['VITEST_POOL_ID'] ?? '0';
const open = new Map<string, PostgresRepository>();
const made = new Set<string>();
let turn = 0;

export interface TestDatabase {
  readonly place: ServerPlace;
  readonly name: string;
  readonly repository: PostgresRepository;
}

/** Quicker than TRUNCATE, which makes new files for every table and index. */
const EMPTY = `
  SET session_replication_role = replica;
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables
      WHERE schemaname = 'twofold' AND tablename NOT IN ('schema_version', 'guards')
    LOOP EXECUTE format('DELETE FROM twofold.%I', name); END LOOP;
  END $$;
  ALTER SEQUENCE twofold.audit_number RESTART;
  ALTER SEQUENCE twofold.audit_chain_id RESTART`;

/** The server of this test run. */
export function serverPlace(): ServerPlace {
  const place = inject('databaseServer');
  if (place === undefined) throw new Error('This test needs the project "database".');
  return place;
}

/** An empty database, open. What was open in its place before is closed. */
export async function emptyDatabase(): Promise<TestDatabase> {
  const place = serverPlace();
  turn = (turn + 1) % IN_TURN;
  const name = `test_${worker}_${turn}`;
  await open.get(name)?.close();
  open.delete(name);
  if (!made.has(name)) await createDatabase(place, name);
  const repository = await openDatabase(place, name);
  if (made.has(name)) await withClient(place, name, (client) => client.query(EMPTY));
  made.add(name);
  open.set(name, repository);
  return { place, name, repository };
}

/** One more repository over a database, as another node has it. The caller closes it. */
export const openDatabase = (place: ServerPlace, name: string): Promise<PostgresRepository> =>
  PostgresRepository.open({ address: addressOf(place, name), password: null });

/** Everything that the database holds, as text. */
export const dump = (place: ServerPlace, name: string): Promise<string> =>
  withClient(place, name, async (client) => {
    const { rows } = await client.query<{ tablename: string }>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'twofold' ORDER BY 1`,
    );
    const texts: string[] = [];
    for (const { tablename } of rows) {
      const all = await client.query<{ text: string | null }>(
        `SELECT jsonb_agg(to_jsonb(t))::text AS text FROM twofold.${tablename} t`,
      );
      texts.push(`${tablename}: ${all.rows[0]?.text ?? ''}`);
    }
    return texts.join('\n');
  });

const camel = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

const Rows = z.array(z.object({ record: z.record(z.string(), z.unknown()) }));

/** The tables as the embedded store names them, each with its records by id. */
export const databaseTables = (
  place: ServerPlace,
  name: string,
): Promise<Map<string, Map<string, unknown>>> =>
  withClient(place, name, async (client) => {
    const tables = new Map<string, Map<string, unknown>>();
    for (const table of ['users', 'factors', 'counters', 'sessions', 'audit', 'trusts', 'challenges']) {
      const { rows } = await client.query(`SELECT to_jsonb(t) AS record FROM twofold.${table} t`);
      if (rows.length === 0) continue;
      const records = Rows.parse(rows).map(({ record }) => {
        const fields = Object.entries(record).map(([column, value]) => [camel(column), value] as const);
        return [String(record['id'] ?? record['sequence']), Object.fromEntries(fields)] as const;
      });
      tables.set(table === 'trusts' ? 'trusted-browsers' : table, new Map(records));
    }
    return tables;
  });
