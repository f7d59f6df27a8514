// The program that console-kill.test.ts kills: an administrator who acts in several consoles at once, for ever.
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { openLedger } from './console-ledger.ts';
import { dice } from './killed-writer.ts';

const [seed = '', startMs = '', ...folders] = process.argv.slice(2);
// A killed program would not leave its compiled code for the next one, which then takes long to start.
flushCompileCache();

/** Says on standard output, at once and without a buffer of its own, what is about to be and what is. */
async function work(number: number, folder: string): Promise<void> {
  const random = dice(Number(seed) + number);
  const ledger = await openLedger(folder, Number(startMs));
  for (;;) {
    const step = await ledger.nextStep(random);
    writeSync(1, `${number} begin ${step.after.join(',')} ${step.kind}\n`);
    await step.run();
    writeSync(1, `${number} done\n`);
  }
}

await Promise.all(folders.map((folder, number) => work(number, folder)));
