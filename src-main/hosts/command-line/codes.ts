// `twofold codes`: the current code of each account that fits.
import { z } from 'zod';
import { Account, AccountCode } from '../../../src-shared/contract/authenticator.ts';
import { TimeMs } from '../../../src-shared/contract/define.ts';
import type { Authenticator } from '../../authenticator/authenticator.ts';
import { cleanLabel } from '../../otp/label.ts';
import { parseArguments, parseNumber } from './arguments.ts';
import { type Command, exitCodes } from './command.ts';
import { passphraseSource } from './passphrase-source.ts';
import { withVault } from './read-vault.ts';

/** What `--json` prints. No secrets. */
export const CodesOutput = z.strictObject({
  nowMs: TimeMs,
  accounts: z.array(z.strictObject({ ...Account.shape, ...AccountCode.shape })),
});
export type CodesOutput = z.infer<typeof CodesOutput>;
type Row = CodesOutput['accounts'][number];

/** As many as one call of the contract may ask for. */
const CODES_PER_CALL = 500;

/** Whether each word of the filter stands in the issuer or the name, whatever the case. */
export function fits(account: Pick<Account, 'issuer' | 'name'>, filter: string): boolean {
  const text = `${account.issuer} ${account.name}`.toLocaleLowerCase();
  return filter
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

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

/** One aligned line for each account. */
export function codesTable({ nowMs, accounts }: CodesOutput): string {
  const cells = accounts.map((row) => [
    cleanLabel(row.issuer),
    cleanLabel(row.name),
    grouped(row.code),
    `${Math.ceil((row.validUntilMs - nowMs) / 1000)} s`,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number): string =>
    column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return cells
    .map((row) =>
      row
        .map(pad)
        // Where no account has an issuer, there is no column for it.
        .filter((_cell, column) => widths[column] !== 0)
        .join('  '),
    )
    .join('\n');
}

export const codes: Command = {
  help: `Usage: twofold codes [filter] [--json] [--passphrase-fd N]

Shows the current code of each account whose issuer or name holds every word of
the filter, and how long each code is good for.

  --json             print JSON instead: {"nowMs", "accounts": [...]}
  --passphrase-fd N  read the passphrase from file descriptor N, up to the end
                     of the first line`,
  async run(args, surroundings) {
    const { terminal } = surroundings;
    const options = { json: { type: 'boolean' }, 'passphrase-fd': { type: 'string' } } as const;
    const { values, positionals } = parseArguments(args, options, 20);
    const descriptor = values['passphrase-fd'];
    const passphrase = passphraseSource(
      terminal,
      descriptor === undefined ? null : parseNumber('--passphrase-fd', descriptor, 0, 1023),
    );
    const filter = positionals.join(' ').trim();
    const output = await withVault(surroundings, passphrase, (authenticator) =>
      rowsFor(authenticator, filter),
    );
    if (values.json === true) terminal.print(`${JSON.stringify(output, undefined, 2)}\n`);
    else if (output.accounts.length > 0) terminal.print(`${codesTable(output)}\n`);
    if (output.accounts.length > 0) return exitCodes.done;
    terminal.tell(filter === '' ? 'There are no accounts yet.' : `No account fits “${cleanLabel(filter)}”.`);
    return exitCodes.notFound;
  },
};
