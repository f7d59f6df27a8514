// The connections of this node to the server that can be written to, whichever of those that the address names it is.
import { setImmediate as soon, setTimeout as pauseFor } from 'node:timers/promises';
import { isIP } from 'node:net';
import pg from 'pg';
import { z } from 'zod';
import { CopyFound, NoneFree, telling, Unanswered } from './database-failure.ts';
import type { DatabaseAddress, ServerPlace } from './database-url.ts';

/** How long opening a connection may take. */
const CONNECT_MS = 10_000;
/** How long a caller waits for one where all are in use. */
const WAIT_MS = 30_000;
/** How long saying goodbye may take: a server that hangs does not answer. */
const CLOSE_MS = 2_000;

/** The pool's own words; it has no code for it. */
const NONE_FREE = 'timeout exceeded when trying to connect';

/** Gives up connecting sooner than the pool gives up waiting for a free connection, for which it has one limit. */
class PromptClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    // The pool hides the password from copies.
    super({ ...config, password: config.password, connectionTimeoutMillis: CONNECT_MS });
  }
}

const Role = z.tuple([z.object({ cannotWrite: z.boolean() })]);
const ROLE = `SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS "cannotWrite"`;

/** Rejects with Unanswered after that time; null: never. */
async function within<T>(limitMs: number | null, work: Promise<T>): Promise<T> {
  if (limitMs === null) return work;
  const over = new AbortController();
  const limit = pauseFor(limitMs, null, { signal: over.signal })
    // A busy node may be late itself: what has come by now is read first.
    .then(() => soon())
    .then(() => {
      throw new Unanswered();
    });
  limit.catch(() => undefined);
  try {
    return await Promise.race([work, limit]);
  } finally {
    over.abort();
  }
}

async function requireWritable(client: pg.ClientBase): Promise<void> {
  const { rows } = await within(CONNECT_MS, client.query(ROLE));
  if (Role.parse(rows)[0].cannotWrite) throw new CopyFound();
}

/** One connection in use. A broken one is not used again. */
export class Connection {
  readonly #client: pg.PoolClient;
  readonly #onCopy: () => void;
  #flaw: Error | null = null;
  #isReleased = false;

  constructor(client: pg.PoolClient, onCopy: () => void) {
    this.#client = client;
    this.#onCopy = onCopy;
  }

  /** `limitMs`: how long the answer may take; null: for ever. Throws what the server or the connection failed with. */
  async query(text: string, values: unknown[] | undefined, limitMs: number | null): Promise<unknown[]> {
    try {
      const { rows } = await within(limitMs, this.#client.query<Record<string, unknown>>(text, values));
      return rows;
    } catch (error) {
      if (error instanceof Unanswered) {
        this.#flaw = error;
        this.release();
      } else if (error instanceof pg.DatabaseError && error.code === '25006') {
        // The server was made a copy while it was connected: so it is for the others, too.
        this.#flaw = error;
        this.#onCopy();
      }
      throw error;
    }
  }

  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#client.release(this.#flaw ?? false);
  }
}

/** How a connection to one of the servers is opened. */
function clientConfig({ address, password }: PoolOptions, { host, port }: ServerPlace): pg.ClientConfig {
  const { database, user, tls } = address;
  return {
    host,
    port,
    database,
    user,
    // Never from PGPASSWORD or a file by accident: what is used was chosen by the caller. An empty one would make the
    // client leave the server in the middle of their handshake; this one is refused.
    password: password === null || password === '' ? ' ' : password,
    ssl:
      tls === null || host.startsWith('/')
        ? false
        : {
            rejectUnauthorized: true,
            // A name, that is: an address is compared with the certificate without it.
            ...(isIP(host) === 0 ? { servername: host } : {}),
            ...(tls.authorities === null ? {} : { ca: tls.authorities }),
          },
    keepAlive: true,
    // What is sent together waits once for the server, not once for each statement.
    pipeline: true,
    application_name: 'twofold',
  };
}

export interface PoolOptions {
  readonly address: DatabaseAddress;
  readonly password: string | null;
  readonly types: pg.CustomTypesConfig;
}

/** How many connections are open, how many of them do nothing, and how many callers wait for one. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** A pool for each server that the address names; the one that can be written to is looked for when a connection is opened. */
export class PrimaryPool {
  readonly #options: PoolOptions;
  readonly #servers: readonly [ServerPlace, ...ServerPlace[]];
  readonly #open: readonly (() => pg.Pool)[];
  readonly #pools: pg.Pool[];
  /** Where the last connection was had. */
  #current = 0;

  constructor(options: PoolOptions) {
    const { address, types } = options;
    this.#options = options;
    this.#servers = [address, ...(address.others ?? [])];
    this.#open = this.#servers.map((server) => () => {
      const pool = new pg.Pool({
        ...clientConfig(options, server),
        Client: PromptClient,
        max: address.connections,
        connectionTimeoutMillis: WAIT_MS,
        types,
        verify: (client, done) => {
          requireWritable(client).then(() => done(), done);
        },
      });
      // A connection that is cut while nobody waits for an answer: the next query notices, or opens another one.
      pool.on('error', () => undefined);
      pool.on('connect', (client) => client.on('error', () => undefined));
      return pool;
    });
    this.#pools = this.#open.map((open) => open());
  }

  /** A connection beside the pool, not opened yet, to the server that the last one was had from. */
  newClient(): pg.Client {
    return new PromptClient(clientConfig(this.#options, this.#servers[this.#current] ?? this.#servers[0]));
  }

  /** Connections that are open, and callers that wait for one. */
  get use(): PoolUse {
    const sum = (of: (pool: pg.Pool) => number): number =>
      this.#pools.reduce((total, pool) => total + of(pool), 0);
    return {
      open: sum(({ totalCount }) => totalCount),
      idle: sum(({ idleCount }) => idleCount),
      waiting: sum(({ waitingCount }) => waitingCount),
    };
  }

  /** A connection to the server that can be written to. Throws what tells most of why there is none. */
  async connect(): Promise<Connection> {
    const failures: unknown[] = [];
    const first = this.#current;
    for (let tried = 0; tried < this.#pools.length; tried += 1) {
      const number = (first + tried) % this.#pools.length;
      const pool = this.#pools[number];
      if (pool === undefined) break;
      try {
        const client = await pool.connect();
        this.#current = number;
        return new Connection(client, () => this.#renew(number, pool));
      } catch (error) {
        const isFull = error instanceof Error && error.message === NONE_FREE;
        failures.push(isFull ? new NoneFree() : error);
        // The server is there; unless another one has taken over meanwhile.
        if (isFull && this.#current === number) break;
      }
    }
    throw telling(failures);
  }

  async close(): Promise<void> {
    const ended = Promise.all(this.#pools.map((pool) => pool.end()));
    await within(CLOSE_MS, ended).catch(() => undefined);
  }

  /** Lets all connections of a pool go, each as soon as nobody uses it. */
  #renew(number: number, pool: pg.Pool): void {
    const open = this.#open[number];
    if (open === undefined || this.#pools[number] !== pool) return;
    this.#pools[number] = open();
    pool.end().catch(() => undefined);
  }
}
