// What main and the QR worker say to each other: one picture, then one result.
import { z } from 'zod';

export const PictureJob = z.strictObject({ bytes: z.instanceof(Uint8Array) });

export const PictureResult = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('read'), texts: z.array(z.string()) }),
  /** The bytes look like a picture and cannot be decoded. */
  z.strictObject({ kind: z.literal('damaged') }),
]);
export type PictureResult = z.infer<typeof PictureResult>;
