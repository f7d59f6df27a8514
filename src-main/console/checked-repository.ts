// The repository of a node whose key was compared with what the store says of it: with a wrong key nothing is written.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import type { ConsoleRepository, ConsoleTransaction } from './repository.ts';
import { isWrongKey, type SecretSealer } from './secret-sealer.ts';

export class CheckedRepository implements ConsoleRepository {
  readonly #repository: ConsoleRepository;
  readonly #sealer: SecretSealer;
  #fits = false;

  constructor(repository: ConsoleRepository, sealer: SecretSealer) {
    this.#repository = repository;
    this.#sealer = sealer;
  }

  transact<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    return this.#checked(true, work);
  }

  read<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    return this.#checked(false, work);
  }

  close(): Promise<void> {
    return this.#repository.close();
  }

  /** The key is compared anew before anything else is done: another node may have retired it. */
  checkAgain(): void {
    this.#fits = false;
  }

  async #checked<T>(canWrite: boolean, work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    const run = canWrite
      ? this.#repository.transact.bind(this.#repository)
      : this.#repository.read.bind(this.#repository);
    if (this.#fits) return run(work);
    let fits = false;
    const answer = await run(async (tx) => {
      fits = await this.#isFitting(tx, canWrite);
      return work(tx);
    });
    // Only now is it durable that the store tells of the key.
    this.#fits = fits;
    return answer;
  }

  /** False where the key cannot be had now: whatever needs it will say so itself. */
  async #isFitting(tx: ConsoleTransaction, canWrite: boolean): Promise<boolean> {
    try {
      return await this.#sealer.check(tx, canWrite);
    } catch (error) {
      const cannotBeHad =
        error instanceof TwofoldError && ['key-needed', 'key-unavailable'].includes(error.code);
      if (cannotBeHad && !isWrongKey(error)) return false;
      throw error;
    }
  }
}
