// Moving the console from the folder to a database and back: everything is compared before anything is switched.
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { sql } from 'kysely';
import { z } from 'zod';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../clock/clock.ts';
import { makeFolder, syncFolder } from '../../storage/durable-folder.ts';
import { JournaledDocument } from '../../storage/journaled-document.ts';
import { EmbeddedRepository } from '../embedded-repository.ts';
import { Database, type DatabaseOptions } from '../postgres/database.ts';
import { toldFailure } from '../postgres/database-failure.ts';
import { shownAddress } from '../postgres/database-url.ts';
import { migrate } from '../postgres/migrate.ts';
import type { Run } from '../postgres/run.ts';
import { databaseWholeStore, isEmptyDatabase, writeDatabase } from './database-whole-store.ts';
import { embeddedWholeStore, writeEmbedded } from './embedded-whole-store.ts';
import { forgetMoved, type KeptAddress, movedTo, noteMoved } from './moved-marker.ts';
import { differences, type Inventory, inventoryOf, type WholeStore } from './whole-store.ts';

export type MoveStep = 'reading' | 'writing' | 'comparing';

export interface MoveOptions {
  /** The folder of all data; its writer lock is the caller's. */
  readonly folder: string;
  readonly database: DatabaseOptions;
  /** The same as it is noted in the folder. */
  readonly kept: KeptAddress;
  readonly clock: Clock;
  /** Everything is copied and compared, and then nothing is kept. */
  readonly isDryRun: boolean;
  /** What is under way, of which table or the audit, and how many records of it are done. */
  readonly onProgress: (step: MoveStep, part: string, count: number) => void;
}

export interface Moved {
  readonly inventory: Inventory;
  /** Where the old store is kept. */
  readonly keptAt: string;
}

const NAME = 'console';

const conflict = (message: string, reason: string): TwofoldError =>
  new TwofoldError('conflict', message, { reason });

function requireSame(source: Inventory, target: Inventory): void {
  const different = differences(source, target);
  if (different.length === 0) return;
  throw new TwofoldError(
    'storage-failed',
    `What was written is not what was read: ${different.join(', ')}. Nothing was switched; the old store goes on.`,
    { reason: 'checksum' },
  );
}

/** Runs `work` in one transaction over the database, and keeps or undoes it. Throws TwofoldError. */
async function inOneTransaction<T>(
  options: DatabaseOptions,
  work: (
    run: Run,
  ) => Promise<{ readonly answer: T; readonly isKept: boolean; readonly atEnd?: () => Promise<void> }>,
): Promise<T> {
  const database = new Database(options);
  try {
    await migrate(database);
    return await database.connected(async (run, plain) => {
      // No limits: this takes as long as there are records.
      await plain(`BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = '10s'`);
      try {
        const { answer, isKept, atEnd } = await work(run);
        await atEnd?.();
        await plain(isKept ? 'COMMIT' : 'ROLLBACK');
        return answer;
      } catch (error) {
        await plain('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  } catch (error) {
    throw toldFailure(error);
  } finally {
    await database.close();
  }
}

const Nodes = z.object({ n: z.number().int() });

/** No node may write while everything is copied, and none may go on in the old place. Throws `conflict`. */
async function requireAlone(run: Run): Promise<void> {
  await run(sql`LOCK TABLE twofold.organization, twofold.units, twofold.users, twofold.factors, twofold.trusts,
    twofold.sessions, twofold.challenges, twofold.counters, twofold.devices, twofold.api_keys, twofold.break_glass,
    twofold.sealing_keys,
    twofold.audit_chains, twofold.audit_starts, twofold.audit, twofold.moved IN EXCLUSIVE MODE`);
  // Connections that were just closed are seen for a moment still.
  for (let tries = 0; tries < 20; tries += 1) {
    const { rows } = await run(sql`SELECT pg_stat_clear_snapshot(), (SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'twofold' AND pid <> pg_backend_pid()) AS n`);
    if (Nodes.parse(rows[0]).n === 0) return;
    await pauseFor(100);
  }
  throw conflict(
    'Twofold is still running over this database. Stop every node, then try again; nothing was moved.',
    'nodes-running',
  );
}

/** From the folder to an empty database. The folder's files are kept, and a note beside them says where the console is. */
export async function moveToDatabase(options: MoveOptions): Promise<Moved> {
  const { folder, clock, database, kept, isDryRun, onProgress } = options;
  if ((await movedTo(folder)) !== null) {
    throw conflict('The console of this folder was moved to a database already. Nothing was moved.', 'moved');
  }
  const repository = await EmbeddedRepository.open(new JournaledDocument({ folder, name: NAME, clock }));
  try {
    const source = embeddedWholeStore(repository);
    const inventory = await inOneTransaction(database, async (run) => {
      await requireAlone(run);
      if (!(await isEmptyDatabase(run))) {
        throw conflict(
          'There is a console in this database already. Name an empty one; nothing was moved.',
          'not-empty',
        );
      }
      const read = await inventoryOf(source, (name, count) => onProgress('reading', name, count));
      await writeDatabase(run, source, (name, count) => onProgress('writing', name, count));
      const written = await inventoryOf(databaseWholeStore(run), (name, count) =>
        onProgress('comparing', name, count),
      );
      requireSame(read, written);
      return { answer: read, isKept: !isDryRun };
    });
    if (!isDryRun) await noteMoved(folder, kept, clock.nowMs());
    return { inventory, keptAt: folder };
  } finally {
    await repository.close();
  }
}

const isOfConsole = (name: string): boolean => /^console\.(?:json|json\.bak|\d+\.journal)$/.test(name);

/** Writes the whole store into a new folder beside the others and reads it back. Answers what was read. */
async function writeFolder(
  folder: string,
  source: WholeStore,
  { clock, onProgress }: MoveOptions,
): Promise<Inventory> {
  const open = () => new JournaledDocument({ folder, name: NAME, clock });
  const document = open();
  await writeEmbedded(source, document);
  await document.close();
  const repository = await EmbeddedRepository.open(open());
  try {
    return await inventoryOf(embeddedWholeStore(repository), (name, count) =>
      onProgress('comparing', name, count),
    );
  } finally {
    await repository.close();
  }
}

/** Puts the files of the new store in the place of those that are there, which are kept. */
async function switchFiles(folder: string, from: string, kept: string): Promise<void> {
  const old = (await readdir(folder)).filter(isOfConsole);
  if (old.length > 0) {
    await makeFolder(kept);
    for (const name of old) await rename(join(folder, name), join(kept, name));
    await syncFolder(kept);
  }
  for (const name of await readdir(from)) await rename(join(from, name), join(folder, name));
  await syncFolder(folder);
}

/** From the database to the folder. The database is kept as it is, with a note that the console was moved away. */
export async function moveToFolder(options: MoveOptions): Promise<Moved> {
  const { folder, clock, database, kept, isDryRun, onProgress } = options;
  await makeFolder(folder);
  const fresh = await mkdtemp(join(folder, 'console-moving-'));
  const place = shownAddress(database.address);
  try {
    const inventory = await inOneTransaction(database, async (run) => {
      await requireAlone(run);
      if (await isEmptyDatabase(run)) {
        throw conflict('There is no console in this database. Nothing was moved.', 'empty');
      }
      const source = databaseWholeStore(run);
      const read = await inventoryOf(source, (name, count) => onProgress('reading', name, count));
      requireSame(read, await writeFolder(fresh, source, options));
      if (isDryRun) return { answer: read, isKept: false };
      return {
        answer: read,
        isKept: true,
        async atEnd() {
          const time = new Date(clock.nowMs()).toISOString().replaceAll(':', '').replace(/\.\d+/, '');
          // Whoever starts Twofold after an interruption finds the database, rather than half of a store.
          await noteMoved(folder, kept, clock.nowMs());
          await switchFiles(folder, fresh, join(folder, `console-before-${time}`));
          await run(sql`INSERT INTO twofold.moved VALUES (${clock.nowMs()}, ${folder})`);
          await forgetMoved(folder);
        },
      };
    });
    return { inventory, keptAt: place };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
