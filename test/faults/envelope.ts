// The envelope of a call as it comes out of another process.
import { z } from 'zod';
import { Failure } from '../../src-shared/contract/index.ts';

export const Envelope = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: Failure }),
]);
