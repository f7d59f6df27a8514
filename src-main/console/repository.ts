// The Repository port: what the console asks of its storage, in its own words, so that a database server can stand behind it.
import type { UserCounts, UserFilter, UserSort } from '../../src-shared/contract/index.ts';
import type {
  ApiKeyRecord,
  AuditEntry,
  BreakGlassRecord,
  Challenge,
  Counter,
  Device,
  Factor,
  Organization,
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

/** One atomic piece of work. Reads see its own writes; nothing is seen by others before it is durable. */
export interface ConsoleTransaction {
  organization(): Promise<Organization | null>;
  putOrganization(organization: Organization): Promise<void>;

  user(id: string): Promise<User | null>;
  userByName(nameKey: string): Promise<User | null>;
  putUser(user: User): Promise<void>;
  removeUser(id: string): Promise<void>;
  /** A page of users. For administrators only: never on the way of a sign-in. */
  searchUsers(search: UserSearch): Promise<FoundUsers>;
  /** Everyone, by user name. For administrators only: never on the way of a sign-in. */
  users(): Promise<readonly User[]>;
  countActiveAdministrators(): Promise<number>;

  factor(id: string): Promise<Factor | null>;
  putFactor(factor: Factor): Promise<void>;
  removeFactor(id: string): Promise<void>;
  /** Compare-and-set of the last accepted step (S3): false, and nothing changed, when it is no longer `from`. */
  advanceStep(factorId: string, from: number | null, to: number): Promise<boolean>;

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

  apiKeyByHash(keyHash: string): Promise<ApiKeyRecord | null>;
  apiKey(id: string): Promise<ApiKeyRecord | null>;
  apiKeys(): Promise<readonly ApiKeyRecord[]>;
  putApiKey(key: ApiKeyRecord): Promise<void>;

  breakGlass(): Promise<BreakGlassRecord | null>;
  putBreakGlass(record: BreakGlassRecord): Promise<void>;
  removeBreakGlass(): Promise<void>;

  device(id: string): Promise<Device | null>;
  putDevice(device: Device): Promise<void>;

  /** Number and hash of the newest audit record; 0 and "" before the first. */
  auditEnd(): Promise<{ readonly sequence: number; readonly hash: string }>;
  /** The first record that is kept, and the hash that it must follow: "" for the very first. */
  auditStart(): Promise<{ readonly sequence: number; readonly previousHash: string }>;
  /** Appends; throws when the number is taken. There is no way to change a record. */
  appendAudit(entry: AuditEntry): Promise<void>;
  /** Retention: removes all records before this one, which becomes the first. Throws when it is not there. */
  trimAudit(firstSequence: number): Promise<void>;
  /** The stored record, unparsed, since the audit must be readable when it was tampered with; null when missing. */
  auditRecord(sequence: number): Promise<unknown>;
}

export interface ConsoleRepository {
  /**
   * Runs `work` in one transaction: all of its writes become durable before this resolves, or none when it throws.
   * `work` may run more than once and must do nothing but through its transaction. Throws TwofoldError `storage-failed`.
   */
  transact<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T>;
}
