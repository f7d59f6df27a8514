// Issue 6: the key is exchanged beside the sign-ins of two real nodes; killed amidst it, a rotation goes on where it was.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import {
  endResealing,
  type KeyContext,
  keyContext,
  resealAll,
  retireFormerKey,
  startRotation,
  takeUpKey,
} from '../../src-main/console/key-rotation.ts';
import type { PostgresRepository } from '../../src-main/console/postgres/postgres-repository.ts';
import { sealFor } from '../../src-main/console/secret-sealer.ts';
import { firstKey, MemoryKeyPlace } from '../faults/memory-key-place.ts';
import { Browser, node } from '../faults/test-node.ts';
import { PASSWORD, startTwoNodes, STEP_MS, type TwoNodes, USER } from '../faults/two-nodes.ts';
import * as records from './sample-records.ts';
import { openDatabase, serverPlace } from './server/test-databases.ts';

const place = serverPlace();
const NAME = 'key_rotation';
const BY = 'Command line on server-1, user admin';
const quiet = (): void => undefined;

let nodes: TwoNodes;
let repository: PostgresRepository;
beforeEach(async () => {
  nodes = await startTwoNodes(place, NAME);
  repository = await openDatabase(place, NAME);
});
afterEach(async () => {
  await repository.close();
  await nodes.stop();
});

const contextWith = (own: MemoryKeyPlace): KeyContext =>
  keyContext({ repository, key: own.key, clock: new VirtualClock(nodes.nowMs) });

/** So many factors more, of users who do nothing. */
async function addFactors(count: number): Promise<void> {
  const AT_ONCE = 1_000;
  const key = firstKey();
  for (let first = 0; first < count; first += AT_ONCE) {
    await repository.transact(async (tx) => {
      for (let index = first; index < Math.min(count, first + AT_ONCE); index += 1) {
        const id = `more-${String(index).padStart(6, '0')}`;
        const sealed = sealFor(key, { id, userId: 'nobody' }, Buffer.from(`secret ${index}`));
        await tx.putFactor({ ...records.factor, id, userId: 'nobody', ...sealed });
      }
    });
  }
}

const left = (keyId: string): Promise<number> => repository.read((tx) => tx.countFactorsNotSealedBy(keyId));

/** Signs in over both nodes, one step of time after the other, until `over`; answers how often. */
async function signInUntil(over: AbortSignal): Promise<number> {
  const { a, b, codeAt } = nodes;
  let times = 0;
  for (let atMs = nodes.nowMs; !over.aborted; atMs += STEP_MS) {
    await Promise.all([a.setClock(atMs), b.setClock(atMs)]);
    const [first, second] = times % 2 === 0 ? [a, b] : [b, a];
    const browser = new Browser(`Browser ${times}`);
    await first.value('console:signIn', { userName: USER, password: PASSWORD }, browser);
    const step = await second.value(
      'console:submitCode',
      { code: codeAt(atMs), trustBrowser: false },
      browser,
    );
    expect(step).toMatchObject({ kind: 'signed-in' });
    await first.value('console:signOut', {}, browser);
    times += 1;
  }
  return times;
}

describe('issue 6: two nodes', () => {
  test('sign-ins at both succeed all the while that the key is exchanged, four times', async () => {
    await addFactors(1_000);
    const own = new MemoryKeyPlace('server-1', firstKey());
    const tool = contextWith(own);
    const over = new AbortController();
    const signIns = signInUntil(over.signal);
    const rotated: string[] = [];
    try {
      for (let round = 0; round < 4; round += 1) {
        expect(await startRotation(tool, BY)).toBe('started');
        await takeUpKey(tool, own);
        expect(await resealAll(tool, quiet)).toEqual({ resealed: 1_002, broken: [] });
        await endResealing(tool, BY);
        await Promise.all([nodes.a.lookAfterKey(), nodes.b.lookAfterKey()]);
        await retireFormerKey(tool, BY);
        rotated.push(own.held.id);
      }
    } finally {
      over.abort();
    }
    expect(await signIns).toBeGreaterThan(4);
    expect(new Set(rotated).size).toBe(4);
    expect(await left(own.held.id)).toBe(0);
    expect(await nodes.b.verify()).toMatchObject({ kind: 'intact' });
    // A node that was away all the time has the first key still.
    const late = contextWith(new MemoryKeyPlace('late', firstKey()));
    await expect(late.repository.transact((tx) => tx.organization())).rejects.toMatchObject({
      details: { reason: 'wrong-key' },
    });
  });

  test('a sign-in that has read the factor before its secret was sealed anew does not put the former seal back', async () => {
    const [factor] = await repository.read((tx) => tx.factorsNotSealedBy('', '', 1));
    if (factor === undefined) throw new Error('There is no factor.');
    const next = { sealedSecret: 'bmV3', sealedBy: 'key-2' };
    let runs = 0;
    await repository.transact(async (tx) => {
      runs += 1;
      await tx.user(factor.userId);
      const read = await tx.factor(factor.id);
      if (read === null) throw new Error('There is no factor.');
      if (runs === 1) {
        const resealed = await repository.transact((other) =>
          other.reseal([{ factorId: factor.id, from: factor.sealedSecret, ...next }]),
        );
        expect(resealed).toBe(1);
      }
      const step = (read.lastAcceptedStep ?? 0) + 1;
      expect(await tx.advanceStep(factor.id, read.lastAcceptedStep, step)).toBe(true);
      await tx.putFactor({ ...read, lastAcceptedStep: step, lastUsedAtMs: 5 });
    });
    expect(runs).toBe(2);
    const lastAcceptedStep = (factor.lastAcceptedStep ?? 0) + 1;
    expect(await repository.read((tx) => tx.factor(factor.id))).toEqual({
      ...factor,
      ...next,
      lastAcceptedStep,
      lastUsedAtMs: 5,
    });
  });

  test('a rotation that is killed in the middle leaves both keys in use, and is gone on with', async () => {
    const MANY = 6_000;
    await addFactors(MANY);
    const settings = { host: place.sockets, port: place.port, database: NAME };
    const child = fork(
      join(import.meta.dirname, '../faults/rotation-program.ts'),
      [JSON.stringify(settings)],
      {
        execPath: node,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const Progress = z.object({ done: z.number() });
    child.on('message', (message) => {
      if (Progress.parse(message).done >= 400) child.kill('SIGKILL');
    });
    await ended;
    const current = (await repository.read((tx) => tx.sealingKeys()))?.current.id ?? '';
    expect(current).not.toBe('test-key');
    const undone = await left(current);
    expect(undone).toBeGreaterThan(0);
    expect(undone).toBeLessThan(MANY + 2);

    const over = new AbortController();
    const signIns = signInUntil(over.signal);
    const tool = contextWith(new MemoryKeyPlace('server-1', firstKey()));
    try {
      expect(await startRotation(tool, BY)).toBe('going-on');
      const seen: number[] = [];
      expect(await resealAll(tool, (done, of) => seen.push(done / of))).toEqual({
        resealed: undone,
        broken: [],
      });
      expect(seen.toSorted((one, other) => one - other)).toEqual(seen);
      expect(seen.at(-1)).toBe(1);
      await endResealing(tool, BY);
    } finally {
      over.abort();
    }
    expect(await signIns).toBeGreaterThan(0);
    expect(await left(current)).toBe(0);
    expect((await repository.read((tx) => tx.sealingKeys()))?.current.id).toBe(current);
  });
});
