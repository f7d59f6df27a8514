// Issue 4: each action of an administrator is wholly there with its audit record, or not at all, whenever it is interrupted.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openLedger } from './console-ledger.ts';
import { dice } from './dice.ts';

const INTERRUPTIONS = 500;
/** As many run, and are killed, side by side. */
const CHAINS = 2;
/** One kill interrupts the work in each of them, each at another action. */
const CONSOLES = 2;
const KILL_WITHIN_ACKNOWLEDGEMENTS = 12;
const KILL_WITHIN_MS = 4;
/** Somewhat more than a minute of work; many times that on a busy machine. */
const TIMEOUT_MS = 600_000;
const START_MS = Date.UTC(2026, 10, 24);
/** Longer than a session lives, so that each round begins with a sign-in. */
const ROUND_MS = 24 * 60 * 60 * 1000;
/** Actions that must have been interrupted, or done, in such a run. */
const LEAST_KINDS = 20;
const SEED = Number(process.env['TWOFOLD_KILL_SEED'] ?? '1');
const node = join(import.meta.dirname, '../../node_modules/.bin/node');
const writer = join(import.meta.dirname, 'console-writer.ts');

interface Known {
  /** The fingerprints of which one must be found: what was acknowledged, or a commit of what was under way. */
  readonly possible: readonly string[];
  readonly kinds: readonly string[];
  /** The kind of the action that was cut off. */
  readonly interrupted: string | null;
}

/** Follows what the writer says of one console from what was stored before it started. */
function follow(before: string, said: readonly string[]): Known {
  let acknowledged = before;
  let pending: { kind: string; after: readonly string[] } | null = null;
  const kinds: string[] = [];
  for (const line of said) {
    if (line === 'done') {
      acknowledged = pending?.after.at(-1) ?? acknowledged;
      pending = null;
      continue;
    }
    const [, after = '', kind = ''] = /^begin (\S*) (.*)$/.exec(line) ?? [];
    pending = { kind, after: after === '' ? [] : after.split(',') };
    kinds.push(kind);
  }
  return { possible: [acknowledged, ...(pending?.after ?? [])], kinds, interrupted: pending?.kind ?? null };
}

/** Runs the writer until so many acknowledgements have come and a moment more, kills it, and answers what it said. */
function runAndKill(
  args: readonly string[],
  cache: string,
  random: () => number,
): Promise<readonly string[]> {
  const killAfter = 1 + Math.floor(random() * KILL_WITHIN_ACKNOWLEDGEMENTS);
  const delayMs = random() * KILL_WITHIN_MS;
  return new Promise((resolve, reject) => {
    const child = spawn(node, [writer, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    let output = '';
    let errors = '';
    let isDue = false;
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (isDue || output.split(' done\n').length - 1 < killAfter) return;
      isDue = true;
      setTimeout(() => child.kill('SIGKILL'), delayMs);
    });
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL') {
        reject(new Error(`The writer ended by itself: ${errors}`));
        return;
      }
      // A last line without its end was cut off by the kill: what it tells was not begun yet.
      resolve(output.split('\n').slice(0, -1));
    });
  });
}

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
        before[place] = (await openLedger(folder, START_MS)).whole();
      }
      let interruptions = 0;
      for (let round = 1; interruptions < INTERRUPTIONS / CHAINS; round += 1) {
        const seed = String(Math.floor(random() * 2 ** 31));
        const startMs = START_MS + round * ROUND_MS;
        const said = await runAndKill([seed, String(startMs), ...folders], join(root, 'cache'), random);
        for (const [place, folder] of folders.entries()) {
          const own = said.flatMap((line) =>
            line.startsWith(`${place} `) ? [line.slice(`${place} `.length)] : [],
          );
          const known = follow(before[place] ?? '', own);
          const where = `seed ${SEED}, chain ${number}, round ${round}, console ${place}, in: ${known.interrupted ?? 'nothing'}`;
          const ledger = await openLedger(folder, startMs);
          expect(known.possible, where).toContain(ledger.whole());
          expect(await ledger.verify(), where).toMatchObject({ kind: 'intact' });
          for (const kind of known.kinds) kinds.add(kind);
          if (known.possible.length > 1) {
            amidst += 1;
            if (ledger.whole() !== known.possible[0]) present += 1;
          }
          before[place] = ledger.whole();
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
