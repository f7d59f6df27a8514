// The composition root of a network host: the console and its keys over their ports, and nothing of the authenticator,
// the clock or the rehearsal.
import { type MethodName, TwofoldError } from '../src-shared/contract/index.ts';
import type { Clock } from './clock/clock.ts';
import type { AuditEvent } from './console/audit.ts';
import { startAuditKeeping } from './console/audit-keeping.ts';
import { Console } from './console/console.ts';
import { administrationHandlers, consoleHandlers } from './console/handlers.ts';
import { openRepository } from './console/open-repository.ts';
import { createArgon2Hasher, type PasswordHasher } from './console/passwords.ts';
import type { DatabaseOptions, PoolUse } from './console/postgres/database.ts';
import { PostgresRepository } from './console/postgres/postgres-repository.ts';
import { Programs } from './console/programs.ts';
import { EventHub } from './ipc/events.ts';
import { framesOf } from './ipc/frames-of.ts';
import type { Handlers } from './ipc/handlers.ts';
import { createRouter, type Router } from './ipc/router.ts';
import { keyFileAt, KeyRing } from './secrets/key-ring.ts';
import type { KeyStore } from './secrets/key-store.ts';
import { dataFiles } from './storage/data-files.ts';
import type { RecoveryEvent } from './storage/durable-file.ts';
import { recoveryMessage } from './storage/recovery-message.ts';
import { WriterLock } from './storage/writer-lock.ts';

export interface NetworkPorts {
  /** The folder of all data; over a database it holds the keys alone. */
  readonly home: string;
  readonly clock: Clock;
  readonly keychain: KeyStore;
  /** Absent: the console keeps its data in the folder. */
  readonly database?: DatabaseOptions;
  /** The passphrase, where one protects the keys; null where nobody gives it. */
  readonly passphrase: () => Promise<string | null>;
  /** Puts something around the hasher, to measure it. */
  readonly aroundHasher?: (hasher: PasswordHasher) => PasswordHasher;
  readonly onAudited?: (event: AuditEvent) => void;
  /** Told of damage that was found in the files, and what became of it. */
  readonly onRecovered: (sentence: string) => void;
  /** Told of faults of ours, without messages. */
  readonly onFault: (method: MethodName, frames: string) => void;
}

export interface NetworkServices {
  /** Answers the console's part of the contract, and no other. */
  readonly router: Router;
  readonly programs: Programs;
  readonly events: EventHub;
  readonly pool: () => PoolUse | null;
  /** Reads from the store; rejects while that cannot be done. */
  hasOrganization(): Promise<boolean>;
  /** Rejects while the keys cannot be had. */
  findKey(): Promise<unknown>;
  setAddress(address: string): Promise<void>;
  close(): Promise<void>;
}

/** The first organization is created where the data lies: whoever came first would be its administrator. */
const notFromHere = (): never => {
  throw new TwofoldError(
    'not-available',
    'An organization is created on the server itself, with twofold serve. Nothing was created.',
  );
};

/** What the console offers to people who sit elsewhere. */
function networkHandlers(console: Console): Handlers<'console'> & Handlers<'administration'> {
  return {
    ...consoleHandlers(console),
    ...administrationHandlers(console),
    'console:createOrganization': notFromHere,
    'console:createSample': notFromHere,
  };
}

/** Throws TwofoldError `key-needed` or `key-unavailable`: nobody who comes over the network may open the keys. */
async function openKeys(ring: KeyRing, passphrase: NetworkPorts['passphrase']): Promise<void> {
  const state = ring.state();
  if (state.kind === 'ready') return;
  if (state.kind === 'choose-passphrase') {
    throw new TwofoldError(
      'key-needed',
      `There are no keys yet. ${state.reason} Start twofold serve in this folder once, without --listen, and choose a passphrase.`,
    );
  }
  if (state.kind !== 'enter-passphrase') throw new TwofoldError('key-unavailable', state.reason);
  const given = await passphrase();
  if (given === null) {
    throw new TwofoldError(
      'key-needed',
      'A passphrase protects the keys. Enter it in a terminal, or give it with --passphrase-fd.',
    );
  }
  await ring.enterPassphrase(given);
}

/**
 * Opens the console's data and builds the console over it. Throws TwofoldError `already-open` when another Twofold has the
 * folder, `storage-failed`, `key-needed`, `key-unavailable` and `passphrase-refused`; nothing is left open then.
 */
export async function startNetworkServices(ports: NetworkPorts): Promise<NetworkServices> {
  const lock = await WriterLock.acquire({ folder: ports.home, host: 'network', clock: ports.clock });
  try {
    return await startUnderLock(ports, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startUnderLock(ports: NetworkPorts, lock: WriterLock): Promise<NetworkServices> {
  const { home, clock } = ports;
  const files = dataFiles(home);
  const onRecovered = (event: RecoveryEvent): void => ports.onRecovered(recoveryMessage(event));
  const keys = await KeyRing.open({
    file: keyFileAt(files.keys, clock, onRecovered),
    keychain: ports.keychain,
    clock,
  });
  await openKeys(keys, ports.passphrase);
  const repository = await openRepository({ home, database: ports.database ?? null, clock, onRecovered });
  const events = new EventHub();
  const hasher = createArgon2Hasher();
  const console = new Console({
    repository,
    key: () => keys.key('console'),
    clock,
    hasher: ports.aroundHasher?.(hasher) ?? hasher,
    events,
    ...(ports.onAudited === undefined ? {} : { onAudited: ports.onAudited }),
  });
  const endAuditKeeping = startAuditKeeping(console.context);
  return {
    router: createRouter({
      handlers: networkHandlers(console),
      authorize: (access, caller) => console.authorize(access, caller),
      onFault: (method, error) => ports.onFault(method, framesOf(error)),
    }),
    programs: new Programs(console.context),
    events,
    pool: () => (repository instanceof PostgresRepository ? repository.database.use : null),
    hasOrganization: () => repository.read(async (tx) => (await tx.organization()) !== null),
    findKey: () => keys.key('console'),
    setAddress: (address) => lock.setAddress(address),
    async close() {
      endAuditKeeping();
      await repository.close();
      keys.lock();
      await lock.release();
    },
  };
}
