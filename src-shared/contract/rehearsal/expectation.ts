// Contract: what must be seen after a step of a scenario.
import { z } from 'zod';
import { FactorState } from '../administration/users.ts';
import { UserName } from '../console.ts';
import { text } from '../define.ts';
import { ErrorCode } from '../errors.ts';
import { PlainName } from './names.ts';

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
