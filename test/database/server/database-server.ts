// Starts the server of server-guard.ts and answers how to reach it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { z } from 'zod';
import type { DatabaseAddress } from '../../../src-main/console/postgres/database-url.ts';
import {
  type EndSignal,
  ServerAnswer,
  type ServerOptions,
  type ServerOrder,
  type Which,
} from './server-order.ts';

const node = join(import.meta.dirname, '../../../node_modules/.bin/node');

const Started = z.object({
  port: z.number().int(),
  sockets: z.string(),
  folder: z.string(),
  pid: z.number().int(),
});

export const ServerPlace = Started;
export type ServerPlace = z.infer<typeof ServerPlace>;

export interface DatabaseServer extends ServerPlace {
  /** SIGINT: as `pg_ctl stop -m fast`, SIGQUIT: as `-m immediate`, SIGKILL: by force. Resolves when it has ended. */
  readonly end: (signal: EndSignal, server?: Which) => Promise<void>;
  /** Starts it again, at the same port. */
  readonly start: (server?: Which) => Promise<void>;
  /** Makes a copy that follows it, starts that, and answers where it is. */
  readonly copy: () => Promise<ServerPlace>;
  /** Stops all and removes the data. */
  readonly stop: () => Promise<void>;
}

/** A test needs no disk that holds after a power cut; what is measured or killed does. */
export const QUICK = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** `settings`: lines of postgresql.conf. `walFolder`: see ServerOptions. */
export async function startDatabaseServer(
  settings: readonly string[] = QUICK,
  walFolder: string | null = null,
): Promise<DatabaseServer> {
  const options: ServerOptions = { lines: [...settings], walFolder };
  const guard = spawn(node, [join(import.meta.dirname, 'server-guard.ts'), JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  guard.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const ended = new Promise<void>((resolve) => guard.once('close', () => resolve()));
  const lines = createInterface({ input: guard.stdout });
  const started = await new Promise<ServerPlace>((resolve, reject) => {
    lines.once('line', (line) => resolve(ServerPlace.parse(JSON.parse(line))));
    guard.once('close', () => reject(new Error(`PostgreSQL could not be started: ${errors}`)));
  });
  const waiting = new Map<number, (answer: z.infer<typeof ServerAnswer>) => void>();
  lines.on('line', (line) => {
    const answer = ServerAnswer.parse(JSON.parse(line));
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  let next = 1;
  const order = async (what: DistributiveOmit<ServerOrder, 'id'>): Promise<{ port?: number | undefined }> => {
    const id = next;
    next += 1;
    const { answer, error } = await new Promise<z.infer<typeof ServerAnswer>>((resolve, reject) => {
      waiting.set(id, resolve);
      void ended.then(() => reject(new Error(`The guard of PostgreSQL has ended: ${errors}`)));
      guard.stdin.write(`${JSON.stringify({ ...what, id })}\n`);
    });
    if (answer === undefined) throw new Error(error);
    return answer;
  };
  return {
    ...started,
    async end(signal, server = 'primary') {
      await order({ kind: 'end', server, signal });
    },
    async start(server = 'primary') {
      await order({ kind: 'start', server });
    },
    async copy() {
      const { port = 0 } = await order({ kind: 'copy', server: 'primary' });
      return { ...started, port };
    },
    async stop() {
      guard.stdin.end();
      await ended;
    },
  };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** A database of that server, over its local socket. */
export const addressOf = ({ sockets, port }: ServerPlace, database: string): DatabaseAddress => ({
  host: sockets,
  port,
  database,
  user: 'twofold',
  tls: null,
  connections: 10,
});

/** One client of that database for what the tests do past the program. */
export async function withClient<T>(
  { sockets, port }: ServerPlace,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ host: sockets, port, database, user: 'twofold' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** An empty database of that name, with those settings of CREATE DATABASE; one that is there goes. */
export const createDatabase = (place: ServerPlace, name: string, settings = ''): Promise<void> =>
  withClient(place, 'postgres', async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} ${settings}`);
  });
