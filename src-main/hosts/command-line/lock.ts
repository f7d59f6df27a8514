// `twofold lock`: asks the Twofold that is open to lock.
import { z } from 'zod';
import { type LockAnswer, requestLock } from '../../authenticator/lock-request.ts';
import { type ExitCode, exitCodes } from './command.ts';
import { defineCommand, JSON_OPTION } from './define-command.ts';

/** What `--json` prints. */
export const LockOutput = z.strictObject({
  answer: z.enum(['locked', 'not-running', 'no-passphrase', 'no-answer']),
});

const answers: Readonly<Record<LockAnswer, { readonly text: string; readonly exitCode: ExitCode }>> = {
  locked: { text: 'Twofold is locked.', exitCode: exitCodes.done },
  'not-running': { text: 'Twofold is not open, so nothing is unlocked.', exitCode: exitCodes.done },
  'no-passphrase': {
    text: 'Twofold cannot be locked: its keys are in the keychain, which opens them again. Choose a passphrase in the settings.',
    exitCode: exitCodes.failed,
  },
  'no-answer': {
    text: 'Twofold is open and did not lock. Lock it there, or close it.',
    exitCode: exitCodes.failed,
  },
};

export const lock = defineCommand({
  usage: ['lock [--json]'],
  about:
    'Asks the Twofold that is open to lock, as its own lock does, and waits until it has. Where none is open, there is nothing to lock.',
  options: JSON_OPTION,
  maxArguments: 0,
  async run({ values }, { terminal, home, clock }) {
    const answer = await requestLock(home, clock);
    const { text, exitCode } = answers[answer];
    if (values.json === true) terminal.print(`${JSON.stringify(LockOutput.parse({ answer }))}\n`);
    else if (exitCode === exitCodes.done) terminal.print(`${text}\n`);
    else terminal.tell(text);
    return exitCode;
  },
});
