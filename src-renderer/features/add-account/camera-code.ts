// Looks for a QR code in one frame of the camera.
import jsQR from 'jsqr';
import type { CameraFrame } from './camera-messages.ts';

/** The text of the code that the frame shows, or null. Changes the pixels of a frame that is looked at inverted. */
export function codeIn({ width, height, pixels, isInverted }: CameraFrame): string | null {
  // jsQR's own 'onlyInvert' fails on every picture: it looks at a copy that it has not made.
  if (isInverted) invert(pixels);
  const found = jsQR(pixels, width, height, { inversionAttempts: 'dontInvert' });
  // jsQR answers an empty text for some pictures without a code.
  return found === null || found.data === '' ? null : found.data;
}

function invert(pixels: Uint8ClampedArray): void {
  for (let index = 0; index < pixels.length; index += 4) {
    pixels[index] = 255 - (pixels[index] ?? 0);
    pixels[index + 1] = 255 - (pixels[index + 1] ?? 0);
    pixels[index + 2] = 255 - (pixels[index + 2] ?? 0);
  }
}
