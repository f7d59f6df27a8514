// Looks at a database before the console is moved there: whether it can be reached, safely, and is what is needed.
import { sql } from 'kysely';
import { z } from 'zod';
import { type DatabaseCheck, TwofoldError } from '../../../src-shared/contract/index.ts';
import { Database, type DatabaseOptions } from '../postgres/database.ts';
import { toldFailure } from '../postgres/database-failure.ts';
import { type DatabaseAddress, shownAddress } from '../postgres/database-url.ts';
import { migrations } from '../postgres/migrations.ts';
import type { Run } from '../postgres/run.ts';
import { isEmptyDatabase } from './database-whole-store.ts';
import { safetyOf } from './safety.ts';

const OLDEST_VERSION = 140_000;

const right = (check: DatabaseCheck['check'], sentence: string): DatabaseCheck => ({
  check,
  isRight: true,
  sentence,
});
const wrong = (check: DatabaseCheck['check'], sentence: string): DatabaseCheck => ({
  check,
  isRight: false,
  sentence,
});

const safeSentences = {
  tls: 'TLS is spoken, and the server’s certificate was verified.',
  socket: 'A local socket: nothing leaves this computer, and no TLS is needed.',
  'own-computer': 'Without TLS, on this computer itself.',
} as const;

/** What there is to say where no connection could be had: the checks up to the one that failed. */
function refusedChecks({ address }: DatabaseOptions, error: unknown): DatabaseCheck[] {
  const told = toldFailure(error);
  if (!(told instanceof TwofoldError)) throw told;
  const reached = right('reached', `The server of ${shownAddress(address)} answers.`);
  const safe = right('safe', safeSentences[safetyOf(address)]);
  switch (told.details?.['reason']) {
    case 'tls':
      return [
        reached,
        wrong(
          'safe',
          'The server’s certificate could not be verified, or it speaks no TLS. Nothing was sent. Choose the certificate of its authority.',
        ),
      ];
    case 'password':
      return [
        reached,
        safe,
        wrong('signed-in', 'The server refused the user or the password. Correct them.'),
      ];
    case 'no-database':
      return [
        reached,
        safe,
        wrong(
          'signed-in',
          `There is no database “${address.database}”. Create it (CREATE DATABASE …), or correct its name.`,
        ),
      ];
    case 'unreachable':
      return [
        wrong(
          'reached',
          'The server cannot be reached. Check that it runs, its address, and that nothing on the way stops it.',
        ),
      ];
    default:
      return [wrong('reached', told.message)];
  }
}

const Facts = z.object({
  version: z.string(),
  number: z.number().int(),
  may_create: z.boolean(),
  has_schema: z.boolean(),
  may_use: z.boolean(),
  has_extension: z.boolean(),
  is_offered: z.boolean(),
});
const Version = z.object({ version: z.number().int().nullable() });
const Place = z.object({ place: z.string() });

async function factsOf(run: Run): Promise<z.infer<typeof Facts>> {
  const { rows } = await run(sql`SELECT
    current_setting('server_version') AS version,
    current_setting('server_version_num')::int AS number,
    has_database_privilege(current_database(), 'CREATE') AS may_create,
    to_regclass('twofold.schema_version') IS NOT NULL AS has_schema,
    coalesce((SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'twofold'), TRUE) AS may_use,
    EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') AS has_extension,
    EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') AS is_offered`);
  return Facts.parse(rows[0]);
}

function versionCheck({ version, number }: z.infer<typeof Facts>): DatabaseCheck {
  return number >= OLDEST_VERSION
    ? right('version', `PostgreSQL ${version}.`)
    : wrong('version', `PostgreSQL ${version} is too old. Twofold needs 14 or newer.`);
}

function rightsCheck(facts: z.infer<typeof Facts>, { user }: DatabaseAddress): DatabaseCheck {
  if (!facts.has_extension && !facts.is_offered) {
    return wrong(
      'rights',
      'The server lacks the extension pg_trgm. Install PostgreSQL’s package of extensions (contrib) there.',
    );
  }
  if (facts.has_schema ? facts.may_use : facts.may_create) {
    return right('rights', `${user} may set up the schema twofold.`);
  }
  return wrong(
    'rights',
    `${user} may not set up the schema twofold. Make it the owner of the database (ALTER DATABASE … OWNER TO …).`,
  );
}

async function contentCheck(run: Run, { has_schema }: z.infer<typeof Facts>): Promise<DatabaseCheck> {
  const empty = right('content', 'It holds no console yet.');
  if (!has_schema) return empty;
  const found = await run(sql`SELECT max(version) AS version FROM twofold.schema_version`);
  const version = Version.parse(found.rows[0]).version ?? 0;
  if (version > migrations.length) {
    return wrong('content', 'A newer Twofold has set it up. Update Twofold on this computer.');
  }
  // One that an older Twofold has begun may lack tables: the move brings it up to date and looks again.
  if (version < migrations.length) return empty;
  const moved = await run(sql`SELECT place FROM twofold.moved ORDER BY at_ms DESC LIMIT 1`);
  if (moved.rows.length > 0) {
    return wrong(
      'content',
      `It keeps a console that was moved to ${Place.parse(moved.rows[0]).place}. Name an empty database.`,
    );
  }
  return (await isEmptyDatabase(run))
    ? empty
    : wrong('content', 'It holds a console already, which stays as it is. Name an empty database.');
}

/** Connects and looks, and writes nothing. The checks end with the first that is not right. */
export async function testDatabase(options: DatabaseOptions): Promise<readonly DatabaseCheck[]> {
  const { address } = options;
  const database = new Database({ ...options, address: { ...address, connections: 1 } });
  try {
    return await database.connected(async (run) => {
      const facts = await factsOf(run);
      const checks = [
        right('reached', `The server of ${shownAddress(address)} answers.`),
        right('safe', safeSentences[safetyOf(address)]),
        right('signed-in', `${address.user} is let in.`),
      ];
      for (const look of [
        () => versionCheck(facts),
        () => rightsCheck(facts, address),
        () => contentCheck(run, facts),
      ]) {
        const check = await look();
        checks.push(check);
        if (!check.isRight) break;
      }
      return checks;
    });
  } catch (error) {
    return refusedChecks(options, error);
  } finally {
    await database.close();
  }
}
