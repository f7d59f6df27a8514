// What the file system refuses, told as a TwofoldError `storage-failed` with a reason and a sentence for a person.
import { basename, dirname } from 'node:path';
import { TwofoldError } from '../../src-shared/contract/errors.ts';

/** `newer-version`: the file was written by a later Twofold and was left untouched. */
export type StorageFailureReason = 'disk-full' | 'read-only' | 'damaged' | 'newer-version' | 'other';

const REASONS: Readonly<Record<string, StorageFailureReason>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
};

/** The system's code of a failed call (`ENOENT`, `ENOSPC`, …), where there is one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Makes the `storage-failed` error of that reason. `message` says what happened, what was kept and what to do. */
export const storageFailed = (reason: StorageFailureReason, message: string, cause?: unknown): TwofoldError =>
  new TwofoldError('storage-failed', message, { reason }, cause);

/** A write to `path` failed with `error`; whatever was there before is still there. Keeps a TwofoldError as it is. */
export function writeFailed(path: string, error: unknown): TwofoldError {
  if (error instanceof TwofoldError) return error;
  const file = basename(path);
  const reason = REASONS[systemCode(error) ?? ''] ?? 'other';
  const kept = 'What was saved before is kept unchanged.';
  switch (reason) {
    case 'disk-full':
      return storageFailed(
        reason,
        `The disk is full, so ${file} was not saved. ${kept} Free some space and try again.`,
        error,
      );
    case 'read-only':
      return storageFailed(
        reason,
        `${file} was not saved, because the folder ${dirname(path)} cannot be written to. ${kept} Make the folder writable and try again.`,
        error,
      );
    default:
      return storageFailed(
        reason,
        `${file} was not saved: the system reports ${systemCode(error) ?? 'a fault'}. ${kept} Check the disk and try again.`,
        error,
      );
  }
}

/** `path` is there but cannot be read. Keeps a TwofoldError as it is. */
export function readFailed(path: string, error: unknown): TwofoldError {
  if (error instanceof TwofoldError) return error;
  return storageFailed(
    'other',
    `${path} cannot be read: the system reports ${systemCode(error) ?? 'a fault'}. Nothing was changed. Check that the file may be read, then start Twofold again.`,
    error,
  );
}
