// One console sign-in with password and code at 10, 1,000 and 10,000 users, over the real files, split into hashing and the rest.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { Console } from '../../src-main/console/console.ts';
import { nameKey } from '../../src-main/console/directory.ts';
import { EmbeddedRepository } from '../../src-main/console/embedded-repository.ts';
import { consoleHandlers } from '../../src-main/console/handlers.ts';
import { createArgon2Hasher, type PasswordHasher } from '../../src-main/console/passwords.ts';
import type { BrowserSlot, Caller } from '../../src-main/ipc/caller.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import type { Change, ChangeStore } from '../../src-main/storage/change-store.ts';
import { JournaledDocument } from '../../src-main/storage/journaled-document.ts';
import type { BenchRow } from './bench-row.ts';

const USER_COUNTS = [10, 1_000, 10_000];
const ROUNDS = 30;
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

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Copies of one user fill the directory, so that filling it costs one hash. */
async function fill(repository: EmbeddedRepository, like: string, userCount: number): Promise<void> {
  await repository.transact(async (tx) => {
    const model = await tx.userByName(nameKey(like));
    if (model === null) throw new Error('The model user is missing.');
    for (let index = 1; index < userCount; index += 1) {
      const userName = `user.${index}`;
      await tx.putUser({ ...model, id: `user-${index}`, userName, nameKey: userName, role: 'user' });
    }
  });
}

async function signInRows(userCount: number): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'twofold-bench-'));
  const clock = new VirtualClock(START_MS);
  const store = new TimedStore(new JournaledDocument({ folder, name: 'console', clock }));
  try {
    const hasher = new TimedHasher();
    const repository = await EmbeddedRepository.open(store);
    const console = new Console({
      repository,
      key: () => ({ id: 'bench', bytes: new Uint8Array(32) }),
      clock,
      hasher,
      events: new EventHub(),
    });
    const handlers = consoleHandlers(console);
    const caller = createCaller();
    const userName = 'maria.keller';
    await handlers['console:createOrganization'](
      { organization: 'Northwind', displayName: 'Maria Keller', userName, password: PASSWORD },
      caller,
    );
    await fill(repository, userName, userCount);
    await repository.transact(async (tx) => {
      const organization = await tx.organization();
      if (organization !== null) await tx.putOrganization({ ...organization, twoFactorOn: true });
    });
    await handlers['console:signOut']({}, caller);
    const setUp = await handlers['console:signIn']({ userName, password: PASSWORD }, caller);
    if (setUp.kind !== 'set-up') throw new Error(`Expected the set-up, not ${setUp.kind}.`);
    const device = new TOTP({ secret: Secret.fromBase32(setUp.sheet.groupedSecret.replaceAll(' ', '')) });
    const code = (): string => device.generate({ timestamp: clock.nowMs() });
    await handlers['console:confirmSetUp']({ code: code() }, caller);

    const hashing: number[] = [];
    const rest: number[] = [];
    const disk: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await handlers['console:signOut']({}, caller);
      clock.advance(STEP_MS);
      const typed = code();
      hasher.spentMs = 0;
      store.spentMs = 0;
      const startedMs = performance.now();
      await handlers['console:signIn']({ userName, password: PASSWORD }, caller);
      const step = await handlers['console:submitCode']({ code: typed, trustBrowser: false }, caller);
      const spentMs = performance.now() - startedMs;
      if (step.kind !== 'signed-in') throw new Error(`Expected to be signed in, not ${step.kind}.`);
      hashing.push(hasher.spentMs);
      rest.push(spentMs - hasher.spentMs);
      disk.push(store.spentMs);
    }
    const users = userCount.toLocaleString('en');
    const note = `median of ${ROUNDS}; password and code, both written durably`;
    return [
      {
        name: `console sign-in at ${users} users: hashing`,
        value: median(hashing),
        unit: 'ms',
        note: 'Argon2id',
      },
      { name: `console sign-in at ${users} users: the rest`, value: median(rest), unit: 'ms', note },
      {
        name: `console sign-in at ${users} users: of the rest, the disk`,
        value: median(disk),
        unit: 'ms',
        note: 'two commits, each synced',
      },
    ];
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The aim: the rest under 5 ms, and flat from 10 to 10,000 users. */
export async function consoleBench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const userCount of USER_COUNTS) rows.push(...(await signInRows(userCount)));
  return rows;
}
