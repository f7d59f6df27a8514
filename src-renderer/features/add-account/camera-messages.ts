// What the page and the worker that reads the camera's frames say to each other.
import { z } from 'zod';

/** To the worker: one frame as RGBA. */
export const CameraFrame = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  pixels: z.instanceof(Uint8ClampedArray),
  /** Whether to look for a code that is light on dark. */
  isInverted: z.boolean(),
});
export type CameraFrame = z.infer<typeof CameraFrame>;

/** From the worker: the text of the code in the frame, or null where it shows none. */
export const CameraFinding = z.object({ text: z.string().nullable() });
export type CameraFinding = z.infer<typeof CameraFinding>;
