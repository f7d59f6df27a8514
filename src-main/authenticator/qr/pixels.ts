// Pictures as pixels: decoded, laid on white, resized and framed. Runs in the QR worker.
import { PhotonImage, resize, SamplingFilter } from '@cf-wasm/photon';

/** Rows of red, green, blue, alpha; alpha is always 255. */
export interface Pixels {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Decodes PNG, JPEG, GIF (first frame) and WebP. Throws when the bytes are damaged. */
export function decodePicture(bytes: Uint8Array): Pixels {
  const image = PhotonImage.new_from_byteslice(bytes);
  try {
    return onWhite(pixelsOf(image));
  } finally {
    image.free();
  }
}

const pixelsOf = (image: PhotonImage): Pixels => {
  const raw = image.get_raw_pixels();
  return {
    // A copy of its own already: another one of a large screen would cost tens of megabytes.
    data: new Uint8ClampedArray(raw.buffer instanceof ArrayBuffer ? raw.buffer : new Uint8Array(raw).buffer),
    width: image.get_width(),
    height: image.get_height(),
  };
};

/** Codes with a transparent background are meant for paper. Readers look at the colours under the alpha alone. */
function onWhite(pixels: Pixels): Pixels {
  const { data } = pixels;
  for (let index = 3; index < data.length; index += 4) {
    if (data[index] === 255) continue;
    const alpha = data[index] ?? 255;
    for (let channel = index - 3; channel < index; channel += 1) {
      data[channel] = 255 - ((255 - (data[channel] ?? 255)) * alpha) / 255;
    }
    data[index] = 255;
  }
  return pixels;
}

/** The same picture with its longer side `side` pixels long. */
export function resized(pixels: Pixels, side: number): Pixels {
  const factor = side / Math.max(pixels.width, pixels.height);
  const image = new PhotonImage(new Uint8Array(pixels.data.buffer), pixels.width, pixels.height);
  const width = Math.max(1, Math.round(pixels.width * factor));
  const height = Math.max(1, Math.round(pixels.height * factor));
  // Enlarged modules keep sharp edges; a reduction has to average.
  const smaller = resize(image, width, height, factor > 1 ? SamplingFilter.Nearest : SamplingFilter.Triangle);
  try {
    return pixelsOf(smaller);
  } finally {
    smaller.free();
    image.free();
  }
}

/** The same picture with a white frame: codes cut off at their edge lack the quiet zone that readers look for. */
export function framed(pixels: Pixels): Pixels {
  const margin = Math.max(16, Math.round(Math.max(pixels.width, pixels.height) / 10));
  const width = pixels.width + 2 * margin;
  const height = pixels.height + 2 * margin;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let row = 0; row < pixels.height; row += 1) {
    const line = pixels.data.subarray(row * pixels.width * 4, (row + 1) * pixels.width * 4);
    data.set(line, ((row + margin) * width + margin) * 4);
  }
  return { data, width, height };
}
