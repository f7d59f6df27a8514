// What is told to the user after damage was found.
import { basename } from 'node:path';
import type { RecoveryEvent } from './durable-file.ts';

/** A sentence or two: what happened, what was kept, what to do. */
export function recoveryMessage({ path, setAside, usedBackup }: RecoveryEvent): string {
  const file = basename(path);
  const happened =
    setAside === '' ? `${file} was missing.` : `${file} was damaged and is kept as ${setAside}.`;
  return usedBackup
    ? `${happened} Twofold goes on with the state before: the latest changes may be missing. Check them.`
    : `${happened} There was no backup to go on with, so Twofold starts with an empty file. If you have a copy, put it there and start Twofold again.`;
}
