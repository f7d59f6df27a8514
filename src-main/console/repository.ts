// The Repository port: what the console asks of its storage, in its own words, so that a database server can stand behind it.
import type { AuditQuery, UserCounts, UserFilter, UserSort } from '../../src-shared/contract/index.ts';
import type {
  ApiKeyRecord,
  AuditEntry,
  AuditNote,
  BreakGlassRecord,
  Challenge,
  Counter,
  Device,
  Factor,
  Organization,
  SealingKeys,
  Session,
  TrustRecord,
  Unit,
  User,
} from './records.ts';

/** Which users, in which order, and which of them. */
export interface UserSearch {
  /** Each must stand in the user name or the display name; folded as `searchKey` folds. */
  readonly words: readonly string[];
  readonly filter: UserFilter;
  /** Null: of all units. */
  readonly unitId: string | null;
  /** The unit to which everything is limited, counts too; null: the whole organization. */
  readonly scopeUnitId: string | null;
  readonly sort: UserSort;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
  /** The verifier's time: pending set-ups and locks end by it. */
  readonly nowMs: number;
}

export interface FoundUsers {
  /** Over all in scope, whatever the search. */
  readonly counts: UserCounts;
  readonly matching: number;
  readonly users: readonly User[];
}

export interface RollOutState {
  readonly people: number;
  readonly setUp: number;
  /** Without a factor, but with a set-up under way. */
  readonly pending: number;
  /** When the first of the present factors was set up; null without any. */
  readonly firstSetUpAtMs: number | null;
}

export interface RollOutCount {
  readonly people: number;
  readonly setUp: number;
}

export interface AuditSearch extends AuditQuery {
  /** Null: from the newest on. */
  readonly beforeSequence: number | null;
  readonly limit: number;
}

export interface FoundAudit {
  readonly records: readonly AuditEntry[];
  /** How many match, whatever the page; not counted on beyond MOST_COUNTED by a store that would take long. */
  readonly total: number;
  readonly isTotalExact: boolean;
}

/** One hash chain of the audit. Positions in it have no gaps. */
export interface AuditChain {
  readonly id: number;
  /** The position at which it began. */
  readonly origin: number;
  /** The first position that is kept, `last` + 1 where none is; and the hash that it must follow, "" at the origin. */
  readonly first: number;
  readonly before: string;
  /** The newest position, `origin` - 1 before the first record; and its hash. */
  readonly last: number;
  readonly hash: string;
}

export interface ChainedRecord {
  readonly position: number;
  readonly record: unknown;
}

/** A secret that is sealed anew. */
export interface Resealed {
  readonly factorId: string;
  /** As it was read. */
  readonly from: string;
  readonly sealedSecret: string;
  readonly sealedBy: string;
}

/** One atomic piece of work. Reads see its own writes; nothing is seen by others before it is durable. */
export interface ConsoleTransaction {
  organization(): Promise<Organization | null>;
  putOrganization(organization: Organization): Promise<void>;

  user(id: string): Promise<User | null>;
  userByName(nameKey: string): Promise<User | null>;
  putUser(user: User): Promise<void>;
  removeUser(id: string): Promise<void>;
  /** A page of users, without waiting for whoever changes them. For administrators only: never on the way of a sign-in. */
  searchUsers(search: UserSearch): Promise<FoundUsers>;
  /** Those of these ids who are there, in the order of the ids, without waiting for whoever changes them. */
  listUsers(ids: readonly string[]): Promise<readonly User[]>;
  /** Up to `limit` users by user name, those after that `nameKey`. For administrators only, as `searchUsers`. */
  usersAfter(nameKey: string, limit: number): Promise<readonly User[]>;
  /**
   * Says that what belongs to these users, as they were found, is read next: their factors, trusts, sessions and counters
   * come at once then, without waiting for whoever changes them. For lists, not for changing them.
   */
  prefetch(users: readonly User[]): Promise<void>;
  /** How far the active people are with their factors; service accounts are not expected to have one. */
  rollOut(nowMs: number): Promise<RollOutState>;
  /** Of the same people: how many were created by each of these moments, and how many had their present factor by then. */
  rollOutAt(momentsMs: readonly number[]): Promise<readonly RollOutCount[]>;
  countActiveAdministrators(): Promise<number>;

  factor(id: string): Promise<Factor | null>;
  putFactor(factor: Factor): Promise<void>;
  removeFactor(id: string): Promise<void>;
  /** Compare-and-set of the last accepted step (S3): false, and nothing changed, when it is no longer `from`. */
  advanceStep(factorId: string, from: number | null, to: number): Promise<boolean>;

  /** Up to `limit` factors by id, those after that id, that another key than that one seals. Waits for nobody. */
  factorsNotSealedBy(keyId: string, afterId: string, limit: number): Promise<readonly Factor[]>;
  countFactorsNotSealedBy(keyId: string): Promise<number>;
  /** Compare-and-set of sealed secrets: one that is no longer `from` stays as it is. Answers how many were changed. */
  reseal(secrets: readonly Resealed[]): Promise<number>;
  /** Null before the first secret. In a transaction that writes, nobody else changes it before the end. */
  sealingKeys(): Promise<SealingKeys | null>;
  putSealingKeys(keys: SealingKeys): Promise<void>;

  trust(id: string): Promise<TrustRecord | null>;
  trustBySeries(seriesHash: string): Promise<TrustRecord | null>;
  trustsOf(userId: string): Promise<readonly TrustRecord[]>;
  putTrust(trust: TrustRecord): Promise<void>;
  removeTrust(id: string): Promise<void>;

  session(id: string): Promise<Session | null>;
  sessionByToken(tokenHash: string): Promise<Session | null>;
  sessionsOf(userId: string): Promise<readonly Session[]>;
  putSession(session: Session): Promise<void>;
  removeSession(id: string): Promise<void>;

  challengeByToken(tokenHash: string): Promise<Challenge | null>;
  challengesOf(userId: string): Promise<readonly Challenge[]>;
  putChallenge(challenge: Challenge): Promise<void>;
  removeChallenge(id: string): Promise<void>;
  /** The longest unchanged ones, for clearing away what is over. */
  oldestChallenges(count: number): Promise<readonly Challenge[]>;

  counter(id: string): Promise<Counter | null>;
  putCounter(counter: Counter): Promise<void>;
  removeCounter(id: string): Promise<void>;
  /** The longest unchanged ones, for clearing away what is over. */
  oldestCounters(count: number): Promise<readonly Counter[]>;
  /** The same of those alone whose name nobody has. */
  oldestUnknownCounters(count: number): Promise<readonly Counter[]>;
  countUnknownCounters(): Promise<number>;

  unit(id: string): Promise<Unit | null>;
  units(): Promise<readonly Unit[]>;
  putUnit(unit: Unit): Promise<void>;
  removeUnit(id: string): Promise<void>;
  countUsersOfUnit(unitId: string): Promise<number>;
  /** The same of every unit that has any. */
  countUsersOfUnits(): Promise<ReadonlyMap<string, number>>;

  apiKeyByHash(keyHash: string): Promise<ApiKeyRecord | null>;
  apiKey(id: string): Promise<ApiKeyRecord | null>;
  apiKeys(): Promise<readonly ApiKeyRecord[]>;
  putApiKey(key: ApiKeyRecord): Promise<void>;

  breakGlass(): Promise<BreakGlassRecord | null>;
  putBreakGlass(record: BreakGlassRecord): Promise<void>;
  removeBreakGlass(): Promise<void>;

  device(id: string): Promise<Device | null>;
  putDevice(device: Device): Promise<void>;

  /** Numbers the record, links it into a chain as `linked` does, and appends it. There is no way to change a record. */
  appendAudit(note: AuditNote): Promise<void>;
  /** The numbers of the first record that is kept and of the newest one, 0 before the first. There may be gaps. */
  auditNumbers(): Promise<{ readonly first: number; readonly last: number }>;
  /** Those that match, newest first, of the numbers before `beforeSequence`, with how many match in all. */
  searchAudit(search: AuditSearch): Promise<FoundAudit>;
  /** The stored records with these numbers, in their order and unparsed, since they may have been tampered with. */
  auditBetween(first: number, last: number): Promise<readonly unknown[]>;
  /** Every chain, by its id. */
  auditChains(): Promise<readonly AuditChain[]>;
  /** Up to `limit` records of a chain from that position on, by position, unparsed; also those beyond its end. */
  auditOfChain(chain: number, from: number, limit: number): Promise<readonly ChainedRecord[]>;
  /** The number of the first record to keep: not older than that moment, or one of the last `least`. */
  firstAuditToKeep(sinceMs: number, least: number): Promise<number>;
  /** Retention: removes all records with lower numbers. Throws when there is no record with that one. */
  trimAudit(firstSequence: number): Promise<void>;
}

export interface ConsoleRepository {
  /**
   * Runs `work` in one transaction: all of its writes become durable before this resolves, or none when it throws.
   * `work` may run more than once and must do nothing but through its transaction. Throws TwofoldError `storage-failed`.
   */
  transact<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T>;
  /** The same for work that only reads: it sees one moment, waits for nobody, and nobody waits for it. */
  read<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T>;
  /** Lets go of what it holds. Nothing may be under way. */
  close(): Promise<void>;
}
