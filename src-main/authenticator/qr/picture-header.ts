// Kind and size of a picture from its first bytes, so that nothing too large is ever decoded.

export interface PictureHeader {
  readonly kind: 'png' | 'jpeg' | 'gif' | 'webp';
  readonly width: number;
  readonly height: number;
}

/** The header of a PNG, JPEG, GIF or WebP; null for anything else and for headers that are cut short. */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readPng(view) ?? readGif(view) ?? readWebp(view) ?? readJpeg(view);
  } catch (error) {
    // Reading beyond the end: cut short.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const hasText = (bytes: Buffer, text: string, offset: number): boolean =>
  bytes.toString('latin1', offset, offset + text.length) === text;

function readPng(bytes: Buffer): PictureHeader | null {
  if (!hasText(bytes, '\x89PNG\r\n\x1a\n', 0) || !hasText(bytes, 'IHDR', 12)) return null;
  return { kind: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function readGif(bytes: Buffer): PictureHeader | null {
  if (!hasText(bytes, 'GIF87a', 0) && !hasText(bytes, 'GIF89a', 0)) return null;
  return { kind: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

/** The three forms of WebP: lossy (RFC 9649 §2.5), lossless (§2.6) and extended (§2.7). */
function readWebp(bytes: Buffer): PictureHeader | null {
  if (!hasText(bytes, 'RIFF', 0) || !hasText(bytes, 'WEBP', 8)) return null;
  if (hasText(bytes, 'VP8 ', 12)) {
    return { kind: 'webp', width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  }
  if (hasText(bytes, 'VP8L', 12)) {
    const packed = bytes.readUInt32LE(21);
    return { kind: 'webp', width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (hasText(bytes, 'VP8X', 12)) {
    return { kind: 'webp', width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  }
  return null;
}

/** Walks the JPEG's segments up to its frame header (ITU-T T.81 B.2.2). */
function readJpeg(bytes: Buffer): PictureHeader | null {
  if (bytes.readUInt16BE(0) !== 0xffd8) return null;
  let offset = 2;
  for (;;) {
    if (bytes.readUInt8(offset) !== 0xff) return null;
    const marker = bytes.readUInt8(offset + 1);
    // Fill bytes before a marker.
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      return { kind: 'jpeg', height: bytes.readUInt16BE(offset + 5), width: bytes.readUInt16BE(offset + 7) };
    }
    offset += 2 + bytes.readUInt16BE(offset + 2);
  }
}
