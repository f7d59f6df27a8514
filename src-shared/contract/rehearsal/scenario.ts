// Contract: a scenario of the rehearsal — who and what takes part, what happens, and what must be seen then.
import { z } from 'zod';
import { PolicyValues } from '../administration/organization.ts';
import { Role, UserName } from '../console.ts';
import { text } from '../define.ts';
import { MAX_AHEAD_S, ScenarioStep } from './action.ts';
import { PlainName, ScenarioName, Title } from './names.ts';

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
  policy: PolicyValues.optional(),
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
