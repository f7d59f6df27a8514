// Fills a database with an organization of any size within minutes: the server makes the rows itself, and indexes come last.
import type pg from 'pg';
import { z } from 'zod';
import { sampleNames } from './sample-names.ts';

export interface Filling {
  /** With those who are there already. */
  readonly users: number;
  readonly auditRecords: number;
  /** The verifier's time. */
  readonly nowMs: number;
  /** Of everybody. */
  readonly passwordHash: string;
}

export const UNITS = 40;
const CHAINS = 8;
/** Beyond those that the program begins. */
const FIRST_CHAIN = 1_000;
/** So many at once, so that progress shows and no sort is larger than the disk. */
const AUDIT_AT_ONCE = 1_000_000;
const DAY_MS = 86_400_000;

/** What sign-ins and administrators leave in the audit; `share` of a thousand. */
const auditKinds = [
  ['password-accepted', 'success', 'The password was right.', true, 240],
  ['code-accepted', 'success', 'A code was accepted: sign-in.', true, 180],
  ['trusted-browser-used', 'success', 'The browser is trusted, so no code was asked.', true, 60],
  ['signed-in', 'success', 'Signed in with password and code.', true, 180],
  ['signed-in', 'success', 'Signed in from a trusted browser.', true, 60],
  ['signed-out', 'success', 'Signed out.', true, 150],
  ['session-expired', 'success', 'The session ended by its time.', false, 70],
  ['password-refused', 'failure', 'The password was wrong.', false, 30],
  ['code-refused', 'failure', 'A code that is wrong was refused: sign-in.', false, 14],
  [
    'browser-trusted',
    'success',
    'The browser is trusted: from it the code is not asked again until the trust ends.',
    true,
    8,
  ],
  ['factor-set-up', 'success', 'Two-factor authentication was set up.', true, 4],
  ['password-locked', 'failure', 'Too many wrong passwords: sign-in is locked for a while.', false, 2],
  ['user-edited', 'success', 'The display name was changed.', true, 1],
  ['factor-reset', 'success', 'The two-factor authentication was reset.', true, 1],
] as const;

const browsers = [
  'Chrome on Windows',
  'Edge on Windows',
  'Firefox on Windows',
  'Safari on macOS',
  'Safari on iOS',
  'Chromium on Linux',
];

const texts = (values: readonly string[]): string =>
  `ARRAY[${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')}]`;

const picked = (values: readonly string[], index: string): string =>
  `(${texts(values)})[1 + (${index}) % ${values.length}]`;

/** Numbers that look random, the same in every run. */
const mixed = (number: string, salt: number): string =>
  `((hashint8extended(${number}, ${salt}) & 9007199254740991))`;

/** As `hashToken` hashes. */
const digest = (text: string): string =>
  `rtrim(translate(encode(sha256((${text})::bytea), 'base64'), '+/', '-_'), '=')`;
/** As long as a real hash or id, and as scattered. */
const hash = (kind: string, number: string): string => digest(`'${kind} ' || ${number}`);
const id = (kind: string, number: string): string => `substr(${hash(kind, number)}, 1, 16)`;

const people = ({ users, nowMs }: Filling): string => {
  const { first, last, firstKeys, lastKeys } = sampleNames;
  const one = mixed('i', 1);
  const two = mixed('i', 2);
  return `
  CREATE TEMP TABLE people AS
  SELECT i, ${id('user', 'i')} AS id, first_key || '.' || last_key || i AS user_name,
    ${picked(first, one)} || ' ' || ${picked(last, two)} AS display_name,
    first_key || ' ' || last_key AS display_key, dice, dice >= 100 AS has_factor,
    ${nowMs} - (${mixed('i', 3)} % ${400 * DAY_MS}) - ${DAY_MS} AS created_at_ms,
    CASE WHEN dice % 25 <> 0 THEN ${nowMs} - (${mixed('i', 4)} % ${60 * DAY_MS}) END AS seen_at_ms
  FROM (
    SELECT i, ${picked(firstKeys, one)} AS first_key, ${picked(lastKeys, two)} AS last_key, ${mixed('i', 5)} % 1000 AS dice
    FROM generate_series(1, ${users} - (SELECT count(*) FROM twofold.users)) i
  ) drawn`;
};

/** Of the thousand sides of a person's dice: 20 service accounts, 15 inactive, 5 administrators of a unit. */
const usersOfPeople = ({ passwordHash }: Filling): string => `
  INSERT INTO twofold.users (id, user_name, name_key, display_name, role, unit_id, administers_unit_id, active,
    is_service_account, password_hash, must_change_password, trust_epoch, factor_id, pending_factor_id,
    backup_proven_at_ms, created_at_ms, last_sign_in_at_ms, recent_sign_ins, notices, display_key, search_key,
    name_counter_id)
  SELECT p.id, user_name, user_name, display_name, CASE WHEN dice BETWEEN 200 AND 204 THEN 'administrator' ELSE 'user' END,
    'unit-' || (i % ${UNITS}), CASE WHEN dice BETWEEN 200 AND 204 THEN 'unit-' || (i % ${UNITS}) END,
    dice NOT BETWEEN 150 AND 164, dice < 20, '${passwordHash}', dice BETWEEN 20 AND 40, 1,
    CASE WHEN has_factor THEN ${id('factor', 'i')} END, CASE WHEN dice BETWEEN 80 AND 99 THEN ${id('pending', 'i')} END,
    CASE WHEN has_factor AND dice % 3 = 0 THEN created_at_ms + ${DAY_MS} / 2 END, created_at_ms, seen_at_ms,
    CASE WHEN seen_at_ms IS NULL THEN '[]'::jsonb ELSE (SELECT jsonb_agg(jsonb_build_object(
      'atMs', seen_at_ms - day * ${DAY_MS}, 'browser', ${picked(browsers, 'i')}, 'outcome', 'signed in'))
      FROM generate_series(0, 4) day) END,
    '[]', display_key, user_name || E'\\n' || display_key, 'name-' || ${hash('', 'user_name').replace("(' ' || ", '(')}
  FROM people p`;

const factors = ({ nowMs }: Filling): string => `
  INSERT INTO twofold.factors (id, user_id, state, sealed_secret, algorithm, digits, period_s, created_at_ms,
    pending_until_ms, activated_at_ms, last_used_at_ms, last_accepted_step, drift_steps, consecutive_failures, blocked)
  SELECT ${id('factor', 'i')}, id, 'active', encode(sha512(i::text::bytea), 'base64'), 'SHA-1', 6, 30, created_at_ms, NULL,
    created_at_ms + 3600000, seen_at_ms, seen_at_ms / 30000, 0, 0, dice BETWEEN 300 AND 301
  FROM people WHERE has_factor
  UNION ALL
  SELECT ${id('pending', 'i')}, id, 'pending', encode(sha512(i::text::bytea), 'base64'), 'SHA-1', 6, 30, created_at_ms,
    CASE WHEN dice = 80 THEN ${nowMs} + 600000 ELSE ${nowMs} - 600000 END, NULL, NULL, NULL, 0, 0, FALSE
  FROM people WHERE dice BETWEEN 80 AND 99`;

const belongings = ({ nowMs }: Filling): readonly (readonly [string, string])[] => [
  [
    'trusts',
    `INSERT INTO twofold.trusts (id, user_id, factor_id, epoch, series_hash, counter_hash, browser, first_used_at_ms,
      last_used_at_ms, expires_at_ms)
    SELECT ${id('trust', "i || ' ' || n")}, id, ${id('factor', 'i')}, 1, ${hash('series', "i || ' ' || n")},
      ${hash('counter', "i || ' ' || n")}, ${picked(browsers, 'i + n')}, seen_at_ms, seen_at_ms, seen_at_ms + ${30 * DAY_MS}
    FROM people, generate_series(1, dice % 3) n WHERE has_factor AND dice % 2 = 0 AND seen_at_ms IS NOT NULL`,
  ],
  [
    'sessions',
    `INSERT INTO twofold.sessions (id, user_id, token_hash, browser, started_at_ms, last_used_at_ms, ends_at_ms, notices)
    SELECT ${id('session', 'i')}, id, ${hash('session', 'i')}, ${picked(browsers, 'i')}, seen_at_ms, seen_at_ms,
      seen_at_ms + ${DAY_MS / 2}, '[]' FROM people WHERE seen_at_ms IS NOT NULL`,
  ],
  [
    'devices',
    `INSERT INTO twofold.devices (id, user_ids, last_used_at_ms)
    SELECT ${hash('device', 'i')}, jsonb_build_array(id), seen_at_ms FROM people WHERE seen_at_ms IS NOT NULL`,
  ],
  [
    'counters',
    `INSERT INTO twofold.counters (id, failures_at_ms, locked_until_ms, locks_at_ms, updated_at_ms, known)
    SELECT 'code-' || id, jsonb_build_array(${nowMs} - i % 3600000),
      CASE WHEN dice % 5 = 0 THEN ${nowMs} + 60000 END, '[]'::jsonb, ${nowMs} - i % 3600000, TRUE FROM people WHERE dice < 10
    UNION ALL SELECT 'name-' || ${hash('nobody', 'i')}, jsonb_build_array(${nowMs} - i), NULL, '[]'::jsonb, ${nowMs} - i, FALSE
    FROM people WHERE dice = 10`,
  ],
  [
    'challenges',
    `INSERT INTO twofold.challenges (id, user_id, token_hash, created_at_ms, expires_at_ms, wrong_codes)
    SELECT ${id('challenge', 'i')}, id, ${hash('challenge', 'i')}, ${nowMs}, ${nowMs} + 300000, 0 FROM people WHERE dice = 110`,
  ],
];

const auditPiece = ({ auditRecords, nowMs }: Filling, from: number, to: number, offset: number): string => {
  const bounds = auditKinds.reduce<{ rows: string[]; from: number }>(
    ({ rows, from: at }, [event, outcome, summary, hasActor, share]) => ({
      rows: [
        ...rows,
        `(${at}, ${at + share - 1}, '${event}', '${outcome}', '${summary}', ${String(hasActor)})`,
      ],
      from: at + share,
    }),
    { rows: [], from: 0 },
  ).rows;
  // A year, whatever the number.
  const stepMs = Math.max(1, Math.floor((365 * DAY_MS) / auditRecords));
  return `
  INSERT INTO twofold.audit
  SELECT ${offset} + n, ${FIRST_CHAIN} + (n - 1) % ${CHAINS}, (n - 1) / ${CHAINS} + 1, ${nowMs} - (${auditRecords} - n) * ${stepMs}::bigint, k.event, p.id, p.user_name,
    CASE WHEN k.has_actor THEN p.id END, CASE WHEN k.has_actor THEN p.user_name END, b.browser, k.outcome, k.summary, NULL,
    encode(sha256((n - ${CHAINS})::text::bytea), 'hex'), encode(sha256(n::text::bytea), 'hex'),
    p.user_name, CASE WHEN k.has_actor THEN p.user_name END,
    lower(k.event || ' ' || p.user_name || ' ' || CASE WHEN k.has_actor THEN p.user_name ELSE '' END || ' ' || b.browser
      || ' ' || k.summary)
  FROM generate_series(${from}::bigint, ${to}) n
  CROSS JOIN LATERAL (SELECT ${picked(browsers, mixed('n / 4', 6))} AS browser) b
  JOIN people p ON p.i = 1 + ${mixed('n / 4', 7)} % (SELECT max(i) FROM people)
  JOIN (VALUES ${bounds.join(', ')}) k (low, high, event, outcome, summary, has_actor)
    ON ${mixed('n', 8)} % 1000 BETWEEN k.low AND k.high`;
};

const Definitions = z.array(z.object({ name: z.string(), definition: z.string() }));
const Count = z.array(z.object({ n: z.coerce.number().int() })).min(1);

/** Fills tables without their indexes, which are made as they were afterwards. */
async function withoutIndexes(
  client: pg.Client,
  tables: readonly string[],
  work: () => Promise<unknown>,
): Promise<void> {
  const { rows } = await client.query(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace s ON s.oid = c.relnamespace
     WHERE s.nspname = 'twofold' AND c.relname = ANY($1) AND NOT i.indisunique ORDER BY 1`,
    [tables],
  );
  const indexes = Definitions.parse(rows);
  for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
  await work();
  for (const { definition } of indexes) await client.query(definition);
}

/**
 * Adds people, what belongs to them, and records of the audit, to an organization that is there. The hashes of these
 * records are as long as real ones and do not verify; everything else is as the program writes it.
 */
export async function fillDatabase(
  client: pg.Client,
  filling: Filling,
  progress: (what: string) => void,
): Promise<void> {
  await client.query(
    "SET synchronous_commit = off; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'",
  );
  // Triggers would do one by one what is done for all at once below.
  await client.query('SET session_replication_role = replica');
  await client.query(
    `INSERT INTO twofold.units (id, name, name_key, created_at_ms)
     SELECT 'unit-' || n, 'Unit ' || n, 'unit ' || n, ${filling.nowMs} FROM generate_series(0, ${UNITS - 1}) n`,
  );
  await client.query(people(filling));
  await client.query('CREATE UNIQUE INDEX ON people (i); ANALYZE people');
  progress('people are drawn');
  await withoutIndexes(client, ['users'], () => client.query(usersOfPeople(filling)));
  await withoutIndexes(client, ['factors'], () => client.query(factors(filling)));
  for (const [table, statement] of belongings(filling)) {
    await withoutIndexes(client, [table], () => client.query(statement));
  }
  progress('people are there');
  await client.query('ANALYZE twofold.users; ANALYZE twofold.factors; ANALYZE twofold.trusts');
  // The lists by the program's own function, with its own count.
  await client.query('SET session_replication_role = origin');
  await withoutIndexes(client, ['user_list', 'user_search'], async () => {
    await client.query('SELECT twofold.list_user(id) FROM people');
    await client.query(
      'INSERT INTO twofold.user_search SELECT u.id, u.search_key FROM twofold.users u JOIN people USING (id)',
    );
  });
  await client.query('SELECT twofold.compact_counts(0)');
  progress('people are listed');
  const [last] = Count.parse((await client.query("SELECT nextval('twofold.audit_number') AS n")).rows);
  const offset = last?.n ?? 0;
  await withoutIndexes(client, ['audit'], async () => {
    for (let from = 1; from <= filling.auditRecords; from += AUDIT_AT_ONCE) {
      const to = Math.min(filling.auditRecords, from + AUDIT_AT_ONCE - 1);
      await client.query(auditPiece(filling, from, to, offset));
      progress(`${to.toLocaleString('en')} records of the audit are there`);
    }
  });
  await client.query(`
    INSERT INTO twofold.audit_chains SELECT chain, max(position), '' FROM twofold.audit WHERE chain >= ${FIRST_CHAIN} GROUP BY 1;
    INSERT INTO twofold.audit_starts SELECT id, 1, 1, '' FROM twofold.audit_chains WHERE id >= ${FIRST_CHAIN};
    SELECT setval('twofold.audit_number', ${offset + filling.auditRecords})`);
  progress('the indexes are there');
  // Rows that were added up leave their space behind.
  await client.query('VACUUM FULL twofold.user_counts');
  // As autovacuum does in time.
  await client.query('VACUUM ANALYZE');
  await client.query('CHECKPOINT');
}
