// How much of a foreign file is looked at. Every limit is named in the message of what goes beyond it.

export { MAX_IMPORT_BYTES as MAX_FILE_BYTES } from '../../../src-shared/contract/transfer.ts';
/** Notes of a password manager can be long; a code's need not be. */
export { MAX_NOTE_CHARACTERS, MAX_TAGS } from '../../../src-shared/contract/authenticator.ts';
export const MAX_ENTRIES = 20_000;
/** Objects and lists inside one another. The formats that are read need eight at most. */
export const MAX_NESTING = 64;

/** Of one key derivation; Ente asks for 1 GiB. */
export const MAX_DERIVATION_MEMORY_BYTES = 2 * 1024 * 1024 * 1024;
export const MAX_PBKDF2_ITERATIONS = 10_000_000;
export const MAX_ARGON2_PASSES = 64;
/** Memory times passes of Argon2. Ente's own are at 4 GiB, Bitwarden's most expensive at 10 GiB. */
export const MAX_ARGON2_WORK_BYTES = 32 * 1024 * 1024 * 1024;
/** N × r × p of scrypt; Aegis' own are at 262,144. */
export const MAX_SCRYPT_WORK = 2 ** 26;
export const MAX_PARALLELISM = 64;
