// The pool of connections to one database, and what runs over it.
import { isIP } from 'node:net';
import { CompiledQuery, Kysely, PostgresDialect, type QueryResult } from 'kysely';
import pg from 'pg';
import { DatabaseFailure } from './database-failure.ts';
import type { DatabaseAddress } from './database-url.ts';
import type { Run } from './run.ts';

/** How long opening a connection, or waiting for a free one, may take. */
const CONNECT_MS = 15_000;

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

export class Database {
  readonly #pool: pg.Pool;
  readonly #kysely: Kysely<unknown>;
  readonly #onStatement: (statement: Statement) => void;

  constructor({ address, password, onStatement = () => undefined }: DatabaseOptions) {
    this.#onStatement = onStatement;
    const { host, port, database, user, tls, connections } = address;
    this.#pool = new pg.Pool({
      host,
      port,
      database,
      user,
      // Never from PGPASSWORD or a file by accident: what is used was chosen by the caller. An empty one would make the
      // client leave the server in the middle of their handshake; this one is refused.
      password: password === null || password === '' ? ' ' : password,
      ssl:
        tls === null
          ? false
          : {
              rejectUnauthorized: true,
              // A name, that is: an address is compared with the certificate without it.
              ...(isIP(tls.serverName) === 0 ? { servername: tls.serverName } : {}),
              ...(tls.authorities === null ? {} : { ca: tls.authorities }),
            },
      max: connections,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      // What is sent together waits once for the server, not once for each statement.
      pipeline: true,
      application_name: 'twofold',
      types: typeParsers,
    });
    // A connection that is cut while nobody waits for an answer: the next query notices, or opens another one.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
    this.#kysely = new Kysely({ dialect: new PostgresDialect({ pool: this.#pool }) });
  }

  /** Connections that are open, and callers that wait for one. */
  get use(): { readonly open: number; readonly idle: number; readonly waiting: number } {
    return { open: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  /** Runs `work` on one connection. What the database fails with is thrown as DatabaseFailure, all else as it is. */
  async connected<T>(work: (run: Run, plain: (text: string) => Promise<void>) => Promise<T>): Promise<T> {
    const outcomes: Outcome<T>[] = [];
    try {
      await this.#kysely.connection().execute(async (connection) => {
        const guarded = async (query: CompiledQuery): Promise<QueryResult<unknown>> => {
          this.#onStatement({ text: query.sql, values: query.parameters });
          try {
            return await connection.executeQuery(query);
          } catch (error) {
            throw new DatabaseFailure(error);
          }
        };
        try {
          const answer = await work(
            (query) => guarded(query.compile(connection)),
            async (text) => {
              await guarded(CompiledQuery.raw(text));
            },
          );
          outcomes.push({ answer });
        } catch (thrown) {
          outcomes.push({ thrown });
        }
      });
    } catch (error) {
      // No connection could be had. Where the work has ended, giving its connection back does not matter.
      if (outcomes.length === 0) throw new DatabaseFailure(error);
    }
    return settle(outcomes[0]);
  }

  async close(): Promise<void> {
    await this.#kysely.destroy();
  }
}

type Outcome<T> = { readonly answer: T } | { readonly thrown: unknown };

function settle<T>(outcome: Outcome<T> | undefined): T {
  if (outcome === undefined) throw new Error('The work was not run.');
  if ('thrown' in outcome) throw outcome.thrown;
  return outcome.answer;
}
