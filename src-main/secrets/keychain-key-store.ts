// Keys in the OS keychain.
import { randomBytes } from 'node:crypto';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { Keychain, type KeychainOptions, type Keytar, reasonFor } from './keychain.ts';
import { KEY_BYTES, type KeyReading, type KeyStore } from './key-store.ts';

const PROBE_ACCOUNT = 'probe';

/** Each key is one entry of the service `Twofold`, as base64url: far below the 2,560 bytes that Windows allows. */
export class KeychainKeyStore implements KeyStore {
  readonly #keychain: Keychain;
  readonly #platform: NodeJS.Platform;

  constructor(options: KeychainOptions) {
    this.#keychain = new Keychain(options);
    this.#platform = options.platform ?? process.platform;
  }

  async read(name: string): Promise<KeyReading> {
    try {
      const text = await this.#keychain.call((keytar) => keytar.getPassword(this.#keychain.service, name));
      if (text === null) {
        // libsecret answers a locked keyring like an empty one (atom/node-keytar#422): absent is what a keyring that
        // can be written to says.
        if (this.#platform === 'linux') await this.#proveOpen();
        return { kind: 'absent' };
      }
      const key = Buffer.from(text, 'base64url');
      if (key.length !== KEY_BYTES || key.toString('base64url') !== text) {
        return {
          kind: 'unavailable',
          reason: `The entry “${name}” of the OS keychain does not hold a key of Twofold.`,
        };
      }
      return { kind: 'found', key };
    } catch (error) {
      return { kind: 'unavailable', reason: reasonFor(error) };
    }
  }

  async write(name: string, key: Uint8Array): Promise<void> {
    const text = Buffer.from(key).toString('base64url');
    await this.#change((keytar) => keytar.setPassword(this.#keychain.service, name, text));
  }

  async remove(name: string): Promise<void> {
    await this.#change((keytar) => keytar.deletePassword(this.#keychain.service, name));
  }

  async #change(work: (keytar: Keytar) => Promise<unknown>): Promise<void> {
    try {
      await this.#keychain.call(work);
    } catch (error) {
      const reason = reasonFor(error);
      throw new TwofoldError(
        'key-unavailable',
        `${reason} Nothing was changed there. Unlock the keychain and try again.`,
        { reason },
        error,
      );
    }
  }

  async #proveOpen(): Promise<void> {
    const account = `${PROBE_ACCOUNT}-${randomBytes(6).toString('hex')}`;
    await this.#keychain.call((keytar) => keytar.setPassword(this.#keychain.service, account, PROBE_ACCOUNT));
    await this.#keychain.call((keytar) => keytar.deletePassword(this.#keychain.service, account));
  }
}
