// Passwords in the OS keychain, each an entry of the service `Twofold`.
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { Keychain, type KeychainOptions, reasonFor } from './keychain.ts';
import type { PasswordReading, PasswordStore } from './password-store.ts';

export class KeychainPasswordStore implements PasswordStore {
  readonly #keychain: Keychain;

  constructor(options: KeychainOptions) {
    this.#keychain = new Keychain(options);
  }

  async read(name: string): Promise<PasswordReading> {
    try {
      const password = await this.#keychain.call((keytar) =>
        keytar.getPassword(this.#keychain.service, name),
      );
      return password === null ? { kind: 'absent' } : { kind: 'found', password };
    } catch (error) {
      return { kind: 'unavailable', reason: reasonFor(error) };
    }
  }

  async write(name: string, password: string): Promise<void> {
    try {
      await this.#keychain.call((keytar) => keytar.setPassword(this.#keychain.service, name, password));
    } catch (error) {
      const reason = reasonFor(error);
      throw new TwofoldError(
        'key-unavailable',
        `${reason} The password was not kept. Unlock the keychain and try again, or give it as TWOFOLD_DATABASE_PASSWORD.`,
        { reason },
        error,
      );
    }
  }
}
