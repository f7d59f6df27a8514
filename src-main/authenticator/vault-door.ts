// The one door to the vault: opened at first use, shut on lock. Whoever works with accounts asks here each time.
import type { Vault } from './vault.ts';

export class VaultDoor {
  readonly #openVault: () => Promise<Vault>;
  #vault: Promise<Vault> | null = null;

  /** `openVault` is called at first use, again after it has failed, and after `shut`. */
  constructor(openVault: () => Promise<Vault>) {
    this.#openVault = openVault;
  }

  /** The open vault. Throws what `openVault` throws, for instance TwofoldError `key-needed`. */
  open(): Promise<Vault> {
    if (this.#vault !== null) return this.#vault;
    const opening = this.#openVault();
    this.#vault = opening;
    opening.catch(() => {
      if (this.#vault === opening) this.#vault = null;
    });
    return opening;
  }

  /** Whether it is open, or being opened, now. */
  get isOpen(): boolean {
    return this.#vault !== null;
  }

  /** Finishes writes under way and lets go of the accounts. The vault opens again at next use. */
  async shut(): Promise<void> {
    const vault = this.#vault;
    this.#vault = null;
    // A vault that could not be opened has nothing under way.
    const opened = await vault?.catch(() => null);
    // Which code was copied last is worth no complaint.
    await opened?.saveUses().catch(() => undefined);
    await opened?.settled();
  }
}
