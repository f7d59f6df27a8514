// The backup of 2FAS, schema 1 to 4.
import { z } from 'zod';
import { SpareText, WholeNumber } from '../account-fields.ts';

export const NEWEST_SCHEMA = 4;
export const PBKDF2_ITERATIONS = 10_000;
export const KEY_BYTES = 32;

export const BackupFile = z.looseObject({
  schemaVersion: z.number().nullish(),
  services: z.unknown().optional(),
  servicesEncrypted: z.string().nullish(),
  groups: z.unknown().optional(),
});

export const Group = z.looseObject({ id: z.string(), name: z.string() });

export const Service = z.looseObject({
  name: z.string().nullish(),
  /** `otp.link` may hold a placeholder in its place. */
  secret: z.string(),
  groupId: SpareText,
  /** What the scanned link did not say is absent. Schema 1 has neither period nor algorithm. */
  otp: z
    .looseObject({
      label: z.string().nullish(),
      account: z.string().nullish(),
      issuer: z.string().nullish(),
      digits: WholeNumber,
      period: WholeNumber,
      algorithm: z.string().nullish(),
      counter: WholeNumber,
      tokenType: z.string().nullish(),
    })
    .nullish(),
});
export type Service = z.infer<typeof Service>;

/** The fixed text by which 2FAS checks a password, and tells that a file is encrypted at all. */
export const REFERENCE =
  'tRViSsLKzd86Hprh4ceC2OP7xazn4rrt4xhfEUbOjxLX8Rc3mkISXE0lWbmnWfggogbBJhtYgpK6fMl1D6mtsy92R3HkdGfwuXbzLebqVFJsR7IZ2w58t938iymwG4824igYy1wi6n2WDpO1Q1P69zwJGs2F5a1qP4MyIiDSD7NCV2OvidXQCBnDlGfmz0f1BQySRkkt4ryiJeCjD2o4QsveJ9uDBUn8ELyOrESv5R5DMDkD4iAF8TXU7KyoJujd';
