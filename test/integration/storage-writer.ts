// The program that storage-kill.test.ts kills: counts up in a durable file and in a journaled document, for ever.
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { openFile, openDocument, recordsOf } from './storage-counter.ts';

const [folder = ''] = process.argv.slice(2);
const file = openFile(folder);
const document = openDocument(folder);
// A killed program would not leave its compiled code for the next one, which then takes long to start.
flushCompileCache();
const ignore = (): void => undefined;
await document.load();

/** Acknowledges on standard output at once, without a buffer of its own. */
async function count(
  kind: 'file' | 'document',
  from: number,
  save: (n: number) => Promise<void>,
): Promise<void> {
  for (let n = from + 1; ; n += 1) {
    await save(n);
    writeSync(1, `${kind} ${n}\n`);
  }
}

const start = Number(process.argv[3]);
const startDocument = Number(process.argv[4]);
count('file', start, (n) => file.write(n)).catch(ignore);
count('document', startDocument, (n) => document.commit(recordsOf(n))).catch(ignore);
