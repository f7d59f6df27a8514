// Issue 6: servers that hang, connections that run out, names that nobody has: told clearly, soon, and it goes on after.
import { createServer, type Server, type Socket } from 'node:net';
import { sql } from 'kysely';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { Database } from '../../src-main/console/postgres/database.ts';
import { PostgresRepository } from '../../src-main/console/postgres/postgres-repository.ts';
import { addressOf, createDatabase, withClient } from '../database/server/database-server.ts';
import { serverPlace } from '../database/server/test-databases.ts';
import { write } from './replication.ts';

const place = serverPlace();
const NAME = 'connections';

beforeEach(() => createDatabase(place, NAME));

const refusal = (reason: string) => ({ code: 'storage-failed', details: { reason, retryAfterMs: 2_000 } });

async function open(connections: number): Promise<PostgresRepository> {
  const address = { ...addressOf(place, NAME), connections };
  const repository = await PostgresRepository.open({ address, password: null });
  onTestFinished(() => repository.close());
  return repository;
}

/** A server that takes connections and says nothing. */
async function silentServer(): Promise<number> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('issue 6: at the start', () => {
  test('a server that takes the connection and never answers: told within some seconds', async () => {
    const address = { ...addressOf(place, NAME), host: '127.0.0.1', port: await silentServer() };
    const opening = PostgresRepository.open({ address, password: null });
    await expect(opening).rejects.toMatchObject(refusal('unreachable'));
    await expect(opening).rejects.toThrow('does not answer');
  });

  test('a name that nobody has: told that it is the name', async () => {
    const address = { ...addressOf(place, NAME), host: 'no-such-host.invalid' };
    const opening = PostgresRepository.open({ address, password: null });
    await expect(opening).rejects.toMatchObject(refusal('unreachable'));
    await expect(opening).rejects.toThrow('name of the database server cannot be found');
  });

  test('of several servers the one that answers is found, and a wrong password is told before one that is away', async () => {
    const away = { host: '127.0.0.1', port: 1 };
    const found = { ...addressOf(place, NAME), ...away, others: [{ host: place.sockets, port: place.port }] };
    await (await PostgresRepository.open({ address: found, password: null })).close();
    const wrong = { ...found, others: [{ host: '127.0.0.1', port: place.port }] };
    await expect(PostgresRepository.open({ address: wrong, password: 'wrong' })).rejects.toMatchObject(
      refusal('password'),
    );
  });
});

describe('issue 6: while it runs', () => {
  test('a server process that hangs: its connection is let go of, and the work is done over another one', async () => {
    const repository = await open(1);
    await write(repository, 'first');
    const pid = await backendOf(NAME);
    process.kill(pid, 'SIGSTOP');
    onTestFinished(() => void process.kill(pid, 'SIGCONT'));
    // The only connection that is allowed does not even begin the work; it makes room for another one.
    await write(repository, 'second');
    expect(repository.database.use).toMatchObject({ open: 1, waiting: 0 });
  });

  test('work that waits for a lock of another program is refused as busy after the limit, and goes on after it', async () => {
    const database = new Database({ address: addressOf(place, NAME), password: null });
    onTestFinished(() => database.close());
    await write(await open(2), 'first');
    await withClient(place, NAME, async (client) => {
      await client.query('BEGIN; LOCK TABLE twofold.audit IN ACCESS EXCLUSIVE MODE');
      const waiting = database.connected(async (run, plain) => {
        await plain(`SET lock_timeout = '50ms'`);
        await run(sql`SELECT count(*) FROM twofold.audit`);
      });
      await expect(waiting).rejects.toMatchObject({ state: '55P03' });
    });
    await write(await open(2), 'second');
  });

  test('all connections in use: others wait, and no more is opened than allowed', async () => {
    const repository = await open(2);
    let isOver = (): void => undefined;
    const over = new Promise<void>((resolve) => (isOver = resolve));
    const holding = [0, 1].map(() => repository.transact(() => over));
    const waiting = Array.from({ length: 20 }, (_, index) => write(repository, `no. ${index}`));
    await expect.poll(() => repository.database.use).toEqual({ open: 2, idle: 0, waiting: 20 });
    isOver();
    await Promise.all([...holding, ...waiting]);
    expect(repository.database.use).toMatchObject({ open: 2, waiting: 0 });
  });

  test('the server has no connection left: told so, and on it goes when there is one', async () => {
    await withClient(place, 'postgres', (client) =>
      client.query(`ALTER DATABASE ${NAME} CONNECTION LIMIT 1`),
    );
    await withClient(place, 'postgres', async (client) => {
      await client.query(`DROP ROLE IF EXISTS plain`);
      await client.query(`CREATE ROLE plain LOGIN`);
      await client.query(`ALTER DATABASE ${NAME} OWNER TO plain`);
    });
    const address = { ...addressOf(place, NAME), user: 'plain' };
    const first = await PostgresRepository.open({ address, password: null });
    await expect(PostgresRepository.open({ address, password: null })).rejects.toMatchObject(
      refusal('too-many-connections'),
    );
    await first.close();
    // The server notices the end of a connection by itself, but not at once.
    const opened = async (): Promise<boolean> => {
      const again = await PostgresRepository.open({ address, password: null }).catch(() => null);
      await again?.close();
      return again !== null;
    };
    await expect.poll(opened, { timeout: 10_000 }).toBe(true);
  });
});

/** The server\u2019s process of the node\u2019s connection to that database. */
const backendOf = (name: string): Promise<number> =>
  withClient(place, 'postgres', async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = $1 AND application_name = 'twofold'`,
      [name],
    );
    expect(rows).toHaveLength(1);
    return rows[0]?.pid ?? 0;
  });
