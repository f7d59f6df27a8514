// Contract: where the console's data lie, and moving them between the folder and a PostgreSQL database.
import { z } from 'zod';
import { filledText, Id, method, Nothing, text, TypedCode } from './define.ts';

/** A certificate and those above it are some kilobytes. */
export const MAX_CERTIFICATE_CHARACTERS = 100_000;

export const NamedDatabase = z.strictObject({
  /** `postgres://user@host:port/database`, without a password. */
  url: filledText(2_000),
  /** The certificates of the authority that the server's certificate is verified with, as PEM; null: those that Node knows. */
  authorities: text(MAX_CERTIFICATE_CHARACTERS).nullable(),
  /** Null: from the environment or the keychain, or the server asks for none. */
  password: filledText(1_000).nullable(),
});
export type NamedDatabase = z.infer<typeof NamedDatabase>;

export const DataPlace = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path: z.string() }),
  z.strictObject({
    kind: z.literal('database'),
    /** `user@host:port/database`. */
    address: z.string(),
    /** How the connection is kept safe. */
    safety: z.enum(['tls', 'socket', 'own-computer']),
    /** Named by TWOFOLD_DATABASE_URL: it cannot be changed on screen. */
    isFromEnvironment: z.boolean(),
    /** How changes at other nodes reach the screens of this one: at once, or by a look every now and then. */
    changes: z.enum(['at-once', 'by-looking']),
  }),
]);
export type DataPlace = z.infer<typeof DataPlace>;

export const DatabaseCheck = z.strictObject({
  check: z.enum(['reached', 'safe', 'signed-in', 'version', 'rights', 'content']),
  isRight: z.boolean(),
  /** What was found and, where it is not right, what to do. */
  sentence: z.string(),
});
export type DatabaseCheck = z.infer<typeof DatabaseCheck>;

export const MovedPart = z.strictObject({
  /** A table, or the audit. */
  name: z.string(),
  count: z.number().int(),
  /** The same before and after, or nothing would have been switched. */
  checksum: z.string(),
});
export type MovedPart = z.infer<typeof MovedPart>;

export const database = {
  'database:place': method('administrator', Nothing, DataPlace),
  /** Connects and looks; writes nothing. The checks end with the first that is not right. */
  'database:test': method(
    'administrator',
    NamedDatabase,
    z.strictObject({ checks: z.array(DatabaseCheck), canMove: z.boolean() }),
  ),
  /** Meanwhile every other call to the console is refused. Sessions come along. */
  'database:move': method(
    'administrator',
    z.strictObject({
      /** Null: back to the folder. */
      to: NamedDatabase.nullable(),
      /** Everything is copied and compared, and nothing is kept. */
      isDryRun: z.boolean(),
      jobId: Id,
      code: TypedCode.nullable(),
    }),
    z.strictObject({ parts: z.array(MovedPart), keptAt: z.string() }),
  ),
} as const;

export const databaseEvents = {
  'database:progress': z.strictObject({
    jobId: Id,
    share: z.number().min(0).max(1),
    step: z.enum(['reading', 'writing', 'comparing']),
    part: z.string(),
    count: z.number().int(),
  }),
} as const;
