// A KeyStore that forgets everything at the end: for tests and for the rehearsal's sealed worlds.
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import type { KeyReading, KeyStore } from './key-store.ts';

export class MemoryKeyStore implements KeyStore {
  readonly #keys = new Map<string, Uint8Array>();
  #refusal: string | null = null;

  /** From now on answers like a keychain that cannot be had, for that reason; with null it answers again. */
  refuse(reason: string | null): void {
    this.#refusal = reason;
  }

  /** The names of the keys it holds. */
  names(): string[] {
    return [...this.#keys.keys()];
  }

  read(name: string): Promise<KeyReading> {
    if (this.#refusal !== null) return Promise.resolve({ kind: 'unavailable', reason: this.#refusal });
    const key = this.#keys.get(name);
    return Promise.resolve(
      key === undefined ? { kind: 'absent' } : { kind: 'found', key: Uint8Array.from(key) },
    );
  }

  write(name: string, key: Uint8Array): Promise<void> {
    if (this.#refusal !== null)
      return Promise.reject(new TwofoldError('key-unavailable', this.#refusal, { reason: this.#refusal }));
    this.#keys.set(name, Uint8Array.from(key));
    return Promise.resolve();
  }

  remove(name: string): Promise<void> {
    if (this.#refusal !== null)
      return Promise.reject(new TwofoldError('key-unavailable', this.#refusal, { reason: this.#refusal }));
    this.#keys.get(name)?.fill(0);
    this.#keys.delete(name);
    return Promise.resolve();
  }
}
