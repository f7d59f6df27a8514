// What a failure of a service means for a script.
import type { ErrorCode, TwofoldError } from '../../../src-shared/contract/errors.ts';
import { type ExitCode, exitCodes } from './command.ts';

const codesOfFailures: Partial<Record<ErrorCode, ExitCode>> = {
  'not-found': exitCodes.notFound,
  'key-needed': exitCodes.noKeys,
  'key-unavailable': exitCodes.noKeys,
  'passphrase-refused': exitCodes.noKeys,
  'already-open': exitCodes.alreadyOpen,
  'already-exists': exitCodes.alreadyThere,
  'account-refused': exitCodes.refused,
  'import-refused': exitCodes.refused,
  'picture-refused': exitCodes.refused,
};

export const exitCodeOf = ({ code }: TwofoldError): ExitCode => codesOfFailures[code] ?? exitCodes.failed;
