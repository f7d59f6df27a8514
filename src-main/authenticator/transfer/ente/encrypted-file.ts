// The encrypted export of Ente Auth, version 1.
import { z } from 'zod';

export const VERSION = 1;
export const KEY_BYTES = 32;

export const EncryptedFile = z.looseObject({
  version: z.number(),
  kdfParams: z.looseObject({
    /** Bytes. */
    memLimit: z.number(),
    opsLimit: z.number(),
    salt: z.string(),
  }),
  encryptedData: z.string(),
  encryptionNonce: z.string(),
});
export type EncryptedFile = z.infer<typeof EncryptedFile>;
