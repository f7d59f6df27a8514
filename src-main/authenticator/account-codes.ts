// The codes of vault accounts, with the prepared key of each account kept between calls.
import type { AccountCode } from '../../src-shared/contract/index.ts';
import { decodeBase32 } from '../otp/base32.ts';
import { decimalCode, steamCode } from '../otp/code-text.ts';
import { FastKey } from '../otp/fast-engine.ts';
import { schedule } from '../otp/schedule.ts';
import type { VaultAccount } from './vault-document.ts';

export class AccountCodes {
  readonly #keys = new Map<string, FastKey>();
  /** The counters of the HOTP codes on screen. */
  readonly #onScreen = new Map<string, number>();

  /** The current and the next code at `nowMs`, and when the current one begins and ends; for HOTP the one on screen. */
  at(account: VaultAccount, nowMs: number): AccountCode {
    if (account.type === 'hotp') {
      const counter = this.#onScreen.get(account.id);
      return lasting(account.id, counter === undefined ? '' : this.#code(account, counter));
    }
    const { step, validFromMs, validUntilMs } = schedule(nowMs, account.periodS);
    return {
      id: account.id,
      code: this.#code(account, step),
      nextCode: this.#code(account, step + 1),
      validFromMs,
      validUntilMs,
    };
  }

  /** Shows the code of a HOTP account at `counter`, whose successor is in the vault already. */
  show(account: VaultAccount, counter: number): AccountCode {
    this.#onScreen.set(account.id, counter);
    return lasting(account.id, this.#code(account, counter));
  }

  /** Wipes the key of an account that is no longer in use or has changed. */
  forget(id: string): void {
    this.#keys.get(id)?.wipe();
    this.#keys.delete(id);
    this.#onScreen.delete(id);
  }

  /** Wipes all keys. */
  clear(): void {
    for (const key of this.#keys.values()) key.wipe();
    this.#keys.clear();
    this.#onScreen.clear();
  }

  #code(account: VaultAccount, counter: number): string {
    const value = this.#key(account).valueAt(counter);
    return account.type === 'steam' ? steamCode(value) : decimalCode(value, account.digits);
  }

  /** Secret and algorithm never change under an id without `forget`. */
  #key(account: VaultAccount): FastKey {
    const known = this.#keys.get(account.id);
    if (known !== undefined) return known;
    const secret = decodeBase32(account.secret);
    const key = new FastKey(secret, account.algorithm);
    secret.fill(0);
    this.#keys.set(account.id, key);
    return key;
  }
}

const lasting = (id: string, code: string): AccountCode => ({
  id,
  code,
  nextCode: '',
  validFromMs: 0,
  validUntilMs: 0,
});
