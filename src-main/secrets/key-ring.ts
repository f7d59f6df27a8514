// The keys that seal all data: where they are kept, whether they can be had, and the moves between the two ways.
import type { Adapter } from 'lowdb';
import type { KeyState } from '../../src-shared/contract/app.ts';
import { TwofoldError } from '../../src-shared/contract/errors.ts';
import type { Clock } from '../clock/clock.ts';
import type { RecoveryEvent } from '../storage/durable-file.ts';
import { jsonFile } from '../storage/json-file.ts';
import { storageFailed } from '../storage/storage-failure.ts';
import { HeldKey, type HeldKeys, newKeys, wipeKeys } from './held-keys.ts';
import {
  isPassphraseFile,
  isRecordedKey,
  KeyFile,
  type KeychainKeys,
  type KeyName,
  type PassphraseKeys,
  recordOf,
  wrapKey,
} from './key-file.ts';
import type { KeyStore } from './key-store.ts';
import { fetchFromKeychain, keychainDocument, putIntoKeychain, removeFromKeychain } from './keychain-keys.ts';
import {
  checkNewPassphrase,
  DEFAULT_KDF_COST,
  type DeriveKey,
  derivePassphraseKey,
  type KdfCost,
} from './passphrase.ts';
import { PassphraseLock } from './passphrase-keys.ts';
import type { SealingKey } from './sealing.ts';
import { InTurn } from '../queue/in-turn.ts';

export interface KeyRingOptions {
  /** Where the document of the keys is kept: `keyFileAt`, or in memory. */
  readonly file: Adapter<KeyFile>;
  readonly keychain: KeyStore;
  readonly clock: Clock;
  /** Cost of a new passphrase; that of an existing one stands in the file. */
  readonly kdfCost?: KdfCost;
  readonly deriveKey?: DeriveKey;
}

/** The document of the keys as a durable file at that path, usually `keys.json`. */
export const keyFileAt = (
  path: string,
  clock: Clock,
  onRecovered?: (event: RecoveryEvent) => void,
): Adapter<KeyFile> =>
  jsonFile({
    path,
    schema: KeyFile,
    clock,
    // To start with an empty file would be to make new keys beside data that needs the old ones.
    whenLost: 'refuse',
    ...(onRecovered === undefined ? {} : { onRecovered }),
  });

export interface KeyMove {
  readonly to: 'keychain' | 'passphrase';
  /** The new passphrase, or the present one when moving away from it. */
  readonly passphrase: string;
}

/**
 * Holds the keys. A key is made only at the very first start; a key that existing data needs is never replaced, however
 * it came to be missing. Calls run one after another.
 */
export class KeyRing {
  readonly #keychain: KeyStore;
  readonly #file: Adapter<KeyFile>;
  readonly #passphrase: PassphraseLock;
  #state: KeyState = { kind: 'choose-passphrase', reason: 'The keys were not looked for yet.' };
  #document: KeyFile | null = null;
  #held: HeldKeys | null = null;
  readonly #queue = new InTurn();
  readonly #lockListeners = new Set<() => void>();

  private constructor(options: KeyRingOptions) {
    const { file, keychain, clock } = options;
    this.#keychain = keychain;
    this.#passphrase = new PassphraseLock({
      clock,
      kdfCost: options.kdfCost ?? DEFAULT_KDF_COST,
      deriveKey: options.deriveKey ?? derivePassphraseKey,
    });
    this.#file = file;
  }

  /** Looks for the keys, and makes them at the very first start where the keychain answers. Throws `storage-failed`. */
  static async open(options: KeyRingOptions): Promise<KeyRing> {
    const ring = new KeyRing(options);
    await ring.#queue.run(() => ring.#look());
    return ring;
  }

  state(): KeyState {
    return this.#state;
  }

  /**
   * The key of that name. Ask again for each use and do not keep its bytes: `lock` wipes them. Throws TwofoldError
   * `key-needed` (a passphrase is needed first) or `key-unavailable` (keychain or key cannot be had).
   */
  key(name: KeyName): Promise<SealingKey> {
    if (this.#held !== null) return Promise.resolve(this.#held[name]);
    return this.#queue.run(async () => {
      // Locked while the keychain holds the keys: fetch them again.
      if (this.#held === null && this.#state.kind === 'ready') await this.#look();
      if (this.#held !== null) return this.#held[name];
      throw this.#missingKey();
    });
  }

  /** First start without a keychain: makes the keys and wraps them. Throws `passphrase-refused` or `conflict`. */
  choosePassphrase(passphrase: string): Promise<KeyState> {
    return this.#queue.run(async () => {
      if (this.#state.kind !== 'choose-passphrase') {
        throw new TwofoldError('conflict', 'The keys are protected already, so nothing was changed.');
      }
      checkNewPassphrase(passphrase);
      const keys = newKeys();
      try {
        await this.#saveWrapped(keys, passphrase, null);
      } catch (error) {
        wipeKeys(keys);
        throw error;
      }
      return this.#ready(keys, 'passphrase');
    });
  }

  /** Opens the keys. Throws `passphrase-refused` (after a few wrong ones with `details.retryAfterMs`) or `conflict`. */
  enterPassphrase(passphrase: string): Promise<KeyState> {
    return this.#queue.run(async () => {
      if (this.#state.kind === 'ready' && this.#held !== null) return this.#state;
      if (
        this.#state.kind !== 'enter-passphrase' ||
        this.#document === null ||
        !isPassphraseFile(this.#document)
      ) {
        throw new TwofoldError('conflict', 'There is no passphrase to enter now.');
      }
      return this.#ready(await this.#passphrase.unwrap(this.#document, passphrase), 'passphrase');
    });
  }

  /** Asks the keychain again, where it did not give the keys. */
  retry(): Promise<KeyState> {
    return this.#queue.run(async () => {
      if (this.#held === null && this.#state.kind !== 'enter-passphrase') await this.#look();
      return this.#state;
    });
  }

  /**
   * Moves the keys to the other protection. The new one is durable, in both generations of the file, and was read back,
   * before anything of the old one goes. Throws `conflict`, `passphrase-refused`, `key-unavailable`, `storage-failed`.
   */
  move({ to, passphrase }: KeyMove): Promise<KeyState> {
    return this.#queue.run(async () => {
      const document = this.#document;
      if (document === null || this.#state.kind !== 'ready') {
        throw new TwofoldError(
          'conflict',
          'The keys cannot be had now, so they were not moved. Open them first.',
        );
      }
      if (document.protection.kind === to) {
        throw new TwofoldError('conflict', 'The keys are kept there already, so nothing was changed.');
      }
      if (this.#held === null) await this.#look();
      const keys = this.#held;
      if (keys === null) throw this.#missingKey();
      if (isPassphraseFile(document)) {
        await this.#prove(document, passphrase);
        return this.#moveToKeychain(keys);
      }
      checkNewPassphrase(passphrase);
      return this.#moveToPassphrase(keys, document, passphrase);
    });
  }

  /**
   * Wraps the same keys under another passphrase, with a new salt. What was saved was read back, and stands in both
   * generations of the file, before this resolves; until then the present one counts. Throws `passphrase-refused`
   * (`details.field` tells which one), `conflict` where the keys are not open under a passphrase, `storage-failed`.
   */
  changePassphrase(present: string, next: string): Promise<KeyState> {
    return this.#queue.run(async () => {
      const document = this.#document;
      const keys = this.#held;
      if (document === null || !isPassphraseFile(document) || keys === null) {
        throw new TwofoldError(
          'conflict',
          'Only a passphrase in use can be changed, so nothing was changed. Unlock Twofold first.',
        );
      }
      try {
        checkNewPassphrase(next);
      } catch (error) {
        throw inField(error, 'next');
      }
      try {
        await this.#prove(document, present);
      } catch (error) {
        throw inField(error, 'present');
      }
      await this.#saveWrapped(keys, next, document);
      await this.#saveBackup();
      return this.#ready(keys, 'passphrase');
    });
  }

  /**
   * Keeps this key as the console's, in the place of the one before, which is forgotten. It was read back, and stands in
   * both generations of the file, before the other goes. The vault's key stays. Throws `key-needed`, `key-unavailable`,
   * `storage-failed`.
   */
  keepConsoleKey({ id, bytes }: SealingKey): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#held === null && this.#state.kind === 'ready') await this.#look();
      const { vault, console: former } = this.#held ?? {};
      const document = this.#document;
      if (document === null || vault === undefined || former === undefined) throw this.#missingKey();
      if (isRecordedKey('console', recordOf('console', former), bytes) && former.id === id) return;
      const keys = { vault, console: new HeldKey(id, Uint8Array.from(bytes)) };
      if (isPassphraseFile(document)) await this.#saveUnderVault(document, keys);
      else await this.#exchangeInKeychain(keys, former);
      this.#held = keys;
      former.wipe();
    });
  }

  async #saveUnderVault(document: PassphraseKeys, { vault, console }: HeldKeys): Promise<void> {
    // The passphrase is not at hand; the vault's key is, and only the passphrase opens that.
    const record = {
      ...recordOf('console', console),
      wrapped: wrapKey('console', console, vault.bytes),
      under: 'vault',
    } as const;
    await this.#save({ ...document, keys: { ...document.keys, console: record } });
    await this.#saveBackup();
  }

  async #exchangeInKeychain(keys: HeldKeys, former: HeldKey): Promise<void> {
    await putIntoKeychain(this.#keychain, keys, ['console']);
    try {
      await this.#save(keychainDocument(keys));
    } catch (error) {
      await removeFromKeychain(this.#keychain, keys, ['console']);
      throw error;
    }
    await this.#saveBackup();
    await removeFromKeychain(this.#keychain, { ...keys, console: former }, ['console']);
  }

  /**
   * Checks that this is the present passphrase, with the same delays as at the lock screen; changes nothing. Throws
   * `passphrase-refused` with `details.reason` `wrong` or `too-early`, `conflict` where there is no passphrase.
   */
  prove(passphrase: string): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#document === null || !isPassphraseFile(this.#document)) {
        throw new TwofoldError('conflict', 'There is no passphrase here that could be checked.');
      }
      await this.#prove(this.#document, passphrase);
    });
  }

  /**
   * The rule for showing or exporting secrets: where a passphrase protects them, it must be typed once more; where the
   * keychain does, the user's own session is the proof. Throws as `prove` does, and with `details.reason` `missing`.
   */
  async requireProof(passphrase: string | null): Promise<void> {
    if (this.#document === null || !isPassphraseFile(this.#document)) return;
    if (passphrase === null) {
      throw new TwofoldError('passphrase-refused', 'Enter your passphrase: secrets are shown only with it.', {
        reason: 'missing',
      });
    }
    await this.prove(passphrase);
  }

  /** Wipes the keys from memory. With a passphrase it must be entered again; from the keychain they are fetched again. */
  lock(): void {
    if (this.#held === null) return;
    wipeKeys(this.#held);
    this.#held = null;
    if (this.#document !== null && isPassphraseFile(this.#document)) {
      this.#locked();
    }
    for (const listener of this.#lockListeners) listener();
  }

  /** Tells `listener` whenever the keys were wiped: what they opened must be forgotten too. Answers how to stop that. */
  onLock(listener: () => void): () => void {
    this.#lockListeners.add(listener);
    return () => this.#lockListeners.delete(listener);
  }

  #locked(): KeyState {
    this.#state = { kind: 'enter-passphrase', reason: 'Twofold is locked.' };
    return this.#state;
  }

  #ready(keys: HeldKeys, protection: 'keychain' | 'passphrase'): KeyState {
    // Locked while this was under way: the keys stay gone.
    this.#held = keys.vault.isWiped ? null : keys;
    if (this.#held === null && protection === 'passphrase') return this.#locked();
    this.#state = { kind: 'ready', protection };
    return this.#state;
  }

  async #look(): Promise<void> {
    try {
      this.#document = await this.#file.read();
    } catch (error) {
      // Told on the screen rather than by refusing to start.
      if (!(error instanceof TwofoldError)) throw error;
      this.#state = { kind: 'key-missing', reason: error.message };
      return;
    }
    if (this.#document === null) await this.#createInKeychain();
    else if (isPassphraseFile(this.#document)) {
      this.#state = { kind: 'enter-passphrase', reason: 'Your data is protected by a passphrase.' };
    } else await this.#fetch(this.#document);
  }

  /** The very first start: nothing is sealed yet, so that a failure half-way costs nothing. */
  async #createInKeychain(): Promise<void> {
    const keys = newKeys();
    try {
      await putIntoKeychain(this.#keychain, keys);
    } catch (error) {
      wipeKeys(keys);
      if (!(error instanceof TwofoldError)) throw error;
      const reason = error.details?.['reason'];
      this.#state = {
        kind: 'choose-passphrase',
        reason: typeof reason === 'string' ? reason : error.message,
      };
      return;
    }
    try {
      await this.#save(keychainDocument(keys));
    } catch (error) {
      await removeFromKeychain(this.#keychain, keys);
      wipeKeys(keys);
      throw error;
    }
    this.#ready(keys, 'keychain');
  }

  async #fetch(document: KeychainKeys): Promise<void> {
    const finding = await fetchFromKeychain(this.#keychain, document);
    if (finding.kind === 'found') this.#ready(finding.keys, 'keychain');
    else this.#state = finding;
  }

  async #moveToKeychain(keys: HeldKeys): Promise<KeyState> {
    await putIntoKeychain(this.#keychain, keys);
    try {
      await this.#save(keychainDocument(keys));
    } catch (error) {
      await removeFromKeychain(this.#keychain, keys);
      throw error;
    }
    await this.#saveBackup();
    return this.#ready(keys, 'keychain');
  }

  async #moveToPassphrase(keys: HeldKeys, before: KeychainKeys, passphrase: string): Promise<KeyState> {
    await this.#saveWrapped(keys, passphrase, before);
    await this.#saveBackup();
    await removeFromKeychain(this.#keychain, keys);
    return this.#ready(keys, 'passphrase');
  }

  async #save(document: KeyFile): Promise<void> {
    await this.#file.write(document);
    this.#document = document;
  }

  /** Writes the same once more: then the backup generation tells of the same protection. */
  async #saveBackup(): Promise<void> {
    if (this.#document !== null) await this.#file.write(this.#document);
  }

  /** Wraps the keys under a new passphrase, saves, and opens what was saved; where it does not open, `before` is put back. */
  async #saveWrapped(keys: HeldKeys, passphrase: string, before: KeyFile | null): Promise<void> {
    const opens = await this.#passphrase.wrap(keys, passphrase, async (document) => {
      await this.#save(document);
      const saved = await this.#file.read();
      return saved !== null && isPassphraseFile(saved) ? saved : null;
    });
    if (opens) return;
    if (before !== null) await this.#save(before);
    throw storageFailed(
      'damaged',
      'The keys that were saved do not open again, so nothing was changed. Check the disk.',
    );
  }

  async #prove(document: PassphraseKeys, passphrase: string): Promise<void> {
    wipeKeys(await this.#passphrase.unwrap(document, passphrase));
  }

  #missingKey(): TwofoldError {
    switch (this.#state.kind) {
      case 'choose-passphrase':
        return new TwofoldError('key-needed', 'Choose a passphrase first: it protects what you save.');
      case 'enter-passphrase':
        return new TwofoldError('key-needed', 'Enter your passphrase first: your data is locked.');
      case 'keychain-unavailable':
      case 'key-missing':
        return new TwofoldError('key-unavailable', this.#state.reason);
      case 'ready':
        return new TwofoldError('key-needed', 'Twofold is locked. Unlock it and try again.');
    }
  }
}

/** The same refusal, telling which of two passphrases it is about. */
const inField = (error: unknown, field: 'present' | 'next'): unknown =>
  error instanceof TwofoldError && error.code === 'passphrase-refused'
    ? new TwofoldError(error.code, error.message, { ...error.details, field }, error)
    : error;
