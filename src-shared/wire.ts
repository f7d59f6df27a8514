// The contract's values as JSON text, for hosts that talk over HTTP: bytes travel as {"$bytes": base64}.
import { TwofoldError } from './contract/errors.ts';

const BYTES = '$bytes';
/** Deeper than any value of the contract; keeps hostile nesting away from every recursive function behind this one. */
const MAX_DEPTH = 16;
/** How many bytes one call of String.fromCharCode may take without overflowing the stack. */
const CHUNK = 8192;

const refuse = (why: string): TwofoldError => new TwofoldError('invalid-input', `Not accepted: ${why}.`);

function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  }
  return btoa(parts.join(''));
}

function fromBase64(text: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw refuse('bytes that are not base64');
  }
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

function mapEntries(value: object, depth: number, map: (value: unknown, depth: number) => unknown): object {
  const entries: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (key === BYTES || key === '__proto__') throw refuse(`a field may not be called ${key}`);
    if (item !== undefined) entries.push([key, map(item, depth + 1)]);
  }
  return Object.fromEntries(entries);
}

function tag(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw refuse('nested too deeply');
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') throw refuse(`a ${typeof value} cannot cross`);
  if (value instanceof Uint8Array) return { [BYTES]: toBase64(value) };
  if (Array.isArray(value)) return value.map((item) => tag(item, depth + 1));
  if (!isPlainObject(value)) throw refuse('only plain objects, lists and bytes can cross');
  return mapEntries(value, depth, tag);
}

function untag(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw refuse('nested too deeply');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => untag(item, depth + 1));
  if (BYTES in value && Object.keys(value).length === 1) {
    if (typeof value[BYTES] !== 'string') throw refuse('bytes that are not base64');
    return fromBase64(value[BYTES]);
  }
  return mapEntries(value, depth, untag);
}

/**
 * Writes a value of the contract (JSON values and Uint8Array) as JSON text.
 * Throws TwofoldError `invalid-input` for anything else: a Map, a Date, NaN, a field called "$bytes".
 */
export const encodeWire = (value: unknown): string => JSON.stringify(tag(value, 0));

/** Reads what `encodeWire` wrote. Throws TwofoldError `invalid-input` when it is not that. */
export function decodeWire(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('not JSON');
  }
  return untag(value, 0);
}
