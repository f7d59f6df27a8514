// The authenticator with the ways in, out and into backups, over the files of one folder: the same for every host that writes.
import { homedir } from 'node:os';
import type { Clock } from '../clock/clock.ts';
import type { EventHub } from '../ipc/events.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import { dataFiles } from '../storage/data-files.ts';
import { DurableFile, type RecoveryEvent } from '../storage/durable-file.ts';
import { Authenticator } from './authenticator.ts';
import { Backups } from './backup/backups.ts';
import type { Clipboard } from './clipboard.ts';
import { PictureReader } from './qr/picture-reader.ts';
import { type ChooseExport, Transfer } from './transfer/transfer.ts';
import { Vault } from './vault.ts';
import { vaultCodec } from './vault-codec.ts';
import { VaultDoor } from './vault-door.ts';

export interface OpenAuthenticatorOptions {
  /** The folder of all data. Whoever opens it here holds its writer lock. */
  readonly home: string;
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly events: EventHub;
  /** Real time minus this computer's, in milliseconds, where codes are to go by it. */
  readonly correctionMs: () => number;
  /** Tells the user of an automatic backup that failed. */
  readonly notify: (message: string) => void;
  readonly onRecovered: (event: RecoveryEvent) => void;
  readonly clipboard?: Clipboard;
  readonly chooseExport?: ChooseExport;
}

export interface OpenedAuthenticator {
  readonly authenticator: Authenticator;
  readonly transfer: Transfer;
  readonly backups: Backups;
  /** Wipes what the keys had opened. */
  forgetSecrets(): Promise<void>;
  /** Makes the backup that is due, finishes what is under way and lets go of everything. */
  close(): Promise<void>;
}

/** Opens no vault yet: that happens at first use. Throws TwofoldError `storage-failed`. */
export async function openAuthenticator(options: OpenAuthenticatorOptions): Promise<OpenedAuthenticator> {
  const { home, keys, clock, events, correctionMs, notify, onRecovered, clipboard, chooseExport } = options;
  const files = dataFiles(home);
  const pictures = new PictureReader(clock);
  const door = new VaultDoor(async () => {
    const codec = vaultCodec(await keys.key('vault'));
    return Vault.open(new DurableFile({ path: files.vault, ...codec, onRecovered, clock }), clock.nowMs());
  });
  const authenticator = new Authenticator({
    door,
    clock,
    events,
    correctionMs,
    ...(clipboard === undefined ? {} : { clipboard }),
  });
  const transfer = new Transfer({
    door,
    clock,
    events,
    readPicture: (picture) => pictures.read(picture),
    portableAccounts: (ids) => authenticator.portableAccounts(ids),
    onReplaced: (ids) => authenticator.forgetCodes(ids),
    requireProof: (passphrase) => keys.requireProof(passphrase),
    ...(chooseExport === undefined ? {} : { chooseExport }),
  });
  const backups = await Backups.open({
    file: files.backups,
    dataFolder: home,
    userFolder: homedir(),
    accounts: () => authenticator.portableAccounts(null),
    key: () => keys.key('vault'),
    clock,
    events,
    notify,
    onRecovered,
  });
  const forgetSecrets = async (): Promise<void> => {
    transfer.forget();
    await authenticator.forget();
  };
  return {
    authenticator,
    transfer,
    backups,
    forgetSecrets,
    async close() {
      await backups.close();
      await forgetSecrets();
      await pictures.close();
    },
  };
}
