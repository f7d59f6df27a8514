// One line of a journal: a checksum, then the set of changes with its place in the sequence.
import { createHash } from 'node:crypto';
import { z } from 'zod';

const NEWLINE = 0x0a;
const CHECKSUM_CHARACTERS = 16;

const Line = z.strictObject({
  sequence: z.number().int().min(1),
  /** Version of the records in it. */
  version: z.number().int().min(1),
  /** Table, id, whole new content (null: removed). */
  changes: z.array(z.tuple([z.string(), z.string(), z.unknown()])),
});
export type JournalLine = z.infer<typeof Line>;

const checksum = (json: string): string =>
  createHash('sha256').update(json).digest('hex').slice(0, CHECKSUM_CHARACTERS);

/** The bytes of one line. `changes` is the JSON of the tuples, joined with commas. */
export function formatLine(sequence: number, version: number, changes: string): Buffer {
  const json = `{"sequence":${sequence},"version":${version},"changes":[${changes}]}`;
  return Buffer.from(`${checksum(json)} ${json}\n`);
}

export interface ReadJournal {
  /** The sound lines, in the order of the file. */
  readonly lines: readonly JournalLine[];
  /** Where the last finished line ends; what follows was cut off by a crash before it was acknowledged. */
  readonly finishedBytes: number;
  /** The last finished line is damaged: an acknowledged change is lost. */
  readonly endsDamaged: boolean;
}

function readLine(text: string): JournalLine | undefined {
  const json = text.slice(CHECKSUM_CHARACTERS + 1);
  if (text.slice(0, CHECKSUM_CHARACTERS + 1) !== `${checksum(json)} `) return undefined;
  try {
    return Line.parse(JSON.parse(json));
  } catch {
    return undefined;
  }
}

/** Reads a journal. A damaged line in the middle is left out here, and shows as a gap in the sequence. */
export function readJournal(bytes: Buffer): ReadJournal {
  const lines: JournalLine[] = [];
  let start = 0;
  let endsDamaged = false;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
    const line = readLine(bytes.toString('utf8', start, end));
    endsDamaged = line === undefined;
    if (line !== undefined) lines.push(line);
    start = end + 1;
  }
  return { lines, finishedBytes: start, endsDamaged };
}
