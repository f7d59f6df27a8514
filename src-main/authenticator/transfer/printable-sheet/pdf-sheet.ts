// The printable sheet as PDF: QR code on the left, names and secret beside it.
import { toBuffer } from 'qrcode';
import { openPdf, type Pdf, PDF_MARGIN } from '../../../print/pdf.ts';
import {
  ERROR_CORRECTION,
  NO_QR_CODE,
  QUIET_ZONE_MODULES,
  SHEET_TITLE,
  SHEET_WARNING,
  type SheetEntry,
} from './sheet-entry.ts';

const QR_SIZE = 120;
const PICTURE_PIXELS = 480;
const TEXT_LEFT = PDF_MARGIN + QR_SIZE + 16;
const SPACE_BETWEEN = 18;

const INK = '#14181f';
const QUIET_INK = '#5b6472';

async function writeEntry({ document, write }: Pdf, entry: SheetEntry): Promise<void> {
  const { issuer, name, kind, secret, link } = entry;
  if (document.y + QR_SIZE > document.page.height - PDF_MARGIN) document.addPage();
  const top = document.y;
  const page = document.page;
  if (link !== null) {
    const picture = await toBuffer(link, {
      type: 'png',
      width: PICTURE_PIXELS,
      margin: QUIET_ZONE_MODULES,
      errorCorrectionLevel: ERROR_CORRECTION,
    });
    document.image(picture, PDF_MARGIN, top, { width: QR_SIZE });
  }
  document.y = top + 8;
  document.fillColor(INK);
  if (issuer !== '') write(issuer, { size: 13, weight: 600, gap: 0, left: TEXT_LEFT });
  if (name !== '') write(name, { size: 11, gap: 0.3, left: TEXT_LEFT });
  write(secret, { size: 11, weight: 600, gap: 0.3, left: TEXT_LEFT });
  document.fillColor(QUIET_INK);
  write(kind, { size: 9, gap: 0, left: TEXT_LEFT });
  if (link === null) write(NO_QR_CODE, { size: 9, gap: 0, left: TEXT_LEFT });
  // A very long secret runs on to the next page, where the QR code takes no room.
  const below = document.page === page ? Math.max(document.y, top + QR_SIZE) : document.y;
  document.y = below + SPACE_BETWEEN;
}

export interface PdfSheet {
  readonly content: Buffer;
  /** Accounts whose names have characters that the fonts lack. Their QR codes hold the names all the same. */
  readonly unwritableCount: number;
}

/** `date` is shown as it is. */
export async function writePdfSheet(entries: readonly SheetEntry[], date: string): Promise<PdfSheet> {
  const pdf = await openPdf(SHEET_TITLE);
  const { document, write, canWrite, finish } = pdf;
  document.fillColor(INK);
  write(SHEET_TITLE, { size: 22, weight: 600, gap: 0.2 });
  write(SHEET_WARNING, { size: 11, gap: 0.2 });
  write(`Printed on ${date}`, { size: 11, gap: 1 });
  for (const entry of entries) await writeEntry(pdf, entry);
  const unwritableCount = entries.filter(({ issuer, name }) => !canWrite(issuer + name)).length;
  return { content: await finish(), unwritableCount };
}
