// A simulated device: the real authenticator over memory, with a clock of its own that may be wrong, a lock, and an owner
// who may lose it.
import { Memory } from 'lowdb';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import { appHandlers } from '../../app/handlers.ts';
import { Preferences } from '../../app/preferences.ts';
import { Authenticator } from '../../authenticator/authenticator.ts';
import { AutoLock } from '../../authenticator/auto-lock.ts';
import { authenticatorHandlers, transferHandlers } from '../../authenticator/handlers.ts';
import type { PictureReader } from '../../authenticator/qr/picture-reader.ts';
import { Transfer } from '../../authenticator/transfer/transfer.ts';
import { Vault } from '../../authenticator/vault.ts';
import { VaultDoor } from '../../authenticator/vault-door.ts';
import type { VaultDocument } from '../../authenticator/vault-document.ts';
import type { Clock } from '../../clock/clock.ts';
import { ClockMonitor } from '../../clock/monitor.ts';
import { EventHub, type Listener } from '../../ipc/events.ts';
import type { Router, RouterOptions } from '../../ipc/router.ts';
import type { KeyFile } from '../../secrets/key-file.ts';
import { KeyRing } from '../../secrets/key-ring.ts';
import { MemoryKeyStore } from '../../secrets/memory-key-store.ts';
import { OffsetClock } from '../offset-clock.ts';
import { NO_DATA_FOLDER, noAccessRules, sealedRouter } from '../sealed-router.ts';

/** Opens every device of a rehearsal. */
export const DEVICE_PASSPHRASE = 'rehearsal';
/** The least that Argon2id takes: the passphrase is no secret, and a world must open at once. */
const DEVICE_KDF_COST = { memoryKiB: 8, passes: 1, parallelism: 1 };
const NO_KEYCHAIN = 'A device of a rehearsal has its own passphrase.';
const TRUE_TIME = 'the right time of this world';

export interface RehearsedDeviceOptions {
  readonly name: string;
  readonly version: string;
  /** The right time. */
  readonly time: Clock;
  readonly aheadMs: number;
  readonly pictures: PictureReader;
  readonly onEvent: Listener;
  readonly onFault: RouterOptions['onFault'];
}

export class RehearsedDevice {
  readonly name: string;
  readonly router: Router;
  readonly clock: OffsetClock;
  /** When it was lost, by the right time; null: it is at hand. */
  lostAtMs: number | null = null;
  readonly #keys: KeyRing;
  readonly #authenticator: Authenticator;
  readonly #dispose: () => Promise<void>;
  readonly #monitor: ClockMonitor;

  private constructor(parts: {
    readonly name: string;
    readonly router: Router;
    readonly clock: OffsetClock;
    readonly keys: KeyRing;
    readonly authenticator: Authenticator;
    readonly monitor: ClockMonitor;
    readonly dispose: () => Promise<void>;
  }) {
    this.name = parts.name;
    this.router = parts.router;
    this.clock = parts.clock;
    this.#keys = parts.keys;
    this.#authenticator = parts.authenticator;
    this.#monitor = parts.monitor;
    this.#dispose = parts.dispose;
  }

  /** A new device, open, without an account. */
  static async create(options: RehearsedDeviceOptions): Promise<RehearsedDevice> {
    const { name, version, time, pictures, onEvent, onFault } = options;
    const clock = new OffsetClock(time, options.aheadMs);
    const events = new EventHub();
    events.subscribe(onEvent);
    const keychain = new MemoryKeyStore();
    keychain.refuse(NO_KEYCHAIN);
    const keys = await KeyRing.open({
      file: new Memory<KeyFile>(),
      keychain,
      clock,
      kdfCost: DEVICE_KDF_COST,
    });
    await keys.choosePassphrase(DEVICE_PASSPHRASE);
    const preferences = await Preferences.open(new Memory());
    // Whoever rehearses lets days pass at once: the device locks when it is told to.
    await preferences.saveSettings({ ...preferences.settings, locksAfterMinutes: 0 });

    const file = new Memory<VaultDocument>();
    const door = new VaultDoor(async () => {
      // Throws while it is locked.
      await keys.key('vault');
      return Vault.open(file, clock.nowMs());
    });
    const authenticator = new Authenticator({ door, clock, events, correctionMs: () => 0 });
    const requireProof = (passphrase: string | null): Promise<void> => keys.requireProof(passphrase);
    const transfer = new Transfer({
      door,
      clock,
      events,
      readPicture: (picture) => pictures.read(picture),
      portableAccounts: (ids) => authenticator.portableAccounts(ids),
      onReplaced: (ids) => authenticator.forgetCodes(ids),
      requireProof,
      chooseExport: () => Promise.reject(noFiles()),
    });
    const monitor = new ClockMonitor({
      clock,
      servers: () => [TRUE_TIME],
      fallbacks: () => [],
      events,
      queryServer: () =>
        Promise.resolve({ kind: 'answered', offsetMs: -clock.aheadMs, uncertaintyMs: 0, delayMs: 0 }),
    });
    const lock = (): void => keys.lock();
    const autoLock = new AutoLock({
      clock,
      minutes: () => preferences.settings.locksAfterMinutes,
      isLockable: () => keys.state().kind === 'ready',
      lock,
    });
    keys.onLock(() => {
      transfer.forget();
      void authenticator.forget();
      events.emit('app:changed', {});
    });
    await monitor.check();

    const router = sealedRouter(
      {
        ...appHandlers({
          host: 'rehearsal',
          version,
          dataFolder: NO_DATA_FOLDER,
          preferences,
          keys,
          events,
          openBrowser: () => Promise.reject(noFiles()),
          autoLock,
          lock,
          useCamera: () => undefined,
          quickCopyFault: () => null,
          onTimeSourcesChanged: () => undefined,
        }),
        ...authenticatorHandlers(authenticator, requireProof),
        ...transferHandlers(transfer),
        'clock:status': () => monitor.status(),
        'clock:check': () => monitor.check(),
      },
      noAccessRules,
      onFault,
    );
    return new RehearsedDevice({
      name,
      router,
      clock,
      keys,
      authenticator,
      monitor,
      async dispose() {
        autoLock.dispose();
        monitor.dispose();
        transfer.forget();
        await authenticator.forget();
        keys.lock();
      },
    });
  }

  get isLocked(): boolean {
    return this.#keys.state().kind !== 'ready';
  }

  /** Sets its clock off from the right time, and lets it find out. */
  async setAhead(aheadMs: number): Promise<void> {
    this.clock.aheadMs = aheadMs;
    await this.#monitor.check();
  }

  /** How many accounts it holds; 0 while it is locked, for nobody can look. */
  async countAccounts(): Promise<number> {
    return this.isLocked ? 0 : (await this.#authenticator.list()).length;
  }

  /** Wipes its keys and lets go of everything. */
  dispose(): Promise<void> {
    return this.#dispose();
  }
}

const noFiles = (): TwofoldError =>
  new TwofoldError(
    'not-available',
    'A device of a rehearsal writes no files and opens no windows. Nothing was changed.',
  );
