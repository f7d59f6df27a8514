// libsodium's crypto_secretstream_xchacha20poly1305, for a stream of one message.
// https://doc.libsodium.org/secret-key_cryptography/secretstream; OpenSSL's ChaCha20 is missing in Electron.
import { timingSafeEqual } from 'node:crypto';
import { poly1305 } from '@noble/ciphers/_poly1305.js';
import { chacha20, hchacha } from '@noble/ciphers/chacha.js';

export const STREAM_HEADER_BYTES = 24;
const HCHACHA_INPUT_BYTES = 16;
const BLOCK_BYTES = 64;
const MAC_BYTES = 16;
const TAG_FINAL = 3;
/** Another stream would go on with a key of its own from here. */
const knownTags = new Set([0, 1, TAG_FINAL]);
/** "expand 32-byte k" (RFC 8439 §2.3). */
const SIGMA = Uint32Array.of(0x61707865, 0x3320646e, 0x79622d32, 0x6b206574);

/** Opens tag ‖ ciphertext ‖ mac; null when the key is wrong or a bit was changed. `header` has 24 bytes. */
export function openSecretStream(key: Uint8Array, header: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const length = sealed.length - 1 - MAC_BYTES;
  if (length < 0 || header.length !== STREAM_HEADER_BYTES) return null;
  const stream = streamOf(key, header);
  const ciphertext = sealed.subarray(1, 1 + length);
  const [encryptedTag = 0] = sealed;
  const { block, tag } = tagBlock(stream, encryptedTag);
  block[0] = encryptedTag;
  if (!timingSafeEqual(macOf(stream, block, ciphertext), sealed.subarray(1 + length))) return null;
  if (!knownTags.has(tag)) return null;
  return chacha20(stream.key, stream.nonce, ciphertext, undefined, 2);
}

/** Seals one message with the tag FINAL: tag ‖ ciphertext ‖ mac. `header` is 24 random bytes. */
export function sealSecretStream(key: Uint8Array, header: Uint8Array, plain: Uint8Array): Uint8Array {
  const stream = streamOf(key, header);
  const { block } = tagBlock(stream, TAG_FINAL);
  const ciphertext = chacha20(stream.key, stream.nonce, plain, undefined, 2);
  return Buffer.concat([block.subarray(0, 1), ciphertext, macOf(stream, block, ciphertext)]);
}

interface Stream {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** The header's first 16 bytes change the key; the other 8 follow the message counter, which starts at 1. */
function streamOf(key: Uint8Array, header: Uint8Array): Stream {
  const subkey = new Uint32Array(8);
  hchacha(SIGMA, wordsOf(key), wordsOf(header.subarray(0, HCHACHA_INPUT_BYTES)), subkey);
  const bytes = Buffer.alloc(32);
  subkey.forEach((word, index) => bytes.writeUInt32LE(word, index * 4));
  return {
    key: bytes,
    nonce: Buffer.concat([Uint8Array.of(1, 0, 0, 0), header.subarray(HCHACHA_INPUT_BYTES)]),
  };
}

const wordsOf = (bytes: Uint8Array): Uint32Array =>
  Uint32Array.from({ length: bytes.length / 4 }, (_, index) => Buffer.from(bytes).readUInt32LE(index * 4));

/** The block that carries the tag: its first byte xor-ed, the rest key stream. */
function tagBlock({ key, nonce }: Stream, first: number): { block: Uint8Array; tag: number } {
  const plain = new Uint8Array(BLOCK_BYTES);
  plain[0] = first;
  const block = chacha20(key, nonce, plain, undefined, 1);
  return { block, tag: block[0] ?? 0 };
}

function macOf({ key, nonce }: Stream, block: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const macKey = chacha20(key, nonce, new Uint8Array(BLOCK_BYTES)).subarray(0, 32);
  // libsodium pads by the rest of the length, not up to a whole block; it stays so for compatibility.
  const padding = new Uint8Array(ciphertext.length % 16);
  const lengths = Buffer.alloc(16);
  lengths.writeBigUInt64LE(BigInt(BLOCK_BYTES + ciphertext.length), 8);
  return poly1305(Buffer.concat([block, ciphertext, padding, lengths]), macKey);
}
