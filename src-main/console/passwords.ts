// Password hashing: Argon2id behind a port, with a bound on how many hashes run and wait at once.
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { TwofoldError } from '../../src-shared/contract/index.ts';

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** Against null it does the same work for a hash that nothing matches, and answers false (S15). */
  verify(hash: string | null, password: string): Promise<boolean>;
}

/** OWASP's minimum for Argon2id, which is the package's default variant: 19 MiB, two passes, one lane. */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** More than this many waiting sign-ins are turned away, so that a flood takes neither memory nor hours. */
const MAX_WAITING = 1_000;
/** By then many of those that wait have had their turn. */
const BUSY_MS = 5_000;

/** Runs at most `running` pieces of work at once, in the order of arrival. */
function bounded(running: number, maxWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = running;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else {
      if (waiting.length >= maxWaiting) {
        throw new TwofoldError(
          'not-available',
          'Too many passwords are being checked right now. Try again in a moment.',
          { retryAfterMs: BUSY_MS },
        );
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** The same password however the keyboard composed it (NIST SP 800-63B section 3.1.1.2 asks for NFKC or NFKD). */
const normalised = (password: string): string => password.normalize('NFKC');

/**
 * Argon2id on the thread pool. Throws TwofoldError `not-available` when more than `maxWaiting` are waiting. Another
 * `cost` is for worlds whose passwords guard nothing; a stored hash is checked at the cost that it was made with.
 */
export function createArgon2Hasher({ maxWaiting = MAX_WAITING, cost = ARGON2ID } = {}): PasswordHasher {
  const inTurn = bounded(Math.max(1, Math.min(4, availableParallelism())), maxWaiting);
  const make = (password: string): Promise<string> => hash(normalised(password), cost);
  let decoy: Promise<string> | null = null;
  return {
    hash: (password) => inTurn(() => make(password)),
    verify: (stored, password) =>
      inTurn(async () => {
        decoy ??= make(randomBytes(32).toString('base64url'));
        const isRight = await verify(stored ?? (await decoy), normalised(password));
        return isRight && stored !== null;
      }),
  };
}
