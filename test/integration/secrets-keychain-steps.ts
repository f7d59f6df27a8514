// Runs one step against the OS keychain of the session it is started in, and prints what came of it as JSON.
import { createRequire } from 'node:module';
import { z } from 'zod';
import { KeychainKeyStore } from '../../src-main/secrets/keychain-key-store.ts';
import { keyFileAt, KeyRing } from '../../src-main/secrets/key-ring.ts';
import { seal, unseal } from '../../src-main/secrets/sealing.ts';
import { systemClock } from '../../src-main/clock/system-clock.ts';

const [step = '', file = '', argument = ''] = process.argv.slice(2);

/** Takes the entry away behind the program's back, as another program would. */
const keytar = z
  .object({ deletePassword: z.custom<(service: string, account: string) => Promise<boolean>>() })
  .parse(createRequire(import.meta.url)('keytar'));

const open = () =>
  KeyRing.open({
    file: keyFileAt(file, systemClock),
    keychain: new KeychainKeyStore({ clock: systemClock }),
    clock: systemClock,
  });

async function run(): Promise<unknown> {
  switch (step) {
    case 'seal': {
      const ring = await open();
      if (ring.state().kind !== 'ready') return { state: ring.state() };
      const key = await ring.key('vault');
      return {
        state: ring.state(),
        id: key.id,
        sealed: seal(key, 'test', Buffer.from('secret')).toString('base64url'),
      };
    }
    case 'unseal': {
      const ring = await open();
      if (ring.state().kind !== 'ready') return { state: ring.state() };
      const plain = unseal(await ring.key('vault'), 'test', Buffer.from(argument, 'base64url'));
      return { state: ring.state(), plain: plain.toString() };
    }
    case 'delete':
      return { isDeleted: await keytar.deletePassword('Twofold', argument) };
    default:
      throw new Error('There is no such step.');
  }
}

process.stdout.write(`${JSON.stringify(await run())}\n`, () => process.exit(0));
