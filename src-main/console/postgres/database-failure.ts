// What a database can fail with: telling what may be tried again from what a person must look after.
import { DatabaseError } from 'pg';
import { type ErrorDetails, TwofoldError } from '../../../src-shared/contract/index.ts';

/** A lost compare-and-set: what was read is not there any more. The work may run again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Everything that a query or a connection failed with. */
export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
  /** SQLSTATE; null where the connection failed. */
  readonly state: string | null;

  constructor(cause: unknown) {
    super('The database failed.', { cause });
    this.state = cause instanceof DatabaseError ? (cause.code ?? null) : null;
  }
}

/** SQLSTATEs after which the same work over what is there now may well succeed. See PostgreSQL, appendix A. */
const conflicts: ReadonlySet<string> = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
  '23505', // a unique value that another transaction took
  '23503', // a record that another transaction removed
]);

export const isConflict = (error: unknown): boolean =>
  error instanceof Overtaken || (error instanceof DatabaseFailure && conflicts.has(error.state ?? ''));

/** The connection is gone, or none could be had: what was under way is undone, unless it was just being committed. */
export const isCut = (error: unknown): boolean => {
  if (!(error instanceof DatabaseFailure)) return false;
  const { state } = error;
  // 08: connection exceptions; 57P01–57P03: the server is stopping, has crashed, or is starting; 25006: a replica.
  return state === null || /^(?:08|57P0)/.test(state) || state === '25006';
};

const RETRY_AFTER_MS = 2_000;

const failed = (sentence: string, details: ErrorDetails, cause: unknown): TwofoldError =>
  new TwofoldError('storage-failed', sentence, { retryAfterMs: RETRY_AFTER_MS, ...details }, cause);

const causeOf = (error: unknown): unknown => (error instanceof DatabaseFailure ? error.cause : error);

const textOf = (error: unknown): string => {
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message : '';
};

/** The outcome of a commit cannot be found out. */
export const outcomeUnknown = (error: unknown): TwofoldError =>
  failed(
    'The connection to the database was lost in the middle of saving. Whether it was saved is not known: look again before you repeat it.',
    { reason: 'outcome-unknown' },
    causeOf(error),
  );

/** Too many others changed the same records at the same moment, again and again. */
export const overtakenTooOften = (error: unknown): TwofoldError =>
  failed(
    'Too many others are changing the same at this moment. Nothing was changed; try again.',
    { reason: 'conflict' },
    causeOf(error),
  );

/** The failure as a sentence for people; nothing was changed. What is no failure of the database is answered as it is. */
export function toldFailure(error: unknown): unknown {
  if (!(error instanceof DatabaseFailure)) return error;
  const { state } = error;
  if (state === null) return unreachable(error);
  switch (state) {
    case '28P01':
    case '28000':
      return failed(
        'The database server refused the user or the password. Nothing was changed. Check the user in the address, and the password, in TWOFOLD_DATABASE_PASSWORD or the keychain.',
        { reason: 'password' },
        error.cause,
      );
    case '3D000':
      return failed(
        'There is no such database on the server. Nothing was changed. Create it (CREATE DATABASE …), or correct its name in the address.',
        { reason: 'no-database' },
        error.cause,
      );
    case '42501':
      return failed(
        'The database user may not do that. Nothing was changed. Make it the owner of its database, so that it may create the schema twofold and the extension pg_trgm.',
        { reason: 'not-permitted' },
        error.cause,
      );
    case '53100':
      return failed(
        'The disk of the database server is full, so nothing was changed. Make room there and try again.',
        { reason: 'disk-full' },
        error.cause,
      );
    case '53300':
      return failed(
        'The database server has no connection left. Nothing was changed; try again, or raise max_connections there.',
        { reason: 'too-many-connections' },
        error.cause,
      );
    case '55P03':
    case '57014':
      return failed(
        'The database took too long, because others are at work on the same. Nothing was changed; try again.',
        { reason: 'busy' },
        error.cause,
      );
    case '25006':
      return failed(
        'The database server is a copy that cannot be written to. Nothing was changed. It may be about to take over; try again.',
        { reason: 'read-only' },
        error.cause,
      );
    default:
      if (isCut(error)) return unreachable(error);
      return failed(
        `The database refused the work (SQLSTATE ${state}). Nothing was changed. Look into the log of the database server.`,
        { reason: 'database', sqlState: state },
        error.cause,
      );
  }
}

function unreachable(error: DatabaseFailure): TwofoldError {
  const text = textOf(error);
  if (/certificate|self[- ]signed|altname|CERT_|SSL|TLS/i.test(text)) {
    return failed(
      'The connection to the database is not safe: the server’s certificate could not be verified, or it speaks no TLS. Nothing was sent. Name the certificate of its authority, with sslrootcert in the address.',
      { reason: 'tls' },
      error.cause,
    );
  }
  return failed(
    'The database server cannot be reached, so nothing was changed. Check that it runs and that its address is right; Twofold goes on by itself when it is back.',
    { reason: 'unreachable' },
    error.cause,
  );
}
