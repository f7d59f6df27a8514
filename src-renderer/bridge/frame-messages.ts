// What the rehearsal's room and the frames in it say to each other: one window message each to meet, then a port.
import { z } from 'zod';
import { TimeMs } from '../../src-shared/contract/index.ts';

/** Frame → room, at the window: the page is loaded, anew perhaps, and waits for a port. */
export const FRAME_READY = 'twofold:frame-ready';
/** Room → frame, at the window, with the port. */
export const FRAME_PORT = 'twofold:frame-port';

/** The one room that a frame shows: a simulated browser is the console, a device the authenticator. */
export const FrameRoom = z.enum(['console', 'authenticator']);
export type FrameRoom = z.infer<typeof FrameRoom>;

const Clock = z.strictObject({ kind: z.literal('clock'), nowMs: z.number(), isRunning: z.boolean() });
const Theme = z.strictObject({ kind: z.literal('theme'), theme: z.enum(['light', 'dark']) });

/** Frame → room, over the port. */
export const FromFrame = z.strictObject({
  kind: z.literal('call'),
  id: z.number().int(),
  method: z.string().max(60),
  input: z.unknown(),
});
export type FromFrame = z.infer<typeof FromFrame>;

/** Room → frame, over the port. `hello` comes first and once. */
export const ToFrame = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hello'),
    room: FrameRoom,
    zone: z.string(),
    nowMs: TimeMs,
    isRunning: z.boolean(),
    theme: Theme.shape.theme,
  }),
  z.strictObject({ kind: z.literal('answer'), id: z.number().int(), envelope: z.unknown() }),
  z.strictObject({ kind: z.literal('event'), event: z.string(), payload: z.unknown() }),
  Clock,
  Theme,
]);
export type ToFrame = z.infer<typeof ToFrame>;
export type Hello = Extract<ToFrame, { kind: 'hello' }>;
