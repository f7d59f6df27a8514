// Issue 6: the key of the shared secrets is exchanged while nodes work on; a node whose key does not fit writes nothing.
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { EmbeddedRepository } from '../../../src-main/console/embedded-repository.ts';
import type { KeyPlace } from '../../../src-main/console/key-place.ts';
import { startKeyKeeping } from '../../../src-main/console/key-keeping.ts';
import {
  auditKeyWork,
  endResealing,
  type KeyContext,
  keyContext,
  nodesWithNewKey,
  resealAll,
  retireFormerKey,
  startRotation,
  takeUpKey,
} from '../../../src-main/console/key-rotation.ts';
import type { SealingKey } from '../../../src-main/secrets/sealing.ts';
import type { Change } from '../../../src-main/storage/change-store.ts';
import { MemoryChangeStore } from '../../../src-main/storage/memory-change-store.ts';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import { MemoryKeyPlace } from '../../faults/memory-key-place.ts';
import { wholeAudit } from '../../fakes/console-queries.ts';
import { embeddedTest, MINUTE, STEP, World } from './world.ts';

const BY = 'Command line on server-1, user admin';

let world: World;
/** Jonas and the administrator have set up. */
let person: Awaited<ReturnType<World['enrolled']>>;
/** The command line beside the world's node. */
let place: MemoryKeyPlace;
let tool: KeyContext;
beforeEach(async () => {
  world = await World.create();
  person = await world.enrolled();
  place = new MemoryKeyPlace('server-1, /data', world.key);
  tool = toolWith(place);
});

const toolWith = ({ key }: KeyPlace): KeyContext =>
  keyContext({ repository: world.console.context.repository, key, clock: world.clock });

const quiet = (): void => undefined;

const signsIn = async (): Promise<void> => {
  world.clock.advance(STEP);
  await world.signIn(person.browser, 'jonas.frei');
  expect((await world.submitCode(person.browser, person.device.code())).kind).toBe('signed-in');
  await world.signOut(person.browser);
};

const events = async (): Promise<string[]> => {
  const found = await world.console.context.repository.read((tx) => tx.searchAudit(wholeAudit));
  return found.records.map(({ event }) => event).filter((event) => event.startsWith('sealing-key'));
};

const factorsOf = async () => [...((await world.tables()).get('factors')?.values() ?? [])];

const wrongKey: SealingKey = { id: 'test-key', bytes: new Uint8Array(32).fill(8) };

/** What changes with every write. */
const stateOf = async (): Promise<string> =>
  JSON.stringify([...(await world.tables())].map(([name, records]) => [name, [...records]]));

describe('issue 6: a rotation', () => {
  test('a running node opens what the new key seals, seals by it, and takes it up', async () => {
    expect(await startRotation(tool, BY)).toBe('started');
    await signsIn();
    expect(await resealAll(tool, quiet)).toEqual({ resealed: 2, broken: [] });
    await signsIn();
    await endResealing(tool, BY);
    expect(await factorsOf()).not.toContainEqual(expect.objectContaining({ sealedBy: 'test-key' }));

    // One more set-up, at the node that has the former key still.
    await world.addUser(person.administrator, 'lena.vogt');
    const lena = world.browser('Lena’s');
    const step = await world.signIn(lena, 'lena.vogt');
    await world.call('console:confirmSetUp', { code: world.device(step).code() }, lena);
    expect(await factorsOf()).not.toContainEqual(expect.objectContaining({ sealedBy: 'test-key' }));

    const node = new MemoryKeyPlace('server-2, /data', world.key);
    expect(await takeUpKey(world.console.context, node)).toBe(true);
    expect(await takeUpKey(world.console.context, node)).toBe(false);
    expect(node.held.id).not.toBe('test-key');
    world.key = node.held;
    expect(await takeUpKey(tool, place)).toBe(true);
    expect(await nodesWithNewKey(tool)).toEqual(['server-2, /data', 'server-1, /data']);
    await retireFormerKey(tool, BY);
    await signsIn();
    expect(await takeUpKey(world.console.context, node)).toBe(false);
    expect((await events()).sort()).toEqual([
      'sealing-key-retired',
      'sealing-key-rotated',
      'sealing-key-rotation-started',
      'sealing-key-taken-up',
      'sealing-key-taken-up',
    ]);
  });

  test('where another process has written the new key into the same place, the node takes it up all the same', async () => {
    await startRotation(tool, BY);
    await takeUpKey(tool, place);
    const same = new MemoryKeyPlace(place.name, world.key);
    expect(await takeUpKey(world.console.context, same)).toBe(false);
    expect(same.held.id).toBe(place.held.id);
  });

  test('with the former key retired, a node that still has it is refused, and writes nothing', async () => {
    const late = toolWith(new MemoryKeyPlace('late', world.key));
    await startRotation(tool, BY);
    await takeUpKey(tool, place);
    await resealAll(tool, quiet);
    await endResealing(tool, BY);
    await retireFormerKey(tool, BY);
    const before = await stateOf();
    await expect(takeUpKey(late, new MemoryKeyPlace('late', world.key))).rejects.toMatchObject({
      code: 'key-unavailable',
      details: { reason: 'wrong-key' },
    });
    await expect(late.repository.transact((tx) => tx.removeBreakGlass())).rejects.toMatchObject({
      details: { reason: 'wrong-key' },
    });
    expect(await stateOf()).toBe(before);
  });

  test('interrupted at any point it goes on where it was, with the same new key', async () => {
    await startRotation(tool, BY);
    const after = JSON.stringify((await world.tables()).get('sealing-keys')?.get('sealing-keys'));
    // Begun again by another computer that has the former key alone.
    const other = toolWith(new MemoryKeyPlace('server-9', world.key));
    expect(await startRotation(other, BY)).toBe('going-on');
    expect(JSON.stringify((await world.tables()).get('sealing-keys')?.get('sealing-keys'))).toBe(after);
    await expect(endResealing(other, BY)).rejects.toMatchObject({ details: { reason: 'not-resealed' } });
    await expect(retireFormerKey(other, BY)).rejects.toMatchObject({ details: { reason: 'not-resealed' } });
    expect((await resealAll(other, quiet)).resealed).toBe(2);
    expect((await resealAll(other, quiet)).resealed).toBe(0);
    await endResealing(other, BY);
    await endResealing(other, BY);
    await expect(startRotation(other, BY)).rejects.toMatchObject({ details: { reason: 'not-retired' } });
    await retireFormerKey(other, BY);
    await expect(retireFormerKey(other, BY)).rejects.toMatchObject({ details: { reason: 'no-rotation' } });
  });

  test('a secret that no key opens is named, and keeps the former key from being retired', async () => {
    const { repository } = world.console.context;
    await repository.transact(async (tx) => {
      const factors = await tx.factorsNotSealedBy('', '', 9);
      const factor = factors.find(({ userId }) => userId === person.userId);
      if (factor === undefined) throw new Error('There is no factor.');
      const sealed = Buffer.from(factor.sealedSecret, 'base64');
      sealed.writeUInt8(sealed.readUInt8(20) ^ 1, 20);
      await tx.putFactor({ ...factor, sealedSecret: sealed.toString('base64') });
    });
    await startRotation(tool, BY);
    expect(await resealAll(tool, quiet)).toEqual({ resealed: 1, broken: ['jonas.frei'] });
    await expect(endResealing(tool, BY)).rejects.toMatchObject({ details: { reason: 'not-resealed' } });
    await expect(retireFormerKey(tool, BY)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('a node that cannot keep the new key works on, says why, and is not listed', async () => {
    await startRotation(tool, BY);
    await resealAll(tool, quiet);
    await endResealing(tool, BY);
    const node = new MemoryKeyPlace('server-2', world.key);
    node.failsWith = new TwofoldError('storage-failed', 'The folder cannot be written to.');
    const told: string[] = [];
    const keeping = startKeyKeeping(world.console.context, node, (fault) => told.push(fault));
    expect(await keeping.look()).toMatchObject({ details: { reason: 'not-kept' } });
    for (let minutes = 0; minutes < 3; minutes += 1) {
      world.clock.advance(MINUTE);
      await keeping.look();
    }
    expect(told).toEqual([expect.stringContaining('The folder cannot be written to.')]);
    await signsIn();
    expect(await nodesWithNewKey(tool)).toEqual([]);
    node.failsWith = null;
    expect(await keeping.look()).toBeNull();
    expect(await nodesWithNewKey(tool)).toEqual(['server-2']);
    keeping.end();
  });

  test('neither key stands in clear in what is stored', async () => {
    await startRotation(tool, BY);
    await takeUpKey(tool, place);
    const stored = await stateOf();
    for (const { bytes } of [world.key, place.held]) {
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        expect(stored).not.toContain(Buffer.from(bytes).toString(encoding));
      }
    }
  });
});

describe('issue 6: the check of the key', () => {
  test('a node with another key is told so, reads and writes nothing', async () => {
    const before = await stateOf();
    const other = toolWith(new MemoryKeyPlace('other', wrongKey));
    for (const work of [
      () =>
        other.repository.transact((tx) =>
          auditKeyWork(tool, tx, BY, { event: 'signed-out', summary: 'No.' }),
        ),
      () => other.repository.read((tx) => tx.countActiveAdministrators()),
      () => startRotation(other, BY),
      () => takeUpKey(other, new MemoryKeyPlace('other', wrongKey)),
    ]) {
      await expect(work()).rejects.toMatchObject({ details: { reason: 'wrong-key' } });
    }
    expect(await stateOf()).toBe(before);
  });

  test('data from before keys were noted: the key that opens it is taken for the store’s, and no other', async () => {
    const { repository } = world.console.context;
    await repository.transact(async (tx) => {
      for (const factor of await tx.factorsNotSealedBy('', '', 9)) {
        await tx.putFactor({ ...factor, sealedBy: null });
      }
    });
    await signsIn();
    await startRotation(tool, BY);
    await signsIn();
    await takeUpKey(tool, place);
    // With the new key alone, too.
    world.key = place.held;
    await signsIn();
    expect((await resealAll(tool, quiet)).resealed).toBe(2);
    await signsIn();
  });

  embeddedTest(
    'data of an earlier version is taken over by the key that opens it, and by no other',
    async () => {
      const store = new MemoryChangeStore();
      const earlier = [...(await world.tables())]
        .filter(([table]) => table !== 'sealing-keys')
        .flatMap(([table, records]) =>
          [...records].map(([id, record]): Change => {
            const { sealedBy: _, ...fields } = z.record(z.string(), z.json()).parse(record);
            return { table, id, record: table === 'document' ? { ...fields, version: 3 } : fields };
          }),
        );
      await store.commit(earlier);
      const repository = await EmbeddedRepository.open(store);
      const node = (key: SealingKey) => keyContext({ repository, key: () => key, clock: world.clock });
      const organization = (context: KeyContext) => context.repository.transact((tx) => tx.organization());
      await expect(organization(node(wrongKey))).rejects.toMatchObject({ details: { reason: 'wrong-key' } });
      expect(await repository.read((tx) => tx.sealingKeys())).toBeNull();
      expect(await organization(node(world.key))).toMatchObject({ name: 'Northwind' });
      expect(await repository.read((tx) => tx.sealingKeys())).toMatchObject({ current: { id: 'test-key' } });
      await startRotation(node(world.key), BY);
      expect((await resealAll(node(world.key), quiet)).resealed).toBe(2);
    },
  );
});
