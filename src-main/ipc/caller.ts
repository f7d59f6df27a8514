// Who is calling: the Browser port. A host makes one for each request from what only that host can know.

/**
 * What one browser holds for the console. All are secrets that the renderer never sees.
 * - `session`: the token of a completed sign-in.
 * - `challenge`: the token of a sign-in under way.
 * - `trust`: trusted-browser tokens, one for each person who trusts this browser.
 * - `device`: marks a browser that has completed a sign-in before (S7).
 */
export type BrowserSlot = 'session' | 'challenge' | 'trust' | 'device';

/** Desktop: kept by main for each browser profile. Loopback: HttpOnly cookies. Rehearsal: simulated. */
export interface Browser {
  /** For lists and the audit, for instance "Chromium on Linux". Comes from the caller: display it, decide nothing by it. */
  readonly name: string;
  read(slot: BrowserSlot): string | undefined;
  /** Keeps the value until `expiresAtMs`; a host forgets `session` and `challenge` when the browser closes. */
  write(slot: BrowserSlot, value: string, expiresAtMs: number): void;
  clear(slot: BrowserSlot): void;
}

export interface Caller {
  readonly browser: Browser;
}
