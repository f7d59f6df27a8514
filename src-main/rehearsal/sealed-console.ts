// The console of a rehearsed world: the real one over memory, with a key that was made for it and ends with it.
import { Memory } from 'lowdb';
import { Preferences } from '../app/preferences.ts';
import type { Clock } from '../clock/clock.ts';
import { Console } from '../console/console.ts';
import { EmbeddedRepository } from '../console/embedded-repository.ts';
import { administrationHandlers, consoleHandlers } from '../console/handlers.ts';
import { createArgon2Hasher } from '../console/passwords.ts';
import type { ConsoleContext } from '../console/visit.ts';
import { EventHub, type Listener } from '../ipc/events.ts';
import type { Router, RouterOptions } from '../ipc/router.ts';
import { KEY_BYTES } from '../secrets/key-store.ts';
import { MemoryChangeStore } from '../storage/memory-change-store.ts';
import { NO_DATA_FOLDER, sealedRouter } from './sealed-router.ts';
import { seededBytes } from './seeded-bytes.ts';

/** The least that Argon2id takes: the passwords guard nothing, and a scenario signs in many times. */
const PASSWORD_COST = { memoryCost: 8, timeCost: 1, parallelism: 1 };

export interface SealedConsole {
  readonly context: ConsoleContext;
  /** For the simulated browsers. */
  readonly router: Router;
}

export interface SealedConsoleOptions {
  readonly verifier: Clock;
  readonly seed: string;
  readonly version: string;
  readonly onEvent: (actor: null, ...event: Parameters<Listener>) => void;
  readonly onFault: RouterOptions['onFault'];
}

export async function sealedConsole(options: SealedConsoleOptions): Promise<SealedConsole> {
  const { verifier, seed, version, onEvent, onFault } = options;
  const events = new EventHub();
  events.subscribe((event, payload) => onEvent(null, event, payload));
  const random = seededBytes(seed);
  const key = { id: 'rehearsal', bytes: random(KEY_BYTES) };
  const console = new Console({
    repository: await EmbeddedRepository.open(new MemoryChangeStore()),
    key: () => key,
    clock: verifier,
    hasher: createArgon2Hasher({ cost: PASSWORD_COST }),
    events,
    randomBytes: random,
  });
  const { settings } = await Preferences.open(new Memory());
  const router = sealedRouter(
    {
      'app:status': () => ({
        host: 'rehearsal',
        version,
        platform: process.platform,
        dataFolder: NO_DATA_FOLDER,
        keys: { kind: 'ready', protection: 'keychain' },
        notices: [],
        settings,
        quickCopyFault: null,
      }),
      'app:active': () => ({}),
      ...consoleHandlers(console),
      ...administrationHandlers(console),
    },
    (access, caller) => console.authorize(access, caller),
    onFault,
  );
  return { context: console.context, router };
}
