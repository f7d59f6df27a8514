// The pool of connections to one database, and what runs over it.
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import pg from 'pg';
import { DatabaseFailure } from './database-failure.ts';
import type { DatabaseAddress } from './database-url.ts';
import { type PoolUse, PrimaryPool } from './primary-pool.ts';
import type { Run } from './run.ts';

/** The types int8 and int8[], as pg_type numbers them. */
const LONG = 20;
const LONGS = 1016;

/** Whole numbers as numbers: times, steps and counts are all far below 2^53. */
const typeParsers: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    const type: number = oid;
    if (type === LONG) return (text: string) => longOf(text);
    if (type === LONGS) {
      return (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(',').map(longOf));
    }
    const parse: unknown = pg.types.getTypeParser(oid, format);
    return parse;
  },
};

function longOf(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('The database answered a number beyond 2^53.');
  return value;
}

/** An earlier statement of the same transaction failed. */
const ABORTED = '25P02';

export interface DatabaseOptions {
  readonly address: DatabaseAddress;
  readonly password: string | null;
  /** Told of every statement before it is sent, for counting and measuring. */
  readonly onStatement?: (statement: Statement) => void;
}

export interface Statement {
  readonly text: string;
  /** Some are hashes and names: not for a log. */
  readonly values: readonly unknown[];
}

/** Runs a statement, or several in one message, without values. `limitMs`: how long the answer may take; null: for ever. */
export type Plain = (text: string, limitMs?: number | null) => Promise<void>;

/** Writes statements; nothing is run by it, since a connection that does not answer must be let go of. */
const writer = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

export class Database {
  readonly #pool: PrimaryPool;
  readonly #onStatement: (statement: Statement) => void;

  constructor({ address, password, onStatement = () => undefined }: DatabaseOptions) {
    this.#onStatement = onStatement;
    this.#pool = new PrimaryPool({ address, password, types: typeParsers });
  }

  /** A connection beside the pool, not opened yet, to the server that the last one was had from. */
  newClient(): pg.Client {
    return this.#pool.newClient();
  }

  /** Connections that are open, and callers that wait for one. */
  get use(): PoolUse {
    return this.#pool.use;
  }

  /**
   * Runs `work` on one connection. `answerMs`: how long each answer may take; null: for ever. What the database fails with
   * is thrown as DatabaseFailure, all else as it is.
   */
  async connected<T>(
    work: (run: Run, plain: Plain) => Promise<T>,
    answerMs: number | null = null,
  ): Promise<T> {
    const connection = await this.#pool.connect().catch((error: unknown): never => {
      throw new DatabaseFailure(error);
    });
    let first: DatabaseFailure | null = null;
    const ask = async (
      text: string,
      values: unknown[] | undefined,
      limitMs: number | null,
    ): Promise<unknown[]> => {
      this.#onStatement({ text, values: values ?? [] });
      try {
        return await connection.query(text, values, limitMs);
      } catch (error) {
        const failure = new DatabaseFailure(error);
        // What is sent together fails together: the first failure says why, whichever is heard of first.
        if (failure.state === ABORTED) throw first ?? failure;
        first = failure;
        throw failure;
      }
    };
    const run: Run = async (query): Promise<QueryResult<unknown>> => {
      const { sql, parameters } = query.compile(writer);
      return { rows: await ask(sql, [...parameters], answerMs) };
    };
    const plain: Plain = async (text, limitMs = answerMs) => {
      await ask(text, undefined, limitMs);
    };
    try {
      return await work(run, plain);
    } finally {
      connection.release();
    }
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}
