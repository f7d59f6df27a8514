// Issue 6: the server is stopped and started in the middle of load, in every manner; the nodes recover by themselves.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DatabaseServer, startDatabaseServer } from '../database/server/database-server.ts';
import { loadWhile } from './load.ts';
import { faultSize } from './size.ts';
import { startTwoNodes, type TwoNodes } from './two-nodes.ts';

const NAME = 'restarted';
const { restarts } = faultSize();

let server: DatabaseServer;
let nodes: TwoNodes;
beforeAll(async () => {
  server = await startDatabaseServer([]);
  nodes = await startTwoNodes(server, NAME);
});
afterAll(async () => {
  await nodes.stop();
  await server.stop();
});

const manners = [
  ['pg_ctl stop -m fast', 'SIGINT'],
  ['pg_ctl stop -m immediate', 'SIGQUIT'],
  ['kill -9 of the server', 'SIGKILL'],
] as const;

describe('a server that goes away and comes back', () => {
  let round = 0;
  test.each(manners)(
    `issue 6: %s, ${restarts} times under load: refused clearly, nothing lost or doubled, and on it goes`,
    { timeout: 60_000 * (1 + restarts) },
    async (_manner, signal) => {
      for (let times = 0; times < restarts; times += 1) {
        round += 1;
        const report = await loadWhile(
          nodes,
          () => server,
          NAME,
          round,
          async () => {
            await server.end(signal);
            // Somebody meets a server that is not there.
            for (const node of [nodes.a, nodes.b]) {
              const answer = await node.call('console:step', {}, nodes.administrator);
              expect(answer).toMatchObject({
                ok: false,
                error: { code: 'storage-failed', details: { reason: 'unreachable', retryAfterMs: 2_000 } },
              });
            }
            await server.start();
          },
        );
        expect(report.refusals.size).toBeGreaterThan(0);
        console.log(
          `${signal}: ${report.done} of ${report.calls} done, refused: ${[...report.refusals.keys()].join(', ')}; ` +
            `both nodes worked again after ${Math.round(report.recoveredMs)} ms`,
        );
      }
    },
  );
});
