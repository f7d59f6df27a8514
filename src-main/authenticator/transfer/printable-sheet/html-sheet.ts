// The printable sheet as one HTML file: no script, nothing loaded, names as plain text.
import { toString } from 'qrcode';
import {
  ERROR_CORRECTION,
  NO_QR_CODE,
  QUIET_ZONE_MODULES,
  SHEET_TITLE,
  SHEET_WARNING,
  type SheetEntry,
} from './sheet-entry.ts';
import { escapeMarkup } from '../../../print/escape-markup.ts';

const STYLE = `
  body { font: 11pt/1.4 system-ui, sans-serif; color: #14181f; background: #fff; max-width: 180mm; margin: 12mm auto; }
  article { display: flex; gap: 6mm; align-items: center; break-inside: avoid; border-top: 1px solid #d5dae1; padding: 4mm 0; }
  article > svg, article > .no-code { flex: none; width: 40mm; }
  article > div { min-width: 0; }
  h2 { font-size: 13pt; margin: 0; overflow-wrap: anywhere; }
  p { margin: 0.5mm 0; overflow-wrap: anywhere; }
  .kind, .no-code { color: #5b6472; font-size: 9pt; }
  .secret { font-family: ui-monospace, monospace; }
`;

async function articleOf({ issuer, name, kind, secret, link }: SheetEntry): Promise<string> {
  const code =
    link === null
      ? `<p class="no-code">${NO_QR_CODE}</p>`
      : await toString(link, {
          type: 'svg',
          margin: QUIET_ZONE_MODULES,
          errorCorrectionLevel: ERROR_CORRECTION,
        });
  return `<article>${code}<div><h2>${escapeMarkup(issuer)}</h2><p>${escapeMarkup(name)}</p><p class="secret">${secret}</p><p class="kind">${escapeMarkup(kind)}</p></div></article>`;
}

/** `date` is shown as it is. */
export async function writeHtmlSheet(entries: readonly SheetEntry[], date: string): Promise<string> {
  const articles: string[] = [];
  for (const entry of entries) articles.push(await articleOf(entry));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${SHEET_TITLE}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${SHEET_TITLE}</h1>
<p>${SHEET_WARNING}</p>
<p>Printed on ${escapeMarkup(date)}</p>
${articles.join('\n')}
</body>
</html>
`;
}
