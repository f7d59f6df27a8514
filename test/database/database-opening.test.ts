// Opening a database: TLS, passwords, migrations, and what a person is told where it does not work.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import type { Caller } from '../../src-main/ipc/caller.ts';
import { MemoryKeyStore } from '../../src-main/secrets/memory-key-store.ts';
import { type Services, startServices } from '../../src-main/services.ts';
import { Database } from '../../src-main/console/postgres/database.ts';
import type { DatabaseAddress } from '../../src-main/console/postgres/database-url.ts';
import { migrate } from '../../src-main/console/postgres/migrate.ts';
import { migrations } from '../../src-main/console/postgres/migrations.ts';
import { PostgresRepository } from '../../src-main/console/postgres/postgres-repository.ts';
import { addressOf, createDatabase, withClient } from './server/database-server.ts';
import { openDatabase, serverPlace } from './server/test-databases.ts';

const place = serverPlace();
const NAME = 'opening';
const authorities = readFileSync(join(import.meta.dirname, 'server/certificates/authority.pem'), 'utf8');
const PASSWORD = 'right password';

beforeEach(() => createDatabase(place, NAME));

const overTcp = (change: Partial<DatabaseAddress> = {}): DatabaseAddress => ({
  ...addressOf(place, NAME),
  host: 'localhost',
  tls: { authorities },
  ...change,
});

const open = async (address: DatabaseAddress, password: string | null = PASSWORD): Promise<void> => {
  const repository = await PostgresRepository.open({ address, password });
  await repository.close();
};

describe('a connection', () => {
  test('over TLS, with the authority named, and with the right password', async () => {
    await open(overTcp());
    const database = new Database({ address: overTcp(), password: PASSWORD });
    await database.close();
  });

  test.each([
    ['an unknown authority', { tls: { authorities: null } }, 'tls'],
    ['a certificate of another name', { host: '127.0.0.1', tls: { authorities } }, 'tls'],
    ['no server there', { port: 1 }, 'unreachable'],
    ['a name that nobody has', { host: 'no-such-host.invalid' }, 'unreachable'],
    ['no such database', { database: 'nothing_here' }, 'no-database'],
    ['no such user', { user: 'nobody_here' }, 'password'],
  ])('%s: refused, with a sentence and when to try again', async (_what, change, reason) => {
    const failing = open(overTcp(change));
    await expect(failing).rejects.toMatchObject({
      code: 'storage-failed',
      details: { reason, retryAfterMs: 2_000 },
    });
    await expect(failing).rejects.toThrow(/nothing was/iu);
  });

  test.each([['wrong password'], [null]])('the password %s is refused, and not told', async (password) => {
    const failing = open(overTcp(), password);
    await expect(failing).rejects.toMatchObject({ code: 'storage-failed', details: { reason: 'password' } });
    await expect(failing).rejects.not.toThrow('wrong password');
  });
});

describe('migrations', () => {
  test('several nodes start at once over an empty database: it is set up once', async () => {
    const nodes = await Promise.all(Array.from({ length: 6 }, () => openDatabase(place, NAME)));
    const versions = await withClient(place, NAME, (client) =>
      client.query('SELECT version FROM twofold.schema_version'),
    );
    expect(versions.rows).toEqual(migrations.map((_, index) => ({ version: index + 1 })));
    for (const node of nodes) {
      await node.transact((tx) => tx.countActiveAdministrators());
      await node.close();
    }
  });

  test('a database of a newer Twofold is refused and left as it is', async () => {
    await (await openDatabase(place, NAME)).close();
    await withClient(place, NAME, (client) => client.query('INSERT INTO twofold.schema_version VALUES (99)'));
    await expect(openDatabase(place, NAME)).rejects.toMatchObject({
      code: 'storage-failed',
      details: { reason: 'newer-version', version: 99 },
    });
  });

  test('a later step is added to what is there; one that fails leaves everything as it was', async () => {
    const database = new Database({ address: addressOf(place, NAME), password: null });
    await migrate(database);
    await expect(
      migrate(database, [...migrations, 'CREATE TABLE twofold.half (a int); SELECT nonsense']),
    ).rejects.toMatchObject({ name: 'DatabaseFailure' });
    const tables = () =>
      withClient(place, NAME, async (client) => {
        const { rows } = await client.query<{ there: boolean }>(
          `SELECT to_regclass('twofold.half') IS NOT NULL AS there`,
        );
        return rows;
      });
    expect(await tables()).toEqual([{ there: false }]);
    await migrate(database, [...migrations, 'CREATE TABLE twofold.half (a int)']);
    expect(await tables()).toEqual([{ there: true }]);
    await migrate(database, [...migrations, 'CREATE TABLE twofold.half (a int)']);
    await database.close();
  });

  test('a user who may not create the schema is told so', async () => {
    await withClient(place, NAME, async (client) => {
      await client.query('DROP ROLE IF EXISTS guest');
      await client.query('CREATE ROLE guest LOGIN');
    });
    await expect(open({ ...addressOf(place, NAME), user: 'guest' }, null)).rejects.toMatchObject({
      code: 'storage-failed',
      details: { reason: 'not-permitted' },
    });
  });
});

describe('the program', () => {
  test('keeps the console in the database and the authenticator in the folder', async () => {
    const home = mkdtempSync(join(tmpdir(), 'twofold-home-'));
    const start = (): Promise<Services> =>
      startServices({
        host: 'test',
        home,
        version: '0',
        clock: new VirtualClock(Date.UTC(2026, 10, 24)),
        keychain,
        database: { address: addressOf(place, NAME), password: null },
        openBrowser: () => Promise.resolve({ url: null }),
        onFault: (method, frames) => {
          throw new Error(`${method} ${frames}`);
        },
      });
    const keychain = new MemoryKeyStore();
    const slots = new Map<string, string>();
    const caller: Caller = {
      browser: {
        name: 'Firefox on Linux',
        read: (slot) => slots.get(slot),
        write: (slot, value) => slots.set(slot, value),
        clear: (slot) => slots.delete(slot),
      },
    };
    const person = {
      displayName: 'Maria Keller',
      userName: 'maria.keller',
      password: 'glass otter 42 lantern',
    };
    const first = await start();
    const created = await first.router(
      'console:createOrganization',
      { organization: 'Northwind', ...person },
      caller,
    );
    expect(created).toMatchObject({ ok: true });
    await first.close();
    const second = await start();
    expect(await second.router('console:step', {}, caller)).toMatchObject({
      ok: true,
      value: { kind: 'signed-in' },
    });
    await second.close();
    expect(readdirSync(home).filter((name) => name.startsWith('console'))).toEqual([]);
    expect(readdirSync(home)).toContain('keys.json');
    rmSync(home, { recursive: true });
  });
});
