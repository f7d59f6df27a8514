// The keys in the OS keychain: put there, read back, found again, taken away.
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import { HeldKey, type HeldKeys } from './held-keys.ts';
import {
  isRecordedKey,
  KEY_NAMES,
  type KeychainKeys,
  keychainAccount,
  type KeyName,
  recordOf,
} from './key-file.ts';
import type { KeyStore } from './key-store.ts';

const KEPT = 'Your data is kept as it is, and no new key was made.';

/** The keys, or why they cannot be had, in sentences for the screen. */
export type KeychainFinding =
  | { readonly kind: 'found'; readonly keys: HeldKeys }
  | { readonly kind: 'keychain-unavailable' | 'key-missing'; readonly reason: string };

/** Fetches the keys that the file tells of. */
export async function fetchFromKeychain(
  keychain: KeyStore,
  document: KeychainKeys,
): Promise<KeychainFinding> {
  const find = async (name: KeyName): Promise<HeldKey | Exclude<KeychainFinding, { kind: 'found' }>> => {
    const record = document.keys[name];
    const reading = await keychain.read(keychainAccount(name, record.id));
    if (reading.kind === 'unavailable') {
      return {
        kind: 'keychain-unavailable',
        reason: `${reading.reason} ${KEPT} Unlock the keychain, then try again.`,
      };
    }
    if (reading.kind === 'found' && isRecordedKey(name, record, reading.key)) {
      return new HeldKey(record.id, reading.key);
    }
    const what =
      reading.kind === 'absent'
        ? 'no longer holds the key of your data'
        : 'holds another key than the one of your data';
    return {
      kind: 'key-missing',
      reason: `The OS keychain ${what}. ${KEPT} Restore the keychain from a backup, then try again.`,
    };
  };
  const vault = await find('vault');
  if (!(vault instanceof HeldKey)) return vault;
  const console = await find('console');
  if (console instanceof HeldKey) return { kind: 'found', keys: { vault, console } };
  vault.wipe();
  return console;
}

/** Writes the keys there and reads them back. Throws TwofoldError `key-unavailable` and has then left nothing there. */
export async function putIntoKeychain(
  keychain: KeyStore,
  keys: HeldKeys,
  names: readonly KeyName[] = KEY_NAMES,
): Promise<void> {
  const written: KeyName[] = [];
  try {
    for (const name of names) {
      await keychain.write(keychainAccount(name, keys[name].id), keys[name].bytes);
      written.push(name);
      await checkKept(keychain, name, keys[name]);
    }
  } catch (error) {
    await removeFromKeychain(keychain, keys, written);
    throw error;
  }
}

async function checkKept(keychain: KeyStore, name: KeyName, key: HeldKey): Promise<void> {
  const reading = await keychain.read(keychainAccount(name, key.id));
  if (reading.kind === 'unavailable') {
    throw new TwofoldError('key-unavailable', reading.reason, { reason: reading.reason });
  }
  const isKept = reading.kind === 'found' && isRecordedKey(name, recordOf(name, key), reading.key);
  if (reading.kind === 'found') reading.key.fill(0);
  if (!isKept) {
    throw new TwofoldError('key-unavailable', 'The OS keychain did not keep the key that was written to it.');
  }
}

/** Takes away what nothing needs any more. An entry that cannot be removed is of no use to anyone without the data. */
export async function removeFromKeychain(
  keychain: KeyStore,
  keys: HeldKeys,
  names: readonly KeyName[] = KEY_NAMES,
): Promise<void> {
  for (const name of names) {
    await keychain.remove(keychainAccount(name, keys[name].id)).catch(() => undefined);
  }
}

/** What the file says of keys in the keychain. */
export const keychainDocument = (keys: HeldKeys): KeychainKeys => ({
  protection: { kind: 'keychain' },
  keys: { vault: recordOf('vault', keys.vault), console: recordOf('console', keys.console) },
});
