// Which mark belongs to an issuer, and in which colours it can be seen. Whole names only: no mark is better than a wrong one.
import { plainWords } from './account-search.ts';

export interface Mark {
  readonly title: string;
  readonly slug: string;
  /** Six hexadecimal digits. */
  readonly hex: string;
  /** An SVG path on a 24 by 24 grid. */
  readonly path: string;
}

/** Names that services give themselves in their QR codes, and the mark they mean. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ['googleworkspace', 'google'],
  ['gsuite', 'google'],
  ['googleaccount', 'google'],
  ['appleid', 'apple'],
  ['appleaccount', 'apple'],
  ['protonaccount', 'proton'],
  ['atlassianaccount', 'atlassian'],
  ['npmjs', 'npm'],
  ['twitter', 'x'],
  ['electronicarts', 'ea'],
  ['ubisoftconnect', 'ubisoft'],
  ['playstationnetwork', 'playstation'],
  ['sonyplaystation', 'playstation'],
  ['battlenet', 'battledotnet'],
  ['blizzard', 'battledotnet'],
  ['ovhcloud', 'ovh'],
  ['nordaccount', 'nordvpn'],
  ['mozillaaccounts', 'mozilla'],
  ['firefoxaccounts', 'firefox'],
  ['dockerhub', 'docker'],
  ['tutanota', 'tuta'],
  ['steampowered', 'steam'],
  ['steamguard', 'steam'],
  ['hetznercloud', 'hetzner'],
  ['hetzneronline', 'hetzner'],
  ['megaconz', 'mega'],
]);

const ending = /\.(com|net|org|io|co|app|dev|de|ch|at|eu|me|us|uk|co\.uk)$/;

/** 'www.GitHub.com' → 'github', 'Home Assistant' → 'homeassistant', 'Cal.com' → 'cal'. */
function nameKey(words: string): string {
  return plainWords(words.trim())
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/.*$/, '')
    .replace(ending, '')
    .replaceAll('&', 'and')
    .replaceAll('+', 'plus')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

const wholeKey = (words: string): string => plainWords(words).replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Makes the list in which issuers are looked up: by slug and by title. */
export function indexMarks(marks: Iterable<Mark>): ReadonlyMap<string, Mark> {
  const index = new Map<string, Mark>();
  for (const mark of marks) {
    for (const key of [mark.slug, wholeKey(mark.title), nameKey(mark.title)]) {
      if (key !== '' && !index.has(key)) index.set(key, mark);
    }
  }
  return index;
}

/** The mark of an issuer, or undefined where none is surely its own. */
export function findMark(index: ReadonlyMap<string, Mark>, issuer: string): Mark | undefined {
  for (const key of [wholeKey(issuer), nameKey(issuer)]) {
    const mark = index.get(otherNames.get(key) ?? key);
    if (mark !== undefined) return mark;
  }
  return undefined;
}

/** What the marks stand on: `--mark-tile` in the tokens. */
export const MARK_TILES = { light: 'ffffff', dark: '1c2029' } as const;

/** WCAG's contrast for graphics. */
const LEAST_CONTRAST = 3;

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2: from 1 (the same) to 21 (black on white). Six hexadecimal digits each. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** The themes in which the mark's own colour is too faint, so that it is drawn in ink. */
export const faintThemes = ({ hex }: Pick<Mark, 'hex'>): readonly ('light' | 'dark')[] =>
  (['light', 'dark'] as const).filter((theme) => contrast(hex, MARK_TILES[theme]) < LEAST_CONTRAST);
