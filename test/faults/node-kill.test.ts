// S21, issue 6: a node that is killed amidst an action leaves it wholly done, with its audit record, or not at all.
import { expect, test } from 'vitest';
import { serverPlace } from '../database/server/test-databases.ts';
import { kindsOfActions } from '../integration/console-ledger.ts';
import { killAmidst } from './database-kill.ts';
import { faultSize } from './size.ts';

const { kills, kinds: most } = faultSize();
const kinds = kindsOfActions.slice(0, most);

test(
  `S21: ${kinds.length} kinds of actions, each killed in the middle ${kills} times: there with its audit record, or not at all`,
  { timeout: 120_000 + kinds.length * kills * 2_000 },
  async () => {
    const killed = await killAmidst(serverPlace(), { kinds, kills }, ({ kind, amidst, present, nodes }) =>
      console.log(`${kind}: cut off ${amidst} times by ${nodes} kills, ${present} times it was there`),
    );
    expect(new Set(killed.map(({ kind }) => kind))).toEqual(new Set(kinds));
    for (const { kind, amidst } of killed)
      expect({ kind, enough: amidst >= kills }).toEqual({ kind, enough: true });
    // Of many, some come after the server was told to commit, and some before.
    for (const { kind, amidst, present } of kills < 100 ? [] : killed) {
      expect({ kind, both: present > 0 && present < amidst }).toEqual({ kind, both: true });
    }
    const total = killed.reduce((sum, { amidst }) => sum + amidst, 0);
    console.log(`${total} actions of ${killed.length} kinds were cut off`);
  },
);
