// A server and its copy: what the tests ask of them, and a write of one audit record.
import { expect } from 'vitest';
import type { PostgresRepository } from '../../src-main/console/postgres/postgres-repository.ts';
import { type DatabaseServer, type ServerPlace, withClient } from '../database/server/database-server.ts';
import { note } from '../database/sample-records.ts';

/** The column `value` of the first row. */
export const one = (place: ServerPlace, query: string): Promise<unknown> =>
  withClient(place, 'postgres', async (client) => {
    const { rows } = await client.query<{ value: unknown }>(query);
    return rows[0]?.value;
  });

/** From now on a commit is acknowledged when the copy has it. */
export async function waitForCopy(server: DatabaseServer): Promise<void> {
  await one(server, `ALTER SYSTEM SET synchronous_standby_names = 'copy'`);
  await one(server, 'SELECT pg_reload_conf() AS value');
  const state = `SELECT sync_state AS value FROM pg_stat_replication`;
  await expect.poll(() => one(server, state), { timeout: 20_000 }).toBe('sync');
}

export const write = (repository: PostgresRepository, summary: string): Promise<void> =>
  repository.transact((tx) => tx.appendAudit(note(summary, { event: 'organization-renamed' })));
