// Bytes written as text in the fields of a file. Node's own decoders pass over what is wrong; these do not.
import { damagedFile } from './refusal.ts';

/**
 * With or without padding or line breaks, of either alphabet (RFC 4648 §4 and §5). Throws `import-refused`, reason
 * `damaged`.
 */
export function bytesOfBase64(wrapped: string): Buffer {
  const text = wrapped.replaceAll(/\s+/gu, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/u.test(text)) throw damagedFile();
  return Buffer.from(text, 'base64');
}

/** Throws `import-refused`, reason `damaged`. */
export function bytesOfHex(text: string): Buffer {
  if (!/^(?:[0-9a-f]{2})*$/iu.test(text)) throw damagedFile();
  return Buffer.from(text, 'hex');
}

export const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const jsonBytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
