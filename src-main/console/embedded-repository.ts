// The embedded repository: all records in memory, each transaction durable through a ChangeStore before it is seen.
import { z } from 'zod';
import { TwofoldError } from '../../src-shared/contract/index.ts';
import type { Change, ChangeStore } from '../storage/change-store.ts';
import { Table } from './embedded-table.ts';
import {
  type AuditEntry,
  Challenge,
  Counter,
  Device,
  DocumentHead,
  Factor,
  Organization,
  RECORDS_VERSION,
  Session,
  TrustRecord,
  User,
} from './records.ts';
import type { ConsoleRepository, ConsoleTransaction } from './repository.ts';

const HEAD = 'head';
const ORGANIZATION = 'organization';
const AUDIT = 'audit';

const idOf = (record: { readonly id: string }): string => record.id;

const createTables = () => ({
  document: new Table<DocumentHead>({
    name: 'document',
    schema: DocumentHead,
    idOf: () => HEAD,
    indexes: {},
  }),
  organization: new Table<Organization>({
    name: 'organization',
    schema: Organization,
    idOf: () => ORGANIZATION,
    indexes: {},
  }),
  users: new Table<User>({
    name: 'users',
    schema: User,
    idOf,
    indexes: {
      name: (user) => user.nameKey,
      activeRole: (user) => (user.active ? user.role : null),
    },
  }),
  factors: new Table<Factor>({ name: 'factors', schema: Factor, idOf, indexes: {} }),
  trusts: new Table<TrustRecord>({
    name: 'trusted-browsers',
    schema: TrustRecord,
    idOf,
    indexes: { series: (trust) => trust.seriesHash, user: (trust) => trust.userId },
  }),
  sessions: new Table<Session>({
    name: 'sessions',
    schema: Session,
    idOf,
    indexes: { token: (session) => session.tokenHash, user: (session) => session.userId },
  }),
  challenges: new Table<Challenge>({
    name: 'challenges',
    schema: Challenge,
    idOf,
    indexes: { token: (challenge) => challenge.tokenHash, user: (challenge) => challenge.userId },
  }),
  counters: new Table<Counter>({ name: 'counters', schema: Counter, idOf, indexes: {} }),
  devices: new Table<Device>({ name: 'devices', schema: Device, idOf, indexes: {} }),
});
type Tables = ReturnType<typeof createTables>;

const settled = <T>(value: T): Promise<T> => Promise.resolve(value);
const done = (): Promise<void> => Promise.resolve();

/** The transaction over the tables' staged changes. Transactions run one after the other, so staging needs no locks. */
function createTransaction(
  tables: Tables,
  audit: ReadonlyMap<string, unknown>,
  stagedAudit: Map<string, AuditEntry>,
): ConsoleTransaction {
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
  const auditEnd = (): { sequence: number; hash: string } => {
    const head = tables.document.get(HEAD);
    return head === null ? { sequence: 0, hash: '' } : { sequence: head.auditSequence, hash: head.auditHash };
  };
  return {
    organization: () => settled(tables.organization.get(ORGANIZATION)),
    putOrganization: put(tables.organization),

    user: (id) => settled(tables.users.get(id)),
    userByName: (nameKey) => settled(tables.users.find('name', nameKey)[0] ?? null),
    putUser: put(tables.users),
    users: () => settled(tables.users.all().sort((a, b) => (a.nameKey < b.nameKey ? -1 : 1))),
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
    countCounters: () => settled(tables.counters.size),

    device: (id) => settled(tables.devices.get(id)),
    putDevice: put(tables.devices),

    auditEnd: () => settled(auditEnd()),
    appendAudit(entry) {
      const id = String(entry.sequence);
      if (entry.sequence !== auditEnd().sequence + 1 || audit.has(id) || stagedAudit.has(id)) {
        throw new Error('The audit is append-only: that number is not the next one.');
      }
      stagedAudit.set(id, entry);
      tables.document.put({ version: RECORDS_VERSION, auditSequence: entry.sequence, auditHash: entry.hash });
      return done();
    },
    auditRecord: (sequence) =>
      settled(stagedAudit.get(String(sequence)) ?? audit.get(String(sequence)) ?? null),
  };
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
  readonly #audit: Map<string, unknown>;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(store: ChangeStore, tables: Tables, audit: Map<string, unknown>) {
    this.#store = store;
    this.#tables = tables;
    this.#audit = audit;
  }

  /** Loads every record. Throws TwofoldError `storage-failed` for one that cannot be understood; the file is kept. */
  static async open(store: ChangeStore): Promise<EmbeddedRepository> {
    const loaded = await store.load();
    const tables = createTables();
    try {
      tables.document.load(loaded.get('document'));
      tables.organization.load(loaded.get('organization'));
      tables.users.load(loaded.get('users'));
      tables.factors.load(loaded.get('factors'));
      tables.trusts.load(loaded.get('trusted-browsers'));
      tables.sessions.load(loaded.get('sessions'));
      tables.challenges.load(loaded.get('challenges'));
      tables.counters.load(loaded.get('counters'));
      tables.devices.load(loaded.get('devices'));
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      throw new TwofoldError(
        'storage-failed',
        'The console’s data holds a record that this version cannot read. The file was kept as it is; use the version that wrote it.',
        { reason: 'unreadable' },
        error,
      );
    }
    return new EmbeddedRepository(store, tables, new Map(loaded.get(AUDIT)));
  }

  transact<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#run(work));
    // The next transaction waits for this one's end, however it ends.
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #run<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    const tables = Object.values(this.#tables);
    const stagedAudit = new Map<string, AuditEntry>();
    try {
      const answer = await work(createTransaction(this.#tables, this.#audit, stagedAudit));
      const changes: Change[] = tables.flatMap((table) => table.changes());
      for (const [id, record] of stagedAudit) changes.push({ table: AUDIT, id, record });
      if (changes.length > 0) await this.#commit(changes);
      for (const table of tables) table.apply();
      for (const [id, record] of stagedAudit) this.#audit.set(id, record);
      return answer;
    } finally {
      for (const table of tables) table.discard();
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
