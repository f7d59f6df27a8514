// Adding: what becomes of each account found — added, replaced, kept beside, or left alone.
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src-shared/contract/index.ts';
import {
  addedWords,
  choicesOf,
  confirmWords,
  decide,
  decideAll,
  type Decisions,
  sharedDecision,
} from '../../../src-renderer/features/add-account/choices.ts';

const candidate = (id: string, status: Candidate['status']): Candidate => ({
  id,
  status,
  issuer: 'Northwind',
  name: id,
  type: 'totp',
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  tags: [],
  hasNote: false,
  pinned: false,
  warnings: [],
});

const fresh = [candidate('a', 'new'), candidate('b', 'new')];
const known = [candidate('c', 'already-there'), candidate('d', 'already-there')];
const all = [...fresh, ...known];
const untouched: Decisions = new Map();

describe('adding: choices', () => {
  it('adds what is new and skips what is already there, unless told otherwise', () => {
    expect(choicesOf(untouched, all)).toEqual([
      { id: 'a', action: 'add' },
      { id: 'b', action: 'add' },
    ]);
  });

  it('replaces one and keeps both of another', () => {
    const decided = decide(decide(untouched, 'c', 'replace'), 'd', 'add');
    expect(choicesOf(decided, all).slice(2)).toEqual([
      { id: 'c', action: 'replace' },
      { id: 'd', action: 'add' },
    ]);
  });

  it('decides for all of a kind at once, and leaves the earlier decisions as they were', () => {
    const none = decideAll(untouched, all, 'skip');
    expect(choicesOf(none, all)).toEqual([]);
    expect(choicesOf(untouched, all)).toHaveLength(2);
    const replaced = decideAll(none, known, 'replace');
    expect(choicesOf(replaced, all)).toEqual([
      { id: 'c', action: 'replace' },
      { id: 'd', action: 'replace' },
    ]);
  });

  it('knows the decision that all share, and that there is none', () => {
    expect(sharedDecision(untouched, known)).toBe('skip');
    expect(sharedDecision(decide(untouched, 'c', 'replace'), known)).toBeNull();
    expect(sharedDecision(untouched, [])).toBeNull();
  });

  it.each([
    [1, 0, 'Add account'],
    [3, 0, 'Add 3 accounts'],
    [0, 1, 'Replace account'],
    [0, 2, 'Replace 2 accounts'],
    [3, 2, 'Add 3, replace 2'],
    [0, 0, 'Add accounts'],
  ])('names the button for %i to add and %i to replace', (added, replaced, words) => {
    const choices = [
      ...Array.from({ length: added }, (_, index) => ({ id: `n${index}`, action: 'add' as const })),
      ...Array.from({ length: replaced }, (_, index) => ({ id: `r${index}`, action: 'replace' as const })),
    ];
    expect(confirmWords(choices)).toBe(words);
  });

  it.each([
    [1, 0, 'Added 1 account.'],
    [12, 0, 'Added 12 accounts.'],
    [2, 2, 'Replaced 2 accounts.'],
    [5, 2, 'Added 3 accounts, replaced 2.'],
  ])('says what was done of %i, %i of them replaced', (count, replaced, words) => {
    expect(addedWords(count, replaced)).toBe(words);
  });
});
