// What main and the key derivation worker say to each other: one derivation, then one key.
import { z } from 'zod';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

const shared = {
  /** A text is taken as UTF-8, as it is. */
  password: z.union([z.string(), bytes]),
  salt: bytes,
  keyBytes: z.number(),
};

export const KeyDerivation = z.discriminatedUnion('kind', [
  /** RFC 7914: N, r and p. */
  z.strictObject({
    kind: z.literal('scrypt'),
    ...shared,
    cost: z.number(),
    blockSize: z.number(),
    parallelism: z.number(),
  }),
  /** RFC 8018. */
  z.strictObject({
    kind: z.literal('pbkdf2'),
    ...shared,
    hash: z.enum(['sha1', 'sha256', 'sha512']),
    iterations: z.number(),
  }),
  /** RFC 9106, version 1.3. */
  z.strictObject({
    kind: z.literal('argon2id'),
    ...shared,
    memoryKiB: z.number(),
    passes: z.number(),
    parallelism: z.number(),
  }),
]);
export type KeyDerivation = z.infer<typeof KeyDerivation>;

export const DerivationResult = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key'), key: bytes }),
  z.strictObject({ kind: z.literal('no-memory') }),
]);
export type DerivationResult = z.infer<typeof DerivationResult>;
