// Contract: how far this computer's clock is from real time, how sure that is, and who said so.
import { z } from 'zod';
import { method, Nothing, TimeMs } from './define.ts';

/** From here on a clock that is off is worth a hint, and a warning: in milliseconds, either way. */
export const DRIFT_HINT_MS = 5_000;
export const DRIFT_WARNING_MS = 15_000;

/** How often the clock is checked by itself. */
export const CLOCK_CHECK_EVERY_MS = 60 * 60 * 1_000;

export const ClockSourceResult = z.strictObject({
  /** The server as configured. */
  source: z.string(),
  kind: z.enum(['ntp', 'https-date']),
  outcome: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('answered'),
      offsetMs: z.number(),
      uncertaintyMs: z.number(),
      delayMs: z.number(),
    }),
    z.strictObject({ kind: z.literal('failed'), reason: z.string() }),
  ]),
});
export type ClockSourceResult = z.infer<typeof ClockSourceResult>;

/**
 * `offsetMs` is real time minus this computer's time: positive means that the computer is behind.
 * `not-checked` is what stands where nothing answered; it never means that the clock is right.
 */
export const ClockStatus = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('not-checked'),
    reason: z.string(),
    checking: z.boolean(),
    sources: z.array(ClockSourceResult),
  }),
  z.strictObject({
    kind: z.literal('checked'),
    offsetMs: z.number(),
    uncertaintyMs: z.number(),
    source: z.string(),
    checkedAtMs: TimeMs,
    /** What the offset means for codes: fine below 5 s, hint from 5 s, warning from 15 s. */
    verdict: z.enum(['right', 'hint', 'warning']),
    checking: z.boolean(),
    sources: z.array(ClockSourceResult),
  }),
]);
export type ClockStatus = z.infer<typeof ClockStatus>;

/**
 * What happened to the wall clock, measured against the monotonic one.
 * - `step`: it was set, by that much; positive is forwards.
 * - `suspend`: the computer was asleep, for about that long.
 * - `step-or-suspend`: it went ahead by that much; the system does not tell whether it was set or the computer was asleep.
 * - `suspend-or-stop`: Twofold did not run for about that long: the computer was asleep, or the program was stopped.
 */
export const ClockJump = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('step'), byMs: z.number() }),
  z.strictObject({ kind: z.literal('suspend'), forMs: z.number().min(0) }),
  z.strictObject({ kind: z.literal('step-or-suspend'), byMs: z.number().min(0) }),
  z.strictObject({ kind: z.literal('suspend-or-stop'), forMs: z.number().min(0) }),
]);
export type ClockJump = z.infer<typeof ClockJump>;

/** `atMs` is real time where a check told it, else this computer's. A suspend is told when it ends. */
export const ClockEvent = z.strictObject({ atMs: TimeMs, jump: ClockJump });
export type ClockEvent = z.infer<typeof ClockEvent>;

/** One check that was made; `found` is null where no source gave a usable answer. `atMs` as in ClockEvent. */
export const ClockCheck = z.strictObject({
  atMs: TimeMs,
  found: z
    .strictObject({ offsetMs: z.number(), uncertaintyMs: z.number().min(0), source: z.string() })
    .nullable(),
});
export type ClockCheck = z.infer<typeof ClockCheck>;

export const SOURCE_RECENT_CHECKS = 8;

/** How a source did when it was last asked, the latest last. `disagreed`: answered, but not with what most others say. */
export const SourceHealth = z.strictObject({
  source: z.string(),
  kind: z.enum(['ntp', 'https-date']),
  recent: z.array(z.enum(['answered', 'disagreed', 'failed'])).max(SOURCE_RECENT_CHECKS),
});
export type SourceHealth = z.infer<typeof SourceHealth>;

/** What the checks of the last 30 days found, each list in the order of time. */
export const ClockHistory = z.strictObject({
  /** Now in real time, as far as it is known: the end of the time that is told of. */
  nowMs: TimeMs,
  checks: z.array(ClockCheck),
  events: z.array(ClockEvent),
  sources: z.array(SourceHealth),
  /** Why the latest was not saved, in a sentence; it is told all the same. Null: all is saved. */
  unsaved: z.string().nullable(),
});
export type ClockHistory = z.infer<typeof ClockHistory>;

export const clock = {
  'clock:status': method('local', Nothing, ClockStatus),
  'clock:check': method('local', Nothing, ClockStatus),
  'clock:history': method('local', Nothing, ClockHistory),
} as const;

/** `clock:recorded`: the history has something new. */
export const clockEvents = { 'clock:changed': ClockStatus, 'clock:recorded': Nothing } as const;
