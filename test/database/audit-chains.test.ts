// S18 over several chains: whatever is changed past the console shows, and each chain is held by the others.
import { beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { verifyChain } from '../../src-main/console/audit-chain.ts';
import { anchorChains, trimByPolicy } from '../../src-main/console/audit-keeping.ts';
import { type ConsoleContext, createContext } from '../../src-main/console/visit.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { CountingHasher, DAY, HOUR } from '../unit/console/world.ts';
import * as records from './sample-records.ts';
import { withClient } from './server/database-server.ts';
import { emptyDatabase, type TestDatabase } from './server/test-databases.ts';

const CHAINS = 5;

let database: TestDatabase;
let clock: VirtualClock;
let context: ConsoleContext;
beforeEach(async () => {
  database = await emptyDatabase();
  clock = new VirtualClock(records.NOW_MS);
  context = createContext({
    repository: database.repository,
    key: () => {
      throw new TwofoldError('key-needed', 'No secret is opened here.');
    },
    clock,
    hasher: new CountingHasher(),
    events: new EventHub(),
  });
});

/** `CHAINS` transactions that hold their chain at the same moment, `rounds` times. */
async function write(rounds = 4): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    let arrived = 0;
    let open = (): void => undefined;
    const all = new Promise<void>((resolve) => (open = resolve));
    await Promise.all(
      Array.from({ length: CHAINS }, (_, index) =>
        database.repository.transact(async (tx) => {
          await tx.appendAudit(records.note(`Round ${round}, ${index}.`, { atMs: clock.nowMs() }));
          // Sends it, so that the chain is taken.
          await tx.auditChains();
          arrived += 1;
          if (arrived === CHAINS) open();
          await all;
        }),
      ),
    );
  }
}

const change = (statement: string): Promise<unknown> =>
  withClient(database.place, database.name, (client) => client.query(statement));

const verify = () => verifyChain(database.repository);

describe('several chains', () => {
  test('nobody waits for a chain: as many are taken as transactions are under way, and all verify', async () => {
    await write();
    const chains = await database.repository.transact((tx) => tx.auditChains());
    expect(chains.map(({ last }) => last)).toEqual(Array.from({ length: CHAINS }, () => 4));
    expect(await verify()).toEqual({ kind: 'intact', records: CHAINS * 4, firstSequence: 1 });
  });

  test('they are tied together hourly while something is written, by whichever node', async () => {
    expect(await anchorChains(context)).toBe(false);
    await write();
    expect(await anchorChains(context)).toBe(true);
    expect(await anchorChains(context)).toBe(false);
    clock.advance(2 * HOUR);
    // Nothing was written since.
    expect(await anchorChains(context)).toBe(false);
    await write(1);
    expect(await anchorChains(context)).toBe(true);
    const { records: found } = await database.repository.transact((tx) =>
      tx.searchAudit({ ...records.everyRecord, events: ['audit-anchored'] }),
    );
    expect(found).toHaveLength(2);
    expect(found[0]?.ties).toHaveLength(CHAINS);
    expect(await verify()).toMatchObject({ kind: 'intact' });
  });

  test.each([
    ['a changed sentence', `UPDATE twofold.audit SET summary = 'x' WHERE chain = 2 AND position = 2`],
    ['a changed time', `UPDATE twofold.audit SET at_ms = 0 WHERE chain = 3 AND position = 4`],
    ['a changed tie', `UPDATE twofold.audit SET ties = '[]' WHERE event = 'audit-anchored'`],
    ['a record missing in the middle', `DELETE FROM twofold.audit WHERE chain = 1 AND position = 2`],
    ['the first record missing', `DELETE FROM twofold.audit WHERE chain = 4 AND position = 1`],
    ['the last record missing', `DELETE FROM twofold.audit WHERE chain = 1 AND position = 4`],
    [
      'a record of another chain in its place',
      `UPDATE twofold.audit SET chain = 9 WHERE chain = 1 AND position = 3;
       UPDATE twofold.audit SET chain = 1 WHERE chain = 2 AND position = 3;
       UPDATE twofold.audit SET chain = 2 WHERE chain = 9`,
    ],
    [
      'a record added at the end',
      `INSERT INTO twofold.audit SELECT 900, chain, 5, at_ms, event, subject_id, subject, actor_id, actor, browser,
         outcome, summary, ties, previous_hash, hash, subject_key, actor_key, search_text
       FROM twofold.audit WHERE chain = 2 AND position = 4`,
    ],
    [
      'a chain cut off, with its end set back',
      `DELETE FROM twofold.audit WHERE chain = 2 AND position > 2;
       UPDATE twofold.audit_chains SET last = 2,
         hash = (SELECT hash FROM twofold.audit WHERE chain = 2 AND position = 2) WHERE id = 2`,
    ],
    [
      'a chain removed as a whole',
      `DELETE FROM twofold.audit WHERE chain = 3; DELETE FROM twofold.audit_chains WHERE id = 3;
       DELETE FROM twofold.audit_starts WHERE chain = 3`,
    ],
    [
      'a beginning removed, with the start set on',
      `UPDATE twofold.audit_starts SET first = 3,
         before = (SELECT hash FROM twofold.audit WHERE chain = 2 AND position = 2) WHERE chain = 2;
       DELETE FROM twofold.audit WHERE chain = 2 AND position < 3`,
    ],
  ])('%s shows', async (_what, statement) => {
    await write();
    await anchorChains(context);
    expect(await verify()).toMatchObject({ kind: 'intact' });
    await change(statement);
    expect(await verify()).toMatchObject({ kind: 'broken' });
  });

  test('the record with the lowest number is named', async () => {
    await write();
    await change(`UPDATE twofold.audit SET summary = 'x' WHERE sequence IN (17, 8, 12)`);
    expect(await verify()).toMatchObject({ kind: 'broken', firstBrokenSequence: 8 });
  });

  test('retention cuts all chains at one number, says where each begins, and past it a missing record shows', async () => {
    await write(3);
    clock.advance(10 * DAY);
    await write(3);
    await database.repository.transact(async (tx) => {
      const policy = { ...records.organization.policy, auditRetentionDays: 5 };
      await tx.putOrganization({ ...records.organization, policy });
    });
    expect(await trimByPolicy(context, 5)).toBe(CHAINS * 3);
    expect(await verify()).toEqual({
      kind: 'intact',
      records: CHAINS * 3 + 1,
      firstSequence: CHAINS * 3 + 1,
    });
    await write(1);
    expect(await verify()).toMatchObject({ kind: 'intact' });
    await change(`UPDATE twofold.audit_starts SET first = 5,
      before = (SELECT hash FROM twofold.audit WHERE chain = 2 AND position = 4) WHERE chain = 2;
      DELETE FROM twofold.audit WHERE chain = 2 AND position < 5`);
    expect(await verify()).toMatchObject({ kind: 'broken' });
  });
});
