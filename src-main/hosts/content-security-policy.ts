// What a page of Twofold may load and do: one policy for the desktop and the loopback host.

/**
 * The one style element that is not a file of ours: React Aria's usePress inserts it, always with the same text
 * (react-aria, interactions/usePress). A test compares this hash with the installed version.
 */
export const PRESSABLE_STYLE_HASH = 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=';

const directives: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  // Styles that scripts set on elements need no permission; style attributes in markup and style elements would.
  'style-src': ["'self'", `'${PRESSABLE_STYLE_HASH}'`],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'media-src': ["'self'", 'blob:'],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  // The rehearsal shows this very page as its simulated browsers and devices. No other page may be in one of ours,
  // and ours in no other one.
  'frame-src': ["'self'"],
  'frame-ancestors': ["'self'"],
};

/** The value of the Content-Security-Policy header. */
export const CONTENT_SECURITY_POLICY = Object.entries(directives)
  .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
  .join('; ');

/** The value of the Permissions-Policy header: the camera for reading QR codes, and what copying needs. */
export const PERMISSIONS_POLICY = [
  'camera=(self)',
  'clipboard-write=(self)',
  'clipboard-read=(self)',
  'display-capture=(self)',
  ...['geolocation', 'microphone', 'midi', 'payment', 'serial', 'usb', 'hid'].map((name) => `${name}=()`),
].join(', ');

/** Headers that every page, script and picture of ours is sent with, whichever host sends it. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Permissions-Policy': PERMISSIONS_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
