// The codes of vault accounts, with the prepared key of each account kept between calls.
import type { AccountCode } from '../../src-shared/contract/index.ts';
import { decodeBase32 } from '../otp/base32.ts';
import { decimalCode, steamCode } from '../otp/code-text.ts';
import { FastKey } from '../otp/fast-engine.ts';
import { schedule } from '../otp/schedule.ts';
import type { VaultAccount } from './vault-document.ts';

export class AccountCodes {
  readonly #keys = new Map<string, FastKey>();

  /** The current and the next code at `nowMs`, and when the current one begins and ends. */
  at(account: VaultAccount, nowMs: number): AccountCode {
    const { step, validFromMs, validUntilMs } = schedule(nowMs, account.periodS);
    const key = this.#key(account);
    return {
      id: account.id,
      code: codeText(account, key.valueAt(step)),
      nextCode: codeText(account, key.valueAt(step + 1)),
      validFromMs,
      validUntilMs,
    };
  }

  /** Wipes the key of an account that is no longer in use. */
  forget(id: string): void {
    this.#keys.get(id)?.wipe();
    this.#keys.delete(id);
  }

  /** Wipes all keys. */
  clear(): void {
    for (const key of this.#keys.values()) key.wipe();
    this.#keys.clear();
  }

  /** A secret never changes under its id, so a key stays right until it is forgotten. */
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

const codeText = (account: VaultAccount, value: number): string =>
  account.type === 'steam' ? steamCode(value) : decimalCode(value, account.digits);
