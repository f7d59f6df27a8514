// The authenticator: accounts and their codes, keeping them in order, the trash, copying, and showing a secret on purpose.
import {
  type Account,
  type AccountCode,
  type AccountDetails,
  type AccountEdit,
  type CopyResult,
  type DeletedAccount,
  type ManualAccount,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventHub } from '../ipc/events.ts';
import { cleanLabel } from '../otp/label.ts';
import { STEAM_PARAMETERS } from '../otp/parameters.ts';
import { AccountCodes } from './account-codes.ts';
import type { Clipboard } from './clipboard.ts';
import { CLEARS_AFTER_MS, CodeClipboard } from './code-clipboard.ts';
import {
  accountFromTyping,
  cleanTags,
  identityOf,
  portable,
  requireLabel,
  vaultAccount,
} from './new-account.ts';
import { shown, shownDeleted, shownInFull } from './shown-account.ts';
import type { ImportedAccount } from './transfer/imported-account.ts';
import { linkOf } from './transfer/otpauth-links/write-otpauth-links.ts';
import type { Vault } from './vault.ts';
import type { VaultDoor } from './vault-door.ts';
import type { VaultAccount } from './vault-document.ts';

export interface AuthenticatorOptions {
  readonly door: VaultDoor;
  readonly clock: Clock;
  readonly events: EventHub;
  /** What is added to the clock for codes, in milliseconds: real time minus this computer's, where it is to count. */
  readonly correctionMs: () => number;
  /** Absent where the host cannot reach the user's clipboard. */
  readonly clipboard?: Clipboard;
}

/** Copies in a row are written down together. */
const USES_SAVED_AFTER_MS = 10_000;
const TRASH_LOOKED_AT_EVERY_MS = 6 * 60 * 60 * 1000;

export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #codes = new AccountCodes();
  readonly #clipboard: CodeClipboard | null;
  #cancelSaving: (() => void) | null = null;
  #cancelTrash: (() => void) | null = null;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    this.#clipboard =
      options.clipboard === undefined ? null : new CodeClipboard(options.clipboard, options.clock);
  }

  /** All accounts in use, in the order by hand. */
  async list(): Promise<Account[]> {
    const vault = await this.#open();
    return vault.accounts().map(shown);
  }

  /** The codes of those accounts that are (still) in use, all at one moment. */
  async codes(
    ids: readonly string[],
  ): Promise<{ codes: AccountCode[]; nowMs: number; correctedByMs: number }> {
    const vault = await this.#open();
    const correctedByMs = this.#options.correctionMs();
    const nowMs = this.#nowMs();
    const codes = ids.flatMap((id) => {
      const account = vault.find(id);
      return account === undefined ? [] : [this.#codes.at(account, nowMs)];
    });
    return { codes, nowMs, correctedByMs };
  }

  /** Throws `not-found`. */
  async details(id: string): Promise<AccountDetails> {
    const vault = await this.#open();
    return shownInFull(vault.account(id));
  }

  /** Adds what was typed in. Throws `account-refused` or `already-exists`. */
  async addManually(typed: ManualAccount): Promise<Account> {
    const vault = await this.#open();
    const added = vaultAccount(accountFromTyping(typed), this.#options.clock.nowMs());
    await vault.change((present) => {
      const isThere = present.some(
        (account) => account.deletedAtMs === null && identityOf(account) === identityOf(added),
      );
      if (isThere) throw alreadyThere(added);
      return [...present, added];
    });
    this.#changed();
    return shown(added);
  }

  /** Throws `not-found`, or `account-refused` for what cannot be. The secret stays. */
  async edit(edit: AccountEdit): Promise<Account> {
    const issuer = cleanLabel(edit.issuer);
    const name = cleanLabel(edit.name);
    requireLabel(issuer, name);
    const vault = await this.#open();
    const edited = await this.#replace(vault, () => {
      const account = vault.account(edit.id);
      return {
        ...account,
        issuer,
        name,
        tags: cleanTags(edit.tags),
        note: edit.note.replaceAll(/\r\n?/gu, '\n').trim(),
        ...editedParameters(account, edit),
      };
    });
    // The prepared key belongs to the algorithm, and a HOTP code on screen to the counter, as they were.
    this.#codes.forget(edit.id);
    return edited;
  }

  /** Throws `not-found`. */
  async pin(id: string, pinned: boolean): Promise<Account> {
    const vault = await this.#open();
    return this.#replace(vault, () => ({ ...vault.account(id), pinned }));
  }

  /** Puts an account before another one in the order by hand, or at the end. Throws `not-found`. */
  async move(id: string, beforeId: string | null): Promise<void> {
    const vault = await this.#open();
    await vault.change((accounts) => {
      const moved = vault.account(id);
      if (id === beforeId) return accounts;
      const others = accounts.filter((account) => account.id !== id);
      const place =
        beforeId === null
          ? others.length
          : others.findIndex((account) => account.id === vault.account(beforeId).id);
      return others.toSpliced(place, 0, moved);
    });
    this.#changed();
  }

  /** Renames a tag wherever it stands, or removes it. */
  async renameTag(from: string, to: string | null): Promise<void> {
    const vault = await this.#open();
    await vault.change((accounts) =>
      accounts.map((account) =>
        account.tags.includes(from)
          ? {
              ...account,
              tags: cleanTags(
                account.tags.flatMap((tag) => (tag !== from ? [tag] : to === null ? [] : [to])),
              ),
            }
          : account,
      ),
    );
    this.#changed();
  }

  /**
   * Counts a HOTP account on and answers its code. The counter of the code after it is durable before the code is shown:
   * no code is ever shown twice (RFC 4226 §7.2 has the verifier do likewise). Throws `not-found`, `account-refused`.
   */
  async advance(id: string): Promise<AccountCode> {
    const vault = await this.#open();
    return this.#advance(vault, id);
  }

  /** Moves an account to the trash. Throws `not-found`. */
  async delete(id: string): Promise<void> {
    const vault = await this.#open();
    const deletedAtMs = this.#options.clock.nowMs();
    await this.#replace(vault, () => ({ ...vault.account(id), deletedAtMs }));
    this.#codes.forget(id);
  }

  /** Brings an account back from the trash. Throws `not-found`. */
  async restore(id: string): Promise<Account> {
    const vault = await this.#open();
    return this.#replace(vault, () => ({ ...vault.deletedAccount(id), deletedAtMs: null }));
  }

  /** What is in the trash, newest first. */
  async trash(): Promise<DeletedAccount[]> {
    const vault = await this.#open();
    return vault
      .trash()
      .toSorted((a, b) => b.deletedAtMs - a.deletedAtMs)
      .map(shownDeleted);
  }

  /** Takes accounts out of the trash for good, all where `ids` is null. Accounts in use are left alone. */
  async deleteForever(ids: readonly string[] | null): Promise<void> {
    const vault = await this.#open();
    const named = ids === null ? null : new Set(ids);
    await vault.change((accounts) =>
      accounts.filter(({ id, deletedAtMs }) => deletedAtMs === null || named?.has(id) === false),
    );
    this.#changed();
  }

  /** Puts a code on the clipboard, or answers it where only the renderer can. Throws `not-found`. */
  async copyCode(id: string, which: 'current' | 'next'): Promise<CopyResult> {
    const vault = await this.#open();
    const text = await this.#textToCopy(vault, id, which);
    await this.#clipboard?.copy(text);
    this.#used(vault, id);
    return this.#clipboard === null
      ? { by: 'renderer', text, clearsAfterMs: CLEARS_AFTER_MS }
      : { by: 'host', clearsAfterMs: CLEARS_AFTER_MS };
  }

  /** The secret in groups of four, and the link that a QR code holds. Whoever asks has proved to be the user. */
  async reveal(id: string): Promise<{ secret: string; link: string }> {
    const vault = await this.#open();
    const account = vault.account(id);
    return {
      secret: account.secret.match(/.{1,4}/gu)?.join(' ') ?? '',
      link: linkOf(portable(account)),
    };
  }

  /** Those accounts, or all in use, with their secrets: for exports and backups alone. Throws `not-found`. */
  async portableAccounts(ids: readonly string[] | null): Promise<ImportedAccount[]> {
    const vault = await this.#open();
    const accounts = ids === null ? vault.accounts() : ids.map((id) => vault.account(id));
    return accounts.map(portable);
  }

  /** Accounts were replaced from outside: what was prepared for their codes is no longer right. */
  forgetCodes(ids: readonly string[]): void {
    for (const id of ids) this.#codes.forget(id);
  }

  /** Clears a copied code and forgets everything secret, after the writes under way. The vault opens again at next use. */
  async forget(): Promise<void> {
    this.#cancelSaving?.();
    this.#cancelSaving = null;
    this.#cancelTrash?.();
    this.#cancelTrash = null;
    // The prepared keys first: what follows waits for disk and clipboard.
    this.#codes.clear();
    await this.#clipboard?.clearNow();
    await this.#options.door.shut();
    this.#codes.clear();
  }

  #open(): Promise<Vault> {
    this.#watchTrash();
    return this.#options.door.open();
  }

  #nowMs(): number {
    return this.#options.clock.nowMs() + this.#options.correctionMs();
  }

  async #advance(vault: Vault, id: string): Promise<AccountCode> {
    let counter = 0;
    await vault.change((accounts) => {
      const account = vault.account(id);
      if (account.counter === null) throw notCounted();
      if (account.counter === Number.MAX_SAFE_INTEGER) throw counterSpent();
      counter = account.counter;
      return accounts.map((other) => (other.id === id ? { ...other, counter: counter + 1 } : other));
    });
    this.#changed();
    return this.#codes.show(vault.account(id), counter);
  }

  async #textToCopy(vault: Vault, id: string, which: 'current' | 'next'): Promise<string> {
    const account = vault.account(id);
    const { code, nextCode } = this.#codes.at(account, this.#nowMs());
    if (account.type !== 'hotp') return which === 'current' ? code : nextCode;
    return which === 'current' && code !== '' ? code : (await this.#advance(vault, id)).code;
  }

  #used(vault: Vault, id: string): void {
    const { useCount, lastUsedAtMs } = vault.noteUse(id, this.#options.clock.nowMs());
    this.#options.events.emit('authenticator:used', { id, useCount, lastUsedAtMs: lastUsedAtMs ?? 0 });
    this.#cancelSaving ??= this.#options.clock.after(USES_SAVED_AFTER_MS, () => {
      this.#cancelSaving = null;
      // A disk that is full is told at the next change that matters.
      vault.saveUses().catch(() => undefined);
    });
  }

  /** Empties the trash of what is due while the program goes on running for weeks. */
  #watchTrash(): void {
    this.#cancelTrash ??= this.#options.clock.after(TRASH_LOOKED_AT_EVERY_MS, () => {
      this.#cancelTrash = null;
      if (!this.#options.door.isOpen) return;
      this.#open()
        .then((vault) => vault.emptyDueTrash(this.#options.clock.nowMs()))
        .then((hasChanged) => {
          if (hasChanged) this.#changed();
        })
        // A disk that is full is told at the next change that matters.
        .catch(() => undefined);
    });
  }

  /** Replaces one account by what `next` makes of it once earlier changes are through. */
  async #replace(vault: Vault, next: () => VaultAccount): Promise<Account> {
    let result: VaultAccount | undefined;
    await vault.change((accounts) => {
      const account = next();
      result = account;
      return accounts.map((other) => (other.id === account.id ? account : other));
    });
    this.#changed();
    if (result === undefined) throw new Error('A change resolved without having run.');
    return shown(result);
  }

  #changed(): void {
    this.#options.events.emit('authenticator:changed', {});
  }
}

/** Steam allows no others, and a counter belongs to HOTP as a period to the rest. Throws `account-refused`. */
function editedParameters(
  account: VaultAccount,
  edit: AccountEdit,
): Pick<VaultAccount, 'algorithm' | 'digits' | 'periodS' | 'counter'> {
  if (account.type === 'steam') return { ...STEAM_PARAMETERS, counter: null };
  const { algorithm, digits } = edit;
  if (account.type === 'hotp') {
    if (edit.counter === null) throw wrongParameters('A counter-based account needs a counter.');
    return { algorithm, digits, periodS: 0, counter: edit.counter };
  }
  if (edit.periodS < 1) throw wrongParameters('A time-based account needs a period of 1 second or more.');
  return { algorithm, digits, periodS: edit.periodS, counter: null };
}

const wrongParameters = (sentence: string): TwofoldError =>
  new TwofoldError('account-refused', `${sentence} Nothing was changed.`, { reason: 'parameters' });

const notCounted = (): TwofoldError =>
  new TwofoldError('account-refused', 'This account goes by time, so there is nothing to count on.', {
    reason: 'not-counted',
  });

const counterSpent = (): TwofoldError =>
  new TwofoldError(
    'account-refused',
    'The counter of this account has reached its end. Set the account up anew.',
    {
      reason: 'counter-spent',
    },
  );

const alreadyThere = (account: Pick<VaultAccount, 'issuer' | 'name'>): TwofoldError => {
  const label = [account.issuer, account.name].filter((part) => part !== '').join(' · ');
  return new TwofoldError(
    'already-exists',
    `“${label}” with this secret is in the list already. Nothing was added.`,
  );
};
