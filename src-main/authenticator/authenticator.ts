// The authenticator: accounts and their codes, adding from pictures, links and typing, the trash, and copying.
import { randomUUID } from 'node:crypto';
import {
  type Account,
  type AccountCode,
  type CopyResult,
  type ManualAccount,
  type Preview,
  TwofoldError,
} from '../../src-shared/contract/index.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventHub } from '../ipc/events.ts';
import { cleanLabel } from '../otp/label.ts';
import { AccountCodes } from './account-codes.ts';
import { Candidates } from './candidates.ts';
import type { Clipboard } from './clipboard.ts';
import { CLEARS_AFTER_MS, CodeClipboard } from './code-clipboard.ts';
import { type Finding, findingsInPicture, findingsInText } from './findings.ts';
import { accountFromTyping, identityOf, type NewAccount, requireLabel, warningsOf } from './new-account.ts';
import type { Vault } from './vault.ts';
import type { VaultAccount } from './vault-document.ts';

export interface AuthenticatorOptions {
  /** Opens the vault; called at first use, and again after it has failed. */
  readonly openVault: () => Promise<Vault>;
  readonly clock: Clock;
  readonly events: EventHub;
  /** The texts of all QR codes of a picture. Throws TwofoldError `picture-refused`. */
  readonly readPicture: (picture: Uint8Array) => Promise<readonly string[]>;
  /** Absent where the host cannot reach the user's clipboard. */
  readonly clipboard?: Clipboard;
}

export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #codes = new AccountCodes();
  readonly #candidates: Candidates;
  readonly #clipboard: CodeClipboard | null;
  #vault: Promise<Vault> | null = null;

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    this.#candidates = new Candidates(options.clock);
    this.#clipboard =
      options.clipboard === undefined ? null : new CodeClipboard(options.clipboard, options.clock);
  }

  /** All accounts in use, in the order of adding. */
  async list(): Promise<Account[]> {
    const vault = await this.#open();
    return vault.accounts().map(shown);
  }

  /** The codes of those accounts that are (still) in use, all at one moment. */
  async codes(ids: readonly string[]): Promise<{ codes: AccountCode[]; nowMs: number }> {
    const vault = await this.#open();
    const nowMs = this.#options.clock.nowMs();
    const codes = ids.flatMap((id) => {
      const account = vault.find(id);
      return account === undefined ? [] : [this.#codes.at(account, nowMs)];
    });
    return { codes, nowMs };
  }

  /** Finds the accounts in a picture. Throws TwofoldError `picture-refused` also when it holds no QR code at all. */
  async previewPicture(picture: Uint8Array): Promise<Preview> {
    return this.#preview(findingsInPicture(await this.#options.readPicture(picture)));
  }

  /** Finds the accounts in a text with one link on each line. */
  async previewText(text: string): Promise<Preview> {
    return this.#preview(findingsInText(text));
  }

  /** Adds accounts of an earlier preview. Throws `not-found` or `already-exists`, and has then added none. */
  async addCandidates(ids: readonly string[]): Promise<Account[]> {
    const vault = await this.#open();
    const added = await this.#add(vault, this.#candidates.take(ids));
    this.#candidates.drop(ids);
    return added;
  }

  /** Adds what was typed in. Throws `account-refused` or `already-exists`. */
  async addManually(typed: ManualAccount): Promise<Account> {
    const account = accountFromTyping(typed);
    const added = await this.#add(await this.#open(), [account]);
    const [only] = added;
    if (only === undefined) throw new Error('One account was added and none came back.');
    return only;
  }

  /** Throws `not-found`, or `account-refused` when both are left blank. */
  async rename(id: string, label: { issuer: string; name: string }): Promise<Account> {
    const issuer = cleanLabel(label.issuer);
    const name = cleanLabel(label.name);
    requireLabel(issuer, name);
    const vault = await this.#open();
    return this.#replace(vault, () => ({ ...vault.account(id), issuer, name }));
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

  /** Puts a code on the clipboard, or answers it where only the renderer can. Throws `not-found`. */
  async copyCode(id: string, which: 'current' | 'next'): Promise<CopyResult> {
    const vault = await this.#open();
    const { code, nextCode } = this.#codes.at(vault.account(id), this.#options.clock.nowMs());
    const text = which === 'current' ? code : nextCode;
    if (this.#clipboard === null) return { by: 'renderer', text, clearsAfterMs: CLEARS_AFTER_MS };
    await this.#clipboard.copy(text);
    return { by: 'host', clearsAfterMs: CLEARS_AFTER_MS };
  }

  /** Finishes writes under way, clears a copied code, and forgets everything secret. The vault opens again at next use. */
  async close(): Promise<void> {
    await this.#clipboard?.clearNow();
    const vault = this.#vault;
    this.#vault = null;
    this.#candidates.clear();
    // A vault that could not be opened has nothing under way.
    const opened = await vault?.catch(() => null);
    await opened?.settled();
    this.#codes.clear();
  }

  #open(): Promise<Vault> {
    if (this.#vault !== null) return this.#vault;
    const opening = this.#options.openVault();
    this.#vault = opening;
    opening.catch(() => {
      if (this.#vault === opening) this.#vault = null;
    });
    return opening;
  }

  async #preview(findings: readonly Finding[]): Promise<Preview> {
    const vault = await this.#open();
    const known = new Set(vault.accounts().map(identityOf));
    const accounts = findings.flatMap((finding) => (finding.kind === 'account' ? [finding.account] : []));
    // One account twice in one picture or text is one account.
    const distinct = Array.from(new Map(accounts.map((account) => [identityOf(account), account])).values());
    const ids = this.#candidates.keep(distinct);
    return {
      candidates: distinct.flatMap((account, index) => {
        const id = ids[index];
        if (id === undefined) return [];
        const { issuer, name, type, algorithm, digits, periodS } = account;
        const status = known.has(identityOf(account)) ? 'already-there' : 'new';
        const warnings = warningsOf(account);
        return [{ id, issuer, name, type, algorithm, digits, periodS, status, warnings }];
      }),
      leftOut: findings.flatMap((finding) =>
        finding.kind === 'left-out' ? [{ where: finding.where, reason: finding.reason }] : [],
      ),
    };
  }

  async #add(vault: Vault, accounts: readonly NewAccount[]): Promise<Account[]> {
    const createdAtMs = this.#options.clock.nowMs();
    const added = accounts.map((account): VaultAccount => ({
      ...account,
      id: randomUUID(),
      createdAtMs,
      deletedAtMs: null,
    }));
    await vault.change((present) => {
      const known = new Set(present.filter((account) => account.deletedAtMs === null).map(identityOf));
      for (const account of added) {
        if (known.has(identityOf(account))) throw alreadyThere(account);
        known.add(identityOf(account));
      }
      return [...present, ...added];
    });
    this.#changed();
    return added.map(shown);
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

/** An account as the renderer may see it: without its secret. */
const shown = (account: VaultAccount): Account => {
  const { id, issuer, name, type, algorithm, digits, periodS, createdAtMs } = account;
  const warnings = warningsOf(account);
  return { id, issuer, name, type, algorithm, digits, periodS, addedAtMs: createdAtMs, warnings };
};

function alreadyThere(account: NewAccount): TwofoldError {
  const label = [account.issuer, account.name].filter((part) => part !== '').join(', ');
  return new TwofoldError(
    'already-exists',
    `${label === '' ? 'This account' : `“${label}”`} is in your authenticator already, with the same secret. Nothing was added.`,
  );
}
