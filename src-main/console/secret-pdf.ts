// The secret sheet as a PDF to print and keep, with fonts embedded that can write names beyond Latin-1.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import { z } from 'zod';

const SUBSETS = [
  'latin',
  'latin-ext',
  'cyrillic',
  'cyrillic-ext',
  'greek',
  'greek-ext',
  'vietnamese',
] as const;
type Subset = (typeof SUBSETS)[number];
type Weight = 400 | 600;

/** Shown for a character that no subset has, for instance an emoji. */
const REPLACEMENT = '\uFFFD';

const fontFolder = createRequire(import.meta.url);
const fontFile = (subset: Subset, weight: Weight): string =>
  fontFolder.resolve(`@fontsource/inter/files/inter-${subset}-${weight}-normal.woff`);

type Ranges = readonly (readonly [
  subset: Subset,
  ranges: readonly (readonly [from: number, to: number])[],
])[];

/** Which subset has which characters: the font package says so in CSS notation (U+0400-045F). */
async function readRanges(): Promise<Ranges> {
  const file = await readFile(fontFolder.resolve('@fontsource/inter/unicode.json'), 'utf8');
  const listed = z.record(z.string(), z.string()).parse(JSON.parse(file));
  return SUBSETS.map((subset) => {
    const ranges = (listed[subset] ?? '').split(',').map((range) => {
      const [from = '', to = from] = range.replace('U+', '').split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
    });
    return [subset, ranges] as const;
  });
}

interface Run {
  readonly subset: Subset;
  readonly text: string;
}

/** Splits a text into runs that one subset each can write. */
function runsOf(text: string, all: Ranges): Run[] {
  const runs: Run[] = [];
  for (const character of text.normalize('NFC')) {
    const point = character.codePointAt(0) ?? 0;
    const subset = all.find(([, ranges]) => ranges.some(([from, to]) => point >= from && point <= to))?.[0];
    const run = { subset: subset ?? 'latin', text: subset === undefined ? REPLACEMENT : character } as const;
    const last = runs.at(-1);
    if (last?.subset === run.subset) runs[runs.length - 1] = { ...last, text: last.text + run.text };
    else runs.push(run);
  }
  return runs;
}

export interface PrintedSheet {
  readonly organization: string;
  readonly displayName: string;
  readonly accountName: string;
  readonly groupedSecret: string;
  /** The QR code as PNG. */
  readonly qrCode: Uint8Array;
  readonly createdAtMs: number;
}

const MARGIN = 56;
const QR_SIZE = 200;

const bytesOf = (document: PDFKit.PDFDocument): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
    document.end();
  });

/** One A4 page: whose account it is, QR code, secret, and what to do when the device is lost. */
export async function writeSecretPdf(sheet: PrintedSheet): Promise<Buffer> {
  const ranges = await readRanges();
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: 'Two-factor authentication: secret sheet' },
  });
  for (const subset of SUBSETS) {
    for (const weight of [400, 600] as const)
      document.registerFont(`${subset}-${weight}`, await readFile(fontFile(subset, weight)));
  }
  const write = (text: string, size: number, weight: Weight, gap: number): void => {
    const runs = runsOf(text, ranges);
    document.fontSize(size);
    runs.forEach((run, index) => {
      const isLast = index === runs.length - 1;
      document.font(`${run.subset}-${weight}`).text(run.text, { continued: !isLast, lineGap: 3 });
    });
    document.moveDown(gap);
  };
  const label = (name: string, value: string): void => {
    document.fillColor('#5b6472');
    write(name, 9, 400, 0);
    document.fillColor('#14181f');
    write(value, 13, 600, 0.6);
  };

  document.fillColor('#14181f');
  write('Keep this sheet in a safe place', 22, 600, 0.2);
  write(
    'It holds the secret of your two-factor authentication. Whoever has it can make your codes; with it you set up a new device.',
    11,
    400,
    1,
  );
  label('Organization', sheet.organization);
  label('Account', `${sheet.displayName} (${sheet.accountName})`);
  label('Set up on', `${new Date(sheet.createdAtMs).toISOString().slice(0, 10)} (UTC)`);
  document.moveDown(0.3);
  document.image(Buffer.from(sheet.qrCode), MARGIN, document.y, { width: QR_SIZE });
  document.y += QR_SIZE + 18;
  label('Secret, to type where no camera is at hand', sheet.groupedSecret);
  label('Kind of code', 'Time-based (TOTP), SHA-1, 6 digits, 30 seconds');
  document.moveDown(0.4);
  write('When your device is lost', 14, 600, 0.2);
  for (const line of [
    '1. Scan this QR code with an authenticator app on the new device, or type the secret.',
    '2. Sign in with your password and the code that the app shows.',
    '3. If somebody else may have the lost device or this sheet, reset two-factor authentication after signing in. This sheet is worthless from then on.',
    'Without this sheet and without a trusted browser, ask an administrator of your organization to reset it.',
  ]) {
    write(line, 11, 400, 0.2);
  }
  return bytesOf(document);
}
