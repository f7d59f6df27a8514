// Contract: what administrators do — users, organization-wide 2FA, resets, audit.
import { z } from 'zod';
import { filledText, Id, method, Nothing, text, TimeMs, TypedCode } from './define.ts';
import { DisplayName, Role, UserName } from './console.ts';

export const FactorState = z.enum(['not-set-up', 'pending', 'set-up', 'service-account', 'blocked']);
export type FactorState = z.infer<typeof FactorState>;

export const UserRow = z.strictObject({
  id: Id,
  userName: z.string(),
  displayName: z.string(),
  role: Role,
  active: z.boolean(),
  factor: FactorState,
  /** End of a pending set-up. */
  pendingUntilMs: TimeMs.nullable(),
  lastSignInAtMs: TimeMs.nullable(),
  trustedBrowsers: z.number().int(),
  liveSessions: z.number().int(),
  /** The person has a one-time password that was not used yet. */
  mustChangePassword: z.boolean(),
  lockedUntilMs: TimeMs.nullable(),
});
export type UserRow = z.infer<typeof UserRow>;

export const UserCounts = z.strictObject({
  total: z.number().int(),
  setUp: z.number().int(),
  pending: z.number().int(),
  notSetUp: z.number().int(),
  serviceAccounts: z.number().int(),
  blocked: z.number().int(),
});
export type UserCounts = z.infer<typeof UserCounts>;

export const Directory = z.strictObject({
  twoFactorOn: z.boolean(),
  twoFactorChangedAtMs: TimeMs.nullable(),
  counts: UserCounts,
  /** How many match the search; `users` is the asked-for page of them. */
  matching: z.number().int(),
  users: z.array(UserRow),
});
export type Directory = z.infer<typeof Directory>;

/** S19: whom turning 2FA on or off would touch, computed by the same function that decides sign-ins. */
export const BlastRadius = z.strictObject({
  turnOn: z.boolean(),
  /** Asked for a code at the next sign-in: set up already. */
  willBeAsked: z.array(z.string()),
  /** Must set 2FA up at the next sign-in. */
  mustSetUp: z.array(z.string()),
  /** Go on with the password alone. */
  serviceAccounts: z.array(z.string()),
  /** Cannot sign in until an administrator acts (blocked factor). */
  blocked: z.array(z.string()),
  inactive: z.array(z.string()),
  /** Sessions that go on until they end (G2). */
  liveSessions: z.number().int(),
  administratorSetUp: z.boolean(),
  warnings: z.array(z.string()),
});
export type BlastRadius = z.infer<typeof BlastRadius>;

export const AuditRecord = z.strictObject({
  sequence: z.number().int(),
  atMs: TimeMs,
  event: z.string(),
  /** Whom it is about, by user name; null for the organization or an unknown name. */
  subject: z.string().nullable(),
  /** Who did it, by user name; null where nobody is known. */
  actor: z.string().nullable(),
  browser: z.string().nullable(),
  outcome: z.enum(['success', 'failure']),
  /** A plain sentence. */
  summary: z.string(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

export const Policy = z.strictObject({
  digits: z.number().int(),
  periodS: z.number().int(),
  algorithm: z.string(),
  windowSteps: z.number().int(),
  passwordFailures: z.number().int(),
  codeFailures: z.number().int(),
  failureWindowMs: z.number().int(),
  lockMs: z.number().int(),
  consecutiveCodeFailures: z.number().int(),
  trustMs: z.number().int(),
  trustedBrowsersPerUser: z.number().int(),
  pendingFactorMs: z.number().int(),
  challengeMs: z.number().int(),
  challengeWrongCodes: z.number().int(),
  sessionIdleMs: z.number().int(),
  sessionAbsoluteMs: z.number().int(),
  oneTimePasswordMs: z.number().int(),
  passwordMinLength: z.number().int(),
});
export type Policy = z.infer<typeof Policy>;

/** A user, and the administrator's own current code where that is needed (null: try without, answers code-required). */
const onUser = { userId: Id, code: TypedCode.nullable() };

export const administration = {
  'administration:directory': method(
    'administrator',
    z.strictObject({
      search: text(200),
      offset: z.number().int().min(0).max(10_000_000),
      limit: z.number().int().min(1).max(500),
    }),
    Directory,
  ),
  'administration:addUser': method(
    'administrator',
    z.strictObject({ userName: UserName, displayName: DisplayName, role: Role }),
    z.strictObject({ user: UserRow, oneTimePassword: z.string(), expiresAtMs: TimeMs }),
  ),
  'administration:newOneTimePassword': method(
    'administrator',
    z.strictObject(onUser),
    z.strictObject({ oneTimePassword: z.string(), expiresAtMs: TimeMs }),
  ),
  'administration:setRole': method('administrator', z.strictObject({ ...onUser, role: Role }), UserRow),
  'administration:setActive': method(
    'administrator',
    z.strictObject({ ...onUser, active: z.boolean() }),
    UserRow,
  ),
  'administration:setServiceAccount': method(
    'administrator',
    z.strictObject({ ...onUser, isServiceAccount: z.boolean() }),
    UserRow,
  ),
  /** G13. The administrator's own code is asked when the administrator has a factor (S10). */
  'administration:resetFactor': method('administrator', z.strictObject(onUser), UserRow),
  /** G14. */
  'administration:resetTrustedBrowsers': method('administrator', z.strictObject(onUser), UserRow),
  'administration:endSessions': method('administrator', z.strictObject(onUser), UserRow),
  /** Takes back locks after wrong passwords or codes. A factor stopped after 100 wrong codes needs resetFactor. */
  'administration:unlock': method('administrator', z.strictObject(onUser), UserRow),
  'administration:previewTwoFactor': method(
    'administrator',
    z.strictObject({ turnOn: z.boolean() }),
    BlastRadius,
  ),
  'administration:setTwoFactor': method(
    'administrator',
    z.strictObject({ turnOn: z.boolean(), code: TypedCode.nullable() }),
    Directory,
  ),
  /** What would happen if this user signed in now from an unknown browser, and why. */
  'administration:explain': method(
    'administrator',
    z.strictObject({ userId: Id }),
    z.strictObject({ next: z.string(), because: z.array(z.string()) }),
  ),
  'administration:audit': method(
    'administrator',
    z.strictObject({
      search: text(200),
      beforeSequence: z.number().int().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    z.strictObject({ records: z.array(AuditRecord), total: z.number().int() }),
  ),
  'administration:verifyAudit': method(
    'administrator',
    Nothing,
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('intact'), records: z.number().int() }),
      z.strictObject({
        kind: z.literal('broken'),
        firstBrokenSequence: z.number().int(),
        reason: z.string(),
      }),
    ]),
  ),
  'administration:policy': method('administrator', Nothing, Policy),
  'administration:renameOrganization': method(
    'administrator',
    z.strictObject({ name: filledText(80) }),
    Directory,
  ),
} as const;
