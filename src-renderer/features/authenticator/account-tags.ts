// The tags of the accounts: how often each is used, and the accounts that have one.
import type { Account } from '../../../src-shared/contract/index.ts';

const collator = new Intl.Collator(undefined, { numeric: true });

export interface TagCount {
  readonly tag: string;
  readonly count: number;
}

/** All tags, those of the most accounts first. */
export function countTags(accounts: readonly Pick<Account, 'tags'>[]): readonly TagCount[] {
  const counts = new Map<string, number>();
  for (const { tags } of accounts) {
    for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .sort((one, other) => other.count - one.count || collator.compare(one.tag, other.tag));
}

/** Those with the tag; all where it is null. */
export const withTag = <T extends Pick<Account, 'tags'>>(
  accounts: readonly T[],
  tag: string | null,
): readonly T[] => (tag === null ? accounts : accounts.filter(({ tags }) => tags.includes(tag)));

/** The tags with what was typed: without spaces at its ends, each once. */
export function addTag(tags: readonly string[], typed: string): readonly string[] {
  const tag = typed.trim().replaceAll(/\s+/g, ' ');
  return tag === '' || tags.includes(tag) ? tags : [...tags, tag];
}
