// The room's service: one world at a time, apart from everything real, recorded, and gone when it is closed.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Memory } from 'lowdb';
import { expect, onTestFinished, test } from 'vitest';
import type { RehearsedWorld } from '../../../src-shared/contract/index.ts';
import { encodeWire } from '../../../src-shared/wire.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { EventHub } from '../../../src-main/ipc/events.ts';
import { Rehearsal } from '../../../src-main/rehearsal/rehearsal.ts';
import { type OwnScenariosDocument, ScenarioShelf } from '../../../src-main/rehearsal/scenario-shelf.ts';

async function room() {
  const clock = new VirtualClock(1_800_000_000_000);
  const events = new EventHub();
  const heard: string[] = [];
  events.subscribe((event) => heard.push(event));
  const shelf = await ScenarioShelf.open(new Memory<OwnScenariosDocument>());
  const rehearsal = new Rehearsal({
    shelf,
    clock,
    events,
    version: 'test',
    onFault: (method, error) => {
      throw new Error(`A fault in ${method}`, { cause: error });
    },
  });
  onTestFinished(() => rehearsal.dispose());
  const world = async (): Promise<RehearsedWorld> => {
    const { world: open } = await rehearsal.room();
    if (open === null) throw new Error('No world is open.');
    return open;
  };
  /** As a page inside the world calls. */
  const call = async (actor: string, method: string, input: unknown): Promise<string> =>
    rehearsal.call({ worldId: (await world()).id, actor, method, input: encodeWire(input) });
  return { rehearsal, clock, heard, world, call };
}

test('issue 5: one world at a time; a page of an earlier one is turned away', async () => {
  const { rehearsal, world, call } = await room();
  expect(await rehearsal.room()).toEqual({ world: null });
  await rehearsal.open('free-play');
  const first = await world();
  await rehearsal.open('trusted-browser-at-hand');
  expect((await world()).id).toBeGreaterThan(first.id);
  await expect(
    rehearsal.call({ worldId: first.id, actor: 'Office laptop', method: 'console:step', input: '{}' }),
  ).rejects.toMatchObject({ code: 'conflict' });
  expect(await call('Office laptop', 'console:step', {})).toContain('signed-out');
  await rehearsal.close();
  await expect(rehearsal.step()).rejects.toMatchObject({ code: 'conflict' });
});

test('issue 5: time stands still, runs with real time, and stands still again', async () => {
  const { rehearsal, clock, world } = await room();
  await rehearsal.open('free-play');
  const startMs = (await world()).nowMs;
  clock.advance(5_000);
  expect((await world()).nowMs).toBe(startMs);
  await rehearsal.run(true);
  clock.advance(12_345);
  expect(await world()).toMatchObject({ nowMs: startMs + 12_345, isRunning: true });
  await rehearsal.run(false);
  clock.advance(60_000);
  expect(await world()).toMatchObject({ nowMs: startMs + 12_345, isRunning: false });
});

test('issue 5: what is done by hand is kept as a scenario that expects what was seen', async () => {
  const { rehearsal, world, call } = await room();
  await rehearsal.open('free-play');
  await expect(rehearsal.saveOwn('Too early')).rejects.toMatchObject({ code: 'conflict' });
  const { people } = await world();
  const password = people[0]?.password ?? '';
  await call('Office laptop', 'console:signIn', { userName: 'maria', password });
  await rehearsal.act({ do: 'lose-device', device: 'Maria’s phone' });
  await rehearsal.act({ do: 'enter-code', browser: 'Office laptop', device: 'Maria’s phone' });
  const { scenario, leftOut } = await rehearsal.saveOwn('Lost in a taxi');
  expect(scenario).toMatchObject({ name: 'lost-in-a-taxi', steps: 3, isOwn: true });
  expect(leftOut).toEqual([]);

  const file = rehearsal.exportScenario('lost-in-a-taxi');
  const content = new TextDecoder().decode(file.content);
  await expect(rehearsal.importScenario(content)).rejects.toMatchObject({ code: 'already-exists' });
  await rehearsal.deleteScenario('lost-in-a-taxi');
  await rehearsal.importScenario(content);
  await rehearsal.open('lost-in-a-taxi');
  await rehearsal.finish();
  const again = await world();
  expect(again.scenario.plan.map(({ state }) => state)).toEqual(Array(3).fill('as-expected'));
  await expect(rehearsal.deleteScenario('free-play')).rejects.toMatchObject({ code: 'not-found' });
});

test('issue 5: a code typed by hand is kept as a code of the device that shows it', async () => {
  const { rehearsal, world, call } = await room();
  await rehearsal.open('free-play');
  const { people } = await world();
  await call('Office laptop', 'console:signIn', { userName: 'maria', password: people[0]?.password });
  const list = await call('Maria’s phone', 'authenticator:list', {});
  const id = /"id":"([^"]+)"/u.exec(list)?.[1] ?? '';
  const code = /"code":"(\d{6})"/u.exec(
    await call('Maria’s phone', 'authenticator:codes', { ids: [id] }),
  )?.[1];
  await call('Office laptop', 'console:submitCode', { code, trustBrowser: true });
  await rehearsal.saveOwn('Typed by hand');
  const file = new TextDecoder().decode(rehearsal.exportScenario('typed-by-hand').content);
  expect(file).toContain('"do": "enter-code"');
  expect(file).toContain('"device": "Maria’s phone"');
  expect(file).not.toContain(code);
});

test('issue 5: whatever belongs to the real machine is refused inside the world', async () => {
  const { rehearsal, call } = await room();
  await rehearsal.open('free-play');
  for (const [actor, method, input] of [
    ['Office laptop', 'app:openBrowser', {}],
    ['Office laptop', 'authenticator:list', {}],
    ['Maria’s phone', 'backup:now', {}],
    ['Maria’s phone', 'rehearsal:world', {}],
    ['Maria’s phone', 'console:step', {}],
  ] as const) {
    expect(await call(actor, method, input), method).toContain('"not-available"');
  }
  const exported = { format: 'otpauth-links', ids: null, password: null, passphrase: 'rehearsal' };
  expect(await call('Maria’s phone', 'transfer:export', exported)).toContain('"not-available"');
});

test('issue 5: closing frees the memory of the world', async () => {
  setFlagsFromString('--expose_gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('The memory cannot be collected here.');
  const { rehearsal } = await room();
  const worlds: WeakRef<object>[] = [];
  const open = async (): Promise<void> => {
    await rehearsal.open('stolen-trust');
    await rehearsal.finish();
    const { world } = await rehearsal.room();
    if (world !== null) worlds.push(new WeakRef(world.scenario));
  };
  for (let count = 0; count < 3; count += 1) await open();
  await rehearsal.close();
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 15; count += 1) {
    await open();
    await rehearsal.close();
  }
  await new Promise((resolve) => setImmediate(resolve));
  Reflect.apply(collect, undefined, []);
  const grown = process.memoryUsage().heapUsed - before;
  expect(grown).toBeLessThan(8_000_000);
  expect(worlds.filter((world) => world.deref() !== undefined)).toEqual([]);
});
