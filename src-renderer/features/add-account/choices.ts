// What becomes of each account found: added, put in the place of the one that is there, or left alone.
import type { Candidate, Choice } from '../../../src-shared/contract/index.ts';

/** For an account that is already there `add` keeps both. */
export type Decision = 'add' | 'replace' | 'skip';

/** What the user decided by hand; the others are as `decisionOn` says. */
export type Decisions = ReadonlyMap<string, Decision>;

/** New accounts are added, those that are already there are left alone, unless the user decides otherwise. */
export const decisionOn = (decisions: Decisions, { id, status }: Candidate): Decision =>
  decisions.get(id) ?? (status === 'new' ? 'add' : 'skip');

/** The decisions with one more. */
export const decide = (decisions: Decisions, id: string, decision: Decision): Decisions =>
  new Map(decisions).set(id, decision);

/** The same decision for all of them. */
export const decideAll = (
  decisions: Decisions,
  candidates: readonly Candidate[],
  decision: Decision,
): Decisions => {
  const next = new Map(decisions);
  for (const { id } of candidates) next.set(id, decision);
  return next;
};

/** The decision that all of them share, or null where they differ or there are none. */
export function sharedDecision(decisions: Decisions, candidates: readonly Candidate[]): Decision | null {
  const [first, ...others] = candidates;
  if (first === undefined) return null;
  const decision = decisionOn(decisions, first);
  return others.every((candidate) => decisionOn(decisions, candidate) === decision) ? decision : null;
}

/** What main is told; whatever is skipped is not named. */
export const choicesOf = (decisions: Decisions, candidates: readonly Candidate[]): Choice[] =>
  candidates.flatMap((candidate) => {
    const action = decisionOn(decisions, candidate);
    return action === 'skip' ? [] : [{ id: candidate.id, action }];
  });

/** The words on the button: "Add 3 accounts", "Replace 2 accounts", "Add 3, replace 2". */
export function confirmWords(choices: readonly Choice[]): string {
  const replaced = choices.filter(({ action }) => action === 'replace').length;
  const added = choices.length - replaced;
  const accounts = (count: number): string => (count === 1 ? 'account' : `${count} accounts`);
  if (replaced === 0) return `Add ${added === 0 ? 'accounts' : accounts(added)}`;
  return added === 0 ? `Replace ${accounts(replaced)}` : `Add ${added}, replace ${replaced}`;
}

/** What is said once it is done. */
export function addedWords(added: number, replaced: number): string {
  const accounts = (count: number): string => (count === 1 ? '1 account' : `${count} accounts`);
  if (replaced === 0) return `Added ${accounts(added)}.`;
  return added === replaced
    ? `Replaced ${accounts(replaced)}.`
    : `Added ${accounts(added - replaced)}, replaced ${replaced}.`;
}
