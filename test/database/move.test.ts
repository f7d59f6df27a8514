// Moving the console's data to a database and back: every record, the audit's chains, and what is told on the way.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { anchorChains, trimByPolicy } from '../../src-main/console/audit-keeping.ts';
import { verifyChain } from '../../src-main/console/audit-chain.ts';
import { EmbeddedRepository } from '../../src-main/console/embedded-repository.ts';
import { embeddedWholeStore } from '../../src-main/console/moving/embedded-whole-store.ts';
import { inventoryOf } from '../../src-main/console/moving/whole-store.ts';
import type { ConsoleRepository } from '../../src-main/console/repository.ts';
import { createContext } from '../../src-main/console/visit.ts';
import { exitCodes } from '../../src-main/hosts/command-line/command.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import { JournaledDocument } from '../../src-main/storage/journaled-document.ts';
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { CommandLineWorld } from '../integration/command-line-world.ts';
import { CountingHasher } from '../unit/console/world.ts';
import * as records from './sample-records.ts';
import { createDatabase, withClient } from './server/database-server.ts';
import { openDatabase, serverPlace } from './server/test-databases.ts';

const place = serverPlace();
const NAME = 'moving';
const urlOf = (name: string): string =>
  `postgres://twofold@/${name}?host=${encodeURIComponent(place.sockets)}&port=${place.port}`;

const Result = z.object({
  isDryRun: z.boolean(),
  inventory: z.object({
    parts: z.array(z.object({ name: z.string(), count: z.number(), checksum: z.string() })),
  }),
});

let world: CommandLineWorld;
beforeEach(async () => {
  world = new CommandLineWorld();
  onTestFinished(() => world.remove());
  await createDatabase(place, NAME);
});

const openFolder = (): Promise<EmbeddedRepository> =>
  EmbeddedRepository.open(new JournaledDocument({ folder: world.home, name: 'console', clock: world.clock }));

const note = (summary: string) => records.note(summary, { atMs: world.clock.nowMs() });

/** What the daily and hourly work needs. */
const contextOf = (repository: ConsoleRepository) =>
  createContext({
    repository,
    key: () => {
      throw new TwofoldError('key-needed', 'No secret is opened here.');
    },
    clock: world.clock,
    hasher: new CountingHasher(),
    events: new EventHub(),
  });

/** A console with one of everything, a crowd, and 30 records of the audit. */
async function fillFolder() {
  const repository = await openFolder();
  await repository.transact(records.putAll);
  await repository.transact((tx) => records.putCrowd(tx));
  for (let index = 0; index < 30; index += 1) {
    await repository.transact((tx) => tx.appendAudit(note(`Number ${index}`)));
  }
  const inventory = await inventoryOf(embeddedWholeStore(repository));
  await repository.close();
  return inventory;
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('console.'))
    .sort();

const contentsOf = (folder: string): string[] =>
  filesOf(folder).map((name) => readFileSync(join(folder, name), 'utf8'));

const move = (...args: readonly string[]) => world.run(['console', 'move', '--yes', ...args]);

describe('to a database', () => {
  test('a dry run copies and compares everything, and keeps nothing', async () => {
    const inventory = await fillFolder();
    const before = contentsOf(world.home);
    const outcome = await move('--to', urlOf(NAME), '--dry-run', '--json');
    expect(outcome.told).toContain('a dry run');
    expect(Result.parse(JSON.parse(outcome.printed))).toEqual({ isDryRun: true, inventory });
    expect(contentsOf(world.home)).toEqual(before);
    expect(readdirSync(world.home)).not.toContain('console-moved.json');
    await withClient(place, NAME, async (client) => {
      const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM twofold.users');
      expect(rows).toEqual([{ n: 0 }]);
    });
  });

  test('every record comes over, the audit goes on in its chain, and the folder is kept and says where it is', async () => {
    const inventory = await fillFolder();
    const before = contentsOf(world.home);
    const { exitCode, printed, told } = await move('--to', urlOf(NAME));
    expect([exitCode, told]).toEqual([exitCodes.done, expect.stringContaining('The console is now in')]);
    for (const { name, checksum } of inventory.parts) {
      expect(printed).toContain(name);
      expect(printed).toContain(checksum.slice(0, 16));
    }
    expect(contentsOf(world.home)).toEqual(before);
    const app = await world.openApp();
    const caller = {
      browser: { name: 'x', read: () => undefined, write: () => undefined, clear: () => undefined },
    };
    // The folder says where it is: the app opens the database.
    expect(app.database).toBe(`twofold@/${NAME} (${place.sockets}, port ${place.port})`);
    // The samples there are sealed by nobody's key, and it says so.
    expect(await app.router('console:step', {}, caller)).toMatchObject({
      ok: false,
      error: { code: 'key-unavailable', details: { reason: 'wrong-key' } },
    });
    await app.close();

    const database = await openDatabase(place, NAME);
    expect(await database.transact((tx) => tx.user('user-1'))).toEqual(records.fullUser);
    expect((await database.transact((tx) => tx.searchUsers(records.everybody))).matching).toBe(41);
    expect(await verifyChain(database)).toEqual({ kind: 'intact', records: 30, firstSequence: 1 });
    await database.transact((tx) => tx.appendAudit(note('After the move.')));
    const { records: found } = await database.transact((tx) =>
      tx.searchAudit({ ...records.everyRecord, limit: 1 }),
    );
    expect(found).toMatchObject([{ sequence: 31, summary: 'After the move.' }]);
    expect(await verifyChain(database)).toEqual({ kind: 'intact', records: 31, firstSequence: 1 });
    await database.close();
  });

  test('refused: a database with a console, a folder that was moved, nodes that run, a password in the address', async () => {
    await fillFolder();
    const node = await openDatabase(place, NAME);
    await node.transact((tx) => tx.countActiveAdministrators());
    expect((await move('--to', urlOf(NAME))).told).toContain('Stop every node');
    await node.transact(records.putAll);
    await node.close();
    expect((await move('--to', urlOf(NAME))).told).toContain('a console in this database already');
    const secret = urlOf(NAME).replace('twofold@', 'twofold:hunter2@');
    const refused = await move('--to', secret);
    expect(refused.exitCode).toBe(exitCodes.wrongUsage);
    expect(refused.told).not.toContain('hunter2');
    await createDatabase(place, NAME);
    expect((await move('--to', urlOf(NAME))).exitCode).toBe(exitCodes.done);
    expect((await move('--to', urlOf(NAME))).told).toContain('moved to a database already');
  });

  test('without a yes nothing is moved', async () => {
    await fillFolder();
    const outcome = await world.run(['console', 'move', '--to', urlOf(NAME)], { answer: 'n' });
    expect([outcome.exitCode, outcome.told]).toEqual([exitCodes.notConfirmed, 'Nothing was moved.']);
    expect(readdirSync(world.home)).not.toContain('console-moved.json');
  });
});

describe('and back', () => {
  test('with several chains, anchors and a cut, and then to another database: all verifies, all goes on', async () => {
    await fillFolder();
    await move('--to', urlOf(NAME));
    const database = await openDatabase(place, NAME);
    const atOnce = Array.from({ length: 60 }, (_, index) =>
      database.transact((tx) => tx.appendAudit(note(`At once ${index}`))),
    );
    await Promise.all(atOnce);
    const context = contextOf(database);
    expect(await anchorChains(context)).toBe(true);
    const chains = await database.transact((tx) => tx.auditChains());
    expect(chains.length).toBeGreaterThan(1);
    const before = await verifyChain(database);
    expect(before).toMatchObject({ kind: 'intact', records: 91 });
    await database.close();

    world.variables = { TWOFOLD_DATABASE_URL: urlOf(NAME) };
    const back = await move('--to', 'folder');
    expect([back.exitCode, back.told]).toEqual([exitCodes.done, expect.stringContaining('without TWOFOLD')]);
    const names = readdirSync(world.home);
    expect(names).not.toContain('console-moved.json');
    expect(names.filter((name) => name.startsWith('console-before-'))).toHaveLength(1);
    expect(names.filter((name) => name.startsWith('console-moving-'))).toEqual([]);
    await expect(openDatabase(place, NAME)).rejects.toMatchObject({ details: { reason: 'moved' } });

    const folder = await openFolder();
    expect(await verifyChain(folder)).toEqual(before);
    await folder.transact((tx) => tx.appendAudit(note('Back again.')));
    expect(await verifyChain(folder)).toMatchObject({ kind: 'intact', records: 92 });
    expect((await folder.transact((tx) => tx.searchUsers(records.everybody))).matching).toBe(41);
    // Retention cuts through all chains at one number.
    world.clock.advance(400 * records.DAY_MS);
    await folder.transact(async (tx) => {
      const organization = await tx.organization();
      if (organization === null) throw new Error('Gone.');
      await tx.putOrganization({
        ...organization,
        policy: { ...organization.policy, auditRetentionDays: 1 },
      });
    });
    expect(await trimByPolicy(contextOf(folder), 40)).toBeGreaterThan(30);
    expect(await verifyChain(folder)).toMatchObject({ kind: 'intact', records: 41 });
    await folder.close();
    const again = await openFolder();
    expect(await verifyChain(again)).toMatchObject({ kind: 'intact', records: 41 });
    await again.close();

    await createDatabase(place, 'moving_again');
    expect((await move('--to', urlOf('moving_again'))).exitCode).toBe(exitCodes.done);
    const last = await openDatabase(place, 'moving_again');
    expect(await verifyChain(last)).toMatchObject({ kind: 'intact', records: 41 });
    await last.transact((tx) => tx.appendAudit(note('In the second one.')));
    expect(await verifyChain(last)).toMatchObject({ kind: 'intact', records: 42 });
    await last.close();
  });

  test('a dry run leaves the folder and the database as they are', async () => {
    await fillFolder();
    await move('--to', urlOf(NAME));
    const before = readdirSync(world.home).sort();
    world.variables = { TWOFOLD_DATABASE_URL: urlOf(NAME) };
    expect((await move('--to', 'folder', '--dry-run')).told).toContain('a dry run');
    expect(readdirSync(world.home).sort()).toEqual(before);
    await (await openDatabase(place, NAME)).close();
  });
});

test('the password of the database is kept in the keychain, by its address', async () => {
  world.variables = { TWOFOLD_DATABASE_URL: 'postgres://ada@db.example/console' };
  const outcome = await world.run(['console', 'password'], { secret: 'right horse' });
  expect(outcome.exitCode).toBe(exitCodes.done);
  expect(outcome.told).not.toContain('right horse');
  expect(await world.passwords.read('database ada@db.example:5432/console')).toEqual({
    kind: 'found',
    password: 'right horse',
  });
});
