// Codes that this browser wrote to the clipboard: cleared after a while, if the last of them is still there.

/** The browser's clipboard, as far as it lets a page use it. */
export interface BrowserClipboard {
  /** Throws where the browser does not let us write. */
  write(text: string): Promise<void>;
  /** Throws where the browser does not let us read now, for instance in the background. */
  read(): Promise<string>;
  /** True only where reading needs no question to the user. */
  mayRead(): Promise<boolean>;
  /** Calls once, when the window has the focus again. Returns the function that gives that up. */
  onceFocused(listener: () => void): () => void;
}

interface Pending {
  readonly text: string;
  readonly timer: ReturnType<typeof setTimeout>;
  endWaiting: () => void;
}

export class ClearingClipboard {
  readonly #clipboard: BrowserClipboard;
  /** What was copied last and is still to be cleared. */
  #pending: Pending | null = null;

  constructor(clipboard: BrowserClipboard) {
    this.#clipboard = clipboard;
  }

  /**
   * Writes the text; an earlier one needs no clearing any more, it is gone. Throws where the browser refuses.
   * Answers whether it will be cleared: a browser that we may not ask what it holds is left alone, so that nothing
   * that the user copied elsewhere is lost.
   */
  async copy(text: string, clearsAfterMs: number): Promise<boolean> {
    await this.#clipboard.write(text);
    this.#forget();
    const pending: Pending = {
      text,
      timer: setTimeout(() => void this.#clear(pending), clearsAfterMs),
      endWaiting: () => undefined,
    };
    this.#pending = pending;
    return this.#clipboard.mayRead();
  }

  #forget(): void {
    if (this.#pending === null) return;
    clearTimeout(this.#pending.timer);
    this.#pending.endWaiting();
    this.#pending = null;
  }

  async #clear(due: Pending): Promise<void> {
    if (!(await this.#clipboard.mayRead())) return;
    try {
      const held = await this.#clipboard.read();
      // Another code was copied while the browser answered: that one has a timer of its own.
      if (due !== this.#pending) return;
      if (held === due.text) await this.#clipboard.write('');
      if (due === this.#pending) this.#pending = null;
    } catch {
      // A window in the background may do neither; try again once it is back.
      if (due === this.#pending) due.endWaiting = this.#clipboard.onceFocused(() => void this.#clear(due));
    }
  }
}

/** True only where reading needs no prompt: a question in the user's way would be worse than a code that runs out. */
async function mayRead(): Promise<boolean> {
  try {
    // TypeScript's list of permission names leaves this one out.
    const permissions: { query(descriptor: { name: string }): Promise<PermissionStatus> } =
      navigator.permissions;
    const { state } = await permissions.query({ name: 'clipboard-read' });
    return state === 'granted';
  } catch {
    return false;
  }
}

/** This page's clipboard: one, so that several copies in a row know of each other. */
export const pageClipboard = new ClearingClipboard({
  write: (text) => navigator.clipboard.writeText(text),
  read: () => navigator.clipboard.readText(),
  mayRead,
  onceFocused: (listener) => {
    addEventListener('focus', listener, { once: true });
    return () => removeEventListener('focus', listener);
  },
});
