// Issue 3: the vault never loses an account, whenever imports, edits and backups are interrupted.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backupLines, GENERATIONS, openWorld, remains } from './authenticator-ledger.ts';
import { dice, runAndKill } from './killed-writer.ts';
import { smallDisk } from './small-disk.ts';

const INTERRUPTIONS = 500;
/** As many run, and are killed, side by side. */
const CHAINS = 2;
/** One kill interrupts the work in each of them, each at another step. */
const WORLDS = 2;
const KILL_WITHIN_ACKNOWLEDGEMENTS = 12;
/** Below a minute of work; many times that on a busy machine. */
const TIMEOUT_MS = 600_000;
const FULL_DISKS = 100;
const LEFT_KILOBYTES = 40;
const START_MS = Date.UTC(2026, 10, 17);
/** Longer than a writer lives by its own clock, so that later backups have later names. */
const ROUND_MS = 24 * 60 * 60 * 1000;
const SEED = Number(process.env['TWOFOLD_KILL_SEED'] ?? '1');

/** What may be found after an interruption: what was acknowledged, or what was under way. */
interface Known {
  readonly accounts: readonly string[];
  readonly backup: readonly string[];
}

/** Follows what the writer says of one world from what is there before it starts. */
function follow(before: { accounts: string; backup: string }, said: readonly string[]): Known {
  let { accounts, backup } = before;
  let pending: { kind: string; after: string } | null = null;
  for (const line of said) {
    if (line !== 'done') {
      const [kind = ''] = line.split(' ', 1);
      pending = { kind, after: line.slice(kind.length + 1) };
      continue;
    }
    if (pending?.kind === 'backup') backup = pending.after;
    else if (pending !== null) accounts = pending.after;
    pending = null;
  }
  return {
    accounts: pending?.kind === 'change' ? [accounts, pending.after] : [accounts],
    backup: pending?.kind === 'backup' ? [backup, pending.after] : [backup],
  };
}

test(
  `the vault never loses an account: ${INTERRUPTIONS} times killed in imports, edits and backups`,
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'twofold-vault-kill-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));

    const chain = async (number: number): Promise<number> => {
      const random = dice(SEED * 100 + number);
      const folders = Array.from({ length: WORLDS }, (_, world) => join(root, `${number}-${world}`));
      for (const folder of folders) await (await openWorld(folder, START_MS)).setUpBackups();
      let before = folders.map(() => ({ accounts: '', backup: '' }));
      let interruptions = 0;
      for (let round = 1; interruptions < INTERRUPTIONS / CHAINS; round += 1) {
        const seed = String(Math.floor(random() * 2 ** 31));
        const startMs = START_MS + round * ROUND_MS;
        const said = await runAndKill({
          writer: 'authenticator-writer.ts',
          args: [seed, String(startMs), ...folders],
          cache: join(root, 'cache'),
          random,
          within: KILL_WITHIN_ACKNOWLEDGEMENTS,
          acknowledgement: ' done\n',
        });
        before = await Promise.all(
          folders.map(async (folder, world) => {
            const own = said.flatMap((line) =>
              line.startsWith(`${world} `) ? [line.slice(`${world} `.length)] : [],
            );
            const where = `seed ${SEED}, chain ${number}, round ${round}, world ${world}`;
            const known = follow(before[world] ?? { accounts: '', backup: '' }, own);
            const accounts = await (await openWorld(folder, startMs + ROUND_MS / 2)).line();
            expect(known.accounts, where).toContain(accounts);
            const backups = await backupLines(folder);
            expect(known.backup, where).toContain(backups.at(-1));
            return { accounts, backup: backups.at(-1) ?? '' };
          }),
        );
        interruptions += WORLDS;
      }
      // Much was done, and what the killed ones left behind goes with the next writes.
      expect(before.map(({ accounts }) => accounts.length > 0)).not.toContain(false);
      for (const folder of folders) {
        const world = await openWorld(folder, START_MS + 10 * INTERRUPTIONS * ROUND_MS);
        for (let steps = 0; steps < 40; steps += 1) await (await world.nextStep(random)).run();
        expect(remains(folder)).toEqual([]);
        expect(await backupLines(folder)).toHaveLength(GENERATIONS);
      }
      return interruptions;
    };

    const interruptions = await Promise.all(Array.from({ length: CHAINS }, (_, number) => chain(number)));
    expect(interruptions.reduce((sum, count) => sum + count, 0)).toBe(INTERRUPTIONS);
  },
  TIMEOUT_MS,
);

/** Fills the disk but for a few kilobytes, and answers the file to remove for room. */
function fillBut(folder: string, kilobytes: number): string {
  const filler = join(folder, 'filler');
  const reserve = join(folder, 'reserve');
  writeFileSync(reserve, Buffer.alloc(kilobytes * 1024));
  expect(() => writeFileSync(filler, Buffer.alloc(1_000_000))).toThrow('ENOSPC');
  rmSync(reserve);
  return filler;
}

test(
  `the vault never loses an account: ${FULL_DISKS} times the disk is full in imports, edits and backups`,
  async (context) => {
    const { folder } = smallDisk(context, 512);
    const random = dice(SEED);
    await (await openWorld(folder, START_MS)).setUpBackups();
    let known = { accounts: '', backup: '' };
    let refused = 0;
    for (let round = 1; round <= FULL_DISKS; round += 1) {
      const where = `seed ${SEED}, round ${round}`;
      const world = await openWorld(folder, START_MS + round * ROUND_MS);
      const filler = fillBut(folder, Math.floor(random() * LEFT_KILOBYTES));
      let isRefused = false;
      for (let steps = 0; steps < 50 && !isRefused; steps += 1) {
        const step = await world.nextStep(random);
        try {
          await step.run();
          if (step.kind === 'backup') known = { ...known, backup: step.after };
          else known = { ...known, accounts: step.after };
        } catch (error) {
          expect(error, where).toMatchObject({
            code: 'storage-failed',
            details: { reason: 'disk-full' },
          });
          isRefused = true;
          refused += 1;
        }
      }
      // In memory, on the disk while it is full still, and once there is room again.
      expect(await world.line(), where).toBe(known.accounts);
      expect(await (await openWorld(folder, START_MS)).line(), where).toBe(known.accounts);
      expect((await backupLines(folder)).at(-1), where).toBe(known.backup);
      rmSync(filler);
      const step = await world.nextStep(random);
      await step.run();
      if (step.kind === 'backup') known = { ...known, backup: step.after };
      else known = { ...known, accounts: step.after };
      expect(await (await openWorld(folder, START_MS)).line(), where).toBe(known.accounts);
    }
    expect(refused).toBeGreaterThan(FULL_DISKS / 2);
    expect(remains(folder)).toEqual([]);
  },
  TIMEOUT_MS,
);
