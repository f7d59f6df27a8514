// The authenticator's vault: accounts in memory, and every change durable before it counts.
import { type Adapter, Low } from 'lowdb';
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { emptyVaultDocument, type VaultAccount, type VaultDocument } from './vault-document.ts';

/** How long a deleted account can be restored. */
export const TRASH_MS = 30 * 24 * 60 * 60 * 1000;

export class Vault {
  readonly #file: Low<VaultDocument>;
  /** What is durable. `#file.data` is ahead of it while a write is under way. */
  #accounts: ReadonlyMap<string, VaultAccount>;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(file: Low<VaultDocument>) {
    this.#file = file;
    this.#accounts = byId(file.data.accounts);
  }

  /**
   * Reads the vault, or starts an empty one, and removes what has been in the trash for 30 days. Throws what the adapter
   * throws.
   */
  static async open(adapter: Adapter<VaultDocument>, nowMs: number): Promise<Vault> {
    const file = new Low(adapter, emptyVaultDocument());
    await file.read();
    const vault = new Vault(file);
    const isDue = (account: VaultAccount) =>
      account.deletedAtMs !== null && account.deletedAtMs + TRASH_MS <= nowMs;
    if (file.data.accounts.some(isDue)) {
      // A folder that cannot be written to must not keep anybody from their codes: the trash waits for the next time.
      await vault.change((accounts) => accounts.filter((account) => !isDue(account))).catch(() => undefined);
    }
    return vault;
  }

  /** Accounts in use, in the order of adding. */
  accounts(): VaultAccount[] {
    return Array.from(this.#accounts.values()).filter((account) => account.deletedAtMs === null);
  }

  /** An account in use. Throws TwofoldError `not-found`. */
  account(id: string): VaultAccount {
    const account = this.#accounts.get(id);
    if (account === undefined || account.deletedAtMs !== null) throw notFound();
    return account;
  }

  /** The account in use with that id, if there is one. */
  find(id: string): VaultAccount | undefined {
    const account = this.#accounts.get(id);
    return account?.deletedAtMs === null ? account : undefined;
  }

  /** An account in the trash. Throws TwofoldError `not-found`. */
  deletedAccount(id: string): VaultAccount {
    const account = this.#accounts.get(id);
    if (account === undefined || account.deletedAtMs === null) throw notFound();
    return account;
  }

  /**
   * Replaces the accounts, those in the trash included, by what `next` makes of them; durable when it resolves. Changes
   * run one after another. When `next` or the write throws (TwofoldError `storage-failed`), nothing has changed.
   */
  change(next: (accounts: readonly VaultAccount[]) => readonly VaultAccount[]): Promise<void> {
    const work = this.#queue.then(async () => {
      const before = this.#file.data;
      this.#file.data = { ...before, accounts: Array.from(next(before.accounts)) };
      try {
        await this.#file.write();
      } catch (error) {
        this.#file.data = before;
        throw error;
      }
      this.#accounts = byId(this.#file.data.accounts);
    });
    this.#queue = work.catch(() => undefined);
    return work;
  }

  /** Waits for the changes under way. */
  async settled(): Promise<void> {
    await this.#queue;
  }
}

const byId = (accounts: readonly VaultAccount[]): ReadonlyMap<string, VaultAccount> =>
  new Map(accounts.map((account) => [account.id, account]));

const notFound = (): TwofoldError =>
  new TwofoldError('not-found', 'This account is not in the vault any more. Look at the list again.');
