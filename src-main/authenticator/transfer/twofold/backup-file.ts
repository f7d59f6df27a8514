// Twofold's own encrypted backup: a header in clear, bound to a payload sealed with a key from a password.
import { z } from 'zod';
import { OtpAlgorithm } from '../../../../src-shared/contract/index.ts';

export const FORMAT = 'twofold-backup';
export const VERSION = 1;
export const KEY_BYTES = 32;

export const Cost = z.strictObject({
  memoryKiB: z.number(),
  passes: z.number(),
  parallelism: z.number(),
});
export type Cost = z.infer<typeof Cost>;

export const Header = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  kdf: z.strictObject({ name: z.literal('argon2id'), salt: z.string(), ...Cost.shape }),
  cipher: z.strictObject({ name: z.literal('aes-256-gcm'), nonce: z.string() }),
});
export type Header = z.infer<typeof Header>;

/** `payload` is base64 of ciphertext ‖ tag. */
export const BackupFile = z.strictObject({ ...Header.shape, payload: z.string() });
export type BackupFile = z.infer<typeof BackupFile>;

/** The additional data of the cipher: no byte of the header can be changed unnoticed. */
export const headerBytes = (header: Header): Buffer => Buffer.from(JSON.stringify(Header.parse(header)));

export const Payload = z.looseObject({ accounts: z.array(z.unknown()) });

export const BackupAccount = z.looseObject({
  type: z.enum(['totp', 'hotp', 'steam']),
  issuer: z.string(),
  name: z.string(),
  secret: z.string(),
  algorithm: OtpAlgorithm,
  digits: z.number(),
  periodS: z.number(),
  counter: z.number().nullable(),
  tags: z.array(z.string()),
  note: z.string(),
  pinned: z.boolean(),
});
