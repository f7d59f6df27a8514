// The authenticator for commands that change something: under the writer lock, as the app itself has it.
import { type OpenedAuthenticator, openAuthenticator } from '../../authenticator/open-authenticator.ts';
import { EventHub } from '../../ipc/events.ts';
import { keyFileAt, KeyRing } from '../../secrets/key-ring.ts';
import { dataFiles } from '../../storage/data-files.ts';
import { recoveryMessage } from '../../storage/recovery-message.ts';
import { WriterLock } from '../../storage/writer-lock.ts';
import type { Surroundings } from './command.ts';
import { openOrMakeKeys } from './open-keys.ts';
import type { SecretSource } from './secret-source.ts';

/**
 * Gives `work` the authenticator, then finishes what is under way, makes the automatic backup that is due, and forgets
 * all keys. Makes the vault at the very first start. Throws TwofoldError `already-open` where another Twofold has it.
 */
export async function withWriting<T>(
  { home, keychain, clock, terminal }: Surroundings,
  passphrase: SecretSource,
  work: (opened: OpenedAuthenticator) => Promise<T>,
): Promise<T> {
  const lock = await WriterLock.acquire({ folder: home, host: 'command line', clock });
  try {
    const onRecovered = (event: Parameters<typeof recoveryMessage>[0]): void =>
      terminal.tell(recoveryMessage(event));
    const keys = await KeyRing.open({
      file: keyFileAt(dataFiles(home).keys, clock, onRecovered),
      keychain,
      clock,
    });
    try {
      await openOrMakeKeys(keys, passphrase, terminal);
      const opened = await openAuthenticator({
        home,
        keys,
        clock,
        events: new EventHub(),
        // Nobody has looked at the clock: codes go by this computer's.
        correctionMs: () => 0,
        notify: (message) => terminal.tell(message),
        onRecovered,
      });
      opened.backups.start();
      try {
        return await work(opened);
      } finally {
        await opened.close();
      }
    } finally {
      keys.lock();
    }
  } finally {
    await lock.release();
  }
}
