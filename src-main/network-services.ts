// The composition root of a network host: the console and its keys over their ports, and nothing of the authenticator,
// the clock or the rehearsal.
import { type MethodName, TwofoldError } from '../src-shared/contract/index.ts';
import type { Clock } from './clock/clock.ts';
import type { AuditEvent } from './console/audit.ts';
import { startAuditKeeping } from './console/audit-keeping.ts';
import { Console } from './console/console.ts';
import { administrationHandlers, consoleHandlers } from './console/handlers.ts';
import { startKeyKeeping } from './console/key-keeping.ts';
import { type KeyPlace, keyRingPlace } from './console/key-place.ts';
import { openConsolePlace } from './console/moving/open-place.ts';
import { createArgon2Hasher, type PasswordHasher } from './console/passwords.ts';
import type { Variables } from './console/postgres/choose-database.ts';
import type { DatabaseOptions } from './console/postgres/database.ts';
import type { PoolUse } from './console/postgres/primary-pool.ts';
import { Programs } from './console/programs.ts';
import { EventHub } from './ipc/events.ts';
import { framesOf } from './ipc/frames-of.ts';
import type { Handlers } from './ipc/handlers.ts';
import { createRouter, type Router } from './ipc/router.ts';
import { keyFileAt, KeyRing } from './secrets/key-ring.ts';
import type { KeyStore } from './secrets/key-store.ts';
import type { PasswordStore } from './secrets/password-store.ts';
import { dataFiles } from './storage/data-files.ts';
import type { RecoveryEvent } from './storage/durable-file.ts';
import { recoveryMessage } from './storage/recovery-message.ts';
import { WriterLock } from './storage/writer-lock.ts';

export interface NetworkPorts {
  /** The folder of all data; over a database it holds the keys alone. */
  readonly home: string;
  readonly clock: Clock;
  readonly keychain: KeyStore;
  /** Absent: the folder says where the console's data lie. */
  readonly database?: DatabaseOptions;
  /** Where the password of the database that the folder names comes from. */
  readonly passwords: PasswordStore;
  readonly variables: Variables;
  /** Where the key is kept that seals the console's shared secrets; absent: with the keys of the folder. */
  readonly consoleKey?: KeyPlace;
  /** Told of a key that does not fit the console's data any more, or cannot be kept. */
  readonly onKeyFault: (sentence: string) => void;
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
  /** The shown address of the database that the console works over; null: in the folder. */
  readonly database: string | null;
  /** Null where there is no database. */
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
async function unlock(ring: KeyRing, passphrase: NetworkPorts['passphrase']): Promise<void> {
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

interface OpenedKeys {
  readonly keyPlace: KeyPlace;
  /** Wipes what was read. */
  readonly wipe: () => void;
}

/** The key file that was named, or the keys of the folder, which are opened. */
async function openKeys(
  { home, clock, keychain, passphrase, consoleKey }: NetworkPorts,
  onRecovered: (event: RecoveryEvent) => void,
): Promise<OpenedKeys> {
  if (consoleKey !== undefined) return { keyPlace: consoleKey, wipe: () => undefined };
  const ring = await KeyRing.open({
    file: keyFileAt(dataFiles(home).keys, clock, onRecovered),
    keychain,
    clock,
  });
  await unlock(ring, passphrase);
  return { keyPlace: keyRingPlace(ring, home), wipe: () => ring.lock() };
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
  const onRecovered = (event: RecoveryEvent): void => ports.onRecovered(recoveryMessage(event));
  const { keyPlace, wipe } = await openKeys(ports, onRecovered);
  const events = new EventHub();
  const consoleStore = await openConsolePlace({
    events,
    folder: home,
    clock,
    onRecovered,
    passwords: ports.passwords,
    variables: ports.variables,
    named: ports.database ?? null,
    mayOpenLater: false,
  });
  const { place } = consoleStore;
  const hasher = createArgon2Hasher();
  const console = new Console({
    repository: place,
    key: keyPlace.key,
    clock,
    hasher: ports.aroundHasher?.(hasher) ?? hasher,
    events,
    ...(ports.onAudited === undefined ? {} : { onAudited: ports.onAudited }),
  });
  const keyKeeping = startKeyKeeping(console.context, keyPlace, ports.onKeyFault);
  const close = async (): Promise<void> => {
    keyKeeping.end();
    await consoleStore.close();
    console.context.sealer.forget();
    wipe();
  };
  const fault = await keyKeeping.look();
  if (fault !== null) {
    await close();
    throw fault;
  }
  const endAuditKeeping = startAuditKeeping(console.context);
  return {
    router: createRouter({
      handlers: networkHandlers(console),
      authorize: (access, caller) => console.authorize(access, caller),
      onFault: (method, error) => ports.onFault(method, framesOf(error)),
    }),
    programs: new Programs(console.context),
    events,
    database: consoleStore.address,
    pool: () => place.poolUse,
    hasOrganization: () => place.read(async (tx) => (await tx.organization()) !== null),
    findKey: async () => keyPlace.key(),
    setAddress: (address) => lock.setAddress(address),
    async close() {
      endAuditKeeping();
      await close();
      await lock.release();
    },
  };
}
