// Seals and opens the shared secrets (S8): by the key that the store says, which during a rotation may be learned from the
// one that this node has.
import { TwofoldError } from '../../src-shared/contract/index.ts';
import { HeldKey } from '../secrets/held-keys.ts';
import { isRecordedKey, type KeyRecord, recordOf } from '../secrets/key-file.ts';
import { seal, SealBroken, type SealingKey, unseal } from '../secrets/sealing.ts';
import type { Factor, SealingKeys } from './records.ts';
import type { ConsoleTransaction, Resealed } from './repository.ts';

/** The key of this node. Asked for each use, since it may be wiped. Throws TwofoldError `key-needed`, `key-unavailable`. */
export type KeySource = () => Promise<SealingKey> | SealingKey;

type SealedSecret = Pick<Resealed, 'sealedSecret' | 'sealedBy'>;
type FactorPlace = Pick<Factor, 'id' | 'userId'>;

const placeOf = ({ id, userId }: FactorPlace): string => `console factor\0${userId}\0${id}`;
const keyPlace = (id: string): string => `console key\0${id}`;

/** Seals a key by another one, for whoever has that. */
const sealKey = (by: SealingKey, key: SealingKey): string =>
  seal(by, keyPlace(key.id), key.bytes).toString('base64');

/** What the store holds of a key in force, and of the former one while it is still of use. */
export const firstSealingKeys = (key: SealingKey): SealingKeys => ({
  current: recordOf('console', key),
  rotation: null,
});

/** The former key makes place for another: each is sealed by the other. */
export const rotationTo = (next: SealingKey, former: SealingKey, startedAtMs: number): SealingKeys => ({
  current: recordOf('console', next),
  rotation: {
    former: recordOf('console', former),
    currentByFormer: sealKey(former, next),
    formerByCurrent: sealKey(next, former),
    startedAtMs,
    resealedAtMs: null,
    takenUpBy: [],
  },
});

const isKeyOf = (record: KeyRecord, key: SealingKey): boolean =>
  record.id === key.id && isRecordedKey('console', record, key.bytes);

const wrongKey = (): TwofoldError =>
  new TwofoldError(
    'key-unavailable',
    'The key of this computer is not the one that seals the console’s shared secrets, or no longer. Nothing was changed. Export the key where it works (twofold console key export), and import it here (twofold console key import).',
    { reason: 'wrong-key' },
  );

/** Whether that is the refusal of a node whose key does not fit. */
export const isWrongKey = (error: unknown): boolean =>
  error instanceof TwofoldError && error.details?.['reason'] === 'wrong-key';

/** Both keys of a rotation, or the one in force. */
interface KnownKeys {
  readonly current: SealingKey;
  readonly former: SealingKey | null;
}

export class SecretSealer {
  readonly #source: KeySource;
  /** The other key of a rotation, opened with our own. */
  #learned: HeldKey | null = null;

  constructor(source: KeySource) {
    this.#source = source;
  }

  /** Wipes what was learned: the own key was wiped too. */
  forget(): void {
    this.#learned?.wipe();
    this.#learned = null;
  }

  /**
   * The keys that the store tells of; null before any secret. Throws TwofoldError `key-unavailable` with `details.reason`
   * `wrong-key` where our own is not among them, and what the source of the key throws.
   */
  async keys(tx: ConsoleTransaction): Promise<KnownKeys | null> {
    const own = await this.#source();
    const record = await tx.sealingKeys();
    return record === null ? null : this.#open(record, own);
  }

  /** The key that new secrets are sealed by; takes our own for it where there is no secret yet. Throws as `keys` does. */
  async current(tx: ConsoleTransaction): Promise<SealingKey> {
    await this.check(tx, true);
    const known = await this.keys(tx);
    if (known !== null) return known.current;
    const own = await this.#source();
    await tx.putSealingKeys(firstSealingKeys(own));
    return own;
  }

  async sealSecret(tx: ConsoleTransaction, place: FactorPlace, secret: Uint8Array): Promise<SealedSecret> {
    return sealFor(await this.current(tx), place, secret);
  }

  /** The secret in clear; whoever asks wipes it. Throws SealBroken, and as `keys` does. */
  async openSecret(tx: ConsoleTransaction, factor: Factor): Promise<Buffer> {
    const sealed = Buffer.from(factor.sealedSecret, 'base64');
    const openBy = (key: SealingKey): Buffer => unseal(key, placeOf(factor), sealed);
    const own = await this.#source();
    const { sealedBy } = factor;
    if (sealedBy === own.id) return openBy(own);
    if (sealedBy === null) {
      try {
        return openBy(own);
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
      }
    }
    if (sealedBy !== null && this.#learned?.id === sealedBy) return openBy(this.#learned);
    const known = await this.keys(tx);
    const other = [known?.current, known?.former].find(
      (key) => key?.id === sealedBy || (sealedBy === null && key?.id !== own.id),
    );
    if (other !== undefined && other !== null) return openBy(other);
    if (sealedBy === null) throw new SealBroken('No key at hand opens it.');
    throw wrongKey();
  }

  /**
   * Whether our own key is one of the store's; throws as `keys` does where it is not. Secrets from before the store told of
   * keys must open with it; where `canWrite`, the store tells of it from then on. Answers whether that is settled.
   */
  async check(tx: ConsoleTransaction, canWrite: boolean): Promise<boolean> {
    if ((await this.keys(tx)) !== null) return true;
    const [factor] = await tx.factorsNotSealedBy('', '', 1);
    if (factor === undefined) return true;
    const own = await this.#source();
    try {
      unseal(own, placeOf(factor), Buffer.from(factor.sealedSecret, 'base64')).fill(0);
    } catch (error) {
      throw error instanceof SealBroken ? wrongKey() : error;
    }
    if (canWrite) await tx.putSealingKeys(firstSealingKeys(own));
    return canWrite;
  }

  #open({ current, rotation }: SealingKeys, own: SealingKey): KnownKeys {
    if (rotation === null) this.forget();
    if (isKeyOf(current, own)) {
      const former = rotation === null ? null : this.#learn(own, rotation.former, rotation.formerByCurrent);
      return { current: own, former };
    }
    if (rotation === null || !isKeyOf(rotation.former, own)) throw wrongKey();
    return { current: this.#learn(own, current, rotation.currentByFormer), former: own };
  }

  #learn(own: SealingKey, record: KeyRecord, sealed: string): SealingKey {
    if (this.#learned !== null && isKeyOf(record, this.#learned)) return this.#learned;
    const bytes = unseal(own, keyPlace(record.id), Buffer.from(sealed, 'base64'));
    const key = new HeldKey(record.id, bytes);
    if (!isKeyOf(record, key)) throw wrongKey();
    this.forget();
    this.#learned = key;
    return key;
  }
}

/** Seals a factor's secret by that key. */
export const sealFor = (key: SealingKey, place: FactorPlace, secret: Uint8Array): SealedSecret => ({
  sealedSecret: seal(key, placeOf(place), secret).toString('base64'),
  sealedBy: key.id,
});
