// The records of the console as they stand on disk: versioned, each parsed when it is read.
import { z } from 'zod';
import { KeyRecord } from '../secrets/key-file.ts';
import { ApiScope, OtpAlgorithm, Policy, Role, SignInNotice } from '../../src-shared/contract/index.ts';

/** Version of all the records below. A change of shape raises it and adds a migration. */
export const RECORDS_VERSION = 4;

const TimeMs = z.number().int();

/** A chain of the audit that nothing is added to any more: it came from another store. */
const ClosedChain = z.strictObject({
  id: z.number().int().min(0),
  origin: z.number().int().min(1),
  first: z.number().int().min(1),
  before: z.string(),
  last: z.number().int().min(0),
  hash: z.string(),
});

/** One record about the embedded document itself: its version and the ends of the audit's chains. */
export const DocumentHead = z.strictObject({
  version: z.literal(RECORDS_VERSION),
  /** The newest record: its number, and its position in the chain that records are added to. */
  auditSequence: z.number().int().min(0),
  auditHash: z.string(),
  /** The first record of that chain that is still kept, and the hash of the one before it; retention moves them on. */
  auditFirst: z.number().int().min(1),
  auditBefore: z.string(),
  /** The chain that records are added to, and where it begins. */
  auditChain: z.number().int().min(0),
  auditOrigin: z.number().int().min(1),
  closedChains: z.array(ClosedChain),
});
export type DocumentHead = z.infer<typeof DocumentHead>;

export const Organization = z.strictObject({
  name: z.string(),
  twoFactorOn: z.boolean(),
  twoFactorChangedAtMs: TimeMs.nullable(),
  policy: Policy,
  /** From then on the sessions of people without a factor end. */
  rollOutDeadlineMs: TimeMs.nullable(),
  createdAtMs: TimeMs,
});
export type Organization = z.infer<typeof Organization>;

export const User = z.strictObject({
  id: z.string(),
  userName: z.string(),
  /** The user name as it is compared: see `nameKey` in directory.ts. Unique. */
  nameKey: z.string(),
  displayName: z.string(),
  role: Role,
  unitId: z.string().nullable(),
  /** Of an administrator who is limited to a unit. */
  administersUnitId: z.string().nullable(),
  active: z.boolean(),
  isServiceAccount: z.boolean(),
  passwordHash: z.string(),
  /** The password is a one-time one: it must be changed at the first sign-in. */
  mustChangePassword: z.boolean(),
  oneTimePasswordUntilMs: TimeMs.nullable(),
  /** Trusted browsers of an earlier epoch are worth nothing (S11). */
  trustEpoch: z.number().int(),
  factorId: z.string().nullable(),
  pendingFactorId: z.string().nullable(),
  /** When the restore drill was last passed with the factor in force. */
  backupProvenAtMs: TimeMs.nullable(),
  /** Hashes of those that were not used. */
  recoveryCodes: z.strictObject({ madeAtMs: TimeMs, hashes: z.array(z.string()) }).nullable(),
  createdAtMs: TimeMs,
  lastSignInAtMs: TimeMs.nullable(),
  recentSignIns: z.array(z.strictObject({ atMs: TimeMs, browser: z.string(), outcome: z.string() })),
  /** What the user is told at the next sign-in (S17). */
  notices: z.array(SignInNotice),
});
export type User = z.infer<typeof User>;

export const Factor = z.strictObject({
  id: z.string(),
  userId: z.string(),
  state: z.enum(['pending', 'active']),
  /** The shared secret, sealed for this user and factor (S8), as base64. */
  sealedSecret: z.string(),
  /** The id of the key that it is sealed by; null: sealed before that was noted. */
  sealedBy: z.string().nullable(),
  algorithm: OtpAlgorithm,
  digits: z.number().int(),
  periodS: z.number().int(),
  createdAtMs: TimeMs,
  pendingUntilMs: TimeMs.nullable(),
  /** A pending factor of a self-service reset belongs to the session that started it. */
  sessionId: z.string().nullable(),
  activatedAtMs: TimeMs.nullable(),
  lastUsedAtMs: TimeMs.nullable(),
  lastAcceptedStep: z.number().int().nullable(),
  /** How many steps the device's clock is ahead, as found by a resynchronisation (S16). */
  driftSteps: z.number().int(),
  consecutiveFailures: z.number().int(),
  /** Stopped after too many consecutive failures, until an administrator resets it. */
  blocked: z.boolean(),
});
export type Factor = z.infer<typeof Factor>;

export const TrustRecord = z.strictObject({
  id: z.string(),
  userId: z.string(),
  factorId: z.string(),
  epoch: z.number().int(),
  seriesHash: z.string(),
  counterHash: z.string(),
  browser: z.string(),
  firstUsedAtMs: TimeMs,
  lastUsedAtMs: TimeMs,
  expiresAtMs: TimeMs,
});
export type TrustRecord = z.infer<typeof TrustRecord>;

export const Session = z.strictObject({
  id: z.string(),
  userId: z.string(),
  tokenHash: z.string(),
  browser: z.string(),
  startedAtMs: TimeMs,
  lastUsedAtMs: TimeMs,
  endsAtMs: TimeMs,
  /** The trusted browser that took the place of the code at this sign-in. */
  trustId: z.string().nullable(),
  notices: z.array(SignInNotice),
  /** The keep-your-secret screen is open in this session. */
  keepSecret: z.strictObject({ after: z.enum(['set-up', 'reset']), untilMs: TimeMs }).nullable(),
});
export type Session = z.infer<typeof Session>;

/** A sign-in that has passed the password and waits for what comes next. */
export const Challenge = z.strictObject({
  id: z.string(),
  userId: z.string(),
  tokenHash: z.string(),
  createdAtMs: TimeMs,
  expiresAtMs: TimeMs,
  wrongCodes: z.number().int(),
});
export type Challenge = z.infer<typeof Challenge>;

/** Failures of one name, one known browser or one user's codes (S5–S7). */
export const Counter = z.strictObject({
  id: z.string(),
  failuresAtMs: z.array(TimeMs),
  lockedUntilMs: TimeMs.nullable(),
  locksAtMs: z.array(TimeMs),
  updatedAtMs: TimeMs,
  /** False for a name that nobody has. */
  known: z.boolean(),
});
export type Counter = z.infer<typeof Counter>;

/** A browser that has completed a sign-in before (S7); its id is the hash of its token. */
export const Device = z.strictObject({ id: z.string(), userIds: z.array(z.string()), lastUsedAtMs: TimeMs });
export type Device = z.infer<typeof Device>;

export const AuditEntry = z.strictObject({
  sequence: z.number().int().min(1),
  atMs: TimeMs,
  event: z.string(),
  subjectId: z.string().nullable(),
  subject: z.string().nullable(),
  actorId: z.string().nullable(),
  actor: z.string().nullable(),
  browser: z.string().nullable(),
  outcome: z.enum(['success', 'failure']),
  summary: z.string(),
  /**
   * Places in chains of the audit, with the hash of the record there: of a record that anchors the chains into each other,
   * the newest of each; of one of retention, the last that was removed of each. Only where there are several chains.
   */
  ties: z.array(z.tuple([z.number().int().min(0), z.number().int().min(0), z.string()])).optional(),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;
/** What is recorded, before it is numbered and linked into a chain. */
export type AuditNote = Omit<AuditEntry, 'sequence' | 'previousHash' | 'hash'>;

export const Unit = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The name as it is compared. Unique. */
  nameKey: z.string(),
  createdAtMs: TimeMs,
});
export type Unit = z.infer<typeof Unit>;

export const ApiKeyRecord = z.strictObject({
  id: z.string(),
  name: z.string(),
  scopes: z.array(ApiScope),
  prefix: z.string(),
  keyHash: z.string(),
  createdAtMs: TimeMs,
  createdBy: z.string(),
  lastUsedAtMs: TimeMs.nullable(),
  expiresAtMs: TimeMs.nullable(),
  revokedAtMs: TimeMs.nullable(),
});
export type ApiKeyRecord = z.infer<typeof ApiKeyRecord>;

/** The organization's break-glass codes; there is one set at a time. */
export const BreakGlassRecord = z.strictObject({
  createdAtMs: TimeMs,
  createdBy: z.string(),
  codeHashes: z.array(z.string()),
  delayMs: z.number().int(),
  /** A code was used; it takes effect for that user at `effectiveAtMs`. */
  pending: z
    .strictObject({
      codeHash: z.string(),
      userId: z.string(),
      userName: z.string(),
      browser: z.string(),
      startedAtMs: TimeMs,
      effectiveAtMs: TimeMs,
    })
    .nullable(),
});
export type BreakGlassRecord = z.infer<typeof BreakGlassRecord>;

/** Which key seals the shared secrets, with the checks by which another key is noticed. Never a key in clear. */
export const SealingKeys = z.strictObject({
  /** New secrets are sealed by it. */
  current: KeyRecord,
  /** From the start of a rotation until the former key is retired: whoever has one of the two keys can open the other. */
  rotation: z
    .strictObject({
      former: KeyRecord,
      /** The current key, sealed by the former one, and the other way round. */
      currentByFormer: z.string(),
      formerByCurrent: z.string(),
      startedAtMs: TimeMs,
      /** When the last secret was sealed anew; null while that goes on. */
      resealedAtMs: TimeMs.nullable(),
      /** The nodes that keep the current key by now. */
      takenUpBy: z.array(z.string()),
    })
    .nullable(),
});
export type SealingKeys = z.infer<typeof SealingKeys>;
