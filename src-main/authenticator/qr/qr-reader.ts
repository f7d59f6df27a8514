// Finds the QR codes of a picture: ZXing for all of them, on what it misses brought out too, jsQR as a second opinion. Runs in the QR worker.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsQR from 'jsqr';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { averaged, doubled, greyOf, pixelsOfGrey, sharpened } from './grey.ts';
import { framed, type Pixels, resized } from './pixels.ts';

/** Second looks see no more than this: larger pictures cost seconds and gigabytes, and hide no other codes. */
const SECOND_LOOK_SIDE = 1_600;
/** Longer sides at which jsQR tries besides. It finds some codes at one size only. */
const OTHER_SIDES = [1_000, 500];
/** Neighbourhoods by which blurred, faint and noisy codes are sharpened, in pixels to each side. */
const SHARPENING_RADII = [3, 2];
/** Pictures up to this size are looked at enlarged: their codes may have less than two pixels a module. */
const ENLARGED_UP_TO_SIDE = 1_000;
const ENLARGED_RADIUS = 3;

/** Gives ZXing its WebAssembly from the installed package; by itself it would fetch it from the network. */
export function prepareReaders(): void {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const file = readFileSync(path);
  const wasmBinary = new Uint8Array(file).buffer;
  prepareZXingModule({ overrides: { wasmBinary } });
}

type Look = (pixels: Pixels) => Promise<string[]> | string[];

/** The texts of all QR codes, each once; empty when no reader finds any. */
export async function readQrCodes(pixels: Pixels): Promise<string[]> {
  const found = await withZxing(pixels);
  if (found.length > 0) return found;
  const isLarge = Math.max(pixels.width, pixels.height) > SECOND_LOOK_SIDE;
  for (const { picture, look } of secondLooks(isLarge ? resized(pixels, SECOND_LOOK_SIDE) : pixels)) {
    const texts = await look(picture);
    if (texts.length > 0) return texts;
  }
  return [];
}

/** One look after another, each picture made only when it is needed; what finds most for its time comes first. */
function* secondLooks(pixels: Pixels): Generator<{ picture: Pixels; look: Look }> {
  const withFrame = framed(pixels);
  yield { picture: withFrame, look: withZxing };
  const grey = greyOf(withFrame);
  for (const radius of SHARPENING_RADII) {
    yield { picture: pixelsOfGrey(sharpened(grey, radius)), look: withZxing };
  }
  const side = Math.max(withFrame.width, withFrame.height);
  if (side <= ENLARGED_UP_TO_SIDE) {
    yield { picture: pixelsOfGrey(sharpened(doubled(grey), ENLARGED_RADIUS)), look: withZxing };
  }
  // Last: noise costs it up to half a second.
  yield { picture: pixels, look: withJsQr };
  const smooth = pixelsOfGrey(averaged(grey, 1));
  for (const smaller of OTHER_SIDES.filter((other) => other < side)) {
    yield { picture: resized(smooth, smaller), look: withJsQr };
  }
}

async function withZxing({ data, width, height }: Pixels): Promise<string[]> {
  const results = await readBarcodes(
    { data, width, height, colorSpace: 'srgb' },
    { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 255, textMode: 'Plain' },
  );
  return Array.from(new Set(results.filter((result) => result.isValid).map((result) => result.text)));
}

function withJsQr({ data, width, height }: Pixels): string[] {
  const text = jsQR(data, width, height, { inversionAttempts: 'attemptBoth' })?.data;
  // jsQR answers an empty text for some pictures without a code.
  return text === undefined || text === '' ? [] : [text];
}
