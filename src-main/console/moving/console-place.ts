// Where the console's data lie now: one repository for all rules, whatever stands behind it, also while that changes.
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import type { ChangeFeed } from '../postgres/change-feed.ts';
import type { PoolUse } from '../postgres/primary-pool.ts';
import type { ConsoleRepository, ConsoleTransaction } from '../repository.ts';

/** What stands behind the console, open. */
export interface OpenStore {
  readonly repository: ConsoleRepository;
  /** Carries word of changes between the nodes over one database; null: there are no others. */
  readonly feed: ChangeFeed | null;
  /** Null where there is no database. */
  readonly poolUse: () => PoolUse | null;
}

/** How the console's store is opened. */
export type StoreOpener = () => Promise<OpenStore>;

const RETRY_AFTER_MS = 2_000;

const whileMoving = (): TwofoldError =>
  new TwofoldError(
    'storage-failed',
    'The console is being moved to another place. Nothing was changed; try again when that has ended.',
    { reason: 'moving', retryAfterMs: RETRY_AFTER_MS },
  );

/**
 * Opens the store when it is first needed, and again at the next call where that failed: a database that cannot be reached
 * stops the console alone. `move` closes it and puts another one in its place.
 */
export class ConsolePlace implements ConsoleRepository {
  #open: StoreOpener;
  #store: OpenStore | null = null;
  #opening: Promise<OpenStore> | null = null;
  #isClosed = false;
  #isMoving = false;
  #underWay = 0;
  #whenIdle: (() => void) | null = null;

  constructor(open: StoreOpener) {
    this.#open = open;
  }

  /** Opens it now. Throws as its opener does; a later call tries again. */
  async openNow(): Promise<void> {
    await this.#opened();
  }

  transact<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    return this.#use((repository) => repository.transact(work));
  }

  read<T>(work: (tx: ConsoleTransaction) => Promise<T>): Promise<T> {
    return this.#use((repository) => repository.read(work));
  }

  /**
   * Waits for what is under way, closes the store, and lets `work` have it alone. What that answers opens the store from
   * then on; where it throws, the store is the one before. Throws `conflict` while another move is under way.
   */
  async move(work: () => Promise<StoreOpener | null>): Promise<void> {
    if (this.#isMoving) {
      throw new TwofoldError('conflict', 'The console is being moved already. Wait for the end of that.', {
        reason: 'moving',
      });
    }
    this.#isMoving = true;
    try {
      await this.#idle();
      await this.#closeStore();
      this.#open = (await work()) ?? this.#open;
    } finally {
      this.#isMoving = false;
    }
  }

  /** Tells the other nodes that something has changed. */
  tellOthers(): void {
    this.#store?.feed?.tell();
  }

  /** Whether changes at other nodes are heard of at once. */
  get hearsAtOnce(): boolean {
    return this.#store?.feed?.isHeard ?? false;
  }

  /** Of the database's connections; null where there is none, or none is open. */
  get poolUse(): PoolUse | null {
    return this.#store?.poolUse() ?? null;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opening?.catch(() => undefined);
    await this.#closeStore();
  }

  async #use<T>(work: (repository: ConsoleRepository) => Promise<T>): Promise<T> {
    if (this.#isMoving) throw whileMoving();
    this.#underWay += 1;
    try {
      return await work((await this.#opened()).repository);
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) this.#whenIdle?.();
    }
  }

  async #opened(): Promise<OpenStore> {
    if (this.#isClosed) throw new TwofoldError('storage-failed', 'Twofold is ending. Nothing was changed.');
    if (this.#store !== null) return this.#store;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    this.#store = await this.#opening;
    return this.#store;
  }

  async #closeStore(): Promise<void> {
    const store = this.#store;
    this.#store = null;
    await store?.feed?.close();
    await store?.repository.close();
  }

  async #idle(): Promise<void> {
    if (this.#underWay === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
    this.#whenIdle = null;
  }
}
