// A console over real files, and a ledger that tells what each action will make of it: the same action is done before on
// a copy in memory, which nobody kills, and each of its commits is written down as a fingerprint of what is stored then.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import { BulkAction, type ConsoleStep, TwofoldError } from '../../src-shared/contract/index.ts';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import {
  manyUsersHandlers,
  organizationHandlers,
  userHandlers,
} from '../../src-main/console/administration/handlers.ts';
import { type AuditVerdict, verifyChain } from '../../src-main/console/audit-chain.ts';
import { Console } from '../../src-main/console/console.ts';
import { EmbeddedRepository } from '../../src-main/console/embedded-repository.ts';
import type { ConsoleRepository } from '../../src-main/console/repository.ts';
import { confirmSetUp, finishSetUp } from '../../src-main/console/enrolment.ts';
import { createOrganization } from '../../src-main/console/organization.ts';
import type { PasswordHasher } from '../../src-main/console/passwords.ts';
import { AuditEntry, Factor, Organization, Session, Unit, User } from '../../src-main/console/records.ts';
import { signIn, signOut, submitCode } from '../../src-main/console/sign-in.ts';
import type { BrowserSlot, Caller } from '../../src-main/ipc/caller.ts';
import { EventHub } from '../../src-main/ipc/events.ts';
import type { Change, ChangeStore, LoadedTables } from '../../src-main/storage/change-store.ts';
import { JournaledDocument } from '../../src-main/storage/journaled-document.ts';

const ADMINISTRATOR = 'maria.keller';
const PASSWORD = 'glass otter 42 lantern';
const KEY = { id: 'fixed-key', bytes: Buffer.alloc(32, 7) };
const STEP_MS = 30_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Small, so that snapshots are written, and interrupted, often. */
const COMPACT_AT_BYTES = 32 * 1024;
const IMPORTED = 20;
const MANY_USERS = 60;
const MANY_UNITS = 8;
/** Gives users something to lose. It is no action of an administrator and has no audit record. */
const EQUIP = 'equip';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Quick: hashing is not what is tested. */
const quickHasher: PasswordHasher = {
  hash: (password) => Promise.resolve(digest(password)),
  verify: (hash, password) => Promise.resolve(hash === digest(password)),
};

type Tables = Map<string, Map<string, unknown>>;

const copyOf = (tables: LoadedTables): Tables =>
  new Map(Array.from(tables, ([name, records]) => [name, new Map(records)]));

/**
 * What an action is about, without what is random in it: ids, tokens and hashes. Trusts count by their user's epoch alone:
 * those that are over are cleared away in passing, which changes nothing for anybody.
 */
function effectOf(tables: Tables): string {
  const all = <T>(table: string, schema: { parse: (record: unknown) => T }): T[] =>
    [...(tables.get(table)?.values() ?? [])].map((record) => schema.parse(record));
  const units = new Map(all('units', Unit).map(({ id, name }) => [id, name]));
  const factors = new Map(all('factors', Factor).map((factor) => [factor.id, factor]));
  const countOf = (records: readonly { readonly userId: string }[], userId: string): number =>
    records.filter((record) => record.userId === userId).length;
  const sessions = all('sessions', Session);
  const byName = (a: User, b: User): number => (a.nameKey < b.nameKey ? -1 : 1);
  const users = all('users', User)
    .sort(byName)
    .map((user) => [
      user.userName,
      user.displayName,
      user.role,
      user.unitId === null ? null : units.get(user.unitId),
      user.administersUnitId === null ? null : units.get(user.administersUnitId),
      user.active,
      user.isServiceAccount,
      user.mustChangePassword,
      user.oneTimePasswordUntilMs,
      user.trustEpoch,
      user.notices,
      user.factorId === null ? null : factors.get(user.factorId)?.state,
      countOf(sessions, user.id),
    ]);
  return digest(
    JSON.stringify([
      all('organization', Organization),
      [...units.values()].sort(),
      users,
      factors.size,
      sessions.length,
    ]),
  );
}

interface Stored {
  readonly effect: string;
  readonly audit: string;
  readonly whole: string;
}

/** A mirror of what is stored, over the real store or, for a rehearsal, over nothing. */
export class MirrorStore implements ChangeStore {
  readonly #inner: ChangeStore | null;
  tables: Tables;
  /** Over all audit records in their order. */
  audit: string;
  /** What is stored after each commit: the effect, the audit, and the fingerprint of all. */
  readonly commits: Stored[] = [];

  constructor(inner: ChangeStore | null, tables: Tables = new Map(), audit = '') {
    this.#inner = inner;
    this.tables = tables;
    this.audit = audit;
  }

  async load(): Promise<LoadedTables> {
    if (this.#inner === null) return this.tables;
    const loaded = copyOf(await this.#inner.load());
    const entries = [...(loaded.get('audit')?.values() ?? [])].map((record) => AuditEntry.parse(record));
    this.note(entries.sort((a, b) => a.sequence - b.sequence));
    this.tables = copyOf(loaded);
    // The audit is followed by its digest alone: it grows, and each rehearsal would copy it.
    this.tables.delete('audit');
    return loaded;
  }

  async commit(changes: readonly Change[]): Promise<void> {
    await this.#inner?.commit(changes);
    for (const { table, id, record } of changes) {
      if (table === 'audit') {
        this.note([AuditEntry.parse(record)]);
        continue;
      }
      const records = this.tables.get(table) ?? new Map<string, unknown>();
      this.tables.set(table, records);
      if (record === null) records.delete(id);
      else records.set(id, record);
    }
    this.commits.push(this.stored);
  }

  close(): Promise<void> {
    return this.#inner?.close() ?? Promise.resolve();
  }

  /** A copy that writes nowhere. */
  rehearsal(): MirrorStore {
    return new MirrorStore(null, copyOf(this.tables), this.audit);
  }

  get stored(): Stored {
    return { effect: effectOf(this.tables), audit: this.audit, whole: this.whole };
  }

  get whole(): string {
    const factors = [...(this.tables.get('factors')?.values() ?? [])].map((record) => Factor.parse(record));
    const steps = factors.map(({ lastAcceptedStep }) => lastAcceptedStep).sort();
    return digest(`${effectOf(this.tables)} ${JSON.stringify(steps)} ${this.audit}`);
  }

  note(entries: readonly AuditEntry[]): void {
    // Without the numbers: a database may leave some out.
    for (const { event, subject, actor, outcome, summary } of entries) {
      this.audit = digest(JSON.stringify([this.audit, event, subject, actor, outcome, summary]));
    }
  }
}

const KeptSlots = z.array(z.tuple([z.enum(['session', 'challenge', 'trust', 'device']), z.string()]));

class SlotBrowser implements Caller {
  readonly #slots: Map<BrowserSlot, string>;

  constructor(slots = new Map<BrowserSlot, string>()) {
    this.#slots = slots;
  }

  get browser() {
    const slots = this.#slots;
    return {
      name: 'Chromium on Linux',
      read: (slot: BrowserSlot) => slots.get(slot),
      write: (slot: BrowserSlot, value: string) => void slots.set(slot, value),
      clear: (slot: BrowserSlot) => void slots.delete(slot),
    };
  }

  get entries(): [BrowserSlot, string][] {
    return [...this.#slots];
  }

  forget(): void {
    this.#slots.clear();
  }

  copy(): SlotBrowser {
    return new SlotBrowser(new Map(this.#slots));
  }
}

interface Stage {
  readonly console: Console;
  readonly repository: ConsoleRepository;
  readonly caller: Caller;
}

/** An action, done on whatever stage it is given: on the copy first, then for good. */
type Act = (stage: Stage) => unknown;

/** One action, and what is stored after each of its commits. */
export interface Step {
  readonly kind: string;
  readonly after: readonly string[];
  readonly run: () => Promise<void>;
}

/** What a step may be about, by name. */
export const kindsOfActions: readonly string[] = [
  ...['password', 'code', 'import', EQUIP, 'add', 'edit', 'deactivate', 'delete', 'reset factor'],
  ...['reset trusted browsers', 'end sessions', 'one-time password', 'service account', 'role'],
  ...BulkAction.options.map((action) => `bulk ${action}`),
  ...['policy', '2FA', 'deadline', 'rename', 'add unit', 'rename unit', 'remove unit'],
];

export interface Ledger {
  /** The fingerprint of all that is stored. */
  readonly whole: () => Promise<string>;
  readonly verify: () => Promise<AuditVerdict>;
  readonly setUp: () => Promise<void>;
  /** A random action from the present state, or the one of that kind. */
  readonly nextStep: (random: () => number, wanted?: string) => Promise<Step>;
  /** Signs in, and lets whoever opens this folder next be signed in already. */
  readonly staySignedIn: () => Promise<void>;
}

/** What an action is done on for good. */
export interface Backend {
  readonly repository: ConsoleRepository;
  /** What is stored now. */
  readonly mirror: () => Promise<MirrorStore>;
}

/** The files in that folder. Throws where a damaged one was met. */
async function openFiles(folder: string, clock: VirtualClock): Promise<Backend> {
  let damaged = '';
  const store = new MirrorStore(
    new JournaledDocument({
      folder: join(folder, 'data'),
      name: 'console',
      clock,
      compactAtBytes: COMPACT_AT_BYTES,
      onRecovered: ({ path }) => (damaged = path),
    }),
  );
  const repository = await EmbeddedRepository.open(store);
  if (damaged !== '') throw new Error(`A damaged file was met: ${damaged}.`);
  return { repository, mirror: () => Promise.resolve(store) };
}

/** Opens what lies in the folder, or in the store that `open` answers. */
export async function openLedger(
  folder: string,
  startMs: number,
  open: (folder: string, clock: VirtualClock) => Promise<Backend> = openFiles,
): Promise<Ledger> {
  const clock = new VirtualClock(startMs);
  const secretFile = join(folder, 'secret-of-the-administrator');
  const slotsFile = join(folder, 'slots-of-the-administrator');
  const backend = await open(folder, clock);
  const stageOver = (repository: ConsoleRepository, caller: Caller): Stage => {
    const console = new Console({
      repository,
      key: () => KEY,
      clock,
      hasher: quickHasher,
      events: new EventHub(),
    });
    return { console, repository, caller };
  };
  const browser = existsSync(slotsFile)
    ? new SlotBrowser(new Map(KeptSlots.parse(JSON.parse(readFileSync(slotsFile, 'utf8')))))
    : new SlotBrowser();
  const stage = stageOver(backend.repository, browser);

  const deviceOf = (groupedSecret: string): TOTP =>
    new TOTP({ secret: Secret.fromBase32(groupedSecret.replaceAll(' ', '')) });
  const code = (): string =>
    deviceOf(readFileSync(secretFile, 'utf8')).generate({ timestamp: clock.nowMs() });

  /** Rehearses, then answers the step. What is refused in the rehearsal must be refused for good as well. */
  const rehearsed = async (kind: string, act: Act): Promise<Step> => {
    const store = await backend.mirror();
    const rehearsal = store.rehearsal();
    const outcome = async (on: Stage): Promise<string> => {
      try {
        await act(on);
        return 'done';
      } catch (error) {
        if (!(error instanceof TwofoldError)) throw error;
        return error.code;
      }
    };
    const before = store.stored;
    const expected = await outcome(stageOver(await EmbeddedRepository.open(rehearsal), browser.copy()));
    const { commits } = rehearsal;
    const inEffect = commits.findIndex(({ effect }) => effect !== before.effect);
    if (inEffect !== -1) {
      // An own code may be used up in a commit before; nothing may come after.
      if (inEffect !== commits.length - 1) throw new Error(`The action ${kind} takes several commits.`);
      const previous = commits[inEffect - 1] ?? before;
      if (kind !== EQUIP && commits[inEffect]?.audit === previous.audit) {
        throw new Error(`The action ${kind} takes effect without its audit record.`);
      }
    }
    return {
      kind,
      after: commits.map(({ whole }) => whole),
      run: async () => {
        const found = await outcome(stage);
        if (found !== expected) throw new Error(`The action ${kind}: expected ${expected}, found ${found}.`);
      },
    };
  };

  const users = (store: MirrorStore): User[] =>
    [...(store.tables.get('users')?.values() ?? [])]
      .map((record) => User.parse(record))
      .filter(({ userName }) => userName !== ADMINISTRATOR);
  const units = (store: MirrorStore): Unit[] =>
    [...(store.tables.get('units')?.values() ?? [])].map((record) => Unit.parse(record));

  const nextStep = async (random: () => number, wanted?: string): Promise<Step> => {
    clock.advance(STEP_MS);
    if (wanted === 'password') browser.forget();
    /** Whether it is this kind’s turn: by chance, unless one is wanted. */
    const isDue = (kind: string, chance: boolean): boolean =>
      wanted === undefined ? chance : wanted === kind;
    const typed = code();
    const roll = (): number => Math.floor(random() * 2 ** 31);
    const pick = <T>(items: readonly T[]): T | undefined => items[roll() % items.length];
    const word = (): string => `w${roll().toString(36)}`;
    const isSignedIn = browser.browser.read('session') !== undefined;
    if (!isSignedIn && browser.browser.read('challenge') !== undefined) {
      return rehearsed('code', ({ console, caller }) =>
        submitCode(console.context, { code: typed, trustBrowser: false }, caller),
      );
    }
    if (!isSignedIn) {
      return rehearsed('password', ({ console, caller }) =>
        signIn(console.context, { userName: ADMINISTRATOR, password: PASSWORD }, caller),
      );
    }
    const store = await backend.mirror();
    const everyone = users(store);
    if (isDue('bulk delete', everyone.length > MANY_USERS)) {
      const ids = everyone.slice(0, Math.max(2, everyone.length - MANY_USERS / 2)).map(({ id }) => id);
      return rehearsed('bulk delete', ({ console, caller }) =>
        manyUsersHandlers(console.context)['administration:bulk'](
          { action: 'delete', users: { kind: 'named', ids }, unitId: null, code: typed },
          caller,
        ),
      );
    }
    const user = pick(everyone);
    const unitFor = (kind: string): Unit | undefined =>
      kind === 'add unit' ? undefined : pick(units(store));
    if (user === undefined || isDue('import', random() < 0.1)) {
      const lines = Array.from({ length: IMPORTED }, () => `${word()},${word()} Imported,user,`);
      const unit = units(store).length < MANY_UNITS ? word() : '';
      const content = lines.map((line) => `${line}${unit}`).join('\n');
      return rehearsed('import', ({ console, caller }) =>
        manyUsersHandlers(console.context)['administration:importUsers'](
          { content, jobId: 'import', code: typed },
          caller,
        ),
      );
    }
    if (isDue(EQUIP, random() < 0.1))
      return rehearsed(EQUIP, ({ repository }) => equip(repository, clock.nowMs()));
    const on = { userId: user.id, code: typed };
    const unit =
      (wanted?.endsWith(' unit') === true ? unitFor(wanted) : pick([null, ...units(store)])) ?? null;
    const unitId = unit?.id ?? null;
    const name = word();
    const some = everyone.filter(() => random() < 0.2).map(({ id }) => id);
    const bulkAction =
      BulkAction.options.find((action) => wanted === `bulk ${action}`) ??
      pick(BulkAction.options.filter((action) => action !== 'delete')) ??
      'unlock';
    const deadlineMs = random() < 0.5 ? null : clock.nowMs() + (1 + (roll() % 30)) * DAY_MS;
    const windowSteps = roll() % 3;
    const { twoFactorOn, policy } = Organization.parse(store.tables.get('organization')?.get('organization'));
    const of = ({ console }: Stage) => userHandlers(console.context);
    const ofAll = ({ console }: Stage) => organizationHandlers(console.context);
    const ofMany = ({ console }: Stage) => manyUsersHandlers(console.context);
    const choices: readonly (readonly [kind: string, act: Act])[] = [
      [
        'add',
        (at) =>
          of(at)['administration:addUser'](
            { userName: name, displayName: `${name} Added`, role: 'user', unitId },
            at.caller,
          ),
      ],
      [
        'edit',
        (at) =>
          of(at)['administration:editUser'](
            { ...on, userName: name, displayName: `${name} Edited`, unitId },
            at.caller,
          ),
      ],
      ['deactivate', (at) => of(at)['administration:setActive']({ ...on, active: !user.active }, at.caller)],
      ['delete', (at) => of(at)['administration:deleteUser'](on, at.caller)],
      ['reset factor', (at) => of(at)['administration:resetFactor'](on, at.caller)],
      ['reset trusted browsers', (at) => of(at)['administration:resetTrustedBrowsers'](on, at.caller)],
      ['end sessions', (at) => of(at)['administration:endSessions'](on, at.caller)],
      ['one-time password', (at) => of(at)['administration:newOneTimePassword'](on, at.caller)],
      [
        'service account',
        (at) =>
          of(at)['administration:setServiceAccount'](
            { ...on, isServiceAccount: !user.isServiceAccount },
            at.caller,
          ),
      ],
      [
        'role',
        (at) =>
          of(at)['administration:setRole'](
            user.role === 'user'
              ? { ...on, role: 'administrator', administersUnitId: unitId }
              : { ...on, role: 'user', administersUnitId: null },
            at.caller,
          ),
      ],
      [
        `bulk ${bulkAction}`,
        (at) =>
          ofMany(at)['administration:bulk'](
            {
              action: bulkAction,
              users: { kind: 'named', ids: some.length === 0 ? [user.id] : some },
              unitId,
              code: typed,
            },
            at.caller,
          ),
      ],
      [
        'policy',
        (at) =>
          ofAll(at)['administration:savePolicy'](
            { policy: { ...policy, windowSteps, trustMs: policy.trustMs - 1 }, code: typed },
            at.caller,
          ),
      ],
      [
        '2FA',
        (at) => ofAll(at)['administration:setTwoFactor']({ turnOn: !twoFactorOn, code: typed }, at.caller),
      ],
      ['deadline', (at) => ofAll(at)['administration:setDeadline']({ deadlineMs, code: typed }, at.caller)],
      ['rename', (at) => ofAll(at)['administration:renameOrganization']({ name }, at.caller)],
      unit === null
        ? ['add unit', (at) => ofMany(at)['administration:addUnit']({ name }, at.caller)]
        : [
            'rename unit',
            (at) => ofMany(at)['administration:renameUnit']({ unitId: unit.id, name }, at.caller),
          ],
      [
        'remove unit',
        (at) => ofMany(at)['administration:removeUnit']({ unitId: unitId ?? 'none' }, at.caller),
      ],
    ];
    const wantedChoice = choices.find(([name]) => name === wanted);
    if (wanted !== undefined && wantedChoice === undefined) throw new Error(`There is no ${wanted} now.`);
    const [kind, act] = wantedChoice ?? pick(choices) ?? ['none', () => undefined];
    return rehearsed(kind, act);
  };

  const setUp = async (): Promise<void> => {
    const { context } = stage.console;
    await createOrganization(
      context,
      {
        organization: 'Northwind',
        displayName: 'Maria Keller',
        userName: ADMINISTRATOR,
        password: PASSWORD,
      },
      browser,
    );
    await organizationHandlers(context)['administration:setTwoFactor']({ turnOn: true, code: null }, browser);
    await signOut(context, browser);
    const step: ConsoleStep = await signIn(context, { userName: ADMINISTRATOR, password: PASSWORD }, browser);
    if (step.kind !== 'set-up') throw new Error(`Expected the set-up, not ${step.kind}.`);
    writeFileSync(secretFile, step.sheet.groupedSecret);
    await confirmSetUp(context, { code: code() }, browser);
    await finishSetUp(context, browser);
    await backend.repository.close();
  };

  const staySignedIn = async (): Promise<void> => {
    const { context } = stage.console;
    clock.advance(STEP_MS);
    await signIn(context, { userName: ADMINISTRATOR, password: PASSWORD }, browser);
    await submitCode(context, { code: code(), trustBrowser: false }, browser);
    writeFileSync(slotsFile, JSON.stringify(browser.entries));
  };

  const whole = async (): Promise<string> => (await backend.mirror()).whole;
  return { whole, verify: () => verifyChain(stage.repository), setUp, nextStep, staySignedIn };
}

/** Gives each user who has none a factor, a trusted browser and a session. */
const equip = (repository: ConsoleRepository, nowMs: number): Promise<void> =>
  repository.transact(async (tx) => {
    const administrator = await tx.userByName(ADMINISTRATOR);
    const like =
      administrator === null || administrator.factorId === null
        ? null
        : await tx.factor(administrator.factorId);
    if (like === null) throw new Error('The administrator’s factor is gone.');
    for (const user of await tx.usersAfter('', MANY_USERS + IMPORTED)) {
      if (user.factorId !== null) continue;
      const id = `of-${user.id}-${nowMs}`;
      await tx.putFactor({ ...like, id, userId: user.id, lastAcceptedStep: null });
      await tx.putTrust({
        id,
        userId: user.id,
        factorId: id,
        epoch: user.trustEpoch,
        seriesHash: id,
        counterHash: id,
        browser: 'Firefox on Linux',
        firstUsedAtMs: nowMs,
        lastUsedAtMs: nowMs,
        expiresAtMs: nowMs + DAY_MS,
      });
      await tx.putSession({
        id,
        userId: user.id,
        tokenHash: id,
        browser: 'Firefox on Linux',
        startedAtMs: nowMs,
        lastUsedAtMs: nowMs,
        endsAtMs: nowMs + DAY_MS,
        trustId: null,
        notices: [],
        keepSecret: null,
      });
      await tx.putUser({ ...user, factorId: id });
    }
  });
