// Issue 6: the disk of the server is full in the middle of load, then freed: refused clearly, and on it goes.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { type DatabaseServer, startDatabaseServer, withClient } from '../database/server/database-server.ts';
import { giveToServer } from '../database/server/server-program.ts';
import { smallDisk } from '../integration/small-disk.ts';
import { loadWhile, type Report } from './load.ts';
import { startTwoNodes, type TwoNodes } from './two-nodes.ts';

const NAME = 'filled';
const FILLER_BYTES = 200_000_000;

/** Fills what is left of the disk, and answers how to free it. */
function fill(folder: string): () => void {
  const filler = join(folder, 'filler');
  expect(() => writeFileSync(filler, Buffer.alloc(FILLER_BYTES))).toThrow('ENOSPC');
  return () => rmSync(filler);
}

/** A disk that the server may write to. */
function serverDisk(context: TestContext, kilobytes: number): string {
  const { folder } = smallDisk(context, kilobytes);
  giveToServer(folder);
  return folder;
}

const addUser = (nodes: TwoNodes, index: number) =>
  nodes.a.call(
    'administration:addUser',
    { userName: `filling.${index}`, displayName: 'Filling', role: 'user', unitId: null },
    nodes.administrator,
  );

/** Acts until the disk is full, or the server has gone because of it, and answers the refusal. */
async function untilRefused(nodes: TwoNodes, most: number): Promise<unknown> {
  for (let index = 0; index < most; index += 1) {
    const answer = await addUser(nodes, index);
    if (!answer.ok) return answer.error;
  }
  throw new Error('The disk was never full.');
}

const told = (what: string, { done, calls, refusals, recoveredMs }: Report): void =>
  console.log(
    `${what}: ${done} of ${calls} done, refused: ${[...refusals.keys()].join(', ')}; ` +
      `both nodes worked again after ${Math.round(recoveredMs)} ms`,
  );

async function withServer(
  start: () => Promise<DatabaseServer>,
  work: (server: DatabaseServer) => Promise<void>,
): Promise<void> {
  const server = await start();
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

test('issue 6: the disk of the data is full: each change is refused with its reason, sessions are still read, and with room it goes on', async (context) => {
  const disk = serverDisk(context, 40_000);
  await withServer(startDatabaseServer, async (server) => {
    await withClient(server, 'postgres', (client) =>
      client.query(`CREATE TABLESPACE small LOCATION '${disk}'`),
    );
    const nodes = await startTwoNodes(server, NAME, undefined, 'TABLESPACE small');
    const report = await loadWhile(
      nodes,
      () => server,
      NAME,
      1,
      async () => {
        const free = fill(disk);
        expect(await untilRefused(nodes, 5_000)).toMatchObject({
          code: 'storage-failed',
          message:
            'The disk of the database server is full, so nothing was changed. Make room there and try again.',
          details: { reason: 'disk-full', retryAfterMs: 2_000 },
        });
        // Whoever is signed in is still known.
        expect((await nodes.b.call('console:step', {}, nodes.administrator)).ok).toBe(true);
        free();
      },
    );
    expect(report.refusals.has('disk-full')).toBe(true);
    told('disk of the data', report);
    await nodes.stop();
  });
});

/** Uses up the room that the server has taken for its log already. It panics then, as PostgreSQL does. */
const useUpLog = (server: DatabaseServer): Promise<void> =>
  withClient(server, 'postgres', async (client) => {
    for (;;) await client.query(`SELECT pg_logical_emit_message(FALSE, 'filling', repeat('x', 500000))`);
  }).catch(() => undefined);

test('issue 6: the disk of the write-ahead log is full: the server stops itself; with room and a start it goes on', async (context) => {
  const disk = serverDisk(context, 40_000);
  const start = (): Promise<DatabaseServer> =>
    startDatabaseServer(['min_wal_size=2MB', 'max_wal_size=4MB'], join(disk, 'log'));
  await withServer(start, async (server) => {
    const nodes = await startTwoNodes(server, NAME);
    const report = await loadWhile(
      nodes,
      () => server,
      NAME,
      1,
      async () => {
        const free = fill(disk);
        await useUpLog(server);
        expect(await untilRefused(nodes, 500)).toMatchObject({
          code: 'storage-failed',
          details: { retryAfterMs: 2_000 },
        });
        free();
        // It may have ended by itself, or be about to.
        await server.end('SIGQUIT');
        await server.start();
      },
    );
    expect(report.refusals.size).toBeGreaterThan(0);
    told('disk of the write-ahead log', report);
    await nodes.stop();
  });
});
