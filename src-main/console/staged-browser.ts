// A browser's slots during one transaction: changes are seen at once by the work, by the browser only once they are durable.
import type { Browser, BrowserSlot } from '../ipc/caller.ts';

type Staged = { readonly value: string; readonly expiresAtMs: number } | null;

const MAX_NAME_LENGTH = 120;

/** The name as shown in lists and the audit: the caller chose it, so control characters go and it is cut short. */
const displayedName = (name: string): string =>
  name.toWellFormed().replaceAll(/\p{C}/gu, ' ').trim().slice(0, MAX_NAME_LENGTH).toWellFormed() ||
  'an unnamed browser';

export class StagedBrowser implements Browser {
  readonly name: string;
  readonly #browser: Browser;
  readonly #staged = new Map<BrowserSlot, Staged>();

  constructor(browser: Browser) {
    this.#browser = browser;
    this.name = displayedName(browser.name);
  }

  read(slot: BrowserSlot): string | undefined {
    const staged = this.#staged.get(slot);
    return staged === undefined ? this.#browser.read(slot) : staged?.value;
  }

  write(slot: BrowserSlot, value: string, expiresAtMs: number): void {
    this.#staged.set(slot, { value, expiresAtMs });
  }

  clear(slot: BrowserSlot): void {
    if (this.read(slot) !== undefined) this.#staged.set(slot, null);
  }

  /** Hands the changes to the browser. */
  apply(): void {
    for (const [slot, staged] of this.#staged) {
      if (staged === null) this.#browser.clear(slot);
      else this.#browser.write(slot, staged.value, staged.expiresAtMs);
    }
  }
}
