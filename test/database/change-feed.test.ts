// Issue 6: what is changed at one node is shown at the others, with and without notifications.
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../src-main/clock/system-clock.ts';
import { ChangeFeed } from '../../src-main/console/postgres/change-feed.ts';
import { Database } from '../../src-main/console/postgres/database.ts';
import { note } from './sample-records.ts';
import { addressOf, createDatabase, withClient } from './server/database-server.ts';
import { openDatabase, serverPlace } from './server/test-databases.ts';

const place = serverPlace();
const NAME = 'told';
const OTHER = 'told_nothing';

interface Node {
  readonly feed: ChangeFeed;
  /** How often it was told of a change. */
  readonly heard: () => number;
  readonly act: () => Promise<void>;
}

/** A node whose listening connection is to the database `listensTo`: to another one, nothing comes, as behind a pooler. */
async function startNode(listensTo = NAME): Promise<Node> {
  const repository = await openDatabase(place, NAME);
  let changes = 0;
  const { database } = repository;
  const listening = new Database({ address: addressOf(place, listensTo), password: null });
  const feed = new ChangeFeed({
    database: {
      connected: (work) => database.connected(work),
      newClient: () => listening.newClient(),
    },
    clock: systemClock,
    onChange: () => {
      changes += 1;
    },
    lookMs: 100,
  });
  onTestFinished(async () => {
    await feed.close();
    await listening.close();
    await repository.close();
  });
  return {
    feed,
    heard: () => changes,
    async act() {
      await repository.transact((tx) => tx.appendAudit(note('Signed in.')));
      feed.tell();
    },
  };
}

const listening = (node: Node): Promise<void> =>
  vi.waitFor(() => expect(node.feed.isHeard).toBe(true), 10_000);

beforeEach(async () => {
  await createDatabase(place, NAME);
  await createDatabase(place, OTHER);
});

describe('issue 6: changes at other nodes', () => {
  test('are heard of at once, by all others and not by the node itself', async () => {
    const nodes = [await startNode(), await startNode(), await startNode()] as const;
    await Promise.all(nodes.map(listening));
    const before = nodes.map((node) => node.heard());
    await nodes[0].act();
    await vi.waitFor(() => {
      expect(nodes[1].heard()).toBeGreaterThan(before[1] ?? 0);
      expect(nodes[2].heard()).toBeGreaterThan(before[2] ?? 0);
    }, 10_000);
    expect(nodes[0].heard()).toBe(before[0]);
  });

  test('many in a row are told as few', async () => {
    const [teller, hearer] = [await startNode(), await startNode()];
    await Promise.all([listening(teller), listening(hearer)]);
    const before = hearer.heard();
    for (let index = 0; index < 500; index += 1) teller.feed.tell();
    await vi.waitFor(() => expect(hearer.heard()).toBeGreaterThanOrEqual(before + 2), 10_000);
    expect(hearer.heard()).toBe(before + 2);
  });

  test('a connection that was cut is opened again, and what was missed is looked at', async () => {
    const [teller, hearer] = [await startNode(), await startNode()];
    await Promise.all([listening(teller), listening(hearer)]);
    const before = hearer.heard();
    await withClient(place, NAME, (client) =>
      client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'`),
    );
    await vi.waitFor(() => expect(hearer.heard()).toBeGreaterThan(before), 10_000);
    await listening(hearer);
    const then = hearer.heard();
    await teller.act();
    await vi.waitFor(() => expect(hearer.heard()).toBeGreaterThan(then), 10_000);
  });

  test('where notifications do not come through, as with a pooler in transaction mode, it looks by itself', async () => {
    const [teller, looker] = [await startNode(), await startNode(OTHER)];
    await listening(teller);
    // What happened before its first look is nothing new to it.
    await vi.waitFor(async () => {
      await teller.act();
      expect(looker.heard()).toBeGreaterThan(0);
    }, 10_000);
    expect(looker.feed.isHeard).toBe(false);
    // Without a change nothing is told, however often it looks: each look of each node sends a probe.
    await withClient(place, NAME, async (client) => {
      let probes = 0;
      client.on('notification', () => (probes += 1));
      await client.query('LISTEN twofold_changed');
      const untilLooked = async (): Promise<void> => {
        const least = probes + 8;
        await vi.waitFor(() => expect(probes).toBeGreaterThan(least), 10_000);
      };
      await untilLooked();
      const before = looker.heard();
      await untilLooked();
      expect(looker.heard()).toBe(before);
    });
  });
});
