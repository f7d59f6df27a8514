// The embedded repository: all records in memory, each transaction durable through a ChangeStore before it is seen.
import { z } from 'zod';
import { TwofoldError } from '../../src-shared/contract/index.ts';
import type { Change, ChangeStore } from '../storage/change-store.ts';
import { AUDIT_TABLE, EmbeddedAudit } from './embedded-audit.ts';
import { Table } from './embedded-table.ts';
import {
  BREAK_GLASS,
  createRecordTables,
  ORGANIZATION,
  type RecordTables,
  SEALING_KEYS,
} from './record-tables.ts';
import { DocumentHead, RECORDS_VERSION } from './records.ts';
import { migrated, type StoredTables, versionOf } from './record-migrations.ts';
import type { ConsoleRepository, ConsoleTransaction } from './repository.ts';
import { lockedUntilMs } from './throttle.ts';
import { rollOutCounts, rollOutState } from './roll-out.ts';
import { counterIdsOf, findUsers } from './user-search.ts';

const HEAD = 'head';

const emptyHead: DocumentHead = {
  version: RECORDS_VERSION,
  auditSequence: 0,
  auditHash: '',
  auditFirst: 1,
  auditBefore: '',
  auditChain: 0,
  auditOrigin: 1,
  closedChains: [],
};

const createTables = () => ({
  document: new Table<DocumentHead>({
    name: 'document',
    schema: DocumentHead,
    idOf: () => HEAD,
    indexes: {},
  }),
  ...createRecordTables(),
});
type Tables = ReturnType<typeof createTables>;

const settled = <T>(value: T): Promise<T> => Promise.resolve(value);
const done = (): Promise<void> => Promise.resolve();

/** The transaction over the tables' staged changes. Transactions run one after the other, so staging needs no locks. */
function createTransaction(tables: Tables, audit: EmbeddedAudit): ConsoleTransaction {
  const put =
    <T>(table: { put(record: T): void }) =>
    (record: T): Promise<void> => {
      table.put(record);
      return done();
    };
  const remove =
    (table: { remove(id: string): void }) =>
    (id: string): Promise<void> => {
      table.remove(id);
      return done();
    };
  const head = (): DocumentHead => tables.document.get(HEAD) ?? emptyHead;
  const heads = { read: head, put: (next: DocumentHead) => tables.document.put(next) };
  const isLocked = (counterId: string, nowMs: number): boolean =>
    lockedUntilMs(tables.counters.get(counterId), nowMs) !== null;
  return {
    organization: () => settled(tables.organization.get(ORGANIZATION)),
    putOrganization: put(tables.organization),

    user: (id) => settled(tables.users.get(id)),
    userByName: (nameKey) => settled(tables.users.find('name', nameKey)[0] ?? null),
    putUser: put(tables.users),
    removeUser: remove(tables.users),
    searchUsers: (search) =>
      settled(
        findUsers(tables.users.all(), search, {
          factor: (id) => tables.factors.get(id),
          trusts: (user) =>
            tables.trusts.find('user', user.id).filter(({ expiresAtMs }) => expiresAtMs > search.nowMs)
              .length,
          isLocked: (user) =>
            isLocked(counterIdsOf(user).name, search.nowMs) ||
            isLocked(counterIdsOf(user).code, search.nowMs),
        }),
      ),
    listUsers: (ids) => settled(ids.flatMap((id) => tables.users.get(id) ?? [])),
    usersAfter(nameKey, limit) {
      const later = tables.users.all().filter((user) => user.nameKey > nameKey);
      return settled(later.sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1)).slice(0, limit));
    },
    // Everything is in memory.
    prefetch: done,
    rollOut: (nowMs) =>
      settled(rollOutState(tables.users.all(), { factor: (id) => tables.factors.get(id), nowMs })),
    rollOutAt: (momentsMs) =>
      settled(rollOutCounts(tables.users.all(), { factor: (id) => tables.factors.get(id), momentsMs })),
    countActiveAdministrators: () => settled(tables.users.count('activeRole', 'administrator')),

    factor: (id) => settled(tables.factors.get(id)),
    putFactor: put(tables.factors),
    removeFactor: remove(tables.factors),
    advanceStep(factorId, from, to) {
      const factor = tables.factors.get(factorId);
      if (factor === null || factor.lastAcceptedStep !== from) return settled(false);
      tables.factors.put({ ...factor, lastAcceptedStep: to });
      return settled(true);
    },

    factorsNotSealedBy(keyId, afterId, limit) {
      const others = tables.factors.all().filter(({ id, sealedBy }) => sealedBy !== keyId && id > afterId);
      return settled(others.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit));
    },
    countFactorsNotSealedBy: (keyId) =>
      settled(tables.factors.all().filter(({ sealedBy }) => sealedBy !== keyId).length),
    reseal(secrets) {
      const changed = secrets.flatMap(({ factorId, from, sealedSecret, sealedBy }) => {
        const factor = tables.factors.get(factorId);
        return factor?.sealedSecret === from ? [{ ...factor, sealedSecret, sealedBy }] : [];
      });
      for (const factor of changed) tables.factors.put(factor);
      return settled(changed.length);
    },
    sealingKeys: () => settled(tables.sealingKeys.get(SEALING_KEYS)),
    putSealingKeys: put(tables.sealingKeys),

    trust: (id) => settled(tables.trusts.get(id)),
    trustBySeries: (seriesHash) => settled(tables.trusts.find('series', seriesHash)[0] ?? null),
    trustsOf: (userId) => settled(tables.trusts.find('user', userId)),
    putTrust: put(tables.trusts),
    removeTrust: remove(tables.trusts),

    session: (id) => settled(tables.sessions.get(id)),
    sessionByToken: (tokenHash) => settled(tables.sessions.find('token', tokenHash)[0] ?? null),
    sessionsOf: (userId) => settled(tables.sessions.find('user', userId)),
    putSession: put(tables.sessions),
    removeSession: remove(tables.sessions),

    challengeByToken: (tokenHash) => settled(tables.challenges.find('token', tokenHash)[0] ?? null),
    challengesOf: (userId) => settled(tables.challenges.find('user', userId)),
    putChallenge: put(tables.challenges),
    removeChallenge: remove(tables.challenges),
    oldestChallenges: (count) => settled(tables.challenges.oldest(count)),

    counter: (id) => settled(tables.counters.get(id)),
    putCounter: put(tables.counters),
    removeCounter: remove(tables.counters),
    oldestCounters: (count) => settled(tables.counters.oldest(count)),
    oldestUnknownCounters: (count) => settled(tables.counters.oldestOf('known', 'unknown', count)),
    countUnknownCounters: () => settled(tables.counters.storedCount('known', 'unknown')),

    unit: (id) => settled(tables.units.get(id)),
    units: () => settled(tables.units.all().sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1))),
    putUnit: put(tables.units),
    removeUnit: remove(tables.units),
    countUsersOfUnit: (unitId) => settled(tables.users.count('unit', unitId)),
    countUsersOfUnits() {
      const counted = tables.units.all().map(({ id }) => [id, tables.users.count('unit', id)] as const);
      return settled(new Map(counted.filter(([, users]) => users > 0)));
    },

    apiKeyByHash: (keyHash) => settled(tables.apiKeys.find('hash', keyHash)[0] ?? null),
    apiKey: (id) => settled(tables.apiKeys.get(id)),
    apiKeys: () => settled(tables.apiKeys.all().sort((a, b) => b.createdAtMs - a.createdAtMs)),
    putApiKey: put(tables.apiKeys),

    breakGlass: () => settled(tables.breakGlass.get(BREAK_GLASS)),
    putBreakGlass: put(tables.breakGlass),
    removeBreakGlass: () => remove(tables.breakGlass)(BREAK_GLASS),

    device: (id) => settled(tables.devices.get(id)),
    putDevice: put(tables.devices),

    appendAudit(note) {
      audit.append(note, heads);
      return done();
    },
    auditNumbers: () => settled(audit.numbers(head())),
    searchAudit: (search) => settled(audit.search(head(), search)),
    auditBetween: (first, last) => settled(audit.between(first, last)),
    auditChains: () => settled(audit.chains(head())),
    auditOfChain: (chain, from, limit) => settled(audit.ofChain(head(), chain, from, limit)),
    firstAuditToKeep: (sinceMs, least) => settled(audit.firstToKeep(head(), sinceMs, least)),
    trimAudit(firstSequence) {
      audit.trim(firstSequence, heads);
      return done();
    },
  };
}

const unreadable = (error: unknown): TwofoldError =>
  new TwofoldError(
    'storage-failed',
    'The console’s data holds a record that this version cannot read. The file was kept as it is; use the version that wrote it.',
    { reason: 'unreadable' },
    error,
  );

/** Throws TwofoldError `storage-failed` for data of a newer Twofold, which is left as it is. */
function readVersion(stored: StoredTables): number {
  let version: number;
  try {
    version = versionOf(stored);
  } catch (error) {
    throw unreadable(error);
  }
  if (version <= RECORDS_VERSION) return version;
  throw new TwofoldError(
    'storage-failed',
    'The console’s data was written by a newer Twofold and was left as it is. Update Twofold to open it.',
    { reason: 'newer-version', version },
  );
}

const storageFailed = (error: unknown): TwofoldError =>
  error instanceof TwofoldError
    ? error
    : new TwofoldError(
        'storage-failed',
        'The console could not write its data, so nothing was changed. Check the disk and try again.',
        { reason: 'write' },
        error,
      );

/** The ConsoleRepository over a ChangeStore. Only `transact` touches its records. */
export class EmbeddedRepository implements ConsoleRepository {
  readonly #store: ChangeStore;
  readonly #tables: Tables;
  readonly #audit: EmbeddedAudit;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(store: ChangeStore, tables: Tables, audit: EmbeddedAudit) {
    this.#store = store;
    this.#tables = tables;
    this.#audit = audit;
  }

  /** Loads every record. Throws TwofoldError `storage-failed` for one that cannot be understood; the file is kept. */
  static async open(store: ChangeStore): Promise<EmbeddedRepository> {
    const stored = await store.load();
    const tables = createTables();
    const version = readVersion(stored);
    try {
      const loaded = migrated(stored, version);
      tables.document.load(loaded.get('document'));
      tables.organization.load(loaded.get('organization'));
      tables.users.load(loaded.get('users'));
      tables.factors.load(loaded.get('factors'));
      tables.trusts.load(loaded.get('trusted-browsers'));
      tables.sessions.load(loaded.get('sessions'));
      tables.challenges.load(loaded.get('challenges'));
      tables.counters.load(loaded.get('counters'));
      tables.devices.load(loaded.get('devices'));
      tables.units.load(loaded.get('units'));
      tables.apiKeys.load(loaded.get('api-keys'));
      tables.breakGlass.load(loaded.get(BREAK_GLASS));
      tables.sealingKeys.load(loaded.get(SEALING_KEYS));
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      throw unreadable(error);
    }
    if (version < RECORDS_VERSION)
      await store.commit(Object.values(tables).flatMap((table) => table.everything()));
    return new EmbeddedRepository(store, tables, new EmbeddedAudit(stored.get(AUDIT_TABLE)));
  }

  transact<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#run(work));
    // The next transaction waits for this one's end, however it ends.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Everything is in memory, so reading takes its turn like all else. */
  read<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    return this.transact(work);
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#store.close();
  }

  /** Everything that is stored, for moving it elsewhere. Nothing may be under way. */
  get stored(): {
    readonly tables: RecordTables;
    readonly audit: EmbeddedAudit;
    readonly head: DocumentHead;
  } {
    return { tables: this.#tables, audit: this.#audit, head: this.#tables.document.get(HEAD) ?? emptyHead };
  }

  async #run<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    const tables = Object.values(this.#tables);
    try {
      const answer = await work(createTransaction(this.#tables, this.#audit));
      const changes = [...tables.flatMap((table) => table.changes()), ...this.#audit.changes()];
      if (changes.length > 0) await this.#commit(changes);
      for (const table of tables) table.apply();
      this.#audit.apply();
      return answer;
    } finally {
      for (const table of tables) table.discard();
      this.#audit.discard();
    }
  }

  async #commit(changes: readonly Change[]): Promise<void> {
    try {
      await this.#store.commit(changes);
    } catch (error) {
      throw storageFailed(error);
    }
  }
}
