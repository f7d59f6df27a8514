// Steps and suspends: what is told from the wall clock, the monotonic one, the uptime and the host, and what cannot be told.
import { expect, test } from 'vitest';
import type { ClockJump } from '../../../src-shared/contract/clock.ts';
import { type ClockFinding, ClockMonitor } from '../../../src-main/clock/monitor.ts';
import { onceToldOfWake } from '../../../src-main/clock/passage.ts';
import { EventHub } from '../../../src-main/ipc/events.ts';
import { ComputerClock, type SleepKind } from './computer-clock.ts';

const START_MS = Date.UTC(2026, 5, 1);
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

interface World {
  readonly clock: ComputerClock;
  readonly monitor: ClockMonitor;
  readonly found: ClockFinding[];
  /** Lets half a minute pass, so that the monitor looks, and answers what it has found since the last time. */
  readonly next: () => Promise<ClockJump[]>;
}

/** A monitor that has checked a right clock once. */
async function setUp(kind: SleepKind, tellsOfWake = false, offsetMs = 0): Promise<World> {
  const clock = new ComputerClock(START_MS, kind);
  const found: ClockFinding[] = [];
  const monitor = new ClockMonitor({
    clock,
    events: new EventHub(),
    servers: () => ['ntp-1'],
    fallbacks: () => [],
    onFound: (finding) => found.push(finding),
    tellsOfWake,
    queryServer: () => Promise.resolve({ kind: 'answered', offsetMs, uncertaintyMs: 5, delayMs: 10 }),
  });
  monitor.start();
  await monitor.check();
  found.length = 0;
  return {
    clock,
    monitor,
    found,
    next: async () => {
      clock.advance(30 * SECOND_MS);
      if (monitor.status().checking) await monitor.check();
      return found.splice(0).flatMap(({ events }) => events.map(({ jump }) => jump));
    },
  };
}

test.each([
  { byMs: 90 * SECOND_MS, kind: 'measured', tellsOfWake: false },
  { byMs: -90 * SECOND_MS, kind: 'measured', tellsOfWake: false },
  { byMs: -2 * SECOND_MS, kind: 'stands-still', tellsOfWake: false },
  { byMs: -HOUR_MS, kind: 'goes-on', tellsOfWake: false },
  { byMs: HOUR_MS, kind: 'goes-on', tellsOfWake: true },
  { byMs: HOUR_MS, kind: 'stands-still', tellsOfWake: true },
] as const)(
  'issue 5, G8: a clock that is set by $byMs ms is a step ($kind, host tells of wakes: $tellsOfWake)',
  async ({ byMs, kind, tellsOfWake }) => {
    const { clock, next } = await setUp(kind, tellsOfWake);
    clock.set(byMs);
    expect(await next()).toEqual([{ kind: 'step', byMs }]);
    expect(await next()).toEqual([]);
  },
);

test('issue 5, G8: where the uptime goes on in sleep, a suspend is told by its length without the host', async () => {
  const { clock, next } = await setUp('measured');
  clock.sleep(8 * HOUR_MS);
  expect(await next()).toEqual([{ kind: 'suspend', forMs: 8 * HOUR_MS }]);
});

test('issue 5, G8: a clock that is wrong by a minute after sleep: the suspend and the step, each for itself', async () => {
  const { clock, next } = await setUp('measured');
  clock.sleep(8 * HOUR_MS);
  clock.set(-60 * SECOND_MS);
  expect(await next()).toEqual([
    { kind: 'suspend', forMs: 8 * HOUR_MS },
    { kind: 'step', byMs: -60 * SECOND_MS },
  ]);
});

test('issue 5, G8: an uptime that leaps while wall and monotonic clock agree is no sleep', async () => {
  const { clock, next } = await setUp('measured');
  clock.sleep(HOUR_MS);
  clock.set(-HOUR_MS);
  expect(await next()).toEqual([]);
});

test('issue 5, G8: ahead, and neither the system nor the host tells why: it says that it cannot tell', async () => {
  const { clock, next } = await setUp('stands-still');
  clock.sleep(HOUR_MS);
  expect(await next()).toEqual([{ kind: 'step-or-suspend', byMs: HOUR_MS }]);
});

test.each(['stands-still', 'goes-on'] as const)(
  'issue 5, G8: the host tells of the wake, monotonic clock %s: a suspend',
  async (kind) => {
    const { clock, monitor, next } = await setUp(kind, true);
    clock.advance(10 * SECOND_MS);
    clock.sleep(HOUR_MS);
    monitor.wake();
    const [jump, ...others] = await next();
    expect(others).toEqual([]);
    expect(jump?.kind).toBe('suspend');
    // What is late by the monotonic clock is late from the moment at which the look was due.
    expect(jump).toHaveProperty('forMs', kind === 'goes-on' ? HOUR_MS - 20 * SECOND_MS : HOUR_MS);
  },
);

test.each(['measured', 'stands-still', 'goes-on'] as const)(
  'issue 5, G8: a look that comes before the host tells of the wake changes nothing of what is told (%s)',
  async (kind) => {
    const { clock, monitor, next } = await setUp(kind, true);
    clock.sleep(HOUR_MS);
    monitor.status();
    monitor.wake();
    const jumps = await next();
    expect(jumps.map((jump) => jump.kind)).toEqual(['suspend']);
  },
);

test('issue 5, G8: wall and monotonic clock went on, the look came hours late, nobody told of a wake: asleep or stopped', async () => {
  const { clock, next } = await setUp('goes-on');
  clock.sleep(3 * HOUR_MS);
  expect(await next()).toEqual([{ kind: 'suspend-or-stop', forMs: 3 * HOUR_MS }]);
  expect(await next()).toEqual([]);
});

test('issue 5, G8: a look that is late by less than two minutes is a busy computer', async () => {
  const { clock, next } = await setUp('goes-on');
  clock.sleep(100 * SECOND_MS);
  expect(await next()).toEqual([]);
});

test('issue 5, G8: a clock that is slewed is checked again once it went a second, and no step is made of it', async () => {
  const { clock, found, next } = await setUp('measured');
  clock.set(700);
  expect(await next()).toEqual([]);
  expect(found).toEqual([]);
  clock.set(700);
  clock.advance(30 * SECOND_MS);
  await Promise.resolve();
  expect(await next()).toEqual([]);
});

test('issue 5, G8: a step while the servers are asked is told with the check that follows, and those answers are not', async () => {
  const clock = new ComputerClock(START_MS, 'measured');
  const found: ClockFinding[] = [];
  let asked = 0;
  const monitor = new ClockMonitor({
    clock,
    events: new EventHub(),
    servers: () => ['ntp-1'],
    fallbacks: () => [],
    onFound: (finding) => found.push(finding),
    queryServer: () => {
      asked += 1;
      if (asked === 1) clock.set(60 * SECOND_MS);
      return Promise.resolve({
        kind: 'answered',
        offsetMs: asked === 1 ? 0 : -60_000,
        uncertaintyMs: 5,
        delayMs: 9,
      });
    },
  });
  await monitor.check();
  expect(found).toEqual([
    expect.objectContaining({
      check: { atMs: START_MS, found: { offsetMs: -60_000, uncertaintyMs: 5, source: 'ntp-1' } },
      events: [{ atMs: START_MS, jump: { kind: 'step', byMs: 60_000 } }],
    }),
  ]);
});

test('issue 5, G8: checks and events are told in real time, not in that of a wrong clock', async () => {
  const { clock, monitor, found } = await setUp('measured', false, 20 * SECOND_MS);
  clock.set(-20 * SECOND_MS);
  clock.advance(10 * SECOND_MS);
  monitor.status();
  await monitor.check();
  // The wall clock says START - 10 s then; 20 s behind real time, as the source says.
  expect(found).toMatchObject([
    { check: { atMs: START_MS + 10_000 }, events: [{ atMs: START_MS + 10_000, jump: { kind: 'step' } }] },
  ]);
  expect(monitor.realNowMs()).toBe(START_MS + 10_000);
});

test.each([
  [
    { kind: 'step', byMs: 5_000 },
    { kind: 'suspend', forMs: 5_000 },
  ],
  [
    { kind: 'step-or-suspend', byMs: 5_000 },
    { kind: 'suspend', forMs: 5_000 },
  ],
  [
    { kind: 'suspend-or-stop', forMs: 5_000 },
    { kind: 'suspend', forMs: 5_000 },
  ],
  [
    { kind: 'step', byMs: -5_000 },
    { kind: 'step', byMs: -5_000 },
  ],
] satisfies [ClockJump, ClockJump][])(
  'issue 5, G8: %o, once the host tells of a wake, is %o',
  (jump, then) => {
    expect(onceToldOfWake(jump, false)).toEqual(then);
    // Measured: the host knows no better.
    expect(onceToldOfWake(jump, true)).toEqual(jump);
  },
);
