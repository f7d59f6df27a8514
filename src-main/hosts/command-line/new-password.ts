// A new password for a file: typed twice, or given once by a script.
import { TwofoldError } from '../../../src-shared/contract/errors.ts';
import { CommandFailed, exitCodes } from './command.ts';
import type { SecretSource } from './secret-source.ts';

/** Throws CommandFailed where nobody is there to be asked, TwofoldError `passphrase-refused` where the two differ. */
export async function newPassword(source: SecretSource): Promise<string> {
  const given = await source('New password of the file: ');
  if (given === null) {
    throw new CommandFailed(
      exitCodes.noKeys,
      'The file needs a password. Nothing was written. Enter it in a terminal, or give it with --password-fd.',
    );
  }
  if ((await source('The same again: ')) !== given) {
    throw new TwofoldError(
      'passphrase-refused',
      'The two were not the same. Nothing was written. Try again.',
    );
  }
  return given;
}
