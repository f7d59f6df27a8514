// Starts the server of server-guard.ts and answers how to reach it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { z } from 'zod';
import type { DatabaseAddress } from '../../../src-main/console/postgres/database-url.ts';

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
  /** Stops it and removes its data. */
  readonly stop: () => Promise<void>;
}

/** A test needs no disk that holds after a power cut; what is measured or killed does. */
export const QUICK = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** Settings as lines of postgresql.conf. */
export async function startDatabaseServer(settings: readonly string[] = QUICK): Promise<DatabaseServer> {
  const guard = spawn(node, [join(import.meta.dirname, 'server-guard.ts'), JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  guard.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  const ended = new Promise<void>((resolve) => guard.once('close', () => resolve()));
  const started = await new Promise<ServerPlace>((resolve, reject) => {
    createInterface({ input: guard.stdout }).once('line', (line) =>
      resolve(ServerPlace.parse(JSON.parse(line))),
    );
    guard.once('close', () => reject(new Error(`PostgreSQL could not be started: ${errors}`)));
  });
  return {
    ...started,
    async stop() {
      guard.stdin.end();
      await ended;
    },
  };
}

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

/** An empty database of that name; one that is there goes. */
export const createDatabase = (place: ServerPlace, name: string): Promise<void> =>
  withClient(place, 'postgres', async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name}`);
  });
