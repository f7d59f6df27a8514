// The program that database-kill.test.ts kills: a node with an administrator who acts for ever.
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { ServerPlace } from '../database/server/database-server.ts';
import { dice } from '../integration/killed-writer.ts';
import { openDatabaseLedger } from './database-ledger.ts';

const [place = '', name = '', folder = '', seed = '', startMs = ''] = process.argv.slice(2);
flushCompileCache();

const { ledger } = await openDatabaseLedger(
  ServerPlace.parse(JSON.parse(place)),
  name,
  folder,
  Number(startMs),
);
const random = dice(Number(seed));
for (;;) {
  const step = await ledger.nextStep(random);
  writeSync(1, `begin ${step.after.join(',')} ${step.kind}\n`);
  await step.run();
  writeSync(1, 'done\n');
}
