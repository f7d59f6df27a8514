// Pictures of QR codes as cameras and screens make them, drawn from a seed: turned, tilted, blurred, noisy, faint, inverted.
import QRCode from 'qrcode';
import type { Pixels } from '../../src-main/authenticator/qr/pixels.ts';

export interface CodePicture {
  readonly kind: string;
  readonly texts: readonly string[];
  readonly pixels: Pixels;
}

export const PICTURE_WIDTH = 640;
export const PICTURE_HEIGHT = 480;

/** Evenly spread numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Placement {
  readonly centreX: number;
  readonly centreY: number;
  /** Of the whole code with its quiet zone, in pixels. */
  readonly side: number;
  /** Radians. */
  readonly angle: number;
  /** How much smaller the far side looks: 0 is seen from the front. */
  readonly tilt: number;
  readonly quietModules: number;
}

interface Light {
  /** Standard deviation in pixels. */
  readonly blur: number;
  /** Largest deviation of a pixel. */
  readonly noise: number;
  readonly dark: number;
  readonly light: number;
  /** What the light loses from the left edge to the right one. */
  readonly shade: number;
}

const frontal: Placement = {
  centreX: PICTURE_WIDTH / 2,
  centreY: PICTURE_HEIGHT / 2,
  side: 300,
  angle: 0,
  tilt: 0,
  quietModules: 4,
};
const daylight: Light = { blur: 0, noise: 0, dark: 0, light: 255, shade: 0 };

const SAMPLES = 2;

/** Lays a code on the picture: each pixel is looked up in the code, through turn and tilt, several times. */
function layCode(grey: Float64Array, text: string, placement: Placement, { dark, light }: Light): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const { centreX, centreY, side, angle, tilt, quietModules } = placement;
  const span = modules.size + 2 * quietModules;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const isDarkAt = (x: number, y: number): boolean | null => {
    const turnedX = ((x - centreX) * cosine + (y - centreY) * sine) / side;
    const turnedY = ((y - centreY) * cosine - (x - centreX) * sine) / side;
    const depth = 1 - tilt * turnedY;
    const column = Math.floor((turnedX / depth + 0.5) * span) - quietModules;
    const row = Math.floor((turnedY / depth + 0.5) * span) - quietModules;
    if (Math.min(column, row) < -quietModules || Math.max(column, row) >= span - quietModules) return null;
    const isInside = Math.min(column, row) >= 0 && Math.max(column, row) < modules.size;
    return isInside && modules.get(row, column) === 1;
  };
  const reach = side * (1 + tilt);
  for (
    let y = Math.max(0, Math.floor(centreY - reach));
    y < Math.min(PICTURE_HEIGHT, centreY + reach);
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(centreX - reach));
      x < Math.min(PICTURE_WIDTH, centreX + reach);
      x += 1
    ) {
      let sum = 0;
      let count = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample += 1) {
        const isDark = isDarkAt(
          x + ((sample % SAMPLES) + 0.5) / SAMPLES,
          y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES,
        );
        if (isDark === null) continue;
        sum += isDark ? dark : light;
        count += 1;
      }
      const index = y * PICTURE_WIDTH + x;
      const share = count / SAMPLES ** 2;
      if (count > 0) grey[index] = (sum / count) * share + (grey[index] ?? 0) * (1 - share);
    }
  }
}

/** Blurs along one direction with a bell curve. */
function blurAlong(grey: Float64Array, deviation: number, step: number, length: number): Float64Array {
  const radius = Math.ceil(deviation * 2.5);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, index) =>
    Math.exp(-((index - radius) ** 2) / (2 * deviation ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const blurred = new Float64Array(grey.length);
  for (let index = 0; index < grey.length; index += 1) {
    const place = Math.floor(index / step) % length;
    let sum = 0;
    for (let offset = 0; offset < weights.length; offset += 1) {
      const wanted = Math.min(length - 1, Math.max(0, place + offset - radius));
      sum += (weights[offset] ?? 0) * (grey[index + (wanted - place) * step] ?? 0);
    }
    blurred[index] = sum / total;
  }
  return blurred;
}

function develop(grey: Float64Array, { blur, noise, shade }: Light, random: () => number): Pixels {
  const blurred =
    blur === 0
      ? grey
      : blurAlong(blurAlong(grey, blur, 1, PICTURE_WIDTH), blur, PICTURE_WIDTH, PICTURE_HEIGHT);
  const data = new Uint8ClampedArray(grey.length * 4);
  blurred.forEach((value, index) => {
    const shadow = 1 - (shade * (index % PICTURE_WIDTH)) / PICTURE_WIDTH;
    const level = value * shadow + (random() - 0.5) * 2 * noise;
    data.fill(level, index * 4, index * 4 + 3);
    data[index * 4 + 3] = 255;
  });
  return { data, width: PICTURE_WIDTH, height: PICTURE_HEIGHT };
}

/** One picture of a code or several, on a ground of the paper's colour or another. */
function draw(
  texts: readonly string[],
  placements: readonly Placement[],
  light: Light,
  random: () => number,
  ground: number = light.light,
): Pixels {
  const grey = new Float64Array(PICTURE_WIDTH * PICTURE_HEIGHT).fill(ground);
  texts.forEach((text, index) => layCode(grey, text, placements[index] ?? frontal, light));
  return develop(grey, light, random);
}

const linkOf = (index: number): string =>
  `otpauth://totp/Northwind:person.${index}@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Northwind&algorithm=SHA1&digits=6&period=30`;

const KINDS = [
  'turned',
  'tilted',
  'blurred',
  'noisy',
  'faint',
  'inverted',
  'small',
  'cut',
  'several',
  'everything',
];

function pictureOf(kind: string, index: number, random: () => number): Omit<CodePicture, 'kind'> {
  const between = (least: number, most: number): number => least + random() * (most - least);
  const texts = [linkOf(index)];
  const one = (placement: Partial<Placement>, light: Partial<Light>, ground?: number) => ({
    texts,
    pixels: draw(texts, [{ ...frontal, ...placement }], { ...daylight, ...light }, random, ground),
  });
  switch (kind) {
    case 'turned':
      return one({ angle: between(0, 2 * Math.PI), side: between(150, 400) }, { blur: 0.6 });
    case 'tilted':
      return one({ angle: between(0, 6), tilt: between(0.2, 0.7), side: between(220, 330) }, { blur: 0.8 });
    case 'blurred':
      return one({ angle: between(-0.3, 0.3), side: between(200, 400) }, { blur: between(1, 3), noise: 8 });
    case 'noisy':
      return one(
        { angle: between(-0.5, 0.5), side: between(150, 350) },
        { noise: between(40, 140), blur: 0.5 },
      );
    case 'faint': {
      const dark = between(60, 160);
      return one({ side: between(150, 350) }, { dark, light: dark + between(10, 60), noise: between(0, 6) });
    }
    case 'inverted':
      return one(
        { angle: between(-0.4, 0.4), side: between(120, 380) },
        { dark: 235, light: 20, blur: between(0.5, 1.5), noise: 15 },
      );
    case 'small':
      return one(
        { side: between(70, 140), centreX: between(100, 540), centreY: between(100, 380) },
        { blur: 0.4 },
      );
    case 'cut':
      return one(
        { side: between(150, 300), quietModules: 1 + Math.round(random()) },
        { blur: 0.5 },
        between(0, 120),
      );
    case 'several': {
      const several = Array.from({ length: 6 }, (_, place) => linkOf(index * 10 + place));
      const placements = several.map((_, place) => ({
        ...frontal,
        side: between(120, 190),
        angle: between(-0.3, 0.3),
        centreX: 110 + 210 * (place % 3),
        centreY: 120 + 240 * Math.floor(place / 3),
      }));
      return {
        texts: several,
        pixels: draw(several, placements, { ...daylight, blur: 0.8, noise: 12 }, random),
      };
    }
    default:
      return one(
        { angle: between(0, 6), tilt: between(0, 0.5), side: between(160, 320) },
        {
          blur: between(0.5, 2),
          noise: between(0, 60),
          dark: between(0, 70),
          light: between(150, 255),
          shade: between(0, 0.7),
        },
        between(60, 255),
      );
  }
}

/** `ofEach` pictures of every kind. */
export function codePictures(seed: number, ofEach: number): CodePicture[] {
  const random = seededRandom(seed);
  return KINDS.flatMap((kind) =>
    Array.from({ length: ofEach }, (_, index) => ({ kind, ...pictureOf(kind, index, random) })),
  );
}
