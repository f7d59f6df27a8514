// Writes accounts as a sheet to print and lock away: QR code, issuer, name and secret of each.
import type { ExportResult, Writing } from '../exporter.ts';
import type { ImportedAccount } from '../imported-account.ts';
import { countOf, unkept } from '../unkept.ts';
import { writeHtmlSheet } from './html-sheet.ts';
import { writePdfSheet } from './pdf-sheet.ts';
import { dateOf, sheetEntry } from './sheet-entry.ts';

export type SheetKind = 'html' | 'pdf';

/** Not encrypted: the paper is the safe copy, the file should not be kept. */
export async function writePrintableSheet(
  accounts: readonly ImportedAccount[],
  { nowMs }: Pick<Writing, 'nowMs'>,
  kind: SheetKind,
): Promise<ExportResult> {
  const entries = accounts.map(sheetEntry);
  const date = dateOf(nowMs);
  const lost = unkept(accounts, ['tags', 'note', 'pinned']);
  if (kind === 'html') {
    const content = Buffer.from(await writeHtmlSheet(entries, date));
    return { files: [{ name: 'twofold-sheet.html', mediaType: 'text/html', content }], lost };
  }
  const { content, unwritableCount } = await writePdfSheet(entries, date);
  const boxes = `Names with letters that the PDF has no font for are printed as boxes; the HTML sheet shows them (${countOf(unwritableCount)}).`;
  return {
    files: [{ name: 'twofold-sheet.pdf', mediaType: 'application/pdf', content }],
    lost: unwritableCount === 0 ? lost : [...lost, boxes],
  };
}
