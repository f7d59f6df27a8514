// The bytes of a snapshot: a first line about the whole, then lines of some hundred records, each with a checksum.
// One JSON text of everything would end at the longest string that there can be, and takes three times as long to read.
import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { DocumentState, Tables } from './replay.ts';

const NEWLINE = 0x0a;
/** An opening brace; lines start with a checksum. */
const WHOLE_STARTS_WITH = 0x7b;
const CHECKSUM_CHARACTERS = 8;
const RECORDS_PER_LINE = 256;

const Head = z.strictObject({
  version: z.number().int().min(1),
  sequence: z.number().int().min(0),
  /** How many lines follow. */
  lines: z.number().int().min(0),
});

/** The form of earlier versions: one JSON text of everything. */
const Whole = z.strictObject({
  version: z.number().int().min(1),
  sequence: z.number().int().min(0),
  tables: z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.unknown()]))])),
});

const checksum = (json: Uint8Array): string => crc32(json).toString(16).padStart(CHECKSUM_CHARACTERS, '0');

function formatLine(content: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(content));
  return Buffer.concat([Buffer.from(`${checksum(json)} `), json, Buffer.of(NEWLINE)]);
}

/** Reads lines of that form, one after another. Throws an Error for a damaged one and where none is left. */
class LineReader {
  readonly #bytes: Buffer;
  #start = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#start === this.#bytes.length;
  }

  next(): unknown {
    const end = this.#bytes.indexOf(NEWLINE, this.#start);
    if (end === -1) throw new Error('The snapshot is cut off.');
    const line = this.#bytes.subarray(this.#start, end);
    this.#start = end + 1;
    const json = line.subarray(CHECKSUM_CHARACTERS + 1);
    if (line.toString('latin1', 0, CHECKSUM_CHARACTERS + 1) !== `${checksum(json)} `) {
      throw new Error('A line of the snapshot is damaged.');
    }
    return JSON.parse(json.toString());
  }
}

/**
 * The bytes for the state as it is now, whatever becomes of it meanwhile. Made a line at a time, so that commits have
 * their turn in between.
 */
export async function formatSnapshot({ version, sequence, tables }: DocumentState): Promise<Buffer> {
  const now = Array.from(tables, ([table, records]) => ({ table, records: [...records] }));
  const lines: Buffer[] = [];
  for (const { table, records } of now) {
    // A table without records has a line too: it was there.
    for (let from = 0; from === 0 || from < records.length; from += RECORDS_PER_LINE) {
      lines.push(formatLine([table, records.slice(from, from + RECORDS_PER_LINE)]));
      await setImmediate();
    }
  }
  return Buffer.concat([formatLine({ version, sequence, lines: lines.length }), ...lines]);
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const otherForm = (): Error => new Error('A line of the snapshot has another form.');

/** Puts a line's records into the tables. Checked by hand: a schema would copy every record of 100,000 users. */
function takeOver(content: unknown, tables: Tables): void {
  if (!isList(content)) throw otherForm();
  const [table, entries] = content;
  if (typeof table !== 'string' || !isList(entries)) throw otherForm();
  const records = tables.get(table) ?? new Map<string, unknown>();
  tables.set(table, records);
  for (const entry of entries) {
    if (!isList(entry)) throw otherForm();
    const [id, record] = entry;
    if (typeof id !== 'string') throw otherForm();
    records.set(id, record);
  }
}

type TooNew = (version: number) => Error;

function readWhole(bytes: Buffer, newest: number, tooNew: TooNew): DocumentState {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const { version, sequence, tables } = Whole.parse(JSON.parse(text));
  if (version > newest) throw tooNew(version);
  return { version, sequence, tables: new Map(tables.map(([name, records]) => [name, new Map(records)])) };
}

/** `newest`: the newest version that can be read. Throws what `tooNew` answers for a newer one, an Error for damage. */
export function readSnapshot(bytes: Uint8Array, newest: number, tooNew: TooNew): DocumentState {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (content[0] === WHOLE_STARTS_WITH) return readWhole(content, newest, tooNew);
  const reader = new LineReader(content);
  const { version, sequence, lines } = Head.parse(reader.next());
  if (version > newest) throw tooNew(version);
  const tables: Tables = new Map();
  for (let line = 0; line < lines; line += 1) takeOver(reader.next(), tables);
  if (!reader.isAtEnd) throw new Error('The snapshot has more lines than it says.');
  return { version, sequence, tables };
}
