// The policy editor: every value of the contract has its place, with bounds and words as people read them.
import { expect, test } from 'vitest';
import { defaultPolicy } from '../../../src-main/console/policy.ts';
import {
  changedKeys,
  editsOf,
  outOfBounds,
  policyGroups,
  unitFor,
  wordsOf,
} from '../../../src-renderer/features/administration/policy-values.ts';
import { dateTimeText, momentOf } from '../../../src-renderer/features/administration/date-time-field.tsx';
import { Policy } from '../../../src-shared/contract/index.ts';

const values = policyGroups.flatMap((group) => group.values);
const numbers = values.filter((value) => value.kind === 'number');

test('issue 4: all values of the policy can be edited, each in one place', () => {
  expect(values.map(({ key }) => key).sort()).toEqual(Object.keys(Policy.shape).sort());
});

test('the bounds of the contract are said in words, and both ends are within', () => {
  for (const value of numbers) {
    const { minValue, maxValue } = Policy.shape[value.key];
    if (minValue === null || maxValue === null) throw new Error(`${value.key} has no bounds.`);
    expect(outOfBounds(value, minValue)).toBeNull();
    expect(outOfBounds(value, maxValue)).toBeNull();
    expect(outOfBounds(value, maxValue + 1)).toMatch(/^Between .+ and .+\.$/);
    // Typed in one of the units: the least and the most must be whole numbers of it.
    for (const end of [minValue, maxValue]) {
      expect(Number.isInteger(end / unitFor(value.units, end).size), value.key).toBe(true);
    }
  }
});

test.each([
  ['digits', '6 digits'],
  ['periodS', '30 seconds'],
  ['algorithm', 'SHA-1'],
  ['lockMs', '5 minutes'],
  ['breakGlassDelayMs', '24 hours'],
  ['trustMs', '30 days'],
  ['recoveryCodes', 'off'],
  ['auditRetentionDays', '0, for ever'],
] as const)('%s by default is “%s”', (key, words) => {
  expect(wordsOf(defaultPolicy, key)).toBe(words);
});

test('what differs is named, and nothing else', () => {
  expect(changedKeys(defaultPolicy, { ...defaultPolicy })).toEqual([]);
  expect(changedKeys(defaultPolicy, { ...defaultPolicy, digits: 8, recoveryCodes: true })).toEqual([
    'digits',
    'recoveryCodes',
  ]);
  const draft = { ...defaultPolicy, digits: 8, recoveryCodes: true };
  expect(editsOf(defaultPolicy, draft)).toEqual({ digits: 8, recoveryCodes: true });
  expect(editsOf({ ...defaultPolicy, digits: 8 }, draft), 'in force by now').toEqual({ recoveryCodes: true });
});

test('a moment goes through the field to the minute; what is half typed is none', () => {
  const atMs = new Date(2026, 10, 4, 9, 5).getTime();
  expect(dateTimeText(atMs)).toBe('2026-11-04T09:05');
  expect(momentOf(dateTimeText(atMs))).toBe(atMs);
  expect(momentOf(dateTimeText(atMs + 59_000))).toBe(atMs);
  for (const text of ['', '2026-11-', 'soon']) expect(momentOf(text)).toBeNull();
});
