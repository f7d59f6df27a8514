// What a page of Twofold may load and do: one policy for the desktop and the loopback host.

/**
 * The one style element that is not a file of ours: React Aria's usePress inserts it, always with the same text
 * (react-aria, interactions/usePress). A test compares this hash with the installed version.
 */
export const PRESSABLE_STYLE_HASH = 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=';

type Directives = Readonly<Record<string, readonly string[]>>;

const directives: Directives = {
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

const policyText = (all: Directives): string =>
  Object.entries(all)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');

/** The value of the Content-Security-Policy header. */
export const CONTENT_SECURITY_POLICY = policyText(directives);

const never = (...names: readonly string[]): string[] => names.map((name) => `${name}=()`);
const NEVER_USED = never('geolocation', 'microphone', 'midi', 'payment', 'serial', 'usb', 'hid');

/** The value of the Permissions-Policy header: the camera for reading QR codes, and what copying needs. */
export const PERMISSIONS_POLICY = [
  'camera=(self)',
  'clipboard-write=(self)',
  'clipboard-read=(self)',
  'display-capture=(self)',
  ...NEVER_USED,
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

/** How long a browser goes on asking for https alone: two years, as the lists of browsers want it. */
const HTTPS_ONLY_S = 63_072_000;

/**
 * The same for the console that is offered to other people's browsers: nothing frames it and it frames nothing, it
 * reads no camera, and it is asked for over https alone.
 */
export const NETWORK_HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_HEADERS,
  'Content-Security-Policy': policyText({
    ...directives,
    'media-src': ["'none'"],
    'worker-src': ["'none'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
  }),
  'Permissions-Policy': [
    'clipboard-write=(self)',
    ...never('camera', 'clipboard-read', 'display-capture'),
    ...NEVER_USED,
  ].join(', '),
  'Strict-Transport-Security': `max-age=${HTTPS_ONLY_S}`,
  'X-Frame-Options': 'DENY',
};
