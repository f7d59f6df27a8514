// `twofold list`: the accounts that fit, without codes and secrets.
import { z } from 'zod';
import { Account } from '../../../src-shared/contract/authenticator.ts';
import { cleanLabel } from '../../otp/label.ts';
import { fits, noneFits } from './account-choice.ts';
import { exitCodes } from './command.ts';
import { defineCommand, JSON_OPTION, PASSPHRASE_OPTION } from './define-command.ts';
import { withVault } from './read-vault.ts';
import { passphraseSource } from './secret-source.ts';
import { textTable } from './text-table.ts';

/** What `--json` prints. No secrets. */
export const ListOutput = z.strictObject({ accounts: z.array(Account) });
export type ListOutput = z.infer<typeof ListOutput>;

const kindOf = ({ type, algorithm, digits, periodS }: Account): string => {
  if (type === 'steam') return 'Steam';
  return type === 'hotp'
    ? `HOTP ${algorithm} ${digits} digits`
    : `TOTP ${algorithm} ${digits} digits ${periodS} s`;
};

/** One aligned line for each account. */
export const listTable = ({ accounts }: ListOutput): string =>
  textTable(
    accounts.map((account) => [
      cleanLabel(account.issuer),
      cleanLabel(account.name),
      kindOf(account),
      account.pinned ? 'pinned' : '',
      account.tags.map((tag) => `#${cleanLabel(tag)}`).join(' '),
    ]),
  );

export const list = defineCommand({
  usage: ['list [FILTER...] [--json] [--passphrase-fd N]'],
  about:
    'Lists the accounts whose issuer, name or tags hold every word of the filter, in their order by hand. Shows no codes and no secrets.',
  options: { ...JSON_OPTION, ...PASSPHRASE_OPTION },
  maxArguments: 20,
  async run({ values, positionals }, surroundings) {
    const { terminal } = surroundings;
    const passphrase = passphraseSource(terminal, values['passphrase-fd']);
    const filter = positionals.join(' ').trim();
    const accounts = await withVault(surroundings, passphrase, async (authenticator) =>
      (await authenticator.list()).filter((account) => fits(account, filter)),
    );
    const output = ListOutput.parse({ accounts });
    if (values.json === true) terminal.print(`${JSON.stringify(output, undefined, 2)}\n`);
    else if (accounts.length > 0) terminal.print(`${listTable(output)}\n`);
    if (accounts.length > 0) return exitCodes.done;
    terminal.tell(noneFits(filter));
    return exitCodes.notFound;
  },
});
