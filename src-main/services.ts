// The composition root over the ports: builds every service once. Holds no rule of the product.
import { randomUUID } from 'node:crypto';
import type { Account, AppStatus, KeyState, MethodName, Settings } from '../src-shared/contract/index.ts';
import { appHandlers } from './app/handlers.ts';
import { openPreferences } from './app/preferences.ts';
import type { Clipboard } from './authenticator/clipboard.ts';
import { AutoLock } from './authenticator/auto-lock.ts';
import { backupHandlers } from './authenticator/backup/handlers.ts';
import { authenticatorHandlers, transferHandlers } from './authenticator/handlers.ts';
import { watchLockRequests } from './authenticator/lock-request.ts';
import { openAuthenticator } from './authenticator/open-authenticator.ts';
import type { ChooseExport } from './authenticator/transfer/transfer.ts';
import type { Clock } from './clock/clock.ts';
import { clockHandlers } from './clock/handlers.ts';
import { openClock } from './clock/open-clock.ts';
import { startAuditKeeping } from './console/audit-keeping.ts';
import { Console } from './console/console.ts';
import { openRepository } from './console/open-repository.ts';
import type { DatabaseOptions } from './console/postgres/database.ts';
import { administrationHandlers, consoleHandlers } from './console/handlers.ts';
import { createArgon2Hasher } from './console/passwords.ts';
import { Programs } from './console/programs.ts';
import type { Caller } from './ipc/caller.ts';
import { EventHub } from './ipc/events.ts';
import { framesOf } from './ipc/frames-of.ts';
import { type AllHandlers, createRouter, type Router } from './ipc/router.ts';
import { rehearsalHandlers } from './rehearsal/handlers.ts';
import { Rehearsal } from './rehearsal/rehearsal.ts';
import { ownScenariosFile, ScenarioShelf } from './rehearsal/scenario-shelf.ts';
import { keyFileAt, KeyRing } from './secrets/key-ring.ts';
import type { KeyStore } from './secrets/key-store.ts';
import type { RecoveryEvent } from './storage/durable-file.ts';
import { dataFiles } from './storage/data-files.ts';
import { recoveryMessage } from './storage/recovery-message.ts';
import { WriterLock } from './storage/writer-lock.ts';

/** What a host brings along. */
export interface Ports {
  readonly host: AppStatus['host'];
  /** The folder of all data. */
  readonly home: string;
  readonly version: string;
  readonly clock: Clock;
  readonly keychain: KeyStore;
  /** Where the console keeps its data; absent: in the folder. The authenticator's always stay in the folder. */
  readonly database?: DatabaseOptions;
  /** Absent where the host cannot reach the user's clipboard: the renderer copies then. */
  readonly clipboard?: Clipboard;
  readonly openBrowser: (caller: Caller) => Promise<{ url: string | null }>;
  /** Asks where an export goes. Absent where the host has no dialogs: then into the folder of downloads. */
  readonly chooseExport?: ChooseExport;
  /** Asks for a folder; null: cancelled. Absent where the host has no dialogs. */
  readonly chooseFolder?: () => Promise<string | null>;
  /** The screen that reads QR codes with the camera was opened or closed. Absent where the browser asks by itself. */
  readonly useCamera?: (caller: Caller, isOpen: boolean) => void;
  /** Why the keys for the quick-copy window do not work, or null. Absent where the host has no such window. */
  readonly quickCopyFault?: () => string | null;
  /** Told of faults of ours: which method, and the frames of the stack without the message, which might hold a secret. */
  readonly onFault: (method: MethodName, frames: string) => void;
}

export interface Services {
  readonly router: Router;
  /** What other programs may do with the console by an API key. */
  readonly programs: Programs;
  readonly events: EventHub;
  /** The computer woke up: look at the clock again. */
  wake(): void;
  /** Wipes the keys and all that they opened; the passphrase is asked for again. Nothing happens without a passphrase. */
  lock(): void;
  /** As they are now; `app:changed` tells of changes. */
  settings(): Settings;
  /** Whether the keys can be had; `app:changed` tells of changes. */
  keys(): KeyState;
  /** For a tray: the pinned accounts, by hand's order, and a copy with the usual clearing. */
  readonly quick: {
    pinned(): Promise<readonly Account[]>;
    copy(id: string): Promise<void>;
  };
  /** An otpauth link that the system was asked to open: its preview waits and `transfer:incoming` tells. */
  openLink(link: string): Promise<void>;
  /** Writes the address that this host answers at into the writer lock, for a second instance to name. */
  setAddress(address: string): Promise<void>;
  /** Finishes what is under way, wipes the keys and lets go of the files. */
  close(): Promise<void>;
}

/** Damage found while files are opened, kept until there is a place to write the notice to. */
class Recoveries {
  #found: RecoveryEvent[] = [];
  #tell: ((event: RecoveryEvent) => void) | null = null;

  readonly note = (event: RecoveryEvent): void => {
    if (this.#tell === null) this.#found.push(event);
    else this.#tell(event);
  };

  tellTo(tell: (event: RecoveryEvent) => void): void {
    this.#tell = tell;
    this.#found.splice(0).forEach(tell);
  }
}

/**
 * Opens the data in `home` and builds every service over it. Throws TwofoldError `already-open` when another Twofold
 * has it, `storage-failed` when it cannot be read; nothing is left open then.
 */
export async function startServices(ports: Ports): Promise<Services> {
  const lock = await WriterLock.acquire({ folder: ports.home, host: ports.host, clock: ports.clock });
  try {
    return await startUnderLock(ports, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startUnderLock(ports: Ports, writerLock: WriterLock): Promise<Services> {
  const { home, clock } = ports;
  const events = new EventHub();
  const recoveries = new Recoveries();

  const files = dataFiles(home);
  const onRecovered = recoveries.note;

  const preferences = await openPreferences(files.preferences, clock, onRecovered);
  const notify = (message: string): void => {
    preferences
      .addNotice({ id: randomUUID(), atMs: clock.nowMs(), severity: 'attention', message })
      .catch(() => undefined)
      .finally(() => events.emit('app:changed', {}));
  };
  recoveries.tellTo((event) => notify(recoveryMessage(event)));

  const keys = await KeyRing.open({
    file: keyFileAt(files.keys, clock, onRecovered),
    keychain: ports.keychain,
    clock,
  });
  const tellsOfWake = ports.host === 'desktop';
  const openedClock = await openClock({ home, clock, events, preferences, tellsOfWake, onRecovered });
  const { monitor } = openedClock;
  const opened = await openAuthenticator({
    home,
    keys,
    clock,
    events,
    correctionMs: () => openedClock.correctionMs(),
    notify,
    onRecovered,
    ...(ports.clipboard === undefined ? {} : { clipboard: ports.clipboard }),
    ...(ports.chooseExport === undefined ? {} : { chooseExport: ports.chooseExport }),
  });

  const { authenticator, transfer, backups } = opened;

  // The keys are gone by then: what they had opened goes too, and every window shows the lock screen.
  keys.onLock(() => {
    void opened.forgetSecrets();
    events.emit('app:changed', {});
  });
  const lock = (): void => {
    const state = keys.state();
    if (state.kind === 'ready' && state.protection === 'passphrase') keys.lock();
  };

  const autoLock = new AutoLock({
    clock,
    minutes: () => preferences.settings.locksAfterMinutes,
    isLockable: () => {
      const state = keys.state();
      return state.kind === 'ready' && state.protection === 'passphrase';
    },
    lock,
  });
  const endLockRequests = watchLockRequests({ home, clock, lock });

  const repository = await openRepository({ home, database: ports.database ?? null, clock, onRecovered });
  const console = new Console({
    repository,
    key: () => keys.key('console'),
    clock,
    hasher: createArgon2Hasher(),
    events,
  });

  const rehearsal = new Rehearsal({
    shelf: await ScenarioShelf.open(ownScenariosFile(files.scenarios, clock, onRecovered)),
    clock,
    events,
    version: ports.version,
    onFault: (method, error) => ports.onFault(method, framesOf(error)),
  });

  monitor.start();
  backups.start();
  const endAuditKeeping = startAuditKeeping(console.context);

  const router = createRouter({
    handlers: {
      ...appHandlers({
        host: ports.host,
        version: ports.version,
        dataFolder: home,
        preferences,
        keys,
        events,
        openBrowser: ports.openBrowser,
        lock,
        autoLock,
        // Where the host says nothing of it, the browser itself asks its user.
        useCamera: ports.useCamera ?? (() => undefined),
        quickCopyFault: ports.quickCopyFault ?? (() => null),
        onTimeSourcesChanged: () => void monitor.check(),
      }),
      ...authenticatorHandlers(authenticator, (passphrase) => keys.requireProof(passphrase)),
      ...transferHandlers(transfer),
      ...backupHandlers(backups, ports.chooseFolder),
      ...clockHandlers(openedClock),
      ...consoleHandlers(console),
      ...administrationHandlers(console),
      ...rehearsalHandlers(rehearsal),
    } satisfies AllHandlers,
    authorize: (access, caller) => console.authorize(access, caller),
    onFault: (method, error) => ports.onFault(method, framesOf(error)),
  });

  return {
    router,
    programs: new Programs(console.context),
    events,
    wake() {
      monitor.wake();
      autoLock.look();
    },
    lock,
    settings: () => preferences.settings,
    keys: () => keys.state(),
    quick: {
      pinned: async () => (await authenticator.list()).filter(({ pinned }) => pinned),
      async copy(id) {
        await authenticator.copyCode(id, 'current');
      },
    },
    openLink: (link) => transfer.receiveLink(link),
    setAddress: (address) => writerLock.setAddress(address),
    async close() {
      endAuditKeeping();
      await openedClock.close();
      autoLock.dispose();
      endLockRequests();
      await rehearsal.dispose();
      await opened.close();
      await repository.close();
      keys.lock();
      await writerLock.release();
    },
  };
}
