// Contract: what administrators decide for the organization — 2FA, its roll-out, the policy — and why a sign-in goes as it does.
import { z } from 'zod';
import { OrganizationName } from '../console.ts';
import { Id, method, Nothing, TimeMs, TypedCode } from '../define.ts';

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

const count = (least: number, most: number) => z.number().int().min(least).max(most);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Every number of the console's rules that an administrator may set, with the bounds between which it makes sense. */
export const Policy = z.strictObject({
  digits: count(6, 8),
  periodS: count(15, 120),
  algorithm: z.enum(['SHA-1', 'SHA-256', 'SHA-512']),
  /** Accepted time steps on each side of the current one. */
  windowSteps: count(0, 2),
  passwordFailures: count(3, 100),
  codeFailures: count(3, 20),
  failureWindowMs: count(MINUTE_MS, DAY_MS),
  lockMs: count(MINUTE_MS, DAY_MS),
  consecutiveCodeFailures: count(10, 1_000),
  trustMs: count(HOUR_MS, 365 * DAY_MS),
  /** 0: nobody may trust a browser. */
  trustedBrowsersPerUser: count(0, 100),
  pendingFactorMs: count(5 * MINUTE_MS, DAY_MS),
  challengeMs: count(MINUTE_MS, HOUR_MS),
  challengeWrongCodes: count(1, 20),
  sessionIdleMs: count(2 * MINUTE_MS, DAY_MS),
  sessionAbsoluteMs: count(5 * MINUTE_MS, 30 * DAY_MS),
  oneTimePasswordMs: count(HOUR_MS, 90 * DAY_MS),
  passwordMinLength: count(8, 64),
  recoveryCodes: z.boolean(),
  breakGlassDelayMs: count(HOUR_MS, 30 * DAY_MS),
  /** Days that audit records are kept; 0: for ever. */
  auditRetentionDays: count(0, 3_650),
});
export type Policy = z.infer<typeof Policy>;

/** Some of the policy's values. */
export const PolicyValues = Policy.partial();
export type PolicyValues = z.infer<typeof PolicyValues>;

/** What a policy means for somebody who has the password and guesses codes. */
export const Guessing = z.strictObject({
  /** Most codes that the limits let anybody try for one user. */
  triesPerDay: z.number().int(),
  triesPerMonth: z.number().int(),
  chancePerDay: z.number(),
  chancePerMonth: z.number(),
  /** Beyond what is thought safe: says which values bring it about. */
  warnings: z.array(z.string()),
});
export type Guessing = z.infer<typeof Guessing>;

/** A day of the roll-out, for the chart. */
export const RollOutPoint = z.strictObject({
  atMs: TimeMs,
  /** Active people then who are to have a factor, and those of them who had one. */
  people: z.number().int(),
  setUp: z.number().int(),
});
export type RollOutPoint = z.infer<typeof RollOutPoint>;

/** Facts of a sign-in that the asking administrator supposes. */
export const Supposed = z.strictObject({
  /** When; null: now. */
  atMs: TimeMs.nullable(),
  browser: z.enum(['unknown', 'trusted']),
});
export type Supposed = z.infer<typeof Supposed>;

export const organizationMethods = {
  'administration:previewTwoFactor': method(
    'administrator',
    z.strictObject({ turnOn: z.boolean() }),
    BlastRadius,
  ),
  'administration:setTwoFactor': method(
    'administrator',
    z.strictObject({ turnOn: z.boolean(), code: TypedCode.nullable() }),
    Nothing,
  ),
  'administration:renameOrganization': method(
    'administrator',
    z.strictObject({ name: OrganizationName }),
    Nothing,
  ),
  'administration:rollOut': method(
    'administrator',
    Nothing,
    z.strictObject({
      twoFactorOn: z.boolean(),
      turnedOnAtMs: TimeMs.nullable(),
      deadlineMs: TimeMs.nullable(),
      people: z.number().int(),
      setUp: z.number().int(),
      pending: z.number().int(),
      /** Oldest first, at most 120. */
      curve: z.array(RollOutPoint),
    }),
  ),
  /** From then on the sessions of people who have not set 2FA up end; null takes it back. */
  'administration:setDeadline': method(
    'administrator',
    z.strictObject({ deadlineMs: TimeMs.nullable(), code: TypedCode.nullable() }),
    Nothing,
  ),
  'administration:policy': method(
    'administrator',
    Nothing,
    z.strictObject({ policy: Policy, defaults: Policy, guessing: Guessing }),
  ),
  /** What the values would mean; writes nothing. */
  'administration:judgePolicy': method('administrator', Policy, Guessing),
  'administration:savePolicy': method(
    'administrator',
    z.strictObject({ policy: Policy, code: TypedCode.nullable() }),
    z.strictObject({ policy: Policy, guessing: Guessing }),
  ),
  /** What would happen if this user signed in then and from there, and why. */
  'administration:explain': method(
    'administrator',
    z.strictObject({ userId: Id, ...Supposed.shape }),
    z.strictObject({
      next: z.string(),
      because: z.array(z.string()),
      /** What else is true of the user at that moment, in sentences. */
      facts: z.array(z.string()),
    }),
  ),
} as const;
