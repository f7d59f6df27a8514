// What came of adding accounts, for people and for scripts: the same for `twofold add` and `twofold import`.
import { z } from 'zod';
import { Account } from '../../../src-shared/contract/authenticator.ts';
import type { Choice, Preview } from '../../../src-shared/contract/transfer.ts';
import type { OpenedAuthenticator } from '../../authenticator/open-authenticator.ts';
import { countOf, labelOf } from './account-choice.ts';
import { type ExitCode, exitCodes, type Terminal } from './command.ts';
import { remarks } from './preview-file.ts';

/** What `--json` prints. */
export const AddedOutput = z.strictObject({
  /** Added or replaced. No secrets. */
  accounts: z.array(Account),
  /** How many of them replaced one that was there. */
  replaced: z.number().int(),
  /** How many were there already and were left as they are. */
  skipped: z.number().int(),
  leftOut: z.array(z.strictObject({ where: z.string(), reason: z.string() })),
  converted: z.array(z.string()),
});
export type AddedOutput = z.infer<typeof AddedOutput>;

export type WhenThere = 'skip' | 'replace' | 'keep-both';

/** Adds what is new in the preview, and what is there already as `whenThere` says. All or nothing. */
export async function addFrom(
  { transfer }: OpenedAuthenticator,
  { id, candidates, leftOut, converted }: Preview,
  whenThere: WhenThere,
): Promise<AddedOutput> {
  const chosen = candidates.filter(({ status }) => status === 'new' || whenThere !== 'skip');
  const skipped = candidates.length - chosen.length;
  const rest = { skipped, leftOut, converted };
  if (chosen.length === 0) return { accounts: [], replaced: 0, ...rest };
  const choices = chosen.map(({ id: candidateId, status }): Choice => {
    const replaces = status === 'already-there' && whenThere === 'replace';
    return { id: candidateId, action: replaces ? 'replace' : 'add' };
  });
  const { added, replaced } = await transfer.add(id, choices);
  return { accounts: added, replaced, ...rest };
}

/** Puts tags on accounts that were just added. */
export async function tagged(
  { authenticator }: OpenedAuthenticator,
  accounts: readonly Account[],
  tags: readonly string[],
): Promise<Account[]> {
  if (tags.length === 0) return [...accounts];
  const result: Account[] = [];
  for (const { id } of accounts) {
    const { issuer, name, note, algorithm, digits, periodS, counter, ...details } =
      await authenticator.details(id);
    const edit = { id, issuer, name, note, algorithm, digits, periodS, counter };
    result.push(await authenticator.edit({ ...edit, tags: [...details.tags, ...tags] }));
  }
  return result;
}

/** Prints what was done, and answers the exit code: of nothing done, why. */
export function reportAdded(terminal: Terminal, output: AddedOutput, asJson: boolean): ExitCode {
  const { accounts, replaced, skipped, leftOut } = output;
  if (asJson) {
    terminal.print(`${JSON.stringify(AddedOutput.parse(output), undefined, 2)}\n`);
  } else {
    const added = accounts.length - replaced;
    const counts = [
      ...(added > 0 ? [`${countOf(added)} added`] : []),
      ...(replaced > 0 ? [`${countOf(replaced)} replaced`] : []),
      ...(skipped > 0 ? [`${countOf(skipped)} there already`] : []),
    ];
    const summary = counts.length === 0 ? 'Nothing was added' : counts.join(', ');
    terminal.print(`${[`${summary}.`, ...accounts.map((account) => `  ${labelOf(account)}`)].join('\n')}\n`);
    const warnings = accounts.flatMap((account) =>
      account.warnings.map((warning) => `${labelOf(account)}: ${warning}`),
    );
    for (const line of [...remarks(output), ...warnings]) terminal.tell(line);
  }
  if (accounts.length > 0) return exitCodes.done;
  return skipped > 0 || leftOut.length === 0 ? exitCodes.alreadyThere : exitCodes.refused;
}
