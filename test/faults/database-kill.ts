// Kills a node in the middle of its actions, again and again, and looks each time at what the database holds.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { createDatabase, type ServerPlace, withClient } from '../database/server/database-server.ts';
import { follow } from '../integration/console-follow.ts';
import { dice, runAndKill } from '../integration/killed-writer.ts';
import { openDatabaseLedger } from './database-ledger.ts';

const START_MS = Date.UTC(2026, 10, 24);
/** Longer than a session lives, so that each round begins with a sign-in. */
const ROUND_MS = 24 * 60 * 60 * 1000;
const KILL_WITHIN_ACKNOWLEDGEMENTS = 12;
/** About as long as an action takes with its rehearsal. */
const KILL_WITHIN_MS = 40;
const SEED = Number(process.env['TWOFOLD_KILL_SEED'] ?? '1');

/** The server notices the end of a connection by itself, but not at once; what it was told to commit is done then. */
async function untilAlone(place: ServerPlace, name: string): Promise<void> {
  for (;;) {
    const left = await withClient(place, 'postgres', async (client) => {
      const { rows } = await client.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = $1',
        [name],
      );
      return rows[0]?.n ?? 0;
    });
    if (left === 0) return;
    await pause(2);
  }
}

export interface Killed {
  /** Kinds of actions that were done or interrupted. */
  readonly kinds: ReadonlySet<string>;
  readonly interruptedKinds: ReadonlySet<string>;
  /** Kills amidst an action, and those of them after which it was there all the same. */
  readonly amidst: number;
  readonly present: number;
}

/** `chains` nodes side by side, each over a database of its own, killed so many times together. */
export async function killAgainAndAgain(
  place: ServerPlace,
  { times, chains }: { readonly times: number; readonly chains: number },
): Promise<Killed> {
  const root = mkdtempSync(join(tmpdir(), 'twofold-database-kill-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const kinds = new Set<string>();
  const interruptedKinds = new Set<string>();
  let amidst = 0;
  let present = 0;

  const chain = async (number: number): Promise<void> => {
    const random = dice(SEED * 100 + number);
    const name = `killed_${number}`;
    const folder = join(root, String(number));
    mkdirSync(folder);
    await createDatabase(place, name);
    const first = await openDatabaseLedger(place, name, folder, START_MS);
    await first.ledger.setUp();
    await first.close();
    const look = async (startMs: number) => {
      const { ledger, close } = await openDatabaseLedger(place, name, folder, startMs);
      const found = { whole: await ledger.whole(), verdict: await ledger.verify() };
      await close();
      return found;
    };
    let before = (await look(START_MS)).whole;
    for (let round = 1; round <= times / chains; round += 1) {
      const seed = String(Math.floor(random() * 2 ** 31));
      const startMs = START_MS + round * ROUND_MS;
      const said = await runAndKill({
        writer: '../faults/database-writer.ts',
        args: [JSON.stringify(place), name, folder, seed, String(startMs)],
        cache: join(root, 'cache'),
        random,
        within: KILL_WITHIN_ACKNOWLEDGEMENTS,
        withinMs: KILL_WITHIN_MS,
        acknowledgement: 'done\n',
      });
      await untilAlone(place, name);
      const known = follow(before, said);
      const where = `seed ${SEED}, chain ${number}, round ${round}, in: ${known.interrupted ?? 'nothing'}`;
      const { whole, verdict } = await look(startMs);
      expect(known.possible, where).toContain(whole);
      expect(verdict, where).toMatchObject({ kind: 'intact' });
      for (const kind of known.kinds) kinds.add(kind);
      if (known.interrupted !== null) interruptedKinds.add(known.interrupted);
      if (known.possible.length > 1) {
        amidst += 1;
        if (whole !== known.possible[0]) present += 1;
      }
      before = whole;
    }
  };

  await Promise.all(Array.from({ length: chains }, (_, number) => chain(number)));
  return { kinds, interruptedKinds, amidst, present };
}
