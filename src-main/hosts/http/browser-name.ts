// From a User-Agent header to a name that people know, for lists and the audit. Decides nothing.

/** The first that fits counts: most browsers also claim to be Chrome and Safari. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\bChromium\//, 'Chromium'],
  [/\bHeadlessChrome\//, 'Chrome'],
  [/\b(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
  [/\bFreeBSD\b/, 'FreeBSD'],
];

const firstFit = (table: typeof browsers, text: string): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1];

/** The brand that Chromium itself names in Sec-CH-UA; its User-Agent says Chrome. */
const isChromium = (brands: string): boolean =>
  brands.includes('"Chromium"') && !/"(?:Google Chrome|Microsoft Edge|Opera|Brave|Vivaldi)"/.test(brands);

/** For instance "Chromium on Linux"; "A browser" where the headers say nothing known. */
export function browserName(userAgent: string | undefined, brands: string | undefined): string {
  const agent = (userAgent ?? '').slice(0, 500);
  const known = firstFit(browsers, agent);
  const browser = known === 'Chrome' && isChromium((brands ?? '').slice(0, 500)) ? 'Chromium' : known;
  const system = firstFit(systems, agent);
  return [browser ?? 'A browser', ...(system === undefined ? [] : [`on ${system}`])].join(' ');
}
