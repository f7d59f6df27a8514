// Google Authenticator spreads an export over several QR codes: how many there are, and which of them this is. Nothing
// else is looked at here; main reads the accounts.

export interface Batch {
  /** From 0. */
  readonly index: number;
  readonly size: number;
}

const BATCH_SIZE = 3;
const BATCH_INDEX = 4;
/** Google writes ten accounts a code; more codes than this are no export. */
const MAX_BATCHES = 2_000;

function payloadOf(link: string): Uint8Array | null {
  const data = /^otpauth-migration:\/\/[^?#]*\?(?:[^#]*&)?data=([^&#]*)/i.exec(link.trim())?.[1];
  if (data === undefined) return null;
  try {
    const base64 = decodeURIComponent(data).replaceAll(' ', '+').replaceAll('-', '+').replaceAll('_', '/');
    return Uint8Array.from(atob(base64.replace(/=+$/, '')), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Reads one varint; only its low 32 bits matter here. Null where the bytes end first. */
function varint(bytes: Uint8Array, start: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = start; index < start + 10; index += 1) {
    const byte = bytes[index];
    if (byte === undefined) return null;
    const shift = (index - start) * 7;
    if (shift < 32) value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value: value >>> 0, end: index + 1 };
  }
  return null;
}

/** Which part of an export this link is; null where it is none. */
export function batchOf(link: string): Batch | null {
  const bytes = payloadOf(link);
  if (bytes === null) return null;
  const found = new Map<number, number>();
  let at = 0;
  while (at < bytes.length) {
    const tag = varint(bytes, at);
    const content = tag === null ? null : varint(bytes, tag.end);
    if (tag === null || content === null) return null;
    const kind = tag.value & 7;
    if (kind === 0) {
      found.set(tag.value >>> 3, content.value);
      at = content.end;
    } else if (kind === 2) at = content.end + content.value;
    else return null;
  }
  const size = found.get(BATCH_SIZE) ?? 1;
  const index = found.get(BATCH_INDEX) ?? 0;
  return size >= 1 && size <= MAX_BATCHES && index < size ? { index, size } : null;
}

export interface BatchProgress {
  readonly read: number;
  readonly size: number;
}

/** How far the export is that the last of these links belongs to; null where that is none or stands alone. */
export function batchProgress(links: readonly string[]): BatchProgress | null {
  const last = links.at(-1);
  const size = last === undefined ? undefined : batchOf(last)?.size;
  if (size === undefined || size === 1) return null;
  const indexes = new Set<number>();
  for (const link of links) {
    const batch = batchOf(link);
    // Newer versions write no id of the batch: its size tells exports apart, as far as it can.
    if (batch?.size === size) indexes.add(batch.index);
  }
  return { read: indexes.size, size };
}
