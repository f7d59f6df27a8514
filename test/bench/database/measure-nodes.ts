// Sign-ins a second through 1, 2 and 4 processes over one server, and what one sign-in costs each part.
import { type ChildProcess, fork } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type ServerPlace, withClient } from '../../database/server/database-server.ts';
import type { BenchRow } from '../bench-row.ts';
import { median } from '../report.ts';
import { type BenchOrganization, START_MS } from './bench-organization.ts';
import { NodeResult, type NodeSettings } from './node-messages.ts';

const nodeProgram = join(import.meta.dirname, '../../../node_modules/.bin/node');

const ROUNDS = 3;
const FOR_MS = 5_000;
/** Sign-ins under way at once, over all nodes. */
const AT_ONCE = 16;
const DAY_MS = 86_400_000;
/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

class BenchNodeProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(settings: NodeSettings): Promise<BenchNodeProcess> {
    const child = fork(join(import.meta.dirname, 'bench-node.ts'), [JSON.stringify(settings)], {
      execPath: nodeProgram,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const started = new BenchNodeProcess(child);
    await started.#heard();
    return started;
  }

  #heard(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const end = (): void => reject(new Error('The node has ended.'));
      this.#child.once('exit', end);
      this.#child.once('message', (message: unknown) => {
        this.#child.off('exit', end);
        resolve(message);
      });
    });
  }

  async work(): Promise<NodeResult> {
    const answer = this.#heard();
    this.#child.send({ forMs: FOR_MS });
    return NodeResult.parse(await answer);
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.disconnect();
    await ended;
  }
}

/** Processor time of the server and all its processes; null where the system does not tell. */
function serverProcessorMs(pid: number): number | null {
  try {
    let ticks = 0;
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue;
      try {
        // After the name, which may hold anything: state, parent, …, own time at 12 and 13, that of ended children after it.
        const fields = (readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1] ?? '').split(' ');
        const isServer = Number(name) === pid;
        if (!isServer && Number(fields[1]) !== pid) continue;
        const counted = isServer ? [11, 12, 13, 14] : [11, 12];
        ticks += counted.reduce((sum, index) => sum + Number(fields[index]), 0);
      } catch {
        // It has ended meanwhile.
      }
    }
    return ticks * TICK_MS;
  } catch {
    return null;
  }
}

const Traces = z.array(
  z.object({ wal: z.coerce.number(), records: z.coerce.number(), commits: z.coerce.number() }),
);

/** What a run leaves behind: bytes of the write-ahead log, records of the audit. */
const tracesOf = (place: ServerPlace, database: string) =>
  withClient(place, database, async (client) => {
    const { rows } = await client.query(
      `SELECT pg_current_wal_lsn() - '0/0'::pg_lsn AS wal, (SELECT sum(last) FROM twofold.audit_chains) AS records,
        (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()) AS commits`,
    );
    const [traces] = Traces.parse(rows);
    if (traces === undefined) throw new Error('The server has told nothing.');
    return traces;
  });

interface Run {
  readonly nodes: number;
  readonly withHashing: boolean;
  readonly perSecond: number;
  readonly nodeMs: number;
  readonly serverMs: number | null;
  readonly walBytes: number;
  readonly records: number;
}

async function run(
  place: ServerPlace,
  organization: BenchOrganization,
  how: { readonly nodes: number; readonly withHashing: boolean; readonly nowMs: number },
): Promise<Run> {
  const { database, signers } = organization;
  const processes = await Promise.all(
    Array.from({ length: how.nodes }, (_, index) =>
      BenchNodeProcess.start({
        place,
        database,
        signers: signers.filter((_signer, place_) => place_ % how.nodes === index),
        nowMs: how.nowMs,
        withHashing: how.withHashing,
        atOnce: AT_ONCE / how.nodes,
      }),
    ),
  );
  try {
    const before = await tracesOf(place, database);
    const serverBefore = serverProcessorMs(place.pid);
    const results = await Promise.all(processes.map((process_) => process_.work()));
    const serverAfter = serverProcessorMs(place.pid);
    const after = await tracesOf(place, database);
    const signIns = results.reduce((sum, result) => sum + result.signIns, 0);
    return {
      nodes: how.nodes,
      withHashing: how.withHashing,
      perSecond: results.reduce((sum, result) => sum + (result.signIns / result.spentMs) * 1000, 0),
      nodeMs: results.reduce((sum, result) => sum + result.processorMs, 0) / signIns,
      serverMs: serverBefore === null || serverAfter === null ? null : (serverAfter - serverBefore) / signIns,
      walBytes: (after.wal - before.wal) / signIns,
      records: (after.records - before.records) / signIns,
    };
  } finally {
    await Promise.all(processes.map((process_) => process_.stop()));
  }
}

/** Each arrangement in turn, several times over, so that what else the machine does meets all alike. */
export async function measureNodes(
  place: ServerPlace,
  organization: BenchOrganization,
  counts: readonly number[],
): Promise<BenchRow[]> {
  const runs: Run[] = [];
  // A year on: after every use of a code, and within nobody's session.
  let nowMs = START_MS + 365 * DAY_MS;
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const withHashing of [false, true]) {
      for (const nodes of counts) {
        runs.push(await run(place, organization, { nodes, withHashing, nowMs }));
        nowMs += DAY_MS;
      }
    }
  }
  const ofRuns = (nodes: number, withHashing: boolean, value: (run: Run) => number): number =>
    median(runs.filter((one) => one.nodes === nodes && one.withHashing === withHashing).map(value));
  const [first = 1] = counts;
  const rows = [false, true].flatMap((withHashing) => {
    const alone = ofRuns(first, withHashing, ({ perSecond }) => perSecond);
    return counts.map((nodes): BenchRow => {
      const perSecond = ofRuns(nodes, withHashing, (one) => one.perSecond);
      return {
        name: `sign-ins through ${nodes} ${nodes === 1 ? 'node' : 'nodes'}, ${withHashing ? 'with' : 'without'} hashing`,
        value: perSecond,
        unit: 'sign-ins/s',
        note: `${(perSecond / alone).toFixed(2)} × ${first} node; median of ${ROUNDS} × ${FOR_MS / 1000} s, ${AT_ONCE} at once`,
      };
    });
  });
  const cost = (name: string, unit: string, note: string, value: (run: Run) => number): BenchRow => ({
    name: `cost of a sign-in: ${name}`,
    value: ofRuns(first, false, value),
    unit,
    note,
  });
  return [
    ...rows,
    cost('node, without hashing', 'ms of processor time', 'one node', ({ nodeMs }) => nodeMs),
    {
      name: 'cost of a sign-in: node, with hashing',
      value: ofRuns(first, true, ({ nodeMs }) => nodeMs),
      unit: 'ms of processor time',
      note: 'Argon2id, 19 MiB, 2 passes',
    },
    ...(runs.some(({ serverMs }) => serverMs === null)
      ? []
      : [cost('server', 'ms of processor time', 'all its processes', ({ serverMs }) => serverMs ?? 0)]),
    cost('write-ahead log', 'bytes', 'whole pages after a checkpoint included', ({ walBytes }) => walBytes),
    cost('records of the audit', '', 'password, code, signed in', ({ records }) => records),
  ];
}
