// The one origin that the desktop windows show, app://twofold, and the exact checks against it. Free of electron.

export const APP_SCHEME = 'app';
export const APP_HOST = 'twofold';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
/** The page that every window opens with. */
export const START_PAGE = `${APP_ORIGIN}/index.html`;

const parse = (address: string): URL | null => (URL.canParse(address) ? new URL(address) : null);

/**
 * Whether the address belongs to our own origin. Compares the parsed parts for equality: a prefix would also fit
 * app://twofold.example.
 */
export function isOwnAddress(address: string): boolean {
  const url = parse(address);
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  );
}

/** Whether a window may go there: to its own page, as a reload does, and nowhere else. */
export function isOwnPage(address: string): boolean {
  if (!isOwnAddress(address)) return false;
  const { pathname, search } = new URL(address);
  return (pathname === '/index.html' || pathname === '/') && search === '';
}
