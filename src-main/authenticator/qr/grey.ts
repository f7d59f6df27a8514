// Pictures as levels of grey, and how a code that a reader misses is brought out. Runs in the QR worker.
import type { Pixels } from './pixels.ts';

/** Rows of levels from 0 (black) to 255 (white). */
export interface Grey {
  readonly levels: Float32Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** By how much the difference from the neighbourhood is strengthened. Tried out on drawn pictures: 2 to 6 do. */
const GAIN = 4;

/** The brightness of each pixel, by the weights of ITU-R BT.601. */
export function greyOf({ data, width, height }: Pixels): Grey {
  const levels = new Float32Array(width * height);
  for (let index = 0; index < levels.length; index += 1) {
    const pixel = index * 4;
    levels[index] =
      0.299 * (data[pixel] ?? 0) + 0.587 * (data[pixel + 1] ?? 0) + 0.114 * (data[pixel + 2] ?? 0);
  }
  return { levels, width, height };
}

export function pixelsOfGrey({ levels, width, height }: Grey): Pixels {
  const data = new Uint8ClampedArray(levels.length * 4);
  for (let index = 0; index < levels.length; index += 1) {
    const level = levels[index] ?? 0;
    const pixel = index * 4;
    data[pixel] = level;
    data[pixel + 1] = level;
    data[pixel + 2] = level;
    data[pixel + 3] = 255;
  }
  return { data, width, height };
}

/** Noise smoothed away, and the edges that blur and faint print have flattened made steep again. */
export function sharpened(grey: Grey, radius: number): Grey {
  const smooth = averaged(grey, 1);
  const around = averaged(averaged(smooth, radius), radius);
  // In place, and a plain loop: this runs over millions of levels.
  const { levels } = around;
  for (let index = 0; index < levels.length; index += 1) {
    const level = smooth.levels[index] ?? 0;
    levels[index] = level + GAIN * (level - (levels[index] ?? 0));
  }
  return around;
}

/** Each level the mean of the square around it, `radius` to each side; at the edges of what there is of it. */
export function averaged(grey: Grey, radius: number): Grey {
  return averagedDown(averagedAlong(grey, radius), radius);
}

function averagedAlong({ levels, width, height }: Grey, radius: number): Grey {
  const means = new Float32Array(levels.length);
  for (let start = 0; start < levels.length; start += width) {
    let sum = 0;
    for (let column = -radius; column < width; column += 1) {
      if (column + radius < width) sum += levels[start + column + radius] ?? 0;
      if (column < 0) continue;
      const first = Math.max(0, column - radius);
      const last = Math.min(width - 1, column + radius);
      means[start + column] = sum / (last - first + 1);
      if (column >= radius) sum -= levels[start + first] ?? 0;
    }
  }
  return { levels: means, width, height };
}

/** Row by row with a sum for each column, as memory lies. */
function averagedDown({ levels, width, height }: Grey, radius: number): Grey {
  const means = new Float32Array(levels.length);
  const sums = new Float32Array(width);
  for (let row = -radius; row < height; row += 1) {
    const entering = (row + radius) * width;
    if (row + radius < height) {
      for (let column = 0; column < width; column += 1) {
        sums[column] = (sums[column] ?? 0) + (levels[entering + column] ?? 0);
      }
    }
    if (row < 0) continue;
    const first = Math.max(0, row - radius);
    const share = 1 / (Math.min(height - 1, row + radius) - first + 1);
    const leaving = (row - radius) * width;
    for (let column = 0; column < width; column += 1) {
      const sum = sums[column] ?? 0;
      means[row * width + column] = sum * share;
      if (leaving >= 0) sums[column] = sum - (levels[leaving + column] ?? 0);
    }
  }
  return { levels: means, width, height };
}

/** Twice as large, levels between pixels in between. */
export function doubled({ levels, width, height }: Grey): Grey {
  const wide = new Float32Array(levels.length * 2);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const index = row * width + column;
      const level = levels[index] ?? 0;
      wide[2 * index] = 0.75 * level + 0.25 * (column > 0 ? (levels[index - 1] ?? 0) : level);
      wide[2 * index + 1] = 0.75 * level + 0.25 * (column < width - 1 ? (levels[index + 1] ?? 0) : level);
    }
  }
  const both = new Float32Array(levels.length * 4);
  const across = 2 * width;
  for (let row = 0; row < 2 * height; row += 1) {
    const near = (row >> 1) * across;
    const far = Math.min(height - 1, Math.max(0, (row >> 1) + (row % 2 === 0 ? -1 : 1))) * across;
    for (let column = 0; column < across; column += 1) {
      both[row * across + column] = 0.75 * (wide[near + column] ?? 0) + 0.25 * (wide[far + column] ?? 0);
    }
  }
  return { levels: both, width: across, height: 2 * height };
}
