// Markup of HTML, SVG and XML, escaped by construction: what is put into a template is plain text unless it is markup.
import { oneLine } from '../../otp/label.ts';
import { escapeMarkup } from '../../print/escape-markup.ts';

/** One line of plain text for element content and quoted attributes. Only characters that XML 1.0 allows. */
const escaped = (text: string): string =>
  escapeMarkup(oneLine(text).replaceAll(/[\uFFFE\uFFFF]/gu, '\uFFFD'));

/** Text that is written as it is: escaped already, or our own. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

function written(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escaped(String(part));
}

/** Escapes what is put in. Attributes stand in double quotes. */
export const markup = (template: readonly string[], ...parts: readonly Part[]): Markup =>
  new Markup(
    template.map((text, index) => (index === 0 ? '' : written(parts[index - 1] ?? '')) + text).join(''),
  );

/** Nothing where the condition does not hold. */
export const nothing = new Markup('');
