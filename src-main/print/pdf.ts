// A PDF document of A4 pages whose embedded fonts can write names beyond Latin-1.
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

/** Points between the text and the edge of the paper. */
export const PDF_MARGIN = 56;
const LINE_GAP = 3;

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

/** The subset that has a character; undefined when none has. */
const subsetOf = (character: string, all: Ranges): Subset | undefined => {
  const point = character.codePointAt(0) ?? 0;
  return all.find(([, ranges]) => ranges.some(([from, to]) => point >= from && point <= to))?.[0];
};

/** Splits a text into runs that one subset each can write. */
function runsOf(text: string, all: Ranges): Run[] {
  const runs: Run[] = [];
  for (const character of text.normalize('NFC')) {
    const subset = subsetOf(character, all);
    const run = { subset: subset ?? 'latin', text: subset === undefined ? REPLACEMENT : character } as const;
    const last = runs.at(-1);
    if (last?.subset === run.subset) runs[runs.length - 1] = { ...last, text: last.text + run.text };
    else runs.push(run);
  }
  return runs;
}

export interface TextStyle {
  /** In points. */
  readonly size: number;
  readonly weight?: Weight;
  /** Free lines below the text. */
  readonly gap: number;
  /** Points from the left edge of the paper; the margin without it. */
  readonly left?: number;
}

export interface Pdf {
  readonly document: PDFKit.PDFDocument;
  /** Writes below what is there, between `left` and the right margin. */
  readonly write: (text: string, style: TextStyle) => void;
  /** Whether every character has a letter in the fonts; others are written as a box. */
  readonly canWrite: (text: string) => boolean;
  /** Ends the document and answers its bytes. */
  readonly finish: () => Promise<Buffer>;
}

/** An empty document with one page. */
export async function openPdf(title: string): Promise<Pdf> {
  const ranges = await readRanges();
  const document = new PDFDocument({ size: 'A4', margin: PDF_MARGIN, info: { Title: title } });
  for (const subset of SUBSETS) {
    for (const weight of [400, 600] as const) {
      document.registerFont(`${subset}-${weight}`, await readFile(fontFile(subset, weight)));
    }
  }
  const write = (text: string, { size, weight = 400, gap, left = PDF_MARGIN }: TextStyle): void => {
    const width = document.page.width - PDF_MARGIN - left;
    const runs = runsOf(text, ranges);
    document.fontSize(size);
    runs.forEach((run, index) => {
      const options = { continued: index < runs.length - 1, lineGap: LINE_GAP, width };
      document.font(`${run.subset}-${weight}`);
      if (index === 0) document.text(run.text, left, document.y, options);
      else document.text(run.text, options);
    });
    document.moveDown(gap);
  };
  const canWrite = (text: string): boolean =>
    Array.from(text.normalize('NFC')).every((character) => subsetOf(character, ranges) !== undefined);
  return { document, write, canWrite, finish: () => bytesOf(document) };
}

const bytesOf = (document: PDFKit.PDFDocument): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
    document.end();
  });
