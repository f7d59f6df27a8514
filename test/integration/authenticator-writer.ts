// The program that authenticator-kill.test.ts kills: imports, edits, deletes and backs up, in several worlds at once, for ever.
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { openWorld } from './authenticator-ledger.ts';
import { dice } from './killed-writer.ts';

const [seed = '', startMs = '', ...folders] = process.argv.slice(2);
// A killed program would not leave its compiled code for the next one, which then takes long to start.
flushCompileCache();

/** Says on standard output, at once and without a buffer of its own, what is about to be and what is. */
async function work(number: number, folder: string): Promise<void> {
  const random = dice(Number(seed) + number);
  const world = await openWorld(folder, Number(startMs));
  for (;;) {
    const step = await world.nextStep(random);
    writeSync(1, `${number} ${step.kind} ${step.after}\n`);
    await step.run();
    writeSync(1, `${number} done\n`);
  }
}

await Promise.all(folders.map((folder, number) => work(number, folder)));
