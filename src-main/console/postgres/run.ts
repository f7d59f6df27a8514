// Runs one statement in the transaction at hand.
import type { QueryResult, RawBuilder } from 'kysely';

/** Throws DatabaseFailure. */
export type Run = (query: RawBuilder<unknown>) => Promise<QueryResult<unknown>>;
