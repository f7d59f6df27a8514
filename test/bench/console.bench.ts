// The console at 10 to 100,000 users over the real files: its start, a sign-in split into hashing and the rest, the user list.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import type { Input } from '../../src-shared/contract/index.ts';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { Console } from '../../src-main/console/console.ts';
import { nameKey } from '../../src-main/console/directory.ts';
import { EmbeddedRepository } from '../../src-main/console/embedded-repository.ts';
import { administrationHandlers, consoleHandlers } from '../../src-main/console/handlers.ts';
import { createArgon2Hasher, type PasswordHasher } from '../../src-main/console/passwords.ts';
import type { BrowserSlot, Caller } from '../../src-main/ipc/caller.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import type { Change, ChangeStore } from '../../src-main/storage/change-store.ts';
import { JournaledDocument } from '../../src-main/storage/journaled-document.ts';
import { everybody } from '../fakes/console-queries.ts';
import type { BenchRow } from './bench-row.ts';
import { median } from './report.ts';

const USER_COUNTS = [10, 1_000, 10_000, 100_000];
const ROUNDS = 30;
const STARTS = 3;
const LIST_ROUNDS = 5;
const USERS_PER_COMMIT = 2_000;
const USER_NAME = 'maria.keller';
const PASSWORD = 'glass otter 42 lantern';
const STEP_MS = 30_000;
const START_MS = Date.UTC(2026, 10, 24, 9);

/** The real hasher, with the time that it takes. */
class TimedHasher implements PasswordHasher {
  spentMs = 0;
  readonly #hasher = createArgon2Hasher();

  hash(password: string): Promise<string> {
    return this.#timed(() => this.#hasher.hash(password));
  }

  verify(hash: string | null, password: string): Promise<boolean> {
    return this.#timed(() => this.#hasher.verify(hash, password));
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    try {
      return await work();
    } finally {
      this.spentMs += performance.now() - startedMs;
    }
  }
}

/** The real store, with the time that its commits take. */
class TimedStore implements ChangeStore {
  spentMs = 0;
  readonly #store: ChangeStore;

  constructor(store: ChangeStore) {
    this.#store = store;
  }

  load(): ReturnType<ChangeStore['load']> {
    return this.#store.load();
  }

  async commit(changes: readonly Change[]): Promise<void> {
    const startedMs = performance.now();
    await this.#store.commit(changes);
    this.spentMs += performance.now() - startedMs;
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}

function createCaller(): Caller {
  const slots = new Map<BrowserSlot, string>();
  return {
    browser: {
      name: 'Chromium on Linux',
      read: (slot) => slots.get(slot),
      write: (slot, value) => slots.set(slot, value),
      clear: (slot) => slots.delete(slot),
    },
  };
}

const SAMPLE_NAMES = ['Anaïs Müller', 'Jonas Frei', 'Zoë van Dijk', 'Mehmet Yılmaz', 'Ingrid Åkesson'];

/** An organization with its administrator, who has set 2FA up. Answers how to make the codes. */
async function found(handlers: ReturnType<typeof handlersOf>, caller: Caller, clock: VirtualClock) {
  await handlers['console:createOrganization'](
    { organization: 'Northwind', displayName: 'Maria Keller', userName: USER_NAME, password: PASSWORD },
    caller,
  );
  await handlers['administration:setTwoFactor']({ turnOn: true, code: null }, caller);
  await handlers['console:signOut']({}, caller);
  const setUp = await handlers['console:signIn']({ userName: USER_NAME, password: PASSWORD }, caller);
  if (setUp.kind !== 'set-up') throw new Error(`Expected the set-up, not ${setUp.kind}.`);
  const device = new TOTP({ secret: Secret.fromBase32(setUp.sheet.groupedSecret.replaceAll(' ', '')) });
  const code = (): string => device.generate({ timestamp: clock.nowMs() });
  await handlers['console:confirmSetUp']({ code: code() }, caller);
  await handlers['console:finishSetUp']({}, caller);
  return code;
}

/**
 * Copies of the administrator fill the directory, so that filling it costs one hash. Nine of ten have a factor, three of
 * ten a trusted browser, all five recent sign-ins, and the audit has a record of each.
 */
async function fill(repository: EmbeddedRepository, userCount: number): Promise<void> {
  for (let from = 1; from < userCount; from += USERS_PER_COMMIT) {
    await repository.transact(async (tx) => {
      const model = await tx.userByName(nameKey(USER_NAME));
      const factor = model === null || model.factorId === null ? null : await tx.factor(model.factorId);
      if (model === null || factor === null) throw new Error('The model user is missing.');
      for (let index = from; index < Math.min(userCount, from + USERS_PER_COMMIT); index += 1) {
        const id = `user-${index}`;
        const userName = `user.${index}`;
        const browser = 'Chromium on Linux';
        const lastSignInAtMs = START_MS - ((index * 7_919) % 100_000) * 60_000;
        const hasFactor = index % 10 !== 0;
        await tx.putUser({
          ...model,
          id,
          userName,
          nameKey: userName,
          displayName: `${SAMPLE_NAMES[index % SAMPLE_NAMES.length] ?? ''} ${index}`,
          role: 'user',
          factorId: hasFactor ? `factor-${index}` : null,
          lastSignInAtMs,
          recentSignIns: Array.from({ length: 5 }, (_, day) => ({
            atMs: lastSignInAtMs - day * 86_400_000,
            browser,
            outcome: 'signed in',
          })),
        });
        if (hasFactor) await tx.putFactor({ ...factor, id: `factor-${index}`, userId: id });
        if (index % 10 < 3) {
          const hash = String(index).padStart(64, '0');
          await tx.putTrust({
            id: `trust-${index}`,
            userId: id,
            factorId: `factor-${index}`,
            epoch: model.trustEpoch,
            seriesHash: hash,
            counterHash: hash,
            browser,
            firstUsedAtMs: lastSignInAtMs,
            lastUsedAtMs: lastSignInAtMs,
            expiresAtMs: START_MS + 86_400_000,
          });
        }
        await tx.appendAudit({
          atMs: START_MS,
          event: 'user-added',
          subjectId: id,
          subject: userName,
          actorId: model.id,
          actor: model.userName,
          browser,
          outcome: 'success',
          summary: 'Added as user.',
        });
      }
    });
  }
}

const handlersOf = (console: Console) => ({
  ...consoleHandlers(console),
  ...administrationHandlers(console),
});

type ListQuery = Input<'administration:directory'>;

/** The ways in which the list is looked at. */
const listQueries: readonly { readonly what: string; readonly query: ListQuery }[] = [
  { what: 'first page', query: everybody },
  { what: 'sorted by last sign-in', query: { ...everybody, sort: 'last-sign-in', descending: true } },
  { what: 'filtered to those missing', query: { ...everybody, filter: 'missing' } },
  { what: 'searched for "jonas 9"', query: { ...everybody, search: 'jonas 9' } },
];

/** With the processor time of all threads, which tells what a busy machine hides. */
async function timed<T>(
  work: () => T | Promise<T>,
): Promise<{ answer: T; spentMs: number; processorMs: number }> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const answer = await work();
  const { user, system } = process.cpuUsage(before);
  return { answer, spentMs: performance.now() - startedMs, processorMs: (user + system) / 1000 };
}

async function rowsAt(userCount: number): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'twofold-bench-'));
  const clock = new VirtualClock(START_MS);
  const hasher = new TimedHasher();
  const caller = createCaller();
  const openStore = () => new TimedStore(new JournaledDocument({ folder, name: 'console', clock }));
  const openConsole = (repository: EmbeddedRepository) =>
    new Console({
      repository,
      key: () => ({ id: 'bench', bytes: new Uint8Array(32) }),
      clock,
      hasher,
      events: new EventHub(),
    });
  const at = `at ${userCount.toLocaleString('en')} users`;
  let store = openStore();
  try {
    let repository = await EmbeddedRepository.open(store);
    const code = await found(handlersOf(openConsole(repository)), caller, clock);
    await fill(repository, userCount);
    const ending = await timed(() => store.close());

    const starts: number[] = [];
    const startsProcessor: number[] = [];
    for (let round = 0; round < STARTS; round += 1) {
      globalThis.gc?.();
      const next = openStore();
      const start = await timed(() => EmbeddedRepository.open(next));
      starts.push(start.spentMs);
      startsProcessor.push(start.processorMs);
      if (round > 0) await store.close();
      store = next;
      repository = start.answer;
    }
    const handlers = handlersOf(openConsole(repository));

    const listRows: BenchRow[] = [];
    for (const { what, query } of listQueries) {
      const spent: number[] = [];
      const processor: number[] = [];
      for (let round = 0; round < LIST_ROUNDS; round += 1) {
        const look = await timed(() => handlers['administration:directory'](query, caller));
        spent.push(look.spentMs);
        processor.push(look.processorMs);
      }
      listRows.push({
        name: `console user list ${at}: ${what}`,
        value: spent[0] ?? 0,
        unit: 'ms',
        note: `the first time, ${(processor[0] ?? 0).toFixed(1)} ms of processor time; later ${median(spent.slice(1)).toFixed(1)} ms`,
      });
    }

    const hashing: number[] = [];
    const rest: number[] = [];
    const disk: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await handlers['console:signOut']({}, caller);
      clock.advance(STEP_MS);
      const typed = code();
      hasher.spentMs = 0;
      store.spentMs = 0;
      const { answer: step, spentMs } = await timed(async () => {
        await handlers['console:signIn']({ userName: USER_NAME, password: PASSWORD }, caller);
        return handlers['console:submitCode']({ code: typed, trustBrowser: false }, caller);
      });
      if (step.kind !== 'signed-in') throw new Error(`Expected to be signed in, not ${step.kind}.`);
      hashing.push(hasher.spentMs);
      rest.push(spentMs - hasher.spentMs);
      disk.push(store.spentMs);
    }
    const note = `median of ${ROUNDS}; password and code, both written durably`;
    return [
      {
        name: `console start ${at}`,
        value: median(starts),
        unit: 'ms',
        note: `median of ${STARTS}; ${median(startsProcessor).toFixed(0)} ms of processor time`,
      },
      { name: `console sign-in ${at}: hashing`, value: median(hashing), unit: 'ms', note: 'Argon2id' },
      { name: `console sign-in ${at}: the rest`, value: median(rest), unit: 'ms', note },
      {
        name: `console sign-in ${at}: of the rest, the disk`,
        value: median(disk),
        unit: 'ms',
        note: 'two commits, each synced',
      },
      ...listRows,
      { name: `console end ${at}`, value: ending.spentMs, unit: 'ms', note: 'all written into a snapshot' },
    ];
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The aims: a start under 2 s, the rest of a sign-in under 10 ms and flat, each list under 200 ms, up to 100,000 users. */
export async function consoleBench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const userCount of USER_COUNTS) rows.push(...(await rowsAt(userCount)));
  return rows;
}
