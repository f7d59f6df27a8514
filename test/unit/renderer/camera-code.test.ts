// The camera: codes dark on light and light on dark.
import QRCode from 'qrcode';
import { describe, expect, it } from 'vitest';
import { codeIn } from '../../../src-renderer/features/add-account/camera-code.ts';

const TEXT = 'otpauth://totp/Northwind:maria?secret=JBSWY3DPEHPK3PXP&issuer=Northwind';
const SCALE = 5;
const QUIET = 4;

/** A frame that shows the text, in these shades. */
function frame(dark: number, light: number, isInverted: boolean) {
  const { modules } = QRCode.create(TEXT, { errorCorrectionLevel: 'M' });
  const edge = (modules.size + 2 * QUIET) * SCALE;
  const pixels = new Uint8ClampedArray(edge * edge * 4);
  for (let index = 0; index < edge * edge; index += 1) {
    const x = Math.floor((index % edge) / SCALE) - QUIET;
    const y = Math.floor(index / edge / SCALE) - QUIET;
    const isInside = x >= 0 && y >= 0 && x < modules.size && y < modules.size;
    const shade = isInside && modules.get(y, x) === 1 ? dark : light;
    pixels.set([shade, shade, shade, 255], index * 4);
  }
  return { width: edge, height: edge, pixels, isInverted };
}

describe('the camera', () => {
  it('reads a code dark on light', () => {
    expect(codeIn(frame(20, 235, false))).toBe(TEXT);
  });

  it('reads a code light on dark in a frame that is looked at inverted', () => {
    expect(codeIn(frame(235, 20, true))).toBe(TEXT);
    expect(codeIn(frame(235, 20, false))).toBeNull();
  });

  it('finds nothing in an empty frame, either way', () => {
    const blank = { width: 100, height: 80, pixels: new Uint8ClampedArray(32_000).fill(255) };
    expect(codeIn({ ...blank, isInverted: false })).toBeNull();
    expect(codeIn({ ...blank, isInverted: true })).toBeNull();
  });
});
