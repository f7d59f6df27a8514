// Kills a node in the middle of each kind of action, again and again, and looks each time at what the databases hold.
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import { createDatabase, type ServerPlace, withClient } from '../database/server/database-server.ts';
import { follow } from '../integration/console-follow.ts';
import { dice, runUntilKilled } from '../integration/killed-writer.ts';
import { openDatabaseLedger } from './database-ledger.ts';
import type { WriterOrder } from './database-writer.ts';

const START_MS = Date.UTC(2026, 10, 24);
/** An action takes one time step, and perhaps another one before. */
const ROUND_MS = 120_000;
/** Fewer than a session lives that is not used: what is undone does not count as use. */
const ROUNDS = 12;
/** One kill interrupts the work in each of them. */
const CONSOLES = 6;
const TEMPLATE = 'kill_template';
const SEED = Number(process.env['TWOFOLD_KILL_SEED'] ?? '1');

/** Kinds that need somebody with a factor, a trusted browser or a session to lose. */
const needsEquipped = (kind: string): boolean => /^(?:reset|end|bulk (?:reset|end)|2FA)/.test(kind);

/** The steps before one of that kind. */
function stepsBefore(kind: string): string[] {
  if (kind === 'code') return ['password'];
  if (kind === 'equip') return ['add'];
  return needsEquipped(kind) ? ['equip'] : [];
}

/** The server notices the end of a connection by itself, but not at once; what it was told to commit is done then. */
const untilAlone = (place: ServerPlace, names: readonly string[]): Promise<void> =>
  withClient(place, 'postgres', async (client) => {
    const count = 'SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = ANY($1)';
    for (;;) {
      const { rows } = await client.query<{ n: number }>(count, [names]);
      if (rows[0]?.n === 0) return;
      await pause(2);
    }
  });

/** Any of them, and each third time one of the last, where the consoles commit. */
function statementToDieAt(statements: number, random: () => number): number {
  const isLate = random() < 1 / 3;
  const from = isLate ? Math.max(0, statements - CONSOLES) : 0;
  return 1 + from + Math.floor(random() * (statements - from));
}

export interface KilledKind {
  readonly kind: string;
  /** Actions that were cut off in the middle. */
  readonly amidst: number;
  /** Those of them that were wholly there all the same; the others were not at all. */
  readonly present: number;
  /** Nodes that were killed for it. */
  readonly nodes: number;
}

/** Kills nodes until an action of each of those kinds was cut off so many times. */
export async function killAmidst(
  place: ServerPlace,
  { kinds, kills }: { readonly kinds: readonly string[]; readonly kills: number },
  onKind: (killed: KilledKind) => void = () => undefined,
): Promise<readonly KilledKind[]> {
  const root = mkdtempSync(join(tmpdir(), 'twofold-database-kill-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const template = join(root, 'template');
  mkdirSync(template);
  const wholeAtStart = await prepareTemplate(place, template);
  const left = [...kinds];
  const done: KilledKind[] = [];

  const chain = async (number: number): Promise<void> => {
    for (let kind = left.shift(); kind !== undefined; kind = left.shift()) {
      const killed = await killKind(kind, number);
      done.push(killed);
      onKind(killed);
    }
  };

  const killKind = async (kind: string, chainNumber: number): Promise<KilledKind> => {
    const random = dice(SEED * 1_000 + kinds.indexOf(kind));
    const consoles = Array.from({ length: Math.min(CONSOLES, kills) }, (_, index) => ({
      name: `killed_${chainNumber}_${index}`,
      folder: join(root, `${chainNumber}-${index}`),
    }));
    const names = consoles.map(({ name }) => name);
    let wholes: string[] = [];
    const reset = async (): Promise<void> => {
      for (const { name, folder } of consoles) {
        await createDatabase(place, name, `TEMPLATE ${TEMPLATE}`);
        cpSync(template, folder, { recursive: true });
      }
      wholes = names.map(() => wholeAtStart);
    };
    // Of a whole run, measured by one that is killed at its end.
    let statements = 0;
    let amidst = 0;
    let present = 0;
    let nodes = 0;
    for (let round = 0; amidst < kills; round += 1) {
      if (round > 20 * kills) throw new Error(`${kind} cannot be interrupted.`);
      if (round % ROUNDS === 0) await reset();
      const startMs = START_MS + (2 + (round % ROUNDS)) * ROUND_MS;
      const order: WriterOrder = {
        place,
        consoles,
        seed: Math.floor(random() * 2 ** 31),
        startMs,
        before: stepsBefore(kind),
        kind,
        killAt: statements === 0 ? Number.MAX_SAFE_INTEGER : statementToDieAt(statements, random),
        isSent: random() < 0.5,
      };
      const said = await runUntilKilled(
        '../faults/database-writer.ts',
        [JSON.stringify(order)],
        join(root, 'cache'),
      );
      nodes += 1;
      const measured = said.find((line) => line.startsWith('statements '));
      if (statements === 0) statements = Number(measured?.slice('statements '.length) ?? 0);
      await untilAlone(place, names);
      for (const [index, { name, folder }] of consoles.entries()) {
        const own = said.flatMap((line) => (line.startsWith(`${index} `) ? [line.slice(2)] : []));
        const known = follow(wholes[index] ?? '', own);
        const where = `seed ${SEED}, round ${round}, console ${index}, in: ${known.interrupted ?? kind}`;
        const { ledger, close } = await openDatabaseLedger(place, name, folder, startMs);
        const whole = await ledger.whole();
        expect(known.possible, where).toContain(whole);
        expect(await ledger.verify(), where).toMatchObject({ kind: 'intact' });
        await close();
        if (known.interrupted === kind && known.possible.length > 1) {
          amidst += 1;
          if (whole !== known.possible[0]) present += 1;
        }
        wholes[index] = whole;
      }
    }
    return { kind, amidst, present, nodes };
  };

  await Promise.all([chain(0), chain(1)]);
  return done;
}

/** A database with an organization, an administrator who is signed in, units, and users with something to lose. */
async function prepareTemplate(place: ServerPlace, folder: string): Promise<string> {
  await createDatabase(place, TEMPLATE);
  const first = await openDatabaseLedger(place, TEMPLATE, folder, START_MS);
  await first.ledger.setUp();
  await first.close();
  const { ledger, close } = await openDatabaseLedger(place, TEMPLATE, folder, START_MS);
  await ledger.staySignedIn();
  const random = dice(SEED);
  for (const kind of ['import', 'add unit', 'add unit', 'equip']) {
    await (await ledger.nextStep(random, kind)).run();
  }
  const whole = await ledger.whole();
  await close();
  return whole;
}
