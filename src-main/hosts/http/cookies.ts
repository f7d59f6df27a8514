// Reading and writing of HTTP cookies (RFC 6265), only in the form that our hosts use.

/** What a browser sent, by name. Of two with one name the first counts, which is the one with the longer path. */
export function parseCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, equals)).trim();
    if (name === '' || cookies.has(name)) continue;
    try {
      cookies.set(name, decodeURIComponent(pair.slice(equals + 1).trim()));
    } catch {
      // Not written by us: as if it were not there.
    }
  }
  return cookies;
}

export interface CookieKind {
  /** For https alone. Not on http://127.0.0.1, where Safari does not keep such cookies. */
  readonly isSecure: boolean;
  /** `Lax`: also sent when a link of another site leads here. `Strict` where it is left out. */
  readonly sameSite?: 'Strict' | 'Lax';
}

/** A Set-Cookie value that no script can read. `expiresAtMs` null: until the browser closes. */
export function writeCookie(
  name: string,
  value: string,
  expiresAtMs: number | null,
  { isSecure, sameSite = 'Strict' }: CookieKind,
): string {
  const secure = isSecure ? '; Secure' : '';
  const lifetime = expiresAtMs === null ? '' : `; Expires=${new Date(expiresAtMs).toUTCString()}`;
  return `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly${secure}; SameSite=${sameSite}${lifetime}`;
}

/** A Set-Cookie value that makes the browser forget. */
export const removeCookie = (name: string, kind: CookieKind): string => writeCookie(name, '', 0, kind);
