// The Repository port: what the console asks of its storage, in its own words, so that a database server can stand behind it.
import type {
  AuditEntry,
  Challenge,
  Counter,
  Device,
  Factor,
  Organization,
  Session,
  TrustRecord,
  User,
} from './records.ts';

/** One atomic piece of work. Reads see its own writes; nothing is seen by others before it is durable. */
export interface ConsoleTransaction {
  organization(): Promise<Organization | null>;
  putOrganization(organization: Organization): Promise<void>;

  user(id: string): Promise<User | null>;
  userByName(nameKey: string): Promise<User | null>;
  putUser(user: User): Promise<void>;
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
  countCounters(): Promise<number>;

  device(id: string): Promise<Device | null>;
  putDevice(device: Device): Promise<void>;

  /** Number and hash of the newest audit record; 0 and "" before the first. */
  auditEnd(): Promise<{ readonly sequence: number; readonly hash: string }>;
  /** Appends; throws when the number is taken. There is no way to change or remove a record. */
  appendAudit(entry: AuditEntry): Promise<void>;
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
