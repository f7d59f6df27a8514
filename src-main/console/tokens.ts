// Tokens that browsers hold and the console knows only by their hash, and the ids of records.
import { createHash, timingSafeEqual } from 'node:crypto';

/** A source of random bytes; node:crypto's in the program, a counted one in tests. */
export type RandomBytes = (length: number) => Uint8Array;

const TOKEN_BYTES = 32;
const ID_BYTES = 12;

/** 256 random bits as base64url (43 characters). */
export const newToken = (random: RandomBytes): string =>
  Buffer.from(random(TOKEN_BYTES)).toString('base64url');

/** A new id of a record. Not a secret. */
export const newId = (random: RandomBytes): string => Buffer.from(random(ID_BYTES)).toString('base64url');

/** SHA-256 as base64url: what is stored instead of a token. A token has 256 random bits, so no salt is needed. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Compares two hashes in constant time. */
export const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
