// Looks at the bytes of a foreign file as JSON, once for all importers that ask.
import type { Detection } from './importer.ts';
import { MAX_FILE_BYTES, MAX_NESTING } from './limits.ts';
import { damagedFile, refuseImport, truncatedFile } from './refusal.ts';

export type JsonContent =
  | { readonly kind: 'json'; readonly value: unknown }
  /** JSON that ends in the middle; `beginning` tells whose it is. */
  | { readonly kind: 'cut-off'; readonly beginning: string }
  /** It begins like JSON, but is none. */
  | { readonly kind: 'broken'; readonly beginning: string }
  /** Nested beyond the limit, and so never built. */
  | { readonly kind: 'too-deep'; readonly beginning: string }
  | { readonly kind: 'other' };

/** Enough to meet the keys that tell a format; never shown. */
const BEGINNING_CHARACTERS = 4_000;

const known = new WeakMap<Uint8Array, JsonContent>();

/** Total: whatever the bytes are. A byte order mark is passed over. */
export function jsonContent(content: Uint8Array): JsonContent {
  const before = known.get(content);
  if (before !== undefined) return before;
  const found = look(content);
  known.set(content, found);
  return found;
}

function look(content: Uint8Array): JsonContent {
  const text = content.byteLength > MAX_FILE_BYTES ? null : textOf(content);
  if (text === null || !/^\s*[[{]/u.test(text)) return { kind: 'other' };
  return jsonOfText(text);
}

/** For JSON that was decrypted, too. */
export function jsonOfText(text: string): JsonContent {
  const { deepest, endsInTheMiddle } = nestingOf(text);
  const beginning = text.slice(0, BEGINNING_CHARACTERS);
  if (deepest > MAX_NESTING) return { kind: 'too-deep', beginning };
  try {
    const value: unknown = JSON.parse(text);
    return { kind: 'json', value };
  } catch {
    return { kind: endsInTheMiddle ? 'cut-off' : 'broken', beginning };
  }
}

/** The bytes as text without byte order mark, in UTF-8 or, where that mark says so, UTF-16; null when they are none. */
export function textOf(content: Uint8Array): string | null {
  const encoding = encodingOf(content);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    return encoding === 'utf-8' ? endsInCharacter(content) : null;
  }
}

/** Editors and shells of Windows save in UTF-16. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** A file cut within a character is text all the same. */
function endsInCharacter(content: Uint8Array): string | null {
  for (const missing of [1, 2, 3]) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(content.subarray(0, -missing));
    } catch {
      continue;
    }
  }
  return null;
}

/** How deep lists and objects lie in one another, and whether a string or a bracket is still open at the end. */
function nestingOf(text: string): { deepest: number; endsInTheMiddle: boolean } {
  let deepest = 0;
  let depth = 0;
  let isString = false;
  for (let index = 0; index < text.length && deepest <= MAX_NESTING; index += 1) {
    const character = text[index];
    if (isString) {
      if (character === '\\') index += 1;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return { deepest, endsInTheMiddle: isString || depth > 0 };
}

/** A JSON object whose members are still to be checked. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/**
 * Asks `judge` about JSON that is whole. What ends in the middle, nests too deeply or is damaged counts as plain when
 * `signature` finds the format's keys at its beginning, so that reading it says what is wrong.
 */
export function detectJson(
  content: Uint8Array,
  judge: (value: unknown) => Detection,
  signature: RegExp,
): Detection {
  const found = jsonContent(content);
  if (found.kind === 'json') return judge(found.value);
  return found.kind !== 'other' && signature.test(found.beginning) ? { kind: 'plain' } : { kind: 'no' };
}

/** The file as JSON. Throws TwofoldError `import-refused`: `too-large`, `over-limit`, `truncated` or `damaged`. */
export function readJson(content: Uint8Array): unknown {
  refuseTooLarge(content);
  return valueOf(jsonContent(content));
}

/** The same for a text that was decrypted. */
export const readJsonText = (text: string): unknown => valueOf(jsonOfText(text));

function valueOf(found: JsonContent): unknown {
  if (found.kind === 'json') return found.value;
  if (found.kind === 'too-deep') {
    throw refuseImport('over-limit', `The file nests more than ${MAX_NESTING} lists and objects.`);
  }
  throw found.kind === 'cut-off' ? truncatedFile() : damagedFile();
}

export function refuseTooLarge(content: Uint8Array): void {
  if (content.byteLength <= MAX_FILE_BYTES) return;
  throw refuseImport('too-large', `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB.`);
}
