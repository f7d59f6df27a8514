// Why a whole file is refused: errors with a stable reason and a sentence. They never hold what the file holds.
import { TwofoldError } from '../../../src-shared/contract/errors.ts';

export type RefusalReason =
  | 'wrong-password'
  | 'truncated'
  | 'too-new'
  | 'account-bound'
  | 'too-large'
  | 'over-limit'
  | 'damaged'
  | 'unknown-format';

const CONSEQUENCE = ' Nothing was added.';

/** `message` says what is wrong and what to do; that nothing was added is said here. */
export const refuseImport = (reason: RefusalReason, message: string, cause?: unknown): TwofoldError =>
  new TwofoldError('import-refused', message + CONSEQUENCE, { reason }, cause);

/** What a refusal says without its consequence: for a part of a file, and for what is said before anything is read. */
export const sentenceOf = (refusal: Error): string => refusal.message.replace(CONSEQUENCE, '');

/** Of an authenticated cipher: a changed file and a wrong password look the same. */
export const wrongPassword = (cause?: unknown): TwofoldError =>
  refuseImport(
    'wrong-password',
    'This password does not open the file. Check capitals and keyboard, and that it is the password given at the export.',
    cause,
  );

export const passwordMissing = (): TwofoldError =>
  refuseImport('wrong-password', 'This file is encrypted. Enter the password given at the export.');

export const truncatedFile = (cause?: unknown): TwofoldError =>
  refuseImport('truncated', 'The file ends too early. Export or copy it again.', cause);

export const damagedFile = (cause?: unknown): TwofoldError =>
  refuseImport('damaged', 'The file is damaged and cannot be read. Export or copy it again.', cause);

export const tooNewFile = (app: string, version: number): TwofoldError =>
  refuseImport(
    'too-new',
    `This file of ${app} has version ${version}, which Twofold does not know yet. Export it in an older format, or as otpauth links.`,
  );

export const cancelledReading = (): TwofoldError =>
  new TwofoldError('cancelled', 'The reading was cancelled. Nothing was added.');
