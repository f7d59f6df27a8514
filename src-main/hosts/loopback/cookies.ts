// Reading and writing of HTTP cookies (RFC 6265), only in the form that the loopback host uses.

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

/**
 * A Set-Cookie value that no script can read and no other site can send. `expiresAtMs` null: until the browser closes.
 * Without `Secure`, which Safari does not keep on http://127.0.0.1.
 */
export function writeCookie(name: string, value: string, expiresAtMs: number | null): string {
  const lifetime = expiresAtMs === null ? '' : `; Expires=${new Date(expiresAtMs).toUTCString()}`;
  return `${name}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Strict${lifetime}`;
}

/** A Set-Cookie value that makes the browser forget. */
export const removeCookie = (name: string): string => writeCookie(name, '', 0);
