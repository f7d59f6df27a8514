// Passwords in memory, for tests.
import type { PasswordReading, PasswordStore } from './password-store.ts';

export class MemoryPasswordStore implements PasswordStore {
  readonly #passwords = new Map<string, string>();

  read(name: string): Promise<PasswordReading> {
    const password = this.#passwords.get(name);
    return Promise.resolve(password === undefined ? { kind: 'absent' } : { kind: 'found', password });
  }

  write(name: string, password: string): Promise<void> {
    this.#passwords.set(name, password);
    return Promise.resolve();
  }
}
