// A console in memory for tests: virtual clock, quick hasher that counts, browsers with slots, and devices by otpauth.
import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, inject, test } from 'vitest';
import {
  ConsoleStep,
  type ErrorCode,
  Failure,
  type Input,
  isMethodName,
  type MethodName,
  methods,
  type Output,
} from '../../../src-shared/contract/index.ts';
import { VirtualClock } from '../../../src-main/clock/virtual-clock.ts';
import { Console } from '../../../src-main/console/console.ts';
import { EmbeddedRepository } from '../../../src-main/console/embedded-repository.ts';
import { administrationHandlers, consoleHandlers } from '../../../src-main/console/handlers.ts';
import type { ConsoleRepository } from '../../../src-main/console/repository.ts';
import type { PasswordHasher } from '../../../src-main/console/passwords.ts';
import type { Browser, BrowserSlot, Caller } from '../../../src-main/ipc/caller.ts';
import { EventHub } from '../../../src-main/ipc/events.ts';
import { createRouter, type Router, type RouterOptions } from '../../../src-main/ipc/router.ts';
import type { SealingKey } from '../../../src-main/secrets/sealing.ts';
import type { Change, ChangeStore } from '../../../src-main/storage/change-store.ts';
import { MemoryChangeStore } from '../../../src-main/storage/memory-change-store.ts';
import {
  databaseTables,
  dump,
  emptyDatabase,
  openDatabase,
  type TestDatabase,
} from '../../database/server/test-databases.ts';
import { wholeAudit } from '../../fakes/console-queries.ts';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const STEP = 30 * SECOND;
/** The start of a time step, so that tests can count steps. */
export const START_MS = Date.UTC(2026, 10, 24, 9, 0, 0);

export const PASSWORD = 'glass otter 42 lantern';

/** Quick, and counts its work. */
export class CountingHasher implements PasswordHasher {
  hashed = 0;
  verified = 0;
  /** What runs while a password is being verified, for races. */
  whileVerifying: () => Promise<void> = () => Promise.resolve();

  hash(password: string): Promise<string> {
    this.hashed += 1;
    return Promise.resolve(this.#of(password));
  }

  async verify(hash: string | null, password: string): Promise<boolean> {
    this.verified += 1;
    await this.whileVerifying();
    return hash === this.#of(password);
  }

  #of(password: string): string {
    return createHash('sha256').update(`test ${password}`).digest('hex');
  }
}

/** A store that can be told to fail, and that remembers every change it was given. */
export class WatchedStore implements ChangeStore {
  readonly #inner: ChangeStore;
  readonly commits: (readonly Change[])[] = [];
  failsWith: Error | null = null;

  constructor(inner: ChangeStore = new MemoryChangeStore()) {
    this.#inner = inner;
  }

  load(): ReturnType<ChangeStore['load']> {
    return this.#inner.load();
  }

  async commit(changes: readonly Change[]): Promise<void> {
    if (this.failsWith !== null) throw this.failsWith;
    await this.#inner.commit(changes);
    this.commits.push(changes);
  }

  close(): Promise<void> {
    return this.#inner.close();
  }
}

/** The same bytes in every run: with others, once in a long while two codes of a secret are the same by chance. */
function countedBytes(): (length: number) => Uint8Array {
  let blocks = 0;
  return (length) => {
    blocks += 1;
    return createHash('shake256', { outputLength: length }).update(`world ${blocks}`).digest();
  };
}

export class TestBrowser implements Browser, Caller {
  readonly name: string;
  readonly slots = new Map<BrowserSlot, { value: string; expiresAtMs: number }>();
  readonly #clock: VirtualClock;

  constructor(name: string, clock: VirtualClock) {
    this.name = name;
    this.#clock = clock;
  }

  get browser(): Browser {
    return this;
  }

  read(slot: BrowserSlot): string | undefined {
    const held = this.slots.get(slot);
    return held !== undefined && held.expiresAtMs > this.#clock.nowMs() ? held.value : undefined;
  }

  write(slot: BrowserSlot, value: string, expiresAtMs: number): void {
    this.slots.set(slot, { value, expiresAtMs });
  }

  clear(slot: BrowserSlot): void {
    this.slots.delete(slot);
  }

  /** Another browser that holds the same, as a thief would make it. */
  copy(name: string): TestBrowser {
    const copied = new TestBrowser(name, this.#clock);
    for (const [slot, held] of this.slots) copied.slots.set(slot, held);
    return copied;
  }
}

/** An authenticator, made by an independent library from the link that a set-up shows. */
export class Device {
  /** How far its clock is ahead. */
  offsetMs = 0;
  readonly #totp: TOTP;
  readonly #clock: VirtualClock;

  constructor(groupedSecret: string, clock: VirtualClock) {
    this.#totp = new TOTP({ secret: Secret.fromBase32(groupedSecret.replaceAll(' ', '')) });
    this.#clock = clock;
  }

  /** The code shown now, or `steps` time steps later. */
  code(steps = 0): string {
    return this.#totp.generate({ timestamp: this.#clock.nowMs() + this.offsetMs + steps * STEP });
  }

  /** Six digits that are right at no time step near now. */
  wrongCode(): string {
    const near = new Set(Array.from({ length: 101 }, (_, index) => this.code(index - 50)));
    for (let candidate = 0; ; candidate += 1) {
      const code = String(candidate).padStart(6, '0');
      if (!near.has(code)) return code;
    }
  }
}

/** Whether the worlds of this run stand over a database server: the project `database` runs these tests once more so. */
const isOverDatabase = inject('databaseServer') !== undefined;

/** A test of the embedded store itself: its commits, its files, its failures. */
export const embeddedTest = (name: string, work: () => Promise<void>): void => {
  if (!isOverDatabase) test(name, work);
};

/** The same for several. */
export const describeEmbedded = (name: string, tests: () => void): void => {
  if (!isOverDatabase) describe(name, tests);
};

export class World {
  readonly #random = countedBytes();
  readonly clock = new VirtualClock(START_MS);
  readonly hasher = new CountingHasher();
  readonly events = new EventHub();
  store: WatchedStore;
  key: SealingKey = { id: 'test-key', bytes: new Uint8Array(32).fill(7) };
  keyFailsWith: Error | null = null;
  /** Everything that was answered, for searches after secrets. */
  readonly answers: unknown[] = [];
  readonly faults: unknown[] = [];
  console: Console;
  router: Router;

  readonly #database: TestDatabase | null;

  private constructor(store: WatchedStore, repository: ConsoleRepository, database: TestDatabase | null) {
    this.store = store;
    this.#database = database;
    this.console = this.#consoleOver(repository);
    this.router = this.#routerOver(this.console);
  }

  /** Over that store, else over memory, or over a database in the project that has a server. */
  static async create(store?: WatchedStore): Promise<World> {
    if (isOverDatabase && store === undefined) {
      const database = await emptyDatabase();
      return new World(new WatchedStore(), database.repository, database);
    }
    const own = store ?? new WatchedStore();
    return new World(own, await EmbeddedRepository.open(own), null);
  }

  /** The program ends and starts again over the same data; `store`: another one that reads the same files. */
  async restart(store = this.store): Promise<void> {
    this.store = store;
    const { repository } = this.console.context;
    if (this.#database === null) this.console = this.#consoleOver(await EmbeddedRepository.open(store));
    else {
      await repository.close();
      this.console = this.#consoleOver(await openDatabase(this.#database.place, this.#database.name));
    }
    this.router = this.#routerOver(this.console);
  }

  browser(name = 'Chromium on Linux'): TestBrowser {
    return new TestBrowser(name, this.clock);
  }

  device(step: ConsoleStep): Device {
    if (step.kind === 'set-up' || step.kind === 'keep-secret')
      return new Device(step.sheet.groupedSecret, this.clock);
    if (step.kind === 'signed-in' && step.pendingReset !== null) {
      return new Device(step.pendingReset.sheet.groupedSecret, this.clock);
    }
    throw new Error(`The step ${step.kind} shows no secret.`);
  }

  /** Calls through the router and answers the value; an error of the contract fails the test. */
  async call<M extends MethodName>(method: M, input: Input<M>, browser: Caller): Promise<Output<M>> {
    const envelope = await this.router(method, input, browser);
    this.answers.push(envelope);
    if (!envelope.ok) throw new Error(`${method}: ${envelope.error.code}: ${envelope.error.message}`);
    const isOutput = (value: unknown): value is Output<M> => methods[method].output.safeParse(value).success;
    if (!isOutput(envelope.value)) throw new Error('The answer breaks the contract.');
    return envelope.value;
  }

  /** Calls through the router, expects that error and answers it. */
  async refused<M extends MethodName>(
    method: M,
    input: Input<M>,
    browser: Caller,
    code: ErrorCode,
  ): Promise<Failure> {
    const envelope = await this.router(method, input, browser);
    this.answers.push(envelope);
    expect(envelope).toMatchObject({ ok: false, error: { code } });
    if (envelope.ok) throw new Error('Not refused.');
    return Failure.parse(envelope.error);
  }

  async step(browser: Caller): Promise<ConsoleStep> {
    return ConsoleStep.parse(await this.call('console:step', {}, browser));
  }

  /** Creates the organization; its administrator is signed in in the answered browser. */
  async createOrganization(): Promise<TestBrowser> {
    const browser = this.browser('Administrator’s browser');
    await this.call(
      'console:createOrganization',
      {
        organization: 'Northwind',
        displayName: 'Maria Keller',
        userName: 'maria.keller',
        password: PASSWORD,
      },
      browser,
    );
    return browser;
  }

  /** Adds a user who has chosen PASSWORD already; answers the id. */
  async addUser(
    administrator: Caller,
    userName: string,
    role: 'user' | 'administrator' = 'user',
  ): Promise<string> {
    const { user, oneTimePassword } = await this.call(
      'administration:addUser',
      { userName, displayName: userName, role, unitId: null },
      administrator,
    );
    const browser = this.browser('First browser');
    await this.call('console:signIn', { userName, password: oneTimePassword }, browser);
    await this.call('console:changePassword', { newPassword: PASSWORD }, browser);
    await this.call('console:cancelSignIn', {}, browser);
    await this.call('console:signOut', {}, browser);
    return user.id;
  }

  async turnOn(administrator: Caller, code: string | null = null): Promise<void> {
    await this.call('administration:setTwoFactor', { turnOn: true, code }, administrator);
  }

  signIn(browser: Caller, userName: string, password = PASSWORD): Promise<ConsoleStep> {
    return this.call('console:signIn', { userName, password }, browser);
  }

  submitCode(browser: Caller, code: string, trustBrowser = false): Promise<ConsoleStep> {
    return this.call('console:submitCode', { code, trustBrowser }, browser);
  }

  signOut(browser: Caller): Promise<ConsoleStep> {
    return this.call('console:signOut', {}, browser);
  }

  /** Signs in, sets 2FA up and leaves the keep-your-secret screen; the device is answered. Time moves one step on. */
  async setUp(browser: Caller, userName: string): Promise<Device> {
    const device = this.device(await this.signIn(browser, userName));
    await this.call('console:confirmSetUp', { code: device.code() }, browser);
    await this.call('console:finishSetUp', {}, browser);
    this.clock.advance(STEP);
    return device;
  }

  /** Signs in with password and code. */
  async signInWithCode(
    browser: Caller,
    userName: string,
    device: Device,
    trustBrowser = false,
  ): Promise<ConsoleStep> {
    await this.signIn(browser, userName);
    const step = await this.submitCode(browser, device.code(), trustBrowser);
    this.clock.advance(STEP);
    return step;
  }

  /** An organization with 2FA on, an administrator with a device, and a user with one. All are signed out but the administrator. */
  async enrolled(): Promise<{
    administrator: TestBrowser;
    administratorDevice: Device;
    userId: string;
    browser: TestBrowser;
    device: Device;
  }> {
    const administrator = await this.createOrganization();
    const userId = await this.addUser(administrator, 'jonas.frei');
    await this.turnOn(administrator);
    await this.signOut(administrator);
    const administratorDevice = await this.setUp(administrator, 'maria.keller');
    const browser = this.browser('Jonas’s browser');
    const device = await this.setUp(browser, 'jonas.frei');
    await this.signOut(browser);
    return { administrator, administratorDevice, userId, browser, device };
  }

  /** The whole audit, oldest first, as an administrator reads it. */
  async audit(administrator: Caller): Promise<Output<'administration:audit'>['records']> {
    const { records } = await this.call('administration:audit', wholeAudit, administrator);
    return records.toReversed();
  }

  /** Everything that was ever written, as text; over a database, what it holds now. */
  async stored(): Promise<string> {
    if (this.#database !== null) return dump(this.#database.place, this.#database.name);
    return JSON.stringify(this.store.commits);
  }

  /** That so many commits were made since the start. A database does not tell. */
  expectCommits(count: number): void {
    if (this.#database === null) expect(this.store.commits).toHaveLength(count);
  }

  async tables(): Promise<Map<string, Map<string, unknown>>> {
    if (this.#database !== null) return databaseTables(this.#database.place, this.#database.name);
    return new Map([...(await this.store.load())].map(([name, records]) => [name, new Map(records)]));
  }

  #consoleOver(repository: ConsoleRepository): Console {
    const key = (): SealingKey => {
      if (this.keyFailsWith !== null) throw this.keyFailsWith;
      return this.key;
    };
    return new Console({
      repository,
      key,
      clock: this.clock,
      hasher: this.hasher,
      events: this.events,
      randomBytes: this.#random,
    });
  }

  #routerOver(console: Console): Router {
    const notHere = () => {
      throw new Error('Not part of this test.');
    };
    const handlers: Partial<Record<MethodName, (input: never, caller: Caller) => unknown>> =
      Object.fromEntries(Object.keys(methods).map((name) => [name, notHere]));
    Object.assign(handlers, consoleHandlers(console), administrationHandlers(console));
    const isComplete = (all: typeof handlers): all is RouterOptions['handlers'] =>
      Object.keys(methods).every((name) => isMethodName(name) && name in all);
    if (!isComplete(handlers)) throw new Error('A method has no handler.');
    return createRouter({
      handlers,
      authorize: (access, caller) => console.authorize(access, caller),
      onFault: (_method, error) => {
        this.faults.push(error);
        throw error;
      },
    });
  }
}
