// The console's repository over PostgreSQL: several nodes may work over one database.
import { setTimeout as pauseFor } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import type { ConsoleRepository, ConsoleTransaction } from '../repository.ts';
import { Database, type DatabaseOptions } from './database.ts';
import {
  DatabaseFailure,
  isConflict,
  isCut,
  outcomeUnknown,
  overtakenTooOften,
  toldFailure,
} from './database-failure.ts';
import type { WrittenRecord } from './audit-store.ts';
import { createDatabaseTransaction } from './database-transaction.ts';
import { migrate } from './migrate.ts';
import type { Run } from './run.ts';

/** Work that others have overtaken, or whose connection was cut, is run so often, and no more. */
const MOST_CONFLICTS = 10;
/** Work that was overtaken so often waits in a queue for others like it, so that one of them after the other gets through. */
const QUEUED_CONFLICTS = 3;
const QUEUE = 'SELECT pg_advisory_xact_lock(727001983)';
const MOST_CUTS = 3;
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 200;
/** No more is tried after so long: it is better to be told. */
const MOST_TRYING_MS = 5_000;

/** A transaction begins at once, unless the server hangs. */
const BEGIN_MS = 3_000;
/** Somewhat more than the server’s own limits below: an answer comes by then, or never. */
const ANSWER_MS = 65_000;

/** One message to the server. Limits hold for the transaction alone, so that a pooler may stand in between. */
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED;
  SET LOCAL lock_timeout = '10s'; SET LOCAL statement_timeout = '60s';
  SET LOCAL idle_in_transaction_session_timeout = '30s'`;
const BEGIN_READING = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = '60s';
  SET LOCAL idle_in_transaction_session_timeout = '30s'`;

export interface PostgresOptions extends DatabaseOptions {
  /** From 0 to 1, for pauses. */
  readonly dice?: () => number;
  /** How long an answer of the server may take; 65 s if left out. */
  readonly answerMs?: number;
}

const Answer = z.object({ yes: z.boolean().nullable() });

/** A commit during which the connection was lost. */
class CommitLost extends Error {
  override readonly name = 'CommitLost';
  /** The last record of the audit that the transaction wrote. */
  readonly proof: WrittenRecord;

  constructor(proof: WrittenRecord, cause: unknown) {
    super('The connection was lost during a commit.', { cause });
    this.proof = proof;
  }
}

const Moved = z.object({ place: z.string() });

/** Throws TwofoldError `storage-failed` where the console was moved away. */
async function requireNotMoved(database: Database): Promise<void> {
  const place = await database.connected(async (run) => {
    const { rows } = await run(sql`SELECT place FROM twofold.moved ORDER BY at_ms DESC LIMIT 1`);
    return rows.length === 0 ? null : Moved.parse(rows[0]).place;
  });
  if (place === null) return;
  throw new TwofoldError(
    'storage-failed',
    `The console was moved from this database to ${place}. What stands here is kept, and nothing is added to it. Leave TWOFOLD_DATABASE_URL out, or name another database.`,
    { reason: 'moved' },
  );
}

const isLate = (startedMs: number): boolean => performance.now() - startedMs > MOST_TRYING_MS;

/** SQLSTATE of a transaction’s number that the server has not given yet. */
const NOT_GIVEN_YET = '22023';

/** Whether the server still knows that transaction as one that may be committed. */
async function isUnderWay(run: Run, xid: string): Promise<boolean> {
  try {
    const { rows } = await run(sql`SELECT pg_xact_status(${xid}::xid8) = 'in progress' AS yes`);
    return Answer.parse(rows[0]).yes === true;
  } catch (error) {
    // A copy has taken over, to which the transaction never came.
    if (error instanceof DatabaseFailure && error.state === NOT_GIVEN_YET) return false;
    throw error;
  }
}

/** What became of the transaction that wrote that record. */
async function outcomeOf(
  run: Run,
  { xid, sequence, hash }: WrittenRecord,
): Promise<'under way' | 'committed' | 'undone'> {
  if (await isUnderWay(run, xid)) return 'under way';
  // The record tells; the number alone could be another transaction’s after a copy has taken over.
  const found = await run(
    sql`SELECT TRUE AS yes FROM twofold.audit WHERE sequence = ${sequence} AND hash = ${hash}`,
  );
  if (found.rows.length === 0) return 'undone';
  // Where the server waits for its copies, they have the record once they have this, which comes after it.
  await run(sql`SELECT pg_logical_emit_message(TRUE, 'twofold', '')`);
  return 'committed';
}

export class PostgresRepository implements ConsoleRepository {
  readonly #database: Database;
  readonly #dice: () => number;
  readonly #answerMs: number;

  private constructor(database: Database, { dice, answerMs }: PostgresOptions) {
    this.#database = database;
    this.#dice = dice ?? Math.random;
    this.#answerMs = answerMs ?? ANSWER_MS;
  }

  /** Connects and brings the database up to date. Throws TwofoldError `storage-failed` with what to do about it. */
  static async open(options: PostgresOptions): Promise<PostgresRepository> {
    const database = new Database(options);
    try {
      await migrate(database);
      await requireNotMoved(database);
    } catch (error) {
      await database.close();
      throw toldFailure(error);
    }
    return new PostgresRepository(database, options);
  }

  get database(): Database {
    return this.#database;
  }

  async transact<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    let conflicts = 0;
    let cuts = 0;
    const startedMs = performance.now();
    for (;;) {
      try {
        return await this.#once(work, conflicts >= QUEUED_CONFLICTS);
      } catch (error) {
        if (isConflict(error)) {
          conflicts += 1;
          if (conflicts >= MOST_CONFLICTS) throw overtakenTooOften(error);
        } else if (isCut(error)) {
          cuts += 1;
          if (cuts >= MOST_CUTS || isLate(startedMs)) throw toldFailure(error);
        } else throw toldFailure(error);
        await this.#pause(conflicts + cuts);
      }
    }
  }

  async read<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    for (let cuts = 0; ;) {
      try {
        return await this.#database.connected(async (run, plain) => {
          const begun = plain(BEGIN_READING, BEGIN_MS);
          begun.catch(() => undefined);
          try {
            return await work(createDatabaseTransaction(run, false).tx);
          } finally {
            await plain('COMMIT').catch(() => undefined);
            // It tells most of why the work failed, where it failed.
            await begun;
          }
        }, this.#answerMs);
      } catch (error) {
        cuts += 1;
        if (!isCut(error) || cuts >= MOST_CUTS || isLate(startedMs)) throw toldFailure(error);
        await this.#pause(cuts);
      }
    }
  }

  async close(): Promise<void> {
    await this.#database.close();
  }

  async #once<T>(work: (tx: ConsoleTransaction) => Promise<T>, isQueued: boolean): Promise<T> {
    const answers: { readonly value: T }[] = [];
    try {
      await this.#database.connected(async (run, plain) => {
        let proof: WrittenRecord | null = null;
        // The first reading goes along with it. It fails only together with its connection, and then all fails.
        const begun = plain(BEGIN, BEGIN_MS);
        begun.catch(() => undefined);
        try {
          if (isQueued) await plain(QUEUE);
          const transaction = createDatabaseTransaction(run, true);
          answers.push({ value: await work(transaction.tx) });
          await begun;
          if (transaction.hasChanges()) {
            await transaction.flush();
            proof = transaction.newestRecord();
          }
        } catch (error) {
          await plain('ROLLBACK').catch(() => undefined);
          // It tells most of why the work failed, where it failed.
          await begun;
          throw error;
        }
        try {
          await plain('COMMIT');
        } catch (error) {
          // Without a record, the work may just as well run again.
          if (proof !== null && isCut(error)) throw new CommitLost(proof, error);
          throw error;
        }
      }, this.#answerMs);
    } catch (error) {
      if (!(error instanceof CommitLost)) throw error;
      if (!(await this.#wasCommitted(error))) throw new DatabaseFailure(error.cause);
    }
    const answer = answers.at(-1);
    if (answer === undefined) throw new Error('The work was not run.');
    return answer.value;
  }

  /** Asks another connection. Throws TwofoldError where that cannot be found out. */
  async #wasCommitted(lost: CommitLost): Promise<boolean> {
    const startedMs = performance.now();
    for (let tries = 1; ; tries += 1) {
      try {
        const outcome = await this.#database.connected((run) => outcomeOf(run, lost.proof), BEGIN_MS);
        if (outcome !== 'under way') return outcome === 'committed';
      } catch (error) {
        if (!isCut(error)) throw outcomeUnknown(lost.cause);
      }
      if (isLate(startedMs)) throw outcomeUnknown(lost.cause);
      await this.#pause(tries + 4);
    }
  }

  async #pause(times: number): Promise<void> {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** times);
    await pauseFor(longest * (0.5 + this.#dice() / 2));
  }
}
