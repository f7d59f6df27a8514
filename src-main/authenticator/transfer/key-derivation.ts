// Turns the password of a foreign file into its key, in a worker thread: with progress, limits, and a way to cancel.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Reading } from './importer.ts';
import { DerivationResult, type KeyDerivation } from './key-derivation-messages.ts';
import {
  MAX_ARGON2_PASSES,
  MAX_ARGON2_WORK_BYTES,
  MAX_DERIVATION_MEMORY_BYTES,
  MAX_PARALLELISM,
  MAX_PBKDF2_ITERATIONS,
  MAX_SCRYPT_WORK,
} from './limits.ts';
import { cancelledReading, damagedFile, refuseImport } from './refusal.ts';

export type { KeyDerivation } from './key-derivation-messages.ts';

const GIB = 1024 * 1024 * 1024;
const PROGRESS_INTERVAL_MS = 100;
/** Progress is an estimate; it stops here until the key is there. */
const MOST_ESTIMATED_SHARE = 0.95;
/** What an ordinary laptop does in one millisecond. */
const ARGON2_BYTES_PER_MS = 600_000;
const PBKDF2_ITERATIONS_PER_MS = 1_500;
const SCRYPT_WORK_PER_MS = 2_500;

/**
 * Derives a key of `keyBytes`. Throws TwofoldError `import-refused` (`over-limit` before anything is started, `damaged`
 * for parameters that cannot be) and `cancelled`, at once, when the signal is aborted.
 */
export async function deriveKey(
  derivation: KeyDerivation,
  reading: Pick<Reading, 'onProgress' | 'signal'>,
): Promise<Uint8Array> {
  checkCost(derivation);
  if (reading.signal.aborted) throw cancelledReading();
  const stopProgress = reportProgress(estimateMs(derivation), reading.onProgress);
  const worker = new Worker(workerPath());
  try {
    const answer = await answerOf(worker, derivation, reading.signal);
    reading.onProgress(1);
    return answer;
  } finally {
    stopProgress();
    // Nobody waits for it: a thread inside native code ends when that returns.
    void worker.terminate();
  }
}

async function answerOf(worker: Worker, derivation: KeyDerivation, signal: AbortSignal): Promise<Uint8Array> {
  const listening = new AbortController();
  const either = AbortSignal.any([signal, listening.signal]);
  try {
    const answered = once(worker, 'message', { signal: either });
    const ended = once(worker, 'exit', { signal: either }).then(() => {
      throw new Error('The key derivation ended without an answer.');
    });
    worker.postMessage(derivation);
    const answer: unknown[] = await Promise.race([answered, ended]);
    const result = DerivationResult.parse(answer[0]);
    if (result.kind === 'key') return result.key;
    throw refuseImport(
      'over-limit',
      'This computer has too little free memory for the key of this file. Close other programs and try again.',
    );
  } catch (error) {
    if (signal.aborted) throw cancelledReading();
    throw error;
  } finally {
    listening.abort();
  }
}

/** Beside this file as TypeScript when run from source; beside or above its chunk when bundled. */
function workerPath(): string {
  const name = 'key-derivation-worker';
  const names = import.meta.url.endsWith('.ts') ? [`./${name}.ts`] : [`./${name}.js`, `../${name}.js`];
  const paths = names.map((candidate) => fileURLToPath(new URL(candidate, import.meta.url)));
  const path = paths.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error('The key derivation worker is missing from this build.');
  return path;
}

const isCount = (value: number, most: number): boolean =>
  Number.isSafeInteger(value) && value >= 1 && value <= most;

const overLimit = (what: string): Error =>
  refuseImport('over-limit', `The key of this file needs more than is allowed: ${what}.`);

/** Numbers of a file are not trusted: none of them may keep the computer busy or fill its memory. */
function checkCost(derivation: KeyDerivation): void {
  const numbers = Object.values(derivation).filter((value) => typeof value === 'number');
  if (!numbers.every((value) => isCount(value, Number.MAX_SAFE_INTEGER))) throw damagedFile();
  if (derivation.keyBytes > 1024) throw damagedFile();
  if (derivation.kind === 'pbkdf2') {
    if (!isCount(derivation.iterations, MAX_PBKDF2_ITERATIONS)) {
      throw overLimit(`${MAX_PBKDF2_ITERATIONS.toLocaleString('en')} iterations of PBKDF2`);
    }
    return;
  }
  const memory = `${MAX_DERIVATION_MEMORY_BYTES / GIB} GiB of memory`;
  if (derivation.parallelism > MAX_PARALLELISM) throw overLimit(`${MAX_PARALLELISM} lanes at a time`);
  if (derivation.kind === 'argon2id') {
    const { memoryKiB, passes, parallelism, salt } = derivation;
    if (memoryKiB * 1024 > MAX_DERIVATION_MEMORY_BYTES) throw overLimit(memory);
    if (passes > MAX_ARGON2_PASSES) throw overLimit(`${MAX_ARGON2_PASSES} passes of Argon2`);
    if (memoryKiB * 1024 * passes > MAX_ARGON2_WORK_BYTES) {
      throw overLimit(`${MAX_ARGON2_WORK_BYTES / GIB} GiB of memory times passes of Argon2`);
    }
    // RFC 9106 §3.1.
    if (memoryKiB < 8 * parallelism || salt.length < 8) throw damagedFile();
    return;
  }
  const { cost, blockSize, parallelism } = derivation;
  // RFC 7914 §6: N is a power of two above 1.
  if (cost < 2 || !Number.isInteger(Math.log2(cost))) throw damagedFile();
  if (128 * cost * blockSize > MAX_DERIVATION_MEMORY_BYTES) throw overLimit(memory);
  if (cost * blockSize * parallelism > MAX_SCRYPT_WORK) {
    throw overLimit(`a work of ${MAX_SCRYPT_WORK.toLocaleString('en')} (N × r × p) of scrypt`);
  }
}

function estimateMs(derivation: KeyDerivation): number {
  if (derivation.kind === 'pbkdf2') return derivation.iterations / PBKDF2_ITERATIONS_PER_MS;
  if (derivation.kind === 'argon2id') {
    return (derivation.memoryKiB * 1024 * derivation.passes) / ARGON2_BYTES_PER_MS;
  }
  return (derivation.cost * derivation.blockSize * derivation.parallelism) / SCRYPT_WORK_PER_MS;
}

/** Reports shares from 0 up; answers how to stop. */
function reportProgress(expectedMs: number, onProgress: (share: number) => void): () => void {
  onProgress(0);
  let passedMs = 0;
  const interval = setInterval(() => {
    passedMs += PROGRESS_INTERVAL_MS;
    onProgress(Math.min(MOST_ESTIMATED_SHARE, passedMs / expectedMs));
  }, PROGRESS_INTERVAL_MS);
  return () => clearInterval(interval);
}
