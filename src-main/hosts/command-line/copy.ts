// `twofold copy`: one code onto the system's clipboard, from where it is cleared after a while.
import { z } from 'zod';
import type { Account } from '../../../src-shared/contract/authenticator.ts';
import type { Authenticator } from '../../authenticator/authenticator.ts';
import { CLEARS_AFTER_MS, CodeClipboard } from '../../authenticator/code-clipboard.ts';
import { labelOf, theOneThatFits } from './account-choice.ts';
import { clockCorrection } from './clock-correction.ts';
import { CommandFailed, exitCodes, type Surroundings, WrongUsage } from './command.ts';
import { defineCommand, JSON_OPTION, PASSPHRASE_OPTION } from './define-command.ts';
import { withVault } from './read-vault.ts';
import { passphraseSource, type SecretSource } from './secret-source.ts';

/** What `--json` prints, as soon as the code is there. `clearsAfterMs` is null with --keep. */
export const CopyOutput = z.strictObject({
  id: z.string(),
  issuer: z.string(),
  name: z.string(),
  clearsAfterMs: z.number().int().nullable(),
});
export type CopyOutput = z.infer<typeof CopyOutput>;

/** The account that fits and its code. The vault is shut again when this resolves. */
async function codeOf(
  surroundings: Surroundings,
  passphrase: SecretSource,
  filter: string,
): Promise<{ account: Account; code: string }> {
  const correctionMs = await clockCorrection(surroundings);
  const work = async (authenticator: Authenticator) => {
    const account = theOneThatFits(await authenticator.list(), filter);
    if (account.type === 'hotp') {
      throw new CommandFailed(
        exitCodes.refused,
        `${labelOf(account)} is counter-based. Show its next code with: twofold codes --next FILTER`,
      );
    }
    const { codes } = await authenticator.codes([account.id]);
    return { account, code: codes[0]?.code ?? '' };
  };
  return withVault(surroundings, passphrase, work, correctionMs);
}

export const copy = defineCommand({
  usage: ['copy FILTER... [--keep] [--json] [--passphrase-fd N]'],
  about: `Copies the current code of the one account that fits. After ${CLEARS_AFTER_MS / 1000} seconds, or at Ctrl-C, the clipboard is cleared if it still holds the code; the command waits for that.`,
  options: {
    ...JSON_OPTION,
    keep: { type: 'boolean', explains: 'leave the code on the clipboard and end at once' },
    ...PASSPHRASE_OPTION,
  },
  maxArguments: 20,
  async run({ values, positionals }, surroundings) {
    const { terminal, clock, openClipboard } = surroundings;
    const passphrase = passphraseSource(terminal, values['passphrase-fd']);
    const filter = positionals.join(' ').trim();
    if (filter === '') throw new WrongUsage('Say which account.');
    // Before the passphrase is asked for: without a clipboard there is no use in it.
    const system = openClipboard();
    const { account, code } = await codeOf(surroundings, passphrase, filter);
    const keeps = values.keep === true;
    // From here on Ctrl-C clears.
    const ended = keeps ? null : terminal.ended();
    const clipboard = new CodeClipboard(system, clock);
    await clipboard.copy(code);
    const { id, issuer, name } = account;
    const output: CopyOutput = { id, issuer, name, clearsAfterMs: keeps ? null : CLEARS_AFTER_MS };
    if (values.json === true) terminal.print(`${JSON.stringify(output)}\n`);
    if (ended === null) {
      terminal.tell(`The code of ${labelOf(account)} is on the clipboard.`);
      return exitCodes.done;
    }
    terminal.tell(
      `The code of ${labelOf(account)} is on the clipboard for ${CLEARS_AFTER_MS / 1000} seconds. Ctrl-C clears it now.`,
    );
    const rest = terminal.stayAwake();
    await Promise.race([ended, new Promise<void>((resolve) => clock.after(CLEARS_AFTER_MS, resolve))]);
    await clipboard.clearNow();
    rest();
    return exitCodes.done;
  },
});
