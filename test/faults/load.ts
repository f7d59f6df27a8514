// Two nodes under load while something happens to their server, and what must hold of all that they answered.
import { setTimeout as pauseFor } from 'node:timers/promises';
import { expect } from 'vitest';
import { z } from 'zod';
import { type ServerPlace, withClient } from '../database/server/database-server.ts';
import { Browser, type CallEnvelope, type TestNode } from './test-node.ts';
import { PASSWORD, STEP_MS, type TwoNodes, USER } from './two-nodes.ts';

/** Callers at each node who add users, and who sign in with one code. */
const ADDING = 3;
const SIGNING_IN = 2;
/** A call is tried again for so long until the node has recovered. */
const RECOVERY_MS = 60_000;
/** Fewer than a session lives, so that the administrator stays signed in. */
const MOST_STEPS = 600;

type Outcome = 'done' | 'refused' | 'unknown';

const Refused = z.object({
  code: z.literal('storage-failed'),
  message: z.string().regex(/^[A-Z].*\./),
  details: z.looseObject({ reason: z.string(), retryAfterMs: z.number().positive() }),
});

/** What became of the calls. */
class Ledger {
  readonly added = new Map<string, Outcome>();
  /** By the step of the code: how often it was accepted, and how often that is not known. */
  readonly codes = new Map<number, { accepted: number; unknown: number }>();
  /** By reason: sentences that refused calls. */
  readonly refusals = new Map<string, Set<string>>();

  /** A call that the database failed is refused clearly, with when to try again. */
  note(answer: CallEnvelope): Outcome {
    if (answer.ok) return 'done';
    const refused = Refused.safeParse(answer.error);
    if (!refused.success) throw new Error(`Refused for another reason: ${JSON.stringify(answer.error)}`);
    const { message, details } = refused.data;
    const sentences = this.refusals.get(details.reason) ?? new Set<string>();
    this.refusals.set(details.reason, sentences.add(message));
    return details.reason === 'outcome-unknown' ? 'unknown' : 'refused';
  }
}

/** What other callers than those of the database\u2019s failures are told: this is about the rules. */
const isRule = (answer: CallEnvelope): boolean => !answer.ok && answer.error.code !== 'storage-failed';

const copyOf = (browser: Browser): Browser => {
  const copy = new Browser('Copy');
  copy.slots = browser.slots;
  return copy;
};

export interface Report {
  readonly calls: number;
  readonly done: number;
  /** By reason: the sentences. */
  readonly refusals: ReadonlyMap<string, ReadonlySet<string>>;
  /** Milliseconds after which both nodes worked again, with no word from anybody. */
  readonly recoveredMs: number;
}

/**
 * Loads both nodes, lets `disturb` happen in the middle, waits until both work again by themselves, and checks the whole
 * database. Throws or fails the test where anything is lost, doubled or half there.
 */
export async function loadWhile(
  nodes: TwoNodes,
  placeAfter: () => ServerPlace,
  database: string,
  round: number,
  disturb: () => Promise<void>,
): Promise<Report> {
  const ledger = new Ledger();
  const over = new AbortController();
  const both = [nodes.a, nodes.b];
  let turn = 0;
  let done = 0;

  const addOne = async (node: TestNode): Promise<Outcome> => {
    turn += 1;
    const userName = `r${round}.u${turn}`;
    const input = { userName, displayName: `User ${turn}`, role: 'user', unitId: null };
    const outcome = ledger.note(
      await node.call('administration:addUser', input, copyOf(nodes.administrator)),
    );
    ledger.added.set(userName, outcome);
    if (outcome === 'done') done += 1;
    return outcome;
  };

  const adding = async (node: TestNode): Promise<void> => {
    while (!over.signal.aborted) await addOne(node);
  };

  /** Answers whether the code may be used up. */
  const signInOnce = async (node: TestNode, step: number): Promise<boolean> => {
    const browser = new Browser('Sign-in');
    const first = await node.call('console:signIn', { userName: USER, password: PASSWORD }, browser);
    if (isRule(first) || ledger.note(first) !== 'done') return false;
    const code = nodes.codeAt(nodes.nowMs + step * STEP_MS);
    const second = await node.call('console:submitCode', { code, trustBrowser: false }, browser);
    if (isRule(second)) return true;
    const outcome = ledger.note(second);
    const seen = ledger.codes.get(step) ?? { accepted: 0, unknown: 0 };
    ledger.codes.set(step, seen);
    if (outcome === 'done') seen.accepted += 1;
    if (outcome === 'unknown') seen.unknown += 1;
    return outcome !== 'refused';
  };

  const firstStep = round * (MOST_STEPS + 1);
  const setClocks = (step: number): Promise<unknown> =>
    Promise.all(both.map((node) => node.setClock(nodes.nowMs + step * STEP_MS)));
  /** The same code at both nodes until it is used up, then the next one. */
  const signingIn = async (): Promise<void> => {
    let step = firstStep + 1;
    while (!over.signal.aborted && step <= firstStep + MOST_STEPS) {
      await setClocks(step);
      const isUsed = await Promise.all(
        both.flatMap((node) => Array.from({ length: SIGNING_IN }, () => signInOnce(node, step))),
      );
      if (isUsed.includes(true)) step += 1;
    }
  };

  await setClocks(firstStep);
  await nodes.signInAdministrator(nodes.nowMs + firstStep * STEP_MS);
  const workers = [
    ...both.flatMap((node) => Array.from({ length: ADDING }, () => adding(node))),
    signingIn(),
  ];
  const ended = Promise.all(workers);
  ended.catch(() => over.abort());
  const until = async (isThere: () => boolean | Promise<boolean>, what: string): Promise<void> => {
    const startedMs = performance.now();
    while (!(await isThere())) {
      if (over.signal.aborted) await ended;
      if (performance.now() - startedMs > RECOVERY_MS) throw new Error(`Not within a minute: ${what}.`);
      await pauseFor(20);
    }
  };
  await until(() => done >= 2 * ADDING, 'the load has begun');
  await disturb();
  const disturbedMs = performance.now();
  const doneBefore = done;
  for (const node of both) {
    await until(async () => (await addOne(node)) === 'done', 'a node works again');
  }
  const recoveredMs = performance.now() - disturbedMs;
  await until(() => done > doneBefore + 2 * ADDING, 'the load goes on');
  over.abort();
  await ended;
  await checkDatabase(placeAfter(), database, round, ledger);
  expect(await nodes.a.verify()).toMatchObject({ kind: 'intact' });
  expect(await nodes.b.verify()).toMatchObject({ kind: 'intact' });
  return { calls: turn, done, refusals: ledger.refusals, recoveredMs };
}

const Added = z.array(z.object({ name: z.string(), users: z.number(), records: z.number() }));
const Accepted = z.array(z.object({ steps: z.number(), records: z.number() }));
const Numbers = z.tuple([z.object({ n: z.number() })]);

/** What was acknowledged is there once and wholly, what was refused is not, and nothing stands there in part. */
async function checkDatabase(
  place: ServerPlace,
  database: string,
  round: number,
  { added, codes }: Ledger,
): Promise<void> {
  await withClient(place, database, async (client) => {
    const { rows } = await client.query(
      `SELECT name, count(DISTINCT u.id)::int AS users, count(DISTINCT a.sequence)::int AS records
       FROM (SELECT user_name AS name FROM twofold.users
             UNION SELECT subject FROM twofold.audit WHERE event = 'user-added') names
       LEFT JOIN twofold.users u ON u.user_name = name
       LEFT JOIN twofold.audit a ON a.subject = name AND a.event = 'user-added'
       WHERE name LIKE $1 GROUP BY name`,
      [`r${round}.u%`],
    );
    const found = new Map(Added.parse(rows).map((row) => [row.name, row]));
    for (const { name, users, records } of found.values()) {
      expect({ name, users, records }).toEqual({ name, users: 1, records: 1 });
    }
    for (const [name, outcome] of added) {
      if (outcome === 'unknown') continue;
      expect({ name, isThere: found.has(name) }).toEqual({ name, isThere: outcome === 'done' });
    }
    for (const name of found.keys()) expect(added.has(name)).toBe(true);
    // No code twice: neither by what was answered nor by what is written down.
    for (const [step, { accepted }] of codes)
      expect({ step, twice: accepted > 1 }).toEqual({ step, twice: false });
    const accepted = await client.query(
      `SELECT count(DISTINCT at_ms)::int AS steps, count(*)::int AS records
       FROM twofold.audit WHERE event = 'code-accepted' AND subject = $1`,
      [USER],
    );
    const [counts] = Accepted.parse(accepted.rows);
    expect(counts?.records).toBe(counts?.steps);
    // Nothing belongs to somebody who is not there.
    const orphans = await client.query(
      `SELECT ((SELECT count(*) FROM twofold.factors t WHERE NOT EXISTS (SELECT FROM twofold.users WHERE id = t.user_id))
             + (SELECT count(*) FROM twofold.sessions t WHERE NOT EXISTS (SELECT FROM twofold.users WHERE id = t.user_id))
             + (SELECT count(*) FROM twofold.trusts t WHERE NOT EXISTS (SELECT FROM twofold.users WHERE id = t.user_id)))::int AS n`,
    );
    expect(Numbers.parse(orphans.rows)[0].n).toBe(0);
  });
}
