// Brings the database to the shape that this program knows: one node at a time, numbered steps, never backwards.
import { sql } from 'kysely';
import { z } from 'zod';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations.ts';

const Version = z.object({ version: z.number().int().nullable() });
const Exists = z.object({ exists: z.boolean() });

/** Any number, the same for all nodes. */
const LOCK = 727_001_982;

const tooNew = (version: number): TwofoldError =>
  new TwofoldError(
    'storage-failed',
    'The database was set up by a newer Twofold and was left as it is. Update Twofold on this computer to open it.',
    { reason: 'newer-version', version },
  );

/** Throws TwofoldError `storage-failed` for a database of a newer Twofold, which is left as it is; DatabaseFailure. */
export async function migrate(database: Database, steps: readonly string[] = migrations): Promise<void> {
  await database.connected(async (run, plain) => {
    await plain('BEGIN');
    try {
      // Others wait here, and then find that all is done.
      await run(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
      const { rows } = await run(sql`SELECT to_regclass('twofold.schema_version') IS NOT NULL AS exists`);
      if (!Exists.parse(rows[0]).exists) {
        await plain(`CREATE SCHEMA IF NOT EXISTS twofold;
          CREATE TABLE twofold.schema_version (
            version integer PRIMARY KEY,
            applied_at timestamptz NOT NULL DEFAULT now()
          )`);
      }
      const found = await run(sql`SELECT max(version) AS version FROM twofold.schema_version`);
      const version = Version.parse(found.rows[0]).version ?? 0;
      if (version > steps.length) throw tooNew(version);
      for (const [index, step] of steps.entries()) {
        if (index < version) continue;
        await plain(step);
        await run(sql`INSERT INTO twofold.schema_version (version) VALUES (${index + 1})`);
      }
      await plain('COMMIT');
    } catch (error) {
      await plain('ROLLBACK').catch(() => undefined);
      throw error;
    }
  });
}
