// A node of its own: a console over the database, in a process, that does what it is told over the channel to its parent.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { verifyChain } from '../../src-main/console/audit-chain.ts';
import { anchorChains } from '../../src-main/console/audit-keeping.ts';
import { Console } from '../../src-main/console/console.ts';
import { administrationHandlers, consoleHandlers } from '../../src-main/console/handlers.ts';
import { takeUpKey } from '../../src-main/console/key-rotation.ts';
import { PostgresRepository } from '../../src-main/console/postgres/postgres-repository.ts';
import type { Caller } from '../../src-main/ipc/caller.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import { createRouter, type RouterOptions } from '../../src-main/ipc/router.ts';
import { isMethodName, methods } from '../../src-shared/contract/index.ts';
import { firstKey, MemoryKeyPlace } from './memory-key-place.ts';

const Settings = z.object({
  host: z.string(),
  port: z.number().int(),
  /** Further servers, of which one may take over. */
  others: z.array(z.object({ host: z.string(), port: z.number().int() })),
  database: z.string(),
  nowMs: z.number().int(),
});

const Slots = z.record(z.string(), z.string());
const Order = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call'),
    id: z.number(),
    method: z.string(),
    input: z.unknown(),
    browser: z.string(),
    slots: Slots,
  }),
  z.object({ kind: z.literal('set-clock'), id: z.number(), nowMs: z.number().int() }),
  z.object({ kind: z.literal('verify'), id: z.number() }),
  z.object({ kind: z.literal('anchor'), id: z.number() }),
  z.object({ kind: z.literal('look-after-key'), id: z.number() }),
]);

const { host, port, others, database, nowMs } = Settings.parse(JSON.parse(process.argv[2] ?? ''));
const clock = new VirtualClock(nowMs);
const digest = (password: string): string => createHash('sha256').update(password).digest('hex');

const repository = await PostgresRepository.open({
  address: { host, port, others, database, user: 'twofold', tls: null, connections: 10 },
  password: 'right password',
});
const place = new MemoryKeyPlace(`node ${process.pid}`, firstKey());
const console = new Console({
  repository,
  key: place.key,
  clock,
  // Quick: hashing is not what is tested.
  hasher: {
    hash: (password) => Promise.resolve(digest(password)),
    verify: (hash, password) => Promise.resolve(hash === digest(password)),
  },
  events: new EventHub(),
});

const notHere = () => {
  throw new Error('Not part of this node.');
};
const handlers: Partial<Record<string, unknown>> = Object.fromEntries(
  Object.keys(methods).map((name) => [name, notHere]),
);
Object.assign(handlers, consoleHandlers(console), administrationHandlers(console));
const isComplete = (all: unknown): all is RouterOptions['handlers'] =>
  typeof all === 'object' && all !== null && Object.keys(methods).every((name) => name in all);
if (!isComplete(handlers)) throw new Error('A method has no handler.');
const faults: string[] = [];
const router = createRouter({
  handlers,
  authorize: (access, caller) => console.authorize(access, caller),
  onFault: (method, error) => faults.push(`${method}: ${String(error)}`),
});

function callerOf(name: string, slots: Map<string, string>): Caller {
  return {
    browser: {
      name,
      read: (slot) => slots.get(slot),
      write: (slot, value) => void slots.set(slot, value),
      clear: (slot) => void slots.delete(slot),
    },
  };
}

async function obey(order: z.infer<typeof Order>): Promise<unknown> {
  switch (order.kind) {
    case 'call': {
      if (!isMethodName(order.method)) throw new Error(`There is no ${order.method}.`);
      const slots = new Map(Object.entries(order.slots));
      const envelope = await router(order.method, order.input, callerOf(order.browser, slots));
      return { envelope, slots: Object.fromEntries(slots), faults: faults.splice(0) };
    }
    case 'set-clock':
      clock.advance(order.nowMs - clock.nowMs());
      return {};
    case 'verify':
      return verifyChain(repository);
    case 'anchor':
      return anchorChains(console.context);
    case 'look-after-key':
      return takeUpKey(console.context, place);
  }
}

process.on('message', (message) => {
  const order = Order.parse(message);
  // Nobody is there to be told where its parent has gone meanwhile.
  const say = (what: object): void => void process.send?.({ id: order.id, ...what }, () => undefined);
  obey(order).then(
    (answer) => say({ answer }),
    (error: unknown) => say({ error: String(error) }),
  );
});
// Its parent has gone.
process.on('disconnect', () => process.exit());
process.send?.({ id: 0, answer: 'ready' });
