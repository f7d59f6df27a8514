// Finding and ordering accounts: search, tags, the four orders, moving by hand.
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../src-shared/contract/index.ts';
import {
  differInUseOnly,
  moveAccount,
  orderAccounts,
  placeFor,
} from '../../../src-renderer/features/authenticator/account-order.ts';
import {
  prepareSearch,
  searchAccounts,
} from '../../../src-renderer/features/authenticator/account-search.ts';
import { addTag, countTags, withTag } from '../../../src-renderer/features/authenticator/account-tags.ts';
import { sampleAccount } from '../../fakes/sample-account.ts';

const ids = (accounts: readonly Account[]): string => accounts.map(({ id }) => id).join(' ');

describe('search as you type over issuer, account, tags', () => {
  const accounts = [
    sampleAccount('bank', { issuer: 'Zürich  Bank', name: 'KL-1', tags: ['Geld'] }),
    sampleAccount('github', {
      issuer: 'GitHub',
      name: 'maria@northwind.example',
      tags: ['work', 'côté projet'],
    }),
    sampleAccount('alone', { issuer: '', name: 'Straße' }),
    sampleAccount('nothing', { issuer: '' }),
  ];

  it.each([
    ['zurich kl', 'bank'],
    ['ZÜRICH', 'bank'],
    ['zürich bank', 'bank'],
    ['  GITHUB   maria ', 'github'],
    ['northwind work', 'github'],
    ['cote', 'github'],
    ['geld', 'bank'],
    ['strasse', 'alone'],
    ['straße', 'alone'],
    ['github zurich', ''],
    ['bankkl', ''],
    ['.*', ''],
    ['', 'bank github alone nothing'],
    [' \t', 'bank github alone nothing'],
  ])('“%s” finds “%s”', (search, found) => {
    expect(ids(searchAccounts(accounts, search))).toBe(found);
  });

  it('sees an account that was changed', () => {
    const before = sampleAccount('one', { issuer: 'Old' });
    expect(searchAccounts([before], 'old')).toHaveLength(1);
    expect(searchAccounts([{ ...before, issuer: 'New' }], 'old')).toHaveLength(0);
  });

  it('10,000 accounts: a key stroke takes a small part of a frame', () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      sampleAccount(`many-${index}`, {
        issuer: `Dienst Zürich ${index}`,
        name: `maria.${index}@northwind.example`,
      }),
    );
    prepareSearch(many);
    // The best of five, as the machine may be busy with other things; a whole frame is 16 ms.
    const timeOf = (search: string): number =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const start = performance.now();
          searchAccounts(many, search);
          return performance.now() - start;
        }),
      );
    for (const search of ['d', 'dienst 99', 'northwind 9 zu', 'nowhere', 'a b c d e f']) {
      expect(timeOf(search), search).toBeLessThan(8);
    }
  });
});

describe('order by name, recent, frequent, or by hand', () => {
  const accounts = [
    sampleAccount('c', { issuer: 'Service 10', useCount: 3, lastUsedAtMs: 100 }),
    sampleAccount('a', { issuer: 'Service 2', useCount: 9, lastUsedAtMs: 50 }),
    sampleAccount('b', { issuer: 'ähnlich', lastUsedAtMs: 400, useCount: 1 }),
    sampleAccount('p', { issuer: 'Zebra', pinned: true }),
    sampleAccount('n', { issuer: '', name: 'bare' }),
    sampleAccount('q', { issuer: 'Yak', pinned: true, useCount: 1, lastUsedAtMs: 1 }),
  ];

  it.each([
    ['manual', 'p q c a b n'],
    ['name', 'q p b n a c'],
    ['recent', 'q p b c a n'],
    ['frequent', 'q p a c b n'],
  ] as const)('%s: pinned ones first', (order, expected) => {
    expect(ids(orderAccounts(accounts, order))).toBe(expected);
  });

  it('takes a copy for no change of the list, and everything that is seen for one', () => {
    const [first, ...others] = accounts;
    const changed = (change: Partial<Account>): readonly Account[] => [
      sampleAccount('c', { ...first, ...change }),
      ...others,
    ];
    expect(differInUseOnly(accounts, changed({ useCount: 4, lastUsedAtMs: 999 }))).toBe(true);
    expect(differInUseOnly(accounts, changed({ pinned: true }))).toBe(false);
    expect(differInUseOnly(accounts, changed({ issuer: 'Other' }))).toBe(false);
    expect(differInUseOnly(accounts, others)).toBe(false);
    expect(differInUseOnly(accounts, accounts.toReversed())).toBe(false);
  });
});

describe('moving by hand', () => {
  const hand = [
    sampleAccount('a'),
    sampleAccount('p', { pinned: true }),
    sampleAccount('b'),
    sampleAccount('q', { pinned: true }),
    sampleAccount('c'),
    sampleAccount('d'),
  ];
  const shown = orderAccounts(hand, 'manual'); // p q a b c d

  /** What is on screen after the drop. */
  const dropped = (id: string, toIndex: number, visible = shown): string => {
    const place = placeFor(hand, visible, id, toIndex);
    return ids(orderAccounts(place === null ? hand : moveAccount(hand, id, place), 'manual'));
  };

  it.each([
    ['d', 2, 'p q d a b c'],
    ['a', 6, 'p q b c d a'],
    ['a', 4, 'p q b a c d'],
    ['c', 4, 'p q a b c d'],
    ['c', 5, 'p q a b c d'],
    ['q', 0, 'q p a b c d'],
    ['p', 2, 'q p a b c d'],
  ])('%s dropped at %i', (id, toIndex, expected) => {
    expect(dropped(id, toIndex)).toBe(expected);
  });

  it('keeps pinned and other accounts apart', () => {
    expect(dropped('d', 0)).toBe('p q d a b c');
    expect(dropped('p', 6)).toBe('q p a b c d');
  });

  it('keeps what is not shown in its place', () => {
    const some = shown.filter(({ id }) => id === 'a' || id === 'c');
    expect(dropped('c', 0, some)).toBe('p q c a b d');
    expect(dropped('a', 2, some)).toBe('p q b c a d');
    expect(placeFor(hand, some, 'd', 0)).toBeNull();
  });

  it('puts an account at the end where nothing follows', () => {
    expect(placeFor(hand, shown, 'a', 6)).toEqual({ beforeId: null });
    expect(ids(moveAccount(hand, 'a', { beforeId: null }))).toBe('p b q c d a');
    expect(moveAccount(hand, 'gone', { beforeId: null })).toBe(hand);
  });
});

describe('tags', () => {
  const accounts = [
    sampleAccount('a', { tags: ['work', 'team 10'] }),
    sampleAccount('b', { tags: ['work', 'team 9'] }),
    sampleAccount('c'),
  ];

  it('counts them, those of the most accounts first', () => {
    expect(countTags(accounts)).toEqual([
      { tag: 'work', count: 2 },
      { tag: 'team 9', count: 1 },
      { tag: 'team 10', count: 1 },
    ]);
  });

  it('filters by one of them, or by none', () => {
    expect(ids(withTag(accounts, 'work'))).toBe('a b');
    expect(ids(withTag(accounts, 'team'))).toBe('');
    expect(withTag(accounts, null)).toBe(accounts);
  });

  it('adds what was typed once, without the spaces around it', () => {
    expect(addTag(['work'], '  at   home ')).toEqual(['work', 'at home']);
    const tags = ['work'];
    expect(addTag(tags, 'work')).toBe(tags);
    expect(addTag(tags, '  ')).toBe(tags);
  });
});
