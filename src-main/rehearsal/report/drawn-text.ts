// Text in pictures: SVG neither breaks nor cuts it, so it is cut here to the width that there is.
import { cleanLabel } from '../../otp/label.ts';

/** Widths of characters in hundredths of the font size, of the broadest font that may stand in for Inter, bold. */
const NARROW = 39;
const USUAL = 68;
const BROAD = 88;
const FULL = 105;

const narrow = /^[iIjlt.,:;'’|!()[\] ·-]$/u;
const broad = /^[\p{Lu}mw@%&—№]$/u;
/** Characters that fill a square: East Asian scripts and pictographs. */
const full =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;

const segmenter = new Intl.Segmenter('en');
const charactersOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

function widthOf(character: string): number {
  if (full.test(character)) return FULL;
  if (narrow.test(character)) return NARROW;
  return broad.test(character) ? BROAD : USUAL;
}

export type Weight = 'plain' | 'strong';

/** Plain characters are that much narrower than bold ones. */
const PLAIN = 0.9;

/** About how wide the text is, in pixels; a little more than it is. */
export const textWidth = (text: string, sizePx: number, weight: Weight): number =>
  (charactersOf(text).reduce((sum, character) => sum + widthOf(character), 0) *
    sizePx *
    (weight === 'plain' ? PLAIN : 1)) /
  100;

/** As much of the text as fits, with an ellipsis where something is left out. */
export function fitted(text: string, widthPx: number, sizePx: number, weight: Weight = 'plain'): string {
  const line = cleanLabel(text);
  const fits = (part: string): boolean => textWidth(part, sizePx, weight) <= widthPx;
  if (fits(line)) return line;
  const characters = charactersOf(line);
  while (characters.length > 0 && !fits(`${characters.join('')}…`)) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
