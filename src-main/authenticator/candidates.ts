// Accounts found in pictures and texts, kept in main with their secrets until they are added or the preview expires.
import { randomUUID } from 'node:crypto';
import { TwofoldError } from '../../src-shared/contract/index.ts';
import type { Clock } from '../clock/clock.ts';
import type { NewAccount } from './new-account.ts';

export const PREVIEW_MS = 15 * 60 * 1000;
/** As many as one call can add. The oldest give way. */
export const MAX_CANDIDATES = 10_000;

export class Candidates {
  readonly #clock: Clock;
  readonly #found = new Map<string, NewAccount>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Keeps the accounts of one preview for 15 minutes; answers the id of each. */
  keep(accounts: readonly NewAccount[]): string[] {
    const ids = accounts.map((account) => {
      const id = randomUUID();
      this.#found.set(id, account);
      return id;
    });
    for (const id of this.#found.keys()) {
      if (this.#found.size <= MAX_CANDIDATES) break;
      this.#found.delete(id);
    }
    this.#clock.after(PREVIEW_MS, () => this.drop(ids));
    return ids;
  }

  /** All of them, each once, in the order asked. Throws TwofoldError `not-found` when one has expired or is unknown. */
  take(ids: readonly string[]): NewAccount[] {
    return Array.from(new Set(ids), (id) => {
      const account = this.#found.get(id);
      if (account === undefined) {
        throw new TwofoldError(
          'not-found',
          'The preview has expired, and nothing was added. Read the picture or paste the link again.',
        );
      }
      return account;
    });
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) this.#found.delete(id);
  }

  clear(): void {
    this.#found.clear();
  }
}
