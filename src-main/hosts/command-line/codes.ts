// `twofold codes`: the current code of each account that fits, or the next one of a counter-based account.
import { z } from 'zod';
import { Account, AccountCode } from '../../../src-shared/contract/authenticator.ts';
import { TimeMs } from '../../../src-shared/contract/define.ts';
import type { Authenticator } from '../../authenticator/authenticator.ts';
import { cleanLabel } from '../../otp/label.ts';
import { fits, noneFits, theOneThatFits } from './account-choice.ts';
import { clockCorrection } from './clock-correction.ts';
import { type ExitCode, exitCodes, type Surroundings, WrongUsage } from './command.ts';
import { defineCommand, JSON_OPTION, PASSPHRASE_OPTION } from './define-command.ts';
import { withVault } from './read-vault.ts';
import { passphraseSource, type SecretSource } from './secret-source.ts';
import { textTable } from './text-table.ts';

/** What `--json` prints. No secrets. */
export const CodesOutput = z.strictObject({
  nowMs: TimeMs,
  accounts: z.array(z.strictObject({ ...Account.shape, ...AccountCode.shape })),
});
export type CodesOutput = z.infer<typeof CodesOutput>;
type Row = CodesOutput['accounts'][number];

/** As many as one call of the contract may ask for. */
const CODES_PER_CALL = 500;

async function rowsFor(authenticator: Authenticator, filter: string): Promise<CodesOutput> {
  const accounts = (await authenticator.list()).filter((account) => fits(account, filter));
  const rows: Row[] = [];
  let nowMs = 0;
  for (let start = 0; start < accounts.length; start += CODES_PER_CALL) {
    const some = accounts.slice(start, start + CODES_PER_CALL);
    const answer = await authenticator.codes(some.map(({ id }) => id));
    const codes = new Map(answer.codes.map((code) => [code.id, code]));
    nowMs = answer.nowMs;
    for (const account of some) {
      const code = codes.get(account.id);
      if (code !== undefined) rows.push({ ...account, ...code });
    }
  }
  return CodesOutput.parse({ nowMs, accounts: rows });
}

/** In groups of three, eight digits in two of four; letters as they are. */
const grouped = (code: string): string =>
  /^\d+$/.test(code) ? code.replaceAll(code.length === 8 ? /(\d{4})(?=\d)/g : /(\d{3})(?=\d)/g, '$1 ') : code;

/** One aligned line for each account. A counter-based one has a dash for its code, and no end. */
export const codesTable = ({ nowMs, accounts }: CodesOutput): string =>
  textTable(
    accounts.map(({ issuer, name, code, validUntilMs }) => [
      cleanLabel(issuer),
      cleanLabel(name),
      code === '' ? '–' : grouped(code),
      validUntilMs === 0 ? '' : `${Math.ceil((validUntilMs - nowMs) / 1000)} s`,
    ]),
    [3],
  );

/** Counts one counter-based account on: what is printed is in the vault already. */
async function printNext(
  surroundings: Surroundings,
  passphrase: SecretSource,
  filter: string,
  asJson: boolean,
): Promise<ExitCode> {
  const { terminal, clock } = surroundings;
  // Writing needs the backups, and they every importer: the codes should not wait for those.
  const { withWriting } = await import('./open-for-writing.ts');
  const row = await withWriting(surroundings, passphrase, async ({ authenticator }) => {
    const counted = (await authenticator.list()).filter(({ type }) => type === 'hotp');
    const account = theOneThatFits(counted, filter);
    return { ...account, ...(await authenticator.advance(account.id)) };
  });
  const output = CodesOutput.parse({ nowMs: clock.nowMs(), accounts: [row] });
  terminal.print(asJson ? `${JSON.stringify(output, undefined, 2)}\n` : `${codesTable(output)}\n`);
  return exitCodes.done;
}

export const codes = defineCommand({
  usage: [
    'codes [FILTER...] [--json] [--passphrase-fd N]',
    'codes --next FILTER... [--json] [--passphrase-fd N]',
  ],
  about:
    'Shows the current code of each account whose issuer, name or tags hold every word of the filter, and how long each code is good for.\n\nA counter-based (HOTP) account has a new code only when it is counted on: --next does so for the one that fits. The new counter is stored before the code is printed.',
  options: {
    ...JSON_OPTION,
    next: { type: 'boolean', explains: 'count a counter-based account on and show its code' },
    ...PASSPHRASE_OPTION,
  },
  maxArguments: 20,
  async run({ values, positionals }, surroundings) {
    const { terminal } = surroundings;
    const passphrase = passphraseSource(terminal, values['passphrase-fd']);
    const filter = positionals.join(' ').trim();
    const asJson = values.json === true;
    if (values.next === true) {
      if (filter === '') throw new WrongUsage('Say which account is to be counted on.');
      return printNext(surroundings, passphrase, filter, asJson);
    }
    const correctionMs = await clockCorrection(surroundings);
    const output = await withVault(
      surroundings,
      passphrase,
      (authenticator) => rowsFor(authenticator, filter),
      correctionMs,
    );
    if (asJson) terminal.print(`${JSON.stringify(output, undefined, 2)}\n`);
    else if (output.accounts.length > 0) terminal.print(`${codesTable(output)}\n`);
    if (output.accounts.length === 0) {
      terminal.tell(noneFits(filter));
      return exitCodes.notFound;
    }
    if (!asJson && output.accounts.some(({ type }) => type === 'hotp')) {
      terminal.tell('A counter-based account shows its next code with: twofold codes --next FILTER');
    }
    return exitCodes.done;
  },
});
