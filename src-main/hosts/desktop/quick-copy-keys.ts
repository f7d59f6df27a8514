// The keys that open the quick-copy window from anywhere.
import { globalShortcut } from 'electron';

export class QuickCopyKeys {
  readonly #press: () => void;
  #keys: string | null = null;
  #fault: string | null = null;

  constructor(press: () => void) {
    this.#press = press;
  }

  /** Why the keys do not work, as a sentence; null while they do, and where there are none. */
  get fault(): string | null {
    return this.#fault;
  }

  /** Takes the keys, in place of the ones before; null: none. True when `fault` is another one now. */
  set(keys: string | null): boolean {
    if (keys === this.#keys) return false;
    const before = this.#fault;
    if (this.#keys !== null && this.#fault === null) globalShortcut.unregister(this.#keys);
    this.#keys = keys;
    this.#fault =
      keys === null || this.#register(keys)
        ? null
        : 'Another program or the system has these keys already. Choose others.';
    return before !== this.#fault;
  }

  /** Gives the keys back. */
  dispose(): void {
    this.set(null);
  }

  #register(keys: string): boolean {
    try {
      return globalShortcut.register(keys, this.#press);
    } catch {
      // Not keys at all: Electron throws where it cannot read them.
      return false;
    }
  }
}
