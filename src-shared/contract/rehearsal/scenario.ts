// Contract: a scenario of the rehearsal — who and what takes part, what happens, and what must be seen then.
import { z } from 'zod';
import { FactorState } from '../administration/users.ts';
import { Policy } from '../administration/organization.ts';
import { Role, UserName } from '../console.ts';
import { text } from '../define.ts';
import { ErrorCode } from '../errors.ts';
import { Action, MAX_AHEAD_S } from './action.ts';
import { PlainName, ScenarioName, Title } from './names.ts';

/** What a browser shows: the kinds of `ConsoleStep`, and `reset` for a change of device under way. */
export const BrowserScreen = z.enum([
  'no-organization',
  'signed-out',
  'change-password',
  'code',
  'break-glass',
  'set-up',
  'keep-secret',
  'signed-in',
  'reset',
]);
export type BrowserScreen = z.infer<typeof BrowserScreen>;

/** How an action ended: done, refused by the console or authenticator, or not possible in this world. */
export const StepRefusal = z.union([ErrorCode, z.literal('not-possible')]);
export type StepRefusal = z.infer<typeof StepRefusal>;

const count = z.number().int().min(0).max(1_000);

/** What must be seen after a step. What is not named may be as it likes; a step without `refused` must not be refused. */
export const Expectation = z.strictObject({
  refused: StepRefusal.optional(),
  /** Why, as `details.reason` of the refusal says. */
  reason: text(60).optional(),
  /** By how many seconds the refusal says that the device's clock is ahead; behind: negative. */
  clockAheadSeconds: z.number().int().optional(),
  /** What each of these browsers shows. */
  screens: z.record(PlainName, BrowserScreen).optional(),
  /** Whether the code screen there offers to trust the browser. */
  offersTrust: z.record(PlainName, z.boolean()).optional(),
  /** For whom each of these browsers is trusted. */
  trusted: z.record(PlainName, z.array(UserName).max(20)).optional(),
  factors: z.record(UserName, FactorState).optional(),
  /** Live sessions of each of these people. */
  sessions: z.record(UserName, count).optional(),
  /** Whether codes or passwords of these people are locked for a while. */
  locked: z.record(UserName, z.boolean()).optional(),
  /** Kinds of notices that the sign-in there tells; others may stand beside them. */
  notices: z.record(PlainName, z.array(text(60)).max(20)).optional(),
  /** How many accounts each of these devices holds. */
  accounts: z.record(PlainName, count).optional(),
  /** Events that this step adds to the audit, in this order; others may stand between them. */
  audit: z.array(text(60)).max(50).optional(),
});
export type Expectation = z.infer<typeof Expectation>;

export const ScenarioStep = z.strictObject({ do: Action, expect: Expectation.optional() });
export type ScenarioStep = z.infer<typeof ScenarioStep>;

export const MAX_STEPS = 500;
const MAX_CAST = 20;

export const CastPerson = z.strictObject({
  name: UserName,
  displayName: PlainName,
  role: Role.optional(),
  isServiceAccount: z.boolean().optional(),
  /** Has set 2FA up already, with this device. Only where 2FA is on at the beginning. */
  device: PlainName.optional(),
});
export type CastPerson = z.infer<typeof CastPerson>;

export const CastDevice = z.strictObject({
  name: PlainName,
  /** How far its clock is ahead at the beginning; behind: negative. */
  aheadSeconds: z.number().int().min(-MAX_AHEAD_S).max(MAX_AHEAD_S).optional(),
});
export type CastDevice = z.infer<typeof CastDevice>;

/** The world as it is when the story begins. The first person is its first administrator. */
export const Cast = z.strictObject({
  organization: PlainName,
  /** Local time where the story takes place, for instance 2026-03-03T09:00:00. */
  startsAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'must be like 2026-03-03T09:00:00'),
  /** An IANA time zone, for instance Europe/Berlin. Absent: UTC. */
  zone: z
    .string()
    .regex(/^[A-Za-z_+\-/0-9]{1,64}$/, 'must be the name of a time zone')
    .optional(),
  twoFactor: z.enum(['on', 'off']),
  /** Where the policy differs from the defaults. */
  policy: Policy.partial().optional(),
  people: z.array(CastPerson).min(1).max(MAX_CAST),
  browsers: z.array(PlainName).min(1).max(MAX_CAST),
  devices: z.array(CastDevice).max(MAX_CAST),
});
export type Cast = z.infer<typeof Cast>;

export const SCENARIO_FORMAT = 'twofold-scenario-1';

/** The whole of a scenario, and of a scenario file. */
export const Scenario = z.strictObject({
  format: z.literal(SCENARIO_FORMAT),
  name: ScenarioName,
  title: Title,
  /** The cases and requirements that it plays, for instance G9. */
  cases: z.array(z.string().regex(/^[GS]\d{1,2}$/, 'must be like G9 or S3')).max(20),
  /** What happens, for whoever reads it: a few sentences. */
  story: text(2_000),
  cast: Cast,
  /** None: a world to do as one likes in. */
  steps: z.array(ScenarioStep).max(MAX_STEPS),
});
export type Scenario = z.infer<typeof Scenario>;
