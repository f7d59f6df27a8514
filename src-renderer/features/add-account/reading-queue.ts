// Has main read what comes in, one thing after the other, into one preview that grows; asks for passwords on the way.
import { MAX_IMPORT_BYTES, MAX_PASTED_CHARACTERS, type Preview } from '../../../src-shared/contract/index.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { type CallFailure, failureMessage, hasCode } from '../../bridge/failure.ts';
import type { Incoming } from '../transfer/open-transfer.ts';

/** More files at once are refused: whoever drops a whole folder did not mean it. */
export const MAX_FILES = 100;
const MAX_NAME_CHARACTERS = 1_000;

export interface LockedFile {
  readonly name: string;
  /** The app that encrypted it. */
  readonly format: string;
  /** Why the last password was not right; null before the first. */
  readonly error: CallFailure | null;
}

export interface ReadingState {
  /** All that was found so far. */
  readonly preview: Preview | null;
  /** What main reads now, and how far it is where that takes time (0 to 1). */
  readonly now: { readonly name: string; readonly share: number | null } | null;
  /** A file that waits for its password. */
  readonly locked: LockedFile | null;
  /** What could not be read since the queue was last empty. */
  readonly failures: readonly { readonly where: string; readonly reason: string }[];
}

const nothing: ReadingState = { preview: null, now: null, locked: null, failures: [] };

type QueueBridge = Pick<Bridge, 'call' | 'onEvent'>;

const fileName = (name: string): string =>
  name.replaceAll('\0', '').slice(0, MAX_NAME_CHARACTERS).toWellFormed();

/** One go of adding: begins empty, ends with `end`, which makes main forget what was not added. */
export class ReadingQueue {
  readonly #bridge: QueueBridge;
  readonly #newJobId: () => string;
  readonly #listeners = new Set<() => void>();
  readonly #endEvents: () => void;
  #state = nothing;
  #tail: Promise<unknown> = Promise.resolve();
  #pending = 0;
  #jobId: string | null = null;
  #answerPassword: ((password: string | null) => void) | null = null;
  #hasEnded = false;

  constructor(bridge: QueueBridge, newJobId: () => string = () => crypto.randomUUID()) {
    this.#bridge = bridge;
    this.#newJobId = newJobId;
    this.#endEvents = bridge.onEvent((event, payload) => {
      if (event === 'transfer:progress' && 'jobId' in payload) this.#progress(payload.jobId, payload.share);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): ReadingState => this.#state;

  /** Reads it when its turn has come. Answers whether the preview has grown by it; failures stand in the state. */
  read(incoming: Incoming): Promise<boolean> {
    if (this.#pending === 0) this.#set({ failures: [] });
    this.#pending += 1;
    const done = this.#tail.then(() => this.#readNow(incoming));
    this.#tail = done.finally(() => {
      this.#pending -= 1;
    });
    return done;
  }

  /** The password of the locked file. */
  enterPassword(password: string): void {
    this.#answerPassword?.(password);
  }

  /** Goes on without the locked file. */
  leaveLockedOut(): void {
    this.#answerPassword?.(null);
  }

  /** Ends what main reads now, at its next step. */
  cancel(): void {
    const jobId = this.#jobId;
    if (jobId !== null) this.#bridge.call('transfer:cancel', { jobId }).catch(() => undefined);
  }

  /** What was found is added: main holds it no longer. */
  forget(): void {
    this.#set({ preview: null });
  }

  /** Ends everything; main forgets what was not added. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#endEvents();
    this.cancel();
    this.leaveLockedOut();
    this.#discard();
  }

  async #readNow(incoming: Incoming): Promise<boolean> {
    switch (incoming.kind) {
      case 'files': {
        if (incoming.files.length > MAX_FILES) {
          return this.#fail('Files', `Those are more than ${MAX_FILES} files. Take fewer at a time.`);
        }
        let grew = false;
        for (const file of incoming.files) {
          if (this.#hasEnded) break;
          grew = (await this.#readFile(file)) || grew;
        }
        return grew;
      }
      case 'text': {
        const { text } = incoming;
        if (text.length > MAX_PASTED_CHARACTERS) {
          return this.#fail('Text', 'That text is too long to hold links alone. Nothing was added.');
        }
        return this.#take('Text', () =>
          this.#bridge.call('transfer:readText', { previewId: this.#previewId(), text }),
        );
      }
      case 'preview':
        return this.#take('Link', () =>
          this.#bridge.call('transfer:preview', { previewId: incoming.previewId }),
        );
    }
  }

  async #readFile(file: File): Promise<boolean> {
    const name = fileName(file.name);
    if (file.size > MAX_IMPORT_BYTES) {
      return this.#fail(
        name,
        'It is larger than 50 MB. No export and no picture needs that. Nothing was added.',
      );
    }
    let content: Uint8Array<ArrayBuffer>;
    try {
      content = new Uint8Array(await file.arrayBuffer());
    } catch {
      return this.#fail(
        name,
        'It cannot be read. A folder, or a file that was moved meanwhile, cannot be taken.',
      );
    }
    let password: string | null = null;
    let locked: LockedFile | null = null;
    while (!this.#hasEnded) {
      this.#jobId = this.#newJobId();
      this.#set({ now: { name, share: null } });
      try {
        const jobId = this.#jobId;
        const input = { previewId: this.#previewId(), jobId, name, content, password };
        const reading = await this.#bridge.call('transfer:readFile', input);
        if (reading.kind === 'read') return this.#grow(reading.preview);
        locked = { name, format: reading.format, error: null };
      } catch (error) {
        // A wrong password, or none after all: the file stays chosen.
        if (locked === null || !isPasswordMatter(error)) return this.#refused(name, error);
        locked = { ...locked, error: error.details['reason'] === 'wrong-password' ? error : null };
      } finally {
        this.#jobId = null;
        this.#set({ now: null });
      }
      password = await this.#askPassword(locked);
      if (password === null) return false;
    }
    return false;
  }

  #askPassword(locked: LockedFile): Promise<string | null> {
    if (this.#hasEnded) return Promise.resolve(null);
    this.#set({ locked });
    return new Promise((resolve) => {
      this.#answerPassword = (password) => {
        this.#answerPassword = null;
        this.#set({ locked: null });
        resolve(password);
      };
    });
  }

  async #take(name: string, call: () => Promise<Preview>): Promise<boolean> {
    if (this.#hasEnded) return false;
    this.#set({ now: { name, share: null } });
    try {
      return this.#grow(await call());
    } catch (error) {
      return this.#refused(name, error);
    } finally {
      this.#set({ now: null });
    }
  }

  #grow(preview: Preview): boolean {
    this.#set({ preview });
    // Whoever closed the dialog meanwhile wants nothing of it.
    if (this.#hasEnded) this.#discard();
    return !this.#hasEnded;
  }

  #refused(name: string, error: unknown): boolean {
    if (hasCode(error, 'cancelled')) return false;
    // The preview has expired: what is read next begins a new one.
    if (hasCode(error, 'not-found')) this.#set({ preview: null });
    return this.#fail(name, failureMessage(error));
  }

  #fail(where: string, reason: string): false {
    this.#set({ failures: [...this.#state.failures, { where, reason }] });
    return false;
  }

  #progress(jobId: string, share: number): void {
    const { now } = this.#state;
    if (jobId === this.#jobId && now !== null) this.#set({ now: { ...now, share } });
  }

  #previewId(): string | null {
    return this.#state.preview?.id ?? null;
  }

  #discard(): void {
    const previewId = this.#previewId();
    if (previewId === null) return;
    this.#set({ preview: null });
    this.#bridge.call('transfer:discard', { previewId }).catch(() => undefined);
  }

  #set(change: Partial<ReadingState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** The password was wrong, or the user stopped trying it. */
const isPasswordMatter = (error: unknown): error is CallFailure =>
  hasCode(error, 'cancelled') ||
  (hasCode(error, 'import-refused') && error.details['reason'] === 'wrong-password');
