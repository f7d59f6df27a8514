// Kind and size from a picture's first bytes, so that nothing too large is ever decoded.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPictureHeader } from '../../../src-main/authenticator/qr/picture-header.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const png = '89504e470d0a1a0a 0000000d 49484452 00000f00 00000870 08 06 00 00 00';
const gif = '474946383961 000f 7008';
const jpeg = 'ffd8 ffe0 0004 0000 ffc4 0003 00 ffff c2 0011 08 0870 0f00 03';
const lossy = '52494646 00000000 57454250 56503820 00000000 000000 9d012a 000f 7008';
const lossless = '52494646 00000000 57454250 5650384c 00000000 2f ff4e1b02';
const extended = '52494646 00000000 57454250 56503858 0a000000 00 000000 ff0e00 6f0800';

test.each([
  { form: 'PNG', kind: 'png', bytes: png, width: 3840, height: 2160 },
  { form: 'GIF', kind: 'gif', bytes: gif, width: 3840, height: 2160 },
  { form: 'JPEG behind other segments', kind: 'jpeg', bytes: jpeg, width: 3840, height: 2160 },
  { form: 'WebP, lossy', kind: 'webp', bytes: lossy, width: 3840, height: 2160 },
  { form: 'WebP, lossless', kind: 'webp', bytes: lossless, width: 3840, height: 2158 },
  { form: 'WebP, extended', kind: 'webp', bytes: extended, width: 3840, height: 2160 },
])('$form', ({ kind, bytes, width, height }) => {
  expect(readPictureHeader(hex(bytes))).toEqual({ kind, width, height });
});

test.each([png, gif, jpeg, lossy, lossless, extended])('cut short anywhere, %s is no picture', (text) => {
  const bytes = hex(text);
  for (let length = 0; length < 10; length += 1) {
    expect(readPictureHeader(bytes.subarray(0, length))).toBeNull();
  }
});

test('any bytes are answered, never with a failure', () => {
  const starts = [png, gif, jpeg, lossy, ''].map(hex);
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 40 }), (start, rest) => {
      const header = readPictureHeader(Uint8Array.from([...start.subarray(0, 12), ...rest]));
      if (header !== null) expect(Number.isInteger(header.width * header.height)).toBe(true);
    }),
  );
});
