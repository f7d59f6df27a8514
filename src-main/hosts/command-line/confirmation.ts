// Questions that are answered with yes or no.
import { CommandFailed, exitCodes, type Terminal } from './command.ts';

/** Throws CommandFailed unless the person says yes; `instead` is the option for scripts, `kept` what stays as it is. */
export async function confirm(
  terminal: Terminal,
  question: string,
  { instead, kept }: { readonly instead: string; readonly kept: string },
): Promise<void> {
  const answer = await terminal.ask(`${question} [y/N] `);
  if (answer === null) {
    throw new CommandFailed(
      exitCodes.notConfirmed,
      `Nobody is here to be asked. ${kept} Add ${instead} to go on without a question.`,
    );
  }
  if (!/^\s*y(?:es)?\s*$/iu.test(answer)) throw new CommandFailed(exitCodes.notConfirmed, kept);
}
