// Pictures as the authenticator gets them: real files in all formats, read in the worker thread.
import { readFile } from 'node:fs/promises';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';
import { afterAll, describe, expect, test } from 'vitest';
import { readBarcodes } from 'zxing-wasm/reader';
import { PictureReader } from '../../src-main/authenticator/qr/picture-reader.ts';
import { prepareReaders, readQrCodes } from '../../src-main/authenticator/qr/qr-reader.ts';
import type { Pixels } from '../../src-main/authenticator/qr/pixels.ts';
import { systemClock } from '../../src-main/clock/system-clock.ts';
import { MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS } from '../../src-shared/contract/index.ts';
import { codePictures } from '../fakes/code-pictures.ts';

const LINK = 'otpauth://totp/Acme:kim?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme';
const reader = new PictureReader(systemClock);
afterAll(() => reader.close());

const qrPng = (options: QRCode.QRCodeToBufferOptions = {}, text = LINK) => QRCode.toBuffer(text, options);

/** Pictures made once from the same link: the test itself decodes none, so that the worker alone does. */
const stored = (name: string) => readFile(new URL(`../vectors/otp/pictures/${name}`, import.meta.url));

/** A white picture with other pictures laid on it. */
function sheet(width: number, height: number, parts: { png: Buffer; x: number; y: number }[] = []): Buffer {
  const page = new PNG({ width, height });
  page.data.fill(255);
  for (const { png, x, y } of parts) {
    const part = PNG.sync.read(png);
    PNG.bitblt(part, page, 0, 0, part.width, part.height, x, y);
  }
  return PNG.sync.write(page);
}

/** A GIF of one frame with the code's modules, three pixels each, LZW with a clear code before every pixel. */
function qrGif(): Uint8Array {
  const { data, size } = QRCode.create(LINK).modules;
  const side = (size + 8) * 3;
  const pixels = Array.from({ length: side * side }, (_, index) => {
    const column = Math.floor((index % side) / 3) - 4;
    const row = Math.floor(index / side / 3) - 4;
    const isInside = column >= 0 && row >= 0 && column < size && row < size;
    return isInside && data[row * size + column] === 1 ? 1 : 0;
  });
  // Codes of three bits: 4 clears the table, 5 ends. Clearing before each pixel keeps the table and the width small.
  const bits = [...pixels.flatMap((pixel) => [4, pixel]), 5].flatMap((code) => [
    code & 1,
    (code >> 1) & 1,
    code >> 2,
  ]);
  const packed = Array.from({ length: Math.ceil(bits.length / 8) }, (_, index) =>
    bits.slice(index * 8, index * 8 + 8).reduce((byte, bit, place) => byte | (bit << place), 0),
  );
  const blocks: number[] = [];
  for (let start = 0; start < packed.length; start += 255) {
    const block = packed.slice(start, start + 255);
    blocks.push(block.length, ...block);
  }
  const word = (value: number) => [value & 0xff, value >> 8];
  const screen = [...word(side), ...word(side), 0x80, 0, 0, 255, 255, 255, 0, 0, 0];
  const image = [0x2c, 0, 0, 0, 0, ...word(side), ...word(side), 0, 2, ...blocks, 0, 0x3b];
  return Uint8Array.from([...Buffer.from('GIF89a'), ...screen, ...image]);
}

describe('formats', () => {
  test('PNG', async () => {
    expect(await reader.read(await qrPng())).toEqual([LINK]);
  });
  test('JPEG', async () => {
    expect(await reader.read(await stored('code.jpg'))).toEqual([LINK]);
  });
  test('WebP', async () => {
    expect(await reader.read(await stored('code.webp'))).toEqual([LINK]);
  });
  test('GIF', async () => {
    expect(await reader.read(qrGif())).toEqual([LINK]);
  });
});

describe('what people photograph and cut', () => {
  test.each<{ what: string; options: QRCode.QRCodeToBufferOptions }>([
    { what: 'one pixel for each module, no margin', options: { scale: 1, margin: 0 } },
    { what: 'cut off at its edge', options: { width: 240, margin: 0 } },
    {
      what: 'light on dark, cut off at its edge',
      options: { margin: 0, color: { dark: '#ffffff', light: '#101418' } },
    },
    { what: 'light on dark', options: { color: { dark: '#ffffff', light: '#101418' } } },
    { what: 'on a transparent ground', options: { color: { dark: '#000000ff', light: '#00000000' } } },
  ])('a code $what', async ({ options }) => {
    expect(await reader.read(await qrPng(options))).toEqual([LINK]);
  });

  test('a code of 110 pixels on a screen of 4K', async () => {
    const picture = sheet(3840, 2160, [{ png: await qrPng({ width: 110 }), x: 2900, y: 1500 }]);
    expect(await reader.read(picture)).toEqual([LINK]);
  });

  test.each(['at-an-angle.jpg', 'odd-factor.png'])('a code %s', async (name) => {
    expect(await reader.read(await stored(name))).toEqual([LINK]);
  });

  test('all codes of one picture', async () => {
    const others = ['otpauth://totp/B:lee?secret=JBSWY3DPEHPK3PXP', 'https://example.org/'];
    const codes = await Promise.all([LINK, ...others].map((text) => qrPng({ width: 220 }, text)));
    const picture = sheet(
      900,
      300,
      codes.map((png, index) => ({ png, x: 20 + index * 290, y: 40 })),
    );
    expect((await reader.read(picture)).toSorted()).toEqual([LINK, ...others].toSorted());
  });

  test('a picture without a code answers none', async () => {
    expect(await reader.read(sheet(640, 480))).toEqual([]);
  });

  test('pictures given at once each get their own answer', async () => {
    const texts = ['one', 'two', 'three'];
    const pictures = await Promise.all(texts.map((text) => qrPng({}, text)));
    expect(await Promise.all(pictures.map((picture) => reader.read(picture)))).toEqual(
      texts.map((text) => [text]),
    );
  });
});

describe('issue 3: pictures of 640×480, by the side of either reader alone', () => {
  const withZxing = async ({ data, width, height }: Pixels) => {
    const found = await readBarcodes(
      { data, width, height, colorSpace: 'srgb' },
      { formats: ['QRCode'], textMode: 'Plain' },
    );
    return found.filter(({ isValid }) => isValid).map(({ text }) => text);
  };
  const withJsQr = ({ data, width, height }: Pixels) => [jsQR(data, width, height)?.data ?? ''];

  test('at least as many codes of every kind, more of all, and no wrong one', async () => {
    prepareReaders();
    const counts = new Map<string, { zxing: number; jsQr: number; ours: number }>();
    const wrong: string[] = [];
    for (const { kind, texts, pixels } of codePictures(1, 5)) {
      const count = counts.get(kind) ?? { zxing: 0, jsQr: 0, ours: 0 };
      const right = (found: readonly string[]) => texts.filter((text) => found.includes(text)).length;
      const found = await readQrCodes(pixels);
      counts.set(kind, {
        zxing: count.zxing + right(await withZxing(pixels)),
        jsQr: count.jsQr + right(withJsQr(pixels)),
        ours: count.ours + right(found),
      });
      wrong.push(...found.filter((text) => !texts.includes(text)));
    }
    const total = (reader: 'zxing' | 'jsQr' | 'ours') =>
      [...counts.values()].reduce((sum, count) => sum + count[reader], 0);
    const worse = [...counts].filter(([, { zxing, jsQr, ours }]) => ours < Math.max(zxing, jsQr));
    expect(worse).toEqual([]);
    expect(wrong).toEqual([]);
    expect(total('jsQr')).toBeGreaterThan(0);
    expect(total('ours')).toBeGreaterThan(Math.max(total('zxing'), total('jsQr')));
  });
});

describe('bad input', () => {
  const refused = (reason: string) => ({ code: 'picture-refused', details: { reason } });

  test.each([
    { what: 'nothing', bytes: new Uint8Array() },
    { what: 'a text', bytes: Buffer.from('This is no picture, whatever its name says.') },
    { what: 'a PDF', bytes: Buffer.from('%PDF-1.7\n%âãÏÓ\n') },
    { what: 'an SVG', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
  ])('a picture that is no picture: $what', async ({ bytes }) => {
    await expect(reader.read(bytes)).rejects.toMatchObject(refused('no-picture'));
  });

  test('a damaged picture is refused, and the next one is read', async () => {
    const png = await qrPng({ width: 400 });
    await expect(reader.read(png.subarray(0, png.length / 2))).rejects.toMatchObject(refused('damaged'));
    expect(await reader.read(png)).toEqual([LINK]);
  });

  test('pictures that follow a damaged one at once are read', async () => {
    const png = await qrPng({ width: 400 });
    const [first, second] = await Promise.allSettled([reader.read(png.subarray(0, 200)), reader.read(png)]);
    expect(first).toMatchObject({ status: 'rejected' });
    expect(second).toEqual({ status: 'fulfilled', value: [LINK] });
  });

  test('too many pixels are refused by the header, before anything is decoded', async () => {
    const header = Buffer.from(await qrPng());
    header.writeUInt32BE(MAX_PICTURE_PIXELS / 1000 + 1, 16);
    header.writeUInt32BE(1000, 20);
    await expect(reader.read(header)).rejects.toMatchObject(refused('too-many-pixels'));
  });

  test('too many bytes are refused', async () => {
    await expect(reader.read(new Uint8Array(MAX_PICTURE_BYTES + 1))).rejects.toMatchObject(
      refused('too-many-bytes'),
    );
  });
});

test('after closing, the worker starts again at the next picture', async () => {
  const png = await qrPng();
  await reader.close();
  expect(await reader.read(png)).toEqual([LINK]);
});
