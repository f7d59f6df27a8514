// Contract: how far this computer's clock is from real time, how sure that is, and who said so.
import { z } from 'zod';
import { method, Nothing, TimeMs } from './define.ts';

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

export const clock = {
  'clock:status': method('local', Nothing, ClockStatus),
  'clock:check': method('local', Nothing, ClockStatus),
} as const;

export const clockEvents = { 'clock:changed': ClockStatus } as const;
