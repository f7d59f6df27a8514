// S21: whenever the program is killed, storage holds the last acknowledged state or the one that was being written.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dice, runAndKill } from './killed-writer.ts';
import { countOf, openDocument, openFile, recordsOf } from './storage-counter.ts';

const KILLS = 200;
const CHAINS = 4;
const KILL_WITHIN_ACKNOWLEDGEMENTS = 8;
/** About 25 s of work; many times that on a busy machine. */
const TIMEOUT_MS = 600_000;

interface Counts {
  readonly file: number;
  readonly document: number;
}

/** The last that was acknowledged of each kind: what the writer said, or what it began with. */
function lastOf(said: readonly string[], from: Counts): Counts {
  const last = (kind: keyof Counts): number =>
    Math.max(
      from[kind],
      ...said.map((line) => (line.startsWith(`${kind} `) ? Number(line.slice(kind.length + 1)) : 0)),
    );
  return { file: last('file'), document: last('document') };
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
        const said = await runAndKill({
          writer: 'storage-writer.ts',
          args: [folder, String(found.file), String(found.document)],
          cache: join(root, 'cache'),
          random,
          within: KILL_WITHIN_ACKNOWLEDGEMENTS,
          acknowledgement: '\n',
        });
        const acknowledged = lastOf(said, found);
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
