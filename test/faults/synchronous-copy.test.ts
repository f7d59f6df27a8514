// Issue 6: a server that acknowledges only what its copy has, while the copy is away.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PostgresRepository } from '../../src-main/console/postgres/postgres-repository.ts';
import {
  addressOf,
  createDatabase,
  type DatabaseServer,
  startDatabaseServer,
} from '../database/server/database-server.ts';
import { waitForCopy, write } from './replication.ts';

const NAME = 'waiting';

let server: DatabaseServer;
beforeEach(async () => {
  server = await startDatabaseServer(['synchronous_commit=on']);
  await server.copy();
});
afterEach(() => server.stop());

test('issue 6: while the copy that commits wait for is away, it is said that the outcome is not known', async () => {
  await createDatabase(server, NAME);
  const address = { ...addressOf(server, NAME) };
  const repository = await PostgresRepository.open({ address, password: null, answerMs: 1_000 });
  await waitForCopy(server);
  await write(repository, 'first');
  await server.end('SIGINT', 'copy');
  await expect(write(repository, 'waits')).rejects.toMatchObject({
    code: 'storage-failed',
    details: { reason: 'outcome-unknown', retryAfterMs: 2_000 },
  });
  await server.start('copy');
  await write(repository, 'second');
  await repository.close();
});
