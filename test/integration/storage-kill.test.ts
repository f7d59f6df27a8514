// S21: whenever the program is killed, storage holds the last acknowledged state or the one that was being written.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { countOf, openDocument, openFile, recordsOf } from './storage-counter.ts';

const KILLS = 200;
const CHAINS = 4;
const KILL_WITHIN_ACKNOWLEDGEMENTS = 8;
/** About 25 s of work; many times that on a busy machine. */
const TIMEOUT_MS = 600_000;
const KILL_WITHIN_MS = 4;
const node = join(import.meta.dirname, '../../node_modules/.bin/node');
const writer = join(import.meta.dirname, 'storage-writer.ts');

/** Repeatable randomness (a linear congruential generator): the moments differ, the run's plan does not. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Counts {
  readonly file: number;
  readonly document: number;
}

/** Runs the writer until so many acknowledgements have come and a moment more, kills it, and answers the last ones. */
function runAndKill(folder: string, cache: string, from: Counts, random: () => number): Promise<Counts> {
  const killAfter = 1 + Math.floor(random() * KILL_WITHIN_ACKNOWLEDGEMENTS);
  const delayMs = random() * KILL_WITHIN_MS;
  return new Promise((resolve, reject) => {
    const child = spawn(node, [writer, folder, String(from.file), String(from.document)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    let output = '';
    let errors = '';
    let isDue = false;
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (isDue || output.split('\n').length - 1 < killAfter) return;
      isDue = true;
      setTimeout(() => child.kill('SIGKILL'), delayMs);
    });
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL') {
        reject(new Error(`The writer ended by itself: ${errors}`));
        return;
      }
      const last = (kind: keyof Counts) =>
        Math.max(
          from[kind],
          ...[...output.matchAll(new RegExp(`^${kind} (\\d+)$`, 'gm'))].map((match) => Number(match[1])),
        );
      resolve({ file: last('file'), document: last('document') });
    });
  });
}

test(
  `S21: ${KILLS} kills at random moments: the old or the new state each time, in file and document`,
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'twofold-kill-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    let damage = 0;
    const onRecovered = (): void => void (damage += 1);

    const chain = async (number: number): Promise<number> => {
      const folder = join(root, String(number));
      const random = dice(number + 1);
      let found: Counts = { file: 0, document: 0 };
      let kills = 0;
      // One folder for the whole chain: each writer starts from what the killed one before it left.
      for (; kills < KILLS / CHAINS; kills += 1) {
        const acknowledged = await runAndKill(folder, join(root, 'cache'), found, random);
        found = {
          file: (await openFile(folder, onRecovered).read()) ?? 0,
          document: countOf(await openDocument(folder, onRecovered).load()),
        };
        for (const kind of ['file', 'document'] as const) {
          expect([acknowledged[kind], acknowledged[kind] + 1], `${kind} after kill ${kills}`).toContain(
            found[kind],
          );
        }
      }
      expect(found.file + found.document).toBeGreaterThan(kills);

      const document = openDocument(folder, onRecovered);
      await document.load();
      await document.commit(recordsOf(found.document + 1));
      await document.close();
      await openFile(folder, onRecovered).write(found.file + 1);
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      return kills;
    };

    const kills = await Promise.all(Array.from({ length: CHAINS }, (_, number) => chain(number)));
    expect(kills.reduce((sum, count) => sum + count, 0)).toBe(KILLS);
    expect(damage).toBe(0);
  },
  TIMEOUT_MS,
);
