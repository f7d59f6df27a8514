// Issue 4: each action of an administrator is wholly there with its audit record, or not at all, whenever it is interrupted.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { follow } from './console-follow.ts';
import { openLedger } from './console-ledger.ts';
import { dice, runAndKill } from './killed-writer.ts';

const INTERRUPTIONS = 500;
/** As many run, and are killed, side by side. */
const CHAINS = 2;
/** One kill interrupts the work in each of them, each at another action. */
const CONSOLES = 2;
const KILL_WITHIN_ACKNOWLEDGEMENTS = 12;
/** Somewhat more than a minute of work; many times that on a busy machine. */
const TIMEOUT_MS = 600_000;
const START_MS = Date.UTC(2026, 10, 24);
/** Longer than a session lives, so that each round begins with a sign-in. */
const ROUND_MS = 24 * 60 * 60 * 1000;
/** Actions that must have been interrupted, or done, in such a run. */
const LEAST_KINDS = 20;
const SEED = Number(process.env['TWOFOLD_KILL_SEED'] ?? '1');

test(
  `each action is there with its audit record, or not at all: ${INTERRUPTIONS} times killed`,
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'twofold-console-kill-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const kinds = new Set<string>();
    let amidst = 0;
    let present = 0;

    const chain = async (number: number): Promise<number> => {
      const random = dice(SEED * 100 + number);
      const folders = Array.from({ length: CONSOLES }, (_, place) => join(root, `${number}-${place}`));
      const before: string[] = [];
      for (const [place, folder] of folders.entries()) {
        mkdirSync(folder);
        await (await openLedger(folder, START_MS)).setUp();
        before[place] = await (await openLedger(folder, START_MS)).whole();
      }
      let interruptions = 0;
      for (let round = 1; interruptions < INTERRUPTIONS / CHAINS; round += 1) {
        const seed = String(Math.floor(random() * 2 ** 31));
        const startMs = START_MS + round * ROUND_MS;
        const said = await runAndKill({
          writer: 'console-writer.ts',
          args: [seed, String(startMs), ...folders],
          cache: join(root, 'cache'),
          random,
          within: KILL_WITHIN_ACKNOWLEDGEMENTS,
          acknowledgement: ' done\n',
        });
        for (const [place, folder] of folders.entries()) {
          const own = said.flatMap((line) =>
            line.startsWith(`${place} `) ? [line.slice(`${place} `.length)] : [],
          );
          const known = follow(before[place] ?? '', own);
          const where = `seed ${SEED}, chain ${number}, round ${round}, console ${place}, in: ${known.interrupted ?? 'nothing'}`;
          const ledger = await openLedger(folder, startMs);
          const found = await ledger.whole();
          expect(known.possible, where).toContain(found);
          expect(await ledger.verify(), where).toMatchObject({ kind: 'intact' });
          for (const kind of known.kinds) kinds.add(kind);
          if (known.possible.length > 1) {
            amidst += 1;
            if (found !== known.possible[0]) present += 1;
          }
          before[place] = found;
          interruptions += 1;
        }
      }
      return interruptions;
    };

    const interruptions = await Promise.all(Array.from({ length: CHAINS }, (_, number) => chain(number)));
    expect(interruptions.reduce((sum, count) => sum + count, 0)).toBe(INTERRUPTIONS);
    // The kills came amidst actions of all kinds, some before and some after they were durable.
    expect([...kinds].length).toBeGreaterThan(LEAST_KINDS);
    expect(amidst).toBeGreaterThan(INTERRUPTIONS / 4);
    expect(present).toBeGreaterThan(0);
    expect(present).toBeLessThan(amidst);
  },
  TIMEOUT_MS,
);
