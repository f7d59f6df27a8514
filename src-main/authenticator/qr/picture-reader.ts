// Reads the QR codes of pictures in a worker thread that starts at first use and never keeps the program running.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { Clock } from '../../clock/clock.ts';
import { readPictureHeader } from './picture-header.ts';
import { PictureResult } from './worker-messages.ts';
import { InTurn } from '../../queue/in-turn.ts';

/** Large pictures without any code take several seconds; beyond this something is wrong. */
const TIME_LIMIT_MS = 60_000;

/** A PNG of one white pixel: whoever reads it has loaded all that reading needs. */
const BLANK_PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4AWP4DwABAQEAiuJTfQAAAABJRU5ErkJggg==';

/** Memory that damaged pictures may hold on to in the worker. */
const MAX_LOST_BYTES = 256 * 1024 * 1024;

/**
 * V8 aborts the whole process now and then when it frees WebAssembly code while much is going on (nodejs/node#64500).
 * Without that freeing a few megabytes of code stay. Electron's main process leaves its flags open too
 * (electron/electron#42414); its switch `js-flags` would come too late for it and reach the windows alone.
 */
function keepWebAssemblyCode(): void {
  setFlagsFromString('--no-wasm-code-gc');
}

const refuse = (reason: string, message: string): TwofoldError =>
  new TwofoldError('picture-refused', message, { reason });

/** Beside this file as TypeScript when run from source; beside or above its chunk when bundled. */
function workerPath(): string {
  const names = import.meta.url.endsWith('.ts') ? ['./qr-worker.ts'] : ['./qr-worker.js', '../qr-worker.js'];
  const paths = names.map((name) => fileURLToPath(new URL(name, import.meta.url)));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error('The QR worker is missing from this build.');
  return path;
}

function startWorker(): Worker {
  keepWebAssemblyCode();
  return new Worker(workerPath());
}

export class PictureReader {
  readonly #clock: Clock;
  #worker: Worker | null = null;
  #lostBytes = 0;
  readonly #queue = new InTurn();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The texts of all QR codes of a PNG, JPEG, GIF or WebP; empty when there is none. Throws TwofoldError
   * `picture-refused`; details.reason is `too-many-bytes`, `no-picture`, `too-many-pixels`, `damaged` or `too-slow`.
   */
  async read(picture: Uint8Array): Promise<readonly string[]> {
    checkHeader(picture);
    const result = await this.#queue.run(() => this.#ask(picture));
    if (result.kind === 'damaged') {
      throw refuse(
        'damaged',
        'This picture is damaged and cannot be read. Save or take it again. Nothing was added.',
      );
    }
    return result.texts;
  }

  /** Loads the readers ahead of the first picture, which then takes no longer than the others. */
  async start(): Promise<void> {
    await this.read(Buffer.from(BLANK_PICTURE, 'base64'));
  }

  /** The decoder cannot free what it stumbled over. A worker is started afresh when that adds up, and no sooner. */
  async #countLost(bytes: number): Promise<void> {
    this.#lostBytes += bytes;
    if (this.#lostBytes > MAX_LOST_BYTES) await this.close();
  }

  /** Ends the worker; it starts again at the next picture. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#lostBytes = 0;
    this.#worker = null;
    await worker?.terminate();
  }

  async #ask(picture: Uint8Array): Promise<PictureResult> {
    const worker = (this.#worker ??= startWorker());
    // Only while it works may it keep the program running.
    worker.ref();
    const listening = new AbortController();
    const { signal } = listening;
    const stopWaiting = this.#clock.after(TIME_LIMIT_MS, () =>
      listening.abort(
        refuse('too-slow', 'Reading this picture took too long. Cut it to the QR code and try again.'),
      ),
    );
    try {
      const answered = once(worker, 'message', { signal });
      const ended = once(worker, 'exit', { signal }).then(() => {
        throw new Error('The QR worker ended.');
      });
      const bytes = new Uint8Array(picture);
      worker.postMessage({ bytes }, [bytes.buffer]);
      const answer: unknown[] = await Promise.race([answered, ended]);
      const result = PictureResult.parse(answer[0]);
      if (result.kind === 'damaged') await this.#countLost(picture.byteLength);
      return result;
    } catch (error) {
      await this.close();
      throw signal.aborted ? signal.reason : error;
    } finally {
      stopWaiting();
      listening.abort();
      worker.unref();
    }
  }
}

function checkHeader(picture: Uint8Array): void {
  if (picture.byteLength > MAX_PICTURE_BYTES) {
    throw refuse(
      'too-many-bytes',
      `This file is larger than ${MAX_PICTURE_BYTES / 1024 / 1024} MB. Cut the picture to the QR code.`,
    );
  }
  const header = readPictureHeader(picture);
  if (header === null || header.width === 0 || header.height === 0) {
    throw refuse('no-picture', 'This is not a picture that can be read. Use a PNG, JPEG, GIF or WebP file.');
  }
  if (header.width * header.height > MAX_PICTURE_PIXELS) {
    throw refuse(
      'too-many-pixels',
      `This picture has more than ${MAX_PICTURE_PIXELS / 1_000_000} million pixels. Cut it to the QR code.`,
    );
  }
}
