// The vault as the command line sees it: read beside a Twofold that may be open, and never written.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Adapter } from 'lowdb';
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { Authenticator } from '../../authenticator/authenticator.ts';
import { Vault } from '../../authenticator/vault.ts';
import { vaultCodec } from '../../authenticator/vault-codec.ts';
import { VaultDoor } from '../../authenticator/vault-door.ts';
import type { VaultDocument } from '../../authenticator/vault-document.ts';
import { EventHub } from '../../ipc/events.ts';
import { keyFileAt, KeyRing } from '../../secrets/key-ring.ts';
import type { SealingKey } from '../../secrets/sealing.ts';
import { dataFiles } from '../../storage/data-files.ts';
import type { Surroundings } from './command.ts';
import { openKeys } from './open-keys.ts';
import type { SecretSource } from './secret-source.ts';

const readOnly = (): Promise<never> =>
  Promise.reject(new TwofoldError('not-available', 'The command line does not change the vault.'));

/** Damage is told, not repaired: that is for the app, which holds the right to write. */
const readOnlyFile = (path: string, key: SealingKey): Adapter<VaultDocument> => ({
  async read() {
    if (!existsSync(path)) return null;
    const content = await readFile(path);
    try {
      return vaultCodec(key).parse(content);
    } catch (error) {
      if (error instanceof TwofoldError) throw error;
      throw new TwofoldError(
        'storage-failed',
        `${path} is damaged. It was left as it is. Open Twofold, which looks for the backup.`,
        { reason: 'damaged' },
        error,
      );
    }
  },
  write: readOnly,
});

/**
 * Gives `work` the authenticator over the vault in `home`, and the keys, and forgets all of them afterwards. `passphrase` is asked only
 * where the vault needs one; codes go by this computer's clock plus `correctionMs`. Throws TwofoldError `not-found` where there is no vault yet.
 */
export async function withVault<T>(
  { home, keychain, clock }: Surroundings,
  passphrase: SecretSource,
  work: (authenticator: Authenticator, keys: KeyRing) => Promise<T>,
  correctionMs = 0,
): Promise<T> {
  const { keys: file, vault } = dataFiles(home);
  // To open a key ring where there is none would make new keys.
  if (!existsSync(file) && !existsSync(`${file}.bak`)) {
    throw new TwofoldError(
      'not-found',
      `There is no vault in ${home} yet. Open Twofold and add an account first.`,
    );
  }
  const keys = await KeyRing.open({ file: keyFileAt(file, clock), keychain, clock });
  const authenticator = new Authenticator({
    door: new VaultDoor(async () => Vault.open(readOnlyFile(vault, await keys.key('vault')), clock.nowMs())),
    clock,
    events: new EventHub(),
    correctionMs: () => correctionMs,
  });
  try {
    await openKeys(keys, passphrase);
    return await work(authenticator, keys);
  } finally {
    await authenticator.forget();
    keys.lock();
  }
}
