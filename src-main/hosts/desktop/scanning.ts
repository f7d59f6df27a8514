// Which windows have the screen open that reads QR codes with the camera: only they may use it. Free of electron.
import type { Browser } from '../../ipc/caller.ts';

export class Scanning {
  readonly #open = new Set<Browser>();

  /** The page of this window said so. */
  set(browser: Browser, isOpen: boolean): void {
    if (isOpen) this.#open.add(browser);
    else this.#open.delete(browser);
  }

  /** The window was closed, or its page loaded anew: whatever was open is not any more. */
  end(browser: Browser): void {
    this.#open.delete(browser);
  }

  isOpen(browser: Browser | undefined): boolean {
    return browser !== undefined && this.#open.has(browser);
  }
}
