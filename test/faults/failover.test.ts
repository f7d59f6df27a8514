// Issue 6: the server is lost and its copy takes over; nothing acknowledged is lost, and the nodes get there by themselves.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PostgresRepository } from '../../src-main/console/postgres/postgres-repository.ts';
import {
  addressOf,
  createDatabase,
  type DatabaseServer,
  type ServerPlace,
  startDatabaseServer,
} from '../database/server/database-server.ts';
import { loadWhile } from './load.ts';
import { one, waitForCopy, write } from './replication.ts';
import { startTwoNodes } from './two-nodes.ts';
import { wholeAudit } from '../fakes/console-queries.ts';

const NAME = 'failing_over';

let server: DatabaseServer;
let copy: ServerPlace;
beforeEach(async () => {
  server = await startDatabaseServer(['synchronous_commit=on']);
  copy = await server.copy();
});
afterEach(() => server.stop());

const promote = (): Promise<unknown> => one(copy, 'SELECT pg_promote() AS value');

const both = () => ({
  ...addressOf(server, NAME),
  // The one that cannot be written to first.
  port: copy.port,
  others: [{ host: server.sockets, port: server.port }],
});

describe('a copy of the server', () => {
  test('issue 6: takes over under load: nothing acknowledged is lost, nothing doubled, and on it goes', async () => {
    const others = [{ host: copy.sockets, port: copy.port }];
    const nodes = await startTwoNodes(server, NAME, { host: server.sockets, port: server.port, others });
    await waitForCopy(server);
    const report = await loadWhile(
      nodes,
      () => copy,
      NAME,
      1,
      async () => {
        await server.end('SIGKILL');
        for (const node of [nodes.a, nodes.b]) {
          const answer = await node.call('console:step', {}, nodes.administrator);
          expect(answer).toMatchObject({
            error: { code: 'storage-failed', details: { retryAfterMs: 2_000 } },
          });
        }
        await promote();
      },
    );
    await nodes.stop();
    console.log(
      `failover: ${report.done} of ${report.calls} done, refused: ${[...report.refusals.keys()].join(', ')}; ` +
        `both nodes worked again after ${Math.round(report.recoveredMs)} ms`,
    );
  });

  test('issue 6: the server that can be written to is found wherever it is named; one that becomes a copy is let go of', async () => {
    await createDatabase(server, NAME);
    await waitForCopy(server);
    const repository = await PostgresRepository.open({ address: both(), password: null });
    await write(repository, 'first');
    // Several connections are open, all to a server that takes no changes from now on.
    await Promise.all(Array.from({ length: 5 }, (_, index) => write(repository, `of ${index}`)));
    await one(server, 'ALTER SYSTEM SET default_transaction_read_only = on');
    await one(server, 'SELECT pg_reload_conf() AS value');
    await expect
      .poll(() => one(server, `SELECT current_setting('transaction_read_only') AS value`))
      .toBe('on');
    const refused = write(repository, 'refused');
    await expect(refused).rejects.toThrow('a copy that cannot be written to');
    await expect(refused).rejects.toMatchObject({
      code: 'storage-failed',
      details: { reason: 'read-only', retryAfterMs: 2_000 },
    });
    await promote();
    await write(repository, 'second');
    const { records } = await repository.read((tx) => tx.searchAudit({ ...wholeAudit, limit: 20 }));
    const summaries = records.map(({ summary }) => summary);
    expect(summaries).toContain('first');
    expect(summaries).not.toContain('refused');
    expect(summaries[0]).toBe('second');
    await repository.close();
  });
});
