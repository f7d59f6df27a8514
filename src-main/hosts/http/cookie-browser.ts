// The Browser port of the hosts that speak HTTP: a real browser, whose console tokens are cookies it cannot read.
import type { Browser, BrowserSlot } from '../../ipc/caller.ts';
import { removeCookie, writeCookie } from './cookies.ts';

/** Trust and the device mark outlive the browser; a sign-in does not. */
const outlivesBrowser: Readonly<Record<BrowserSlot, boolean>> = {
  session: false,
  challenge: false,
  trust: true,
  device: true,
};

/** The browser behind one request, and the cookies that the answer must set. */
export interface CookieBrowser extends Browser {
  /** Set-Cookie values for what was written and cleared, last word of each slot. */
  readonly setCookies: () => string[];
}

/** How a host names and guards its cookies. */
export interface CookieNaming {
  /** What their names begin with. On loopback the instance's own: cookies are shared between all ports of 127.0.0.1. */
  readonly prefix: string;
  /** For https alone. */
  readonly isSecure: boolean;
}

export function createCookieBrowser(
  name: string,
  { prefix, isSecure }: CookieNaming,
  sent: ReadonlyMap<string, string>,
): CookieBrowser {
  const cookieName = (slot: BrowserSlot): string => `${prefix}-${slot}`;
  const changes = new Map<BrowserSlot, { readonly value: string | undefined; readonly header: string }>();
  return {
    name,
    read: (slot) => {
      const change = changes.get(slot);
      return change === undefined ? sent.get(cookieName(slot)) : change.value;
    },
    write: (slot, value, expiresAtMs) => {
      const header = writeCookie(cookieName(slot), value, outlivesBrowser[slot] ? expiresAtMs : null, {
        isSecure,
      });
      changes.set(slot, { value, header });
    },
    clear: (slot) => {
      changes.set(slot, { value: undefined, header: removeCookie(cookieName(slot), { isSecure }) });
    },
    setCookies: () => [...changes.values()].map(({ header }) => header),
  };
}
