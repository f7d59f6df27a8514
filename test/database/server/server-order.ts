// What the process that started server-guard.ts may say to it.
import { z } from 'zod';

export const ServerOptions = z.object({
  /** Lines of postgresql.conf. */
  lines: z.array(z.string()),
  /** Where the write-ahead log goes, in small pieces; null: with the data. */
  walFolder: z.string().nullable(),
});
export type ServerOptions = z.infer<typeof ServerOptions>;

const Which = z.enum(['primary', 'copy']);
export type Which = z.infer<typeof Which>;

export const EndSignal = z.enum(['SIGINT', 'SIGQUIT', 'SIGKILL']);
export type EndSignal = z.infer<typeof EndSignal>;

export const ServerOrder = z.discriminatedUnion('kind', [
  z.object({ id: z.number(), kind: z.literal('end'), server: Which, signal: EndSignal }),
  z.object({ id: z.number(), kind: z.literal('start'), server: Which }),
  /** Makes the copy and starts it. */
  z.object({ id: z.number(), kind: z.literal('copy'), server: z.literal('primary') }),
]);
export type ServerOrder = z.infer<typeof ServerOrder>;

export const ServerAnswer = z.object({
  id: z.number(),
  answer: z.object({ port: z.number().int().optional() }).optional(),
  error: z.string().optional(),
});
