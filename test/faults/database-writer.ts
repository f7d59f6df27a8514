// The program that dies in the middle of its actions: a node with several consoles, each over a database of its own, in
// which an administrator does the same kind of action at the same moment. It kills itself at the statement that it was told.
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { z } from 'zod';
import { ServerPlace } from '../database/server/database-server.ts';
import { dice } from '../integration/killed-writer.ts';
import { openDatabaseLedger } from './database-ledger.ts';

export const WriterOrder = z.object({
  place: ServerPlace,
  consoles: z.array(z.object({ name: z.string(), folder: z.string() })),
  seed: z.number(),
  startMs: z.number(),
  /** Steps before, which are not interrupted; then the one that is. */
  before: z.array(z.string()),
  kind: z.string(),
  /** It dies at the statement of that number, just before it is sent or just after. Beyond the last: when all is done. */
  killAt: z.number(),
  isSent: z.boolean(),
});
export type WriterOrder = z.infer<typeof WriterOrder>;

const die = (): void => void process.kill(process.pid, 'SIGKILL');

async function work({
  place,
  consoles,
  seed,
  startMs,
  before,
  kind,
  killAt,
  isSent,
}: WriterOrder): Promise<void> {
  let isArmed = false;
  let statements = 0;
  const onStatement = (): void => {
    if (!isArmed) return;
    statements += 1;
    if (statements !== killAt) return;
    // It is sent before anything else can happen.
    if (isSent) queueMicrotask(die);
    else die();
  };
  const random = dice(seed);
  const ledgers = await Promise.all(
    consoles.map(({ name, folder }) => openDatabaseLedger(place, name, folder, startMs, onStatement)),
  );
  flushCompileCache();
  for (const wanted of [...before, kind]) {
    const steps = await Promise.all(ledgers.map(({ ledger }) => ledger.nextStep(random, wanted)));
    for (const [index, step] of steps.entries()) {
      writeSync(1, `${index} begin ${step.after.join(',')} ${step.kind}\n`);
    }
    isArmed = wanted === kind;
    await Promise.all(
      steps.map(async (step, index) => {
        await step.run();
        writeSync(1, `${index} done\n`);
      }),
    );
  }
  writeSync(1, `statements ${statements}\n`);
  die();
}

const [order] = process.argv.slice(2);
if (order !== undefined) await work(WriterOrder.parse(JSON.parse(order)));
