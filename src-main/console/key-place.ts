// Where a node keeps its key for the shared secrets: beside the vault's key, or in a key file.
import { hostname } from 'node:os';
import { KEY_FILE_VARIABLE, readConsoleKeyFile, writeConsoleKeyFile } from '../secrets/console-key-file.ts';
import { HeldKey } from '../secrets/held-keys.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import type { SealingKey } from '../secrets/sealing.ts';
import type { KeySource } from './secret-sealer.ts';

export interface KeyPlace {
  /** Computer and folder or file, by which nodes are told apart. */
  readonly name: string;
  readonly key: KeySource;
  /** Keeps this key in the place of the one before, durably. Throws TwofoldError. */
  readonly keep: (key: SealingKey) => Promise<void>;
}

/** In the keychain or under the passphrase, as the keys of that folder are. */
export const keyRingPlace = (keys: KeyRing, home: string): KeyPlace => ({
  name: `${hostname()}, ${home}`,
  key: () => keys.key('console'),
  keep: (key) => keys.keepConsoleKey(key),
});

/** Reads the key file, once. Throws TwofoldError `key-unavailable` with what to do about it. */
export async function keyFilePlace(path: string): Promise<KeyPlace> {
  let held = await readConsoleKeyFile(path);
  return {
    name: `${hostname()}, ${path}`,
    key: () => held,
    async keep(key) {
      await writeConsoleKeyFile(path, key, true);
      const former = held;
      held = new HeldKey(key.id, Uint8Array.from(key.bytes));
      former.wipe();
    },
  };
}

/** The path of the key file that the environment names, or null. */
export const namedKeyFile = (variables: Readonly<Record<string, string | undefined>>): string | null =>
  variables[KEY_FILE_VARIABLE]?.trim() || null;

/** The key file that the environment names; null: none. Throws TwofoldError `key-unavailable`. */
export async function namedKeyPlace(
  variables: Readonly<Record<string, string | undefined>>,
): Promise<KeyPlace | null> {
  const path = namedKeyFile(variables);
  return path === null ? null : keyFilePlace(path);
}
