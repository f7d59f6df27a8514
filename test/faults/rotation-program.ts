// A rotation in a process of its own, which is killed amidst it: says after each batch how far it is.
import { z } from 'zod';
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { keyContext, resealAll, startRotation } from '../../src-main/console/key-rotation.ts';
import { PostgresRepository } from '../../src-main/console/postgres/postgres-repository.ts';
import { firstKey } from './memory-key-place.ts';

const Settings = z.object({ host: z.string(), port: z.number().int(), database: z.string() });
const { host, port, database } = Settings.parse(JSON.parse(process.argv[2] ?? ''));

const repository = await PostgresRepository.open({
  address: { host, port, database, user: 'twofold', tls: null, connections: 2 },
  password: 'right password',
});
const context = keyContext({ repository, key: firstKey, clock: new VirtualClock(0) });
process.on('disconnect', () => process.exit());
await startRotation(context, 'Command line');
await resealAll(context, (done) => process.send?.({ done }));
process.send?.({ done: -1 });
