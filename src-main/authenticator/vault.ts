// The authenticator's vault: accounts in memory, and every change durable before it counts.
import { type Adapter, Low } from 'lowdb';
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { emptyVaultDocument, type VaultAccount, type VaultDocument } from './vault-document.ts';
import { InTurn } from '../queue/in-turn.ts';

/** How long a deleted account can be restored. */
export const TRASH_MS = 30 * 24 * 60 * 60 * 1000;

export class Vault {
  readonly #file: Low<VaultDocument>;
  /** What is durable, and the uses noted since. `#file.data` is ahead of it while a write is under way. */
  #accounts: ReadonlyMap<string, VaultAccount>;
  /** Accounts whose use was noted and not written yet. */
  readonly #used = new Set<string>();
  readonly #queue = new InTurn();

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
    // A folder that cannot be written to must not keep anybody from their codes: the trash waits for the next time.
    await vault.emptyDueTrash(nowMs).catch(() => undefined);
    return vault;
  }

  /** Accounts in use, in the order by hand. */
  accounts(): VaultAccount[] {
    return Array.from(this.#accounts.values()).filter((account) => account.deletedAtMs === null);
  }

  /** Accounts in the trash. */
  trash(): (VaultAccount & { readonly deletedAtMs: number })[] {
    return Array.from(this.#accounts.values()).flatMap((account) =>
      account.deletedAtMs === null ? [] : [{ ...account, deletedAtMs: account.deletedAtMs }],
    );
  }

  /** An account in use. Throws TwofoldError `not-found`. */
  account(id: string): VaultAccount {
    const account = this.find(id);
    if (account === undefined) throw notFound();
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
    return this.#queue.run(async () => {
      const before = this.#file.data;
      const noted = [...this.#used];
      this.#file.data = {
        ...before,
        accounts: [...next(before.accounts.map((each) => this.#withUse(each)))],
      };
      try {
        await this.#file.write();
      } catch (error) {
        this.#file.data = before;
        throw error;
      }
      for (const id of noted) this.#used.delete(id);
      const after = this.#file.data.accounts;
      // A use noted while this was being written is still only in memory.
      this.#accounts = byId(this.#used.size === 0 ? after : after.map((each) => this.#withUse(each)));
    });
  }

  /**
   * Notes that an account's code was copied. It counts at once, and is written with the next change or by `saveUses`: a
   * copy must not wait for the disk. Throws TwofoldError `not-found`.
   */
  noteUse(id: string, nowMs: number): VaultAccount {
    const account = this.account(id);
    const used = { ...account, useCount: account.useCount + 1, lastUsedAtMs: nowMs };
    this.#accounts = new Map(this.#accounts).set(id, used);
    this.#used.add(id);
    return used;
  }

  /** Makes the uses noted so far durable. */
  async saveUses(): Promise<void> {
    if (this.#used.size > 0) await this.change((accounts) => accounts);
  }

  /** Removes for good what has been in the trash for 30 days. Answers whether there was anything. */
  async emptyDueTrash(nowMs: number): Promise<boolean> {
    const isDue = (account: VaultAccount): boolean =>
      account.deletedAtMs !== null && account.deletedAtMs + TRASH_MS <= nowMs;
    if (!Array.from(this.#accounts.values()).some(isDue)) return false;
    await this.change((accounts) => accounts.filter((account) => !isDue(account)));
    return true;
  }

  /** Waits for the changes under way. */
  async settled(): Promise<void> {
    await this.#queue.settled();
  }

  #withUse(account: VaultAccount): VaultAccount {
    const known = this.#used.has(account.id) ? this.#accounts.get(account.id) : undefined;
    if (known === undefined) return account;
    return { ...account, useCount: known.useCount, lastUsedAtMs: known.lastUsedAtMs };
  }
}

const byId = (accounts: readonly VaultAccount[]): ReadonlyMap<string, VaultAccount> =>
  new Map(accounts.map((account) => [account.id, account]));

const notFound = (): TwofoldError =>
  new TwofoldError('not-found', 'This account is not in the vault any more. Look at the list again.');
