// What the bench and its node processes tell each other.
import { z } from 'zod';
import { ServerPlace } from '../../database/server/database-server.ts';
import { Signer } from './bench-organization.ts';

export const NodeSettings = z.strictObject({
  place: ServerPlace,
  database: z.string(),
  signers: z.array(Signer),
  /** A moment after every earlier use of these people's codes. */
  nowMs: z.number().int(),
  withHashing: z.boolean(),
  atOnce: z.number().int(),
});
export type NodeSettings = z.infer<typeof NodeSettings>;

export const NodeOrder = z.strictObject({ forMs: z.number() });

export const NodeResult = z.strictObject({
  signIns: z.number().int(),
  spentMs: z.number(),
  /** Processor time of the process, all threads. */
  processorMs: z.number(),
});
export type NodeResult = z.infer<typeof NodeResult>;
