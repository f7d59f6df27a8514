// The transaction over PostgreSQL: what is read is locked or remembered with its revision, what is changed waits for the end.
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { BREAK_GLASS, ORGANIZATION, SEALING_KEYS } from '../record-tables.ts';
import type { User } from '../records.ts';
import type { ConsoleTransaction } from '../repository.ts';
import { codeCounterId, nameCounterId } from '../throttle.ts';
import { AuditStore, type WrittenRecord } from './audit-store.ts';
import { Overtaken } from './database-failure.ts';
import type { Run } from './run.ts';
import { createTrackedTables, flushTables } from './tracked-tables.ts';
import * as queries from './user-queries.ts';

const Count = z.object({ n: z.number().int() });
const Revision = z.object({ revision: z.number().int() });

const LOCK = sql`FOR NO KEY UPDATE`;
const COUNTER_LOCK = sql`FOR UPDATE`;

export interface DatabaseTransaction {
  readonly tx: ConsoleTransaction;
  /** Sends what is staged. Throws Overtaken, DatabaseFailure. */
  readonly flush: () => Promise<void>;
  readonly hasChanges: () => boolean;
  /** The last record of the audit that was sent. */
  readonly newestRecord: () => WrittenRecord | null;
}

/** `canWrite`: else nothing is locked, and nothing may be changed. */
export function createDatabaseTransaction(run: Run, canWrite: boolean): DatabaseTransaction {
  const tables = createTrackedTables();
  const audit = new AuditStore();
  const locked = new Set<string>();
  const { organization, users, factors, trusts, sessions, challenges, counters } = tables;
  const { devices, units, apiKeys, breakGlass, sealingKeys } = tables;
  const lock = canWrite ? LOCK : sql``;

  let hasSent = false;
  const flush = async (): Promise<void> => {
    if (!hasChanges()) return;
    hasSent = true;
    await Promise.all([flushTables(run, Object.values(tables)), audit.takeChain(run)]);
    await audit.flush(run);
  };
  const hasChanges = (): boolean =>
    audit.hasChanges || Object.values(tables).some((table) => table.hasChanges);
  /** For what the database counts or orders: it must know what was changed. */
  const afterFlush = async <T>(work: () => Promise<T>): Promise<T> => {
    await flush();
    return work();
  };
  const countOf = async (query: RawBuilder<unknown>): Promise<number> =>
    Count.parse((await run(query)).rows[0]).n;

  /** What nearly every action on a user reads next: together, it waits for the server once. */
  const readAround = async ({ id, factorId, pendingFactorId }: User): Promise<void> => {
    await Promise.all([
      factors.allById(run, [factorId ?? [], pendingFactorId ?? []].flat()),
      counters.byId(run, codeCounterId(id), COUNTER_LOCK),
      breakGlass.byId(run, BREAK_GLASS),
    ]);
  };

  /** The user under the lock that guards all that belongs to the user; null where there is none. */
  const lockUser = async (where: RawBuilder<unknown>): Promise<User | null> => {
    const [user] = await users.read(run, where, lock);
    if (user === undefined) return null;
    locked.add(user.id);
    if (canWrite) await readAround(user);
    return user;
  };

  /** What belongs to a user and is found by a token: the user is locked first, and it is read after that. */
  const byToken = async <T extends { readonly userId: string }>(
    table: { readonly find: (index: string, key: string) => T[] } & {
      readonly byIndex: (run: Run, index: string, column: string, key: string) => Promise<T[]>;
    },
    name: string,
    tokenHash: string,
  ): Promise<T | null> => {
    const staged = table.find('token', tokenHash)[0];
    if (staged !== undefined) return staged;
    const owner = sql`(SELECT user_id FROM ${sql.table(`twofold.${name}`)} WHERE token_hash = ${tokenHash} LIMIT 1)`;
    await lockUser(sql`t.id = ${owner}`);
    return (await table.byIndex(run, 'token', 'token_hash', tokenHash))[0] ?? null;
  };

  const put =
    <T>(table: { put(record: T): void }) =>
    (record: T): Promise<void> => {
      table.put(record);
      return Promise.resolve();
    };
  const remove =
    (table: { remove(id: string): void }) =>
    (id: string): Promise<void> => {
      table.remove(id);
      return Promise.resolve();
    };

  const tx: ConsoleTransaction = {
    organization: () => organization.byId(run, ORGANIZATION),
    putOrganization: put(organization),

    async user(id) {
      const known = users.known(id);
      if (known !== undefined) return known;
      await lockUser(sql`t.id = ${id}`);
      return users.byId(run, id);
    },
    async userByName(nameKey) {
      const known = users.find('name', nameKey)[0];
      if (known !== undefined) return known;
      await lockUser(sql`t.name_key = ${nameKey}`);
      return users.find('name', nameKey)[0] ?? null;
    },
    putUser: put(users),
    removeUser: remove(users),
    searchUsers: (search) => afterFlush(() => queries.searchUsers(run, users, search, canWrite)),
    listUsers: (ids) => afterFlush(() => queries.usersInOrder(run, users, ids)),
    usersAfter: (nameKey, limit) =>
      afterFlush(() =>
        users.list(run, sql`t.name_key > ${nameKey}`, sql`ORDER BY t.name_key LIMIT ${limit}`),
      ),
    async prefetch(found) {
      if (found.length === 0) return;
      users.take(found);
      const ids = found.map(({ id }) => id);
      const factorIds = found.flatMap(({ factorId, pendingFactorId }) =>
        [factorId ?? [], pendingFactorId ?? []].flat(),
      );
      await factors.allById(run, factorIds);
      await trusts.allByIndex(run, 'user', 'user_id', ids);
      await sessions.allByIndex(run, 'user', 'user_id', ids);
      await counters.allById(
        run,
        found.flatMap((user) => [nameCounterId(user.nameKey), codeCounterId(user.id)]),
      );
    },
    rollOut: (nowMs) => afterFlush(() => queries.rollOut(run, nowMs)),
    rollOutAt: (momentsMs) => afterFlush(() => queries.rollOutAt(run, momentsMs)),
    countActiveAdministrators: () =>
      afterFlush(async () => {
        // Of two who would take away one of the last two each, the second one counts after the first.
        if (canWrite)
          await run(sql`SELECT name FROM twofold.guards WHERE name = 'administrators' FOR UPDATE`);
        return countOf(sql`SELECT count(*) AS n FROM twofold.users
          WHERE role = 'administrator' AND active AND administers_unit_id IS NULL`);
      }),

    factor: (id) => factors.byId(run, id),
    putFactor: put(factors),
    removeFactor: remove(factors),
    async advanceStep(factorId, from, to) {
      const staged = await factors.byId(run, factorId);
      if (staged === null || staged.lastAcceptedStep !== from) return false;
      await flush();
      hasSent = true;
      // The revision too: the caller goes on with the factor as it was read, and its secret may have been sealed anew.
      const { rows } = await run(sql`
        UPDATE twofold.factors SET last_accepted_step = ${to}, revision = nextval('twofold.revision')
        WHERE id = ${factorId} AND last_accepted_step IS NOT DISTINCT FROM ${from}::bigint
          AND revision = ${factors.revisionOf(factorId)} RETURNING revision`);
      const [row] = rows;
      if (row === undefined) throw new Overtaken('The factor was changed meanwhile.');
      factors.written({ ...staged, lastAcceptedStep: to }, Revision.parse(row).revision);
      return true;
    },

    factorsNotSealedBy: (keyId, afterId, limit) =>
      afterFlush(() =>
        factors.list(
          run,
          sql`t.id > ${afterId} AND t.sealed_by IS DISTINCT FROM ${keyId}`,
          sql`ORDER BY t.id LIMIT ${limit}`,
        ),
      ),
    countFactorsNotSealedBy: (keyId) =>
      afterFlush(() =>
        countOf(sql`SELECT count(*) AS n FROM twofold.factors WHERE sealed_by IS DISTINCT FROM ${keyId}`),
      ),
    async reseal(secrets) {
      await flush();
      hasSent = true;
      for (const { factorId } of secrets) factors.forget(factorId);
      const rows = secrets.map(({ factorId, from, sealedSecret, sealedBy }) => ({
        id: factorId,
        from,
        sealed_secret: sealedSecret,
        sealed_by: sealedBy,
      }));
      // A sign-in under way that has read the factor meets another revision, and runs again.
      const changed = await run(sql`
        UPDATE twofold.factors t
        SET sealed_secret = r.sealed_secret, sealed_by = r.sealed_by, revision = nextval('twofold.revision')
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r (id text, "from" text, sealed_secret text, sealed_by text)
        WHERE t.id = r.id AND t.sealed_secret = r."from" RETURNING t.id`);
      return changed.rows.length;
    },
    sealingKeys: () => sealingKeys.byId(run, SEALING_KEYS, canWrite ? sql`FOR SHARE` : sql``),
    putSealingKeys: put(sealingKeys),

    trust: (id) => trusts.byId(run, id),
    trustBySeries: async (seriesHash) =>
      (await trusts.byIndex(run, 'series', 'series_hash', seriesHash))[0] ?? null,
    trustsOf: (userId) => trusts.byIndex(run, 'user', 'user_id', userId),
    putTrust: put(trusts),
    removeTrust: remove(trusts),

    session: (id) => sessions.byId(run, id),
    sessionByToken: (tokenHash) => byToken(sessions, 'sessions', tokenHash),
    sessionsOf: (userId) => sessions.byIndex(run, 'user', 'user_id', userId),
    putSession: put(sessions),
    removeSession: remove(sessions),

    challengeByToken: (tokenHash) => byToken(challenges, 'challenges', tokenHash),
    challengesOf: (userId) => challenges.byIndex(run, 'user', 'user_id', userId),
    putChallenge: put(challenges),
    removeChallenge: remove(challenges),
    oldestChallenges: (count) => oldest(challenges, sql`TRUE`, count),

    counter: (id) => counters.byId(run, id, canWrite ? COUNTER_LOCK : sql``),
    putCounter: put(counters),
    removeCounter: remove(counters),
    oldestCounters: (count) => oldest(counters, sql`TRUE`, count),
    oldestUnknownCounters: (count) => oldest(counters, sql`NOT t.known`, count),
    countUnknownCounters: () => countOf(sql`SELECT count(*) AS n FROM twofold.counters WHERE NOT known`),

    unit: (id) => units.byId(run, id),
    units: () => afterFlush(() => units.list(run, sql`TRUE`, sql`ORDER BY t.name_key`)),
    putUnit: put(units),
    removeUnit: remove(units),
    countUsersOfUnit: (unitId) =>
      afterFlush(() => countOf(sql`SELECT count(*) AS n FROM twofold.users WHERE unit_id = ${unitId}`)),
    countUsersOfUnits: () => afterFlush(() => queries.countUsersOfUnits(run)),

    apiKeyByHash: async (keyHash) => (await apiKeys.byIndex(run, 'hash', 'key_hash', keyHash))[0] ?? null,
    apiKey: (id) => apiKeys.byId(run, id),
    apiKeys: () => afterFlush(() => apiKeys.list(run, sql`TRUE`, sql`ORDER BY t.created_at_ms DESC`)),
    putApiKey: put(apiKeys),

    breakGlass: () => breakGlass.byId(run, BREAK_GLASS),
    putBreakGlass: put(breakGlass),
    removeBreakGlass: () => remove(breakGlass)(BREAK_GLASS),

    device: (id) => devices.byId(run, id),
    putDevice: put(devices),

    appendAudit(note) {
      audit.append(note);
      return Promise.resolve();
    },
    auditNumbers: () => afterFlush(() => audit.numbers(run)),
    searchAudit: (search) => afterFlush(() => audit.search(run, search)),
    auditBetween: (first, last) => afterFlush(() => audit.between(run, first, last)),
    auditChains: () => afterFlush(() => audit.chains(run)),
    auditOfChain: (chain, from, limit) => afterFlush(() => audit.ofChain(run, chain, from, limit)),
    firstAuditToKeep: (sinceMs, least) => afterFlush(() => audit.firstToKeep(run, sinceMs, least)),
    trimAudit: (firstSequence) =>
      afterFlush(() => {
        hasSent = true;
        return audit.trim(run, firstSequence);
      }),
  };

  /** The longest unchanged ones of those that this transaction has not touched and nobody else has in hand. */
  const oldest = async <T extends { readonly id: string }>(
    table: {
      readonly read: (run: Run, where: RawBuilder<unknown>, tail: RawBuilder<unknown>) => Promise<T[]>;
      readonly changedIds: () => readonly string[];
    },
    where: RawBuilder<unknown>,
    count: number,
  ): Promise<T[]> => {
    const others = sql`t.id <> ALL(${table.changedIds()}::text[])`;
    return table.read(
      run,
      sql`${where} AND ${others}`,
      sql`ORDER BY t.revision LIMIT ${count} ${canWrite ? sql`FOR UPDATE SKIP LOCKED` : sql``}`,
    );
  };

  return { tx, flush, hasChanges: () => hasSent || hasChanges(), newestRecord: () => audit.newest };
}
