// How another process asks the running Twofold to lock: a file in the folder of data, taken away once it has locked.
import { type FSWatcher, watch } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../clock/clock.ts';
import { dataFiles } from '../storage/data-files.ts';
import { removeFile } from '../storage/durable-folder.ts';
import { systemCode, writeFailed } from '../storage/storage-failure.ts';
import { findWriter } from '../storage/writer-lock.ts';

const ANSWER_WITHIN_MS = 5_000;
const ASK_EVERY_MS = 20;
/** Where the system cannot tell of new files. */
const LOOK_EVERY_MS = 2_000;

/** The file whose appearance asks for the lock. What it holds does not matter. */
export const lockRequestPath = (home: string): string => join(home, 'lock.request');

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

export interface LockRequestOptions {
  readonly home: string;
  readonly clock: Clock;
  /** Locks, wherever there is something to lock. */
  readonly lock: () => void;
}

/** Locks whenever a request appears in the folder, and takes the request away. Answers how to end that. */
export function watchLockRequests({ home, clock, lock }: LockRequestOptions): () => void {
  const path = lockRequestPath(home);
  let isEnded = false;
  /** A request that cannot be taken away is answered once, not for ever. */
  let isAnswered = false;
  let watcher: FSWatcher | null = null;
  let cancelLook = (): void => undefined;
  let looks: Promise<void> = Promise.resolve();

  const look = (): void => {
    // One after another: a request that comes while an earlier one is taken away is seen by its own look.
    looks = looks.then(async () => {
      if (isEnded) return;
      if (!(await isThere(path))) {
        isAnswered = false;
        return;
      }
      if (!isAnswered) lock();
      // Where that fails it stays: whoever asked waits in vain and says so.
      isAnswered = await removeFile(path).then(
        () => false,
        () => true,
      );
    });
  };
  const lookLater = (): void => {
    cancelLook();
    if (isEnded) return;
    cancelLook = clock.after(LOOK_EVERY_MS, () => {
      look();
      lookLater();
    });
  };

  try {
    watcher = watch(home, { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path)) look();
    });
    watcher.on('error', lookLater);
  } catch {
    lookLater();
  }
  look();
  return () => {
    isEnded = true;
    watcher?.close();
    cancelLook();
  };
}

const KeyProtection = z.looseObject({
  content: z.looseObject({ protection: z.looseObject({ kind: z.string() }) }),
});

/** Only looked at: what is damaged there is for the running app to mend. */
async function hasPassphrase(home: string): Promise<boolean> {
  try {
    const document: unknown = JSON.parse(await readFile(dataFiles(home).keys, 'utf8'));
    return KeyProtection.parse(document).content.protection.kind === 'passphrase';
  } catch {
    return false;
  }
}

/**
 * What came of a request: `no-passphrase` where the keychain opens the keys again by itself, so that a lock would mean
 * nothing; `no-answer` when a Twofold runs but did not lock within five seconds.
 */
export type LockAnswer = 'locked' | 'not-running' | 'no-passphrase' | 'no-answer';

/** Asks the Twofold that has this folder open to lock, and waits until it has. Throws `storage-failed`. */
export async function requestLock(home: string, clock: Clock): Promise<LockAnswer> {
  if ((await findWriter(home)) === null) return 'not-running';
  if (!(await hasPassphrase(home))) return 'no-passphrase';
  const path = lockRequestPath(home);
  try {
    await writeFile(path, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    // Somebody asks already: wait with them.
    if (systemCode(error) !== 'EEXIST') throw writeFailed(path, error);
  }
  const untilMs = clock.monotonicMs() + ANSWER_WITHIN_MS;
  while (await isThere(path)) {
    if (clock.monotonicMs() >= untilMs) {
      await removeFile(path);
      return 'no-answer';
    }
    await pause(ASK_EVERY_MS);
  }
  return 'locked';
}
