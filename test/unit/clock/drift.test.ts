// From several answers to one, and what its offset means.
import { expect, test } from 'vitest';
import { bestSample, type Sample, samplesOf, verdictFor } from '../../../src-main/clock/drift.ts';

const sample = (source: string, offsetMs: number, delayMs: number, uncertaintyMs = delayMs / 2): Sample => ({
  kind: 'answered',
  source,
  offsetMs,
  delayMs,
  uncertaintyMs,
});

test.each([
  [0, 'right'],
  [4_999, 'right'],
  [-4_999, 'right'],
  [5_000, 'hint'],
  [-5_000, 'hint'],
  [14_999, 'hint'],
  [15_000, 'warning'],
  [-15_000, 'warning'],
  [90_000, 'warning'],
] as const)('%d ms: %s', (offsetMs, verdict) => {
  expect(verdictFor(offsetMs)).toBe(verdict);
});

test('no answer: none', () => {
  expect(bestSample([])).toBeUndefined();
  expect(samplesOf([{ source: 'a', kind: 'ntp', outcome: { kind: 'failed', reason: 'no answer' } }])).toEqual(
    [],
  );
});

test('of answers that agree, the one with the shortest round trip', () => {
  expect(bestSample([sample('far', 12, 80), sample('near', 10, 10), sample('middle', 11, 40)])?.source).toBe(
    'near',
  );
});

test('one that is far off is outvoted, however near it is', () => {
  const samples = [sample('liar', 60_000, 1), sample('a', 10, 40), sample('b', 20, 50)];
  expect(bestSample(samples)?.source).toBe('a');
});
