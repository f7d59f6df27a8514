// The KeyStore port: where 32-byte keys are kept. Adapters: OS keychain, memory; the passphrase way is in key-ring.ts.

export const KEY_BYTES = 32;

/** *Absent* and *unavailable* are different: only the first may ever lead to a new key. */
export type KeyReading =
  | { readonly kind: 'found'; readonly key: Uint8Array }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface KeyStore {
  /** Reads the key of that name. Never throws for an expected failure. */
  read(name: string): Promise<KeyReading>;
  /** Keeps the key under that name, replacing what was there. Throws TwofoldError `key-unavailable`. */
  write(name: string, key: Uint8Array): Promise<void>;
  /** Forgets the key of that name; no error when it was not there. */
  remove(name: string): Promise<void>;
}
