// What a database can fail with: telling what may be tried again from what a person must look after.
import { DatabaseError } from 'pg';
import { type ErrorDetails, TwofoldError } from '../../../src-shared/contract/index.ts';

/** A lost compare-and-set: what was read is not there any more. The work may run again. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** A server that cannot be written to: a copy of another one, or one that was told to take no changes. */
export class CopyFound extends Error {
  override readonly name = 'CopyFound';
}

/** All connections that this node may open are in use. */
export class NoneFree extends Error {
  override readonly name = 'NoneFree';
}

/** The server has a statement and does not answer. Whether it has done it is not known. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

const READ_ONLY = '25006';

/** Everything that a query or a connection failed with. */
export class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
  /** SQLSTATE; null where the connection failed. */
  readonly state: string | null;

  constructor(cause: unknown) {
    super('The database failed.', { cause });
    this.state = stateOf(cause);
  }
}

function stateOf(cause: unknown): string | null {
  if (cause instanceof CopyFound) return READ_ONLY;
  return cause instanceof DatabaseError ? (cause.code ?? null) : null;
}

/** Of several servers’ failures the one to tell: what a person must mend, then a copy, then one that is not there. */
export function telling(failures: readonly unknown[]): unknown {
  const weight = (failure: unknown): number => {
    if (failure instanceof NoneFree) return 3;
    if (failure instanceof CopyFound) return 1;
    return isCut(new DatabaseFailure(failure)) ? 0 : 2;
  };
  return failures.toSorted((a, b) => weight(b) - weight(a))[0];
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
  if (error.cause instanceof NoneFree) return false;
  // 08: connection exceptions; 57P01–57P03: the server is stopping, has crashed, or is starting.
  return state === null || /^(?:08|57P0)/.test(state) || state === READ_ONLY;
};

const RETRY_AFTER_MS = 2_000;

/** The client’s own words where a server is silent; it has no code for it. */
const CONNECT_TIMEOUT = 'timeout expired';

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
    case '53200':
      return failed(
        'The database server has no memory left for this. Nothing was changed; try again.',
        { reason: 'no-memory' },
        error.cause,
      );
    case '55P03':
    case '57014':
    case '25P03':
      return failed(
        'The database took too long, because others are at work on the same. Nothing was changed; try again.',
        { reason: 'busy' },
        error.cause,
      );
    case READ_ONLY:
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
  if (error.cause instanceof NoneFree) {
    return failed(
      'All connections of this node to the database are in use. Nothing was changed; try again. If it happens often, allow more with connections in the address of the database.',
      { reason: 'no-free-connection' },
      error.cause,
    );
  }
  const text = textOf(error);
  if (/certificate|self[- ]signed|altname|CERT_|SSL|TLS/i.test(text)) {
    return failed(
      'The connection to the database is not safe: the server’s certificate could not be verified, or it speaks no TLS. Nothing was sent. Name the certificate of its authority, with sslrootcert in the address.',
      { reason: 'tls' },
      error.cause,
    );
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) {
    return failed(
      'The name of the database server cannot be found, so nothing was changed. Check it in the address of the database, and that names can be looked up on this computer.',
      { reason: 'unreachable' },
      error.cause,
    );
  }
  if (error.cause instanceof Unanswered || text === CONNECT_TIMEOUT) {
    return failed(
      'The database server does not answer, so nothing was changed. Check that it runs and that nothing on the way stops it; Twofold goes on by itself when it answers.',
      { reason: 'unreachable' },
      error.cause,
    );
  }
  return failed(
    'The database server cannot be reached, so nothing was changed. Check that it runs and that its address is right; Twofold goes on by itself when it is back.',
    { reason: 'unreachable' },
    error.cause,
  );
}
