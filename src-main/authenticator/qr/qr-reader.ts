// Finds the QR codes of a picture: ZXing for all of them, jsQR as a second opinion. Runs in the QR worker.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsQR from 'jsqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { framed, type Pixels, resized } from './pixels.ts';

/** Second opinions look at no more than this: larger pictures cost seconds and gigabytes, and hide no other codes. */
const SECOND_OPINION_SIDE = 1_600;
/** Longer sides at which jsQR tries besides. It finds some codes at one size only. */
const OTHER_SIDES = [1_000, 500];

/** Gives ZXing its WebAssembly from the installed package; by itself it would fetch it from the network. */
export function prepareReaders(): void {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const file = readFileSync(path);
  const wasmBinary = new Uint8Array(file).buffer;
  prepareZXingModule({ overrides: { wasmBinary } });
}

/** The texts of all QR codes, each once; empty when no reader finds any. */
export async function readQrCodes(pixels: Pixels): Promise<string[]> {
  const found = await withZxing(pixels);
  if (found.length > 0) return found;
  const isLarge = Math.max(pixels.width, pixels.height) > SECOND_OPINION_SIDE;
  const withFrame = framed(isLarge ? resized(pixels, SECOND_OPINION_SIDE) : pixels);
  const foundInFrame = await withZxing(withFrame);
  if (foundInFrame.length > 0) return foundInFrame;
  for (const { data, width, height } of atSizes(withFrame)) {
    const text = jsQR(data, width, height, { inversionAttempts: 'attemptBoth' })?.data;
    // jsQR answers an empty text for some pictures without a code.
    if (text !== undefined && text !== '') return [text];
  }
  return [];
}

/** One size after another, each made only when it is needed. */
function* atSizes(pixels: Pixels): Generator<Pixels> {
  yield pixels;
  for (const side of OTHER_SIDES) yield resized(pixels, side);
}

async function withZxing({ data, width, height }: Pixels): Promise<string[]> {
  const results = await readBarcodes(
    { data, width, height, colorSpace: 'srgb' },
    { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 255, textMode: 'Plain' },
  );
  return Array.from(new Set(results.filter((result) => result.isValid).map((result) => result.text)));
}
