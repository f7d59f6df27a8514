// Sources that contradict the majority (RFC 5905 §11.2.1), and that the clock does not go by them.
import { expect, test } from 'vitest';
import { bestSample, type Sample } from '../../../src-main/clock/drift.ts';
import { falsetickers } from '../../../src-main/clock/falsetickers.ts';

const sample = (source: string, offsetMs: number, uncertaintyMs: number, delayMs = 20): Sample => ({
  kind: 'answered',
  source,
  offsetMs,
  uncertaintyMs,
  delayMs,
});
const liars = (...samples: readonly Sample[]): string[] =>
  [...falsetickers(samples)].map(({ source }) => source);

test.each([
  { what: 'none', samples: [], are: [] },
  { what: 'one alone', samples: [sample('a', 90_000, 10)], are: [] },
  {
    what: 'two that differ: nobody can say who',
    samples: [sample('a', 0, 10), sample('b', 900, 10)],
    are: [],
  },
  {
    what: 'one of three',
    samples: [sample('a', 0, 10), sample('b', 900, 10), sample('c', 8, 10)],
    are: ['b'],
  },
  {
    what: 'two of four are no majority',
    samples: [sample('a', 0, 10), sample('b', 5, 10), sample('c', 900, 10), sample('d', 905, 10)],
    are: [],
  },
  {
    what: 'two of five, each wrong in its own way',
    samples: [
      sample('a', 0, 10),
      sample('b', 4, 10),
      sample('c', -3, 10),
      sample('d', 900, 10),
      sample('e', -70_000, 10),
    ],
    are: ['d', 'e'],
  },
  {
    what: 'one that is very unsure contradicts nobody',
    samples: [sample('a', 0, 10), sample('b', 5, 10), sample('unsure', 700, 1_000)],
    are: [],
  },
  {
    what: 'surer than 5 ms is not believed: two that differ by 8 ms agree',
    samples: [sample('a', 0, 0.1), sample('b', 8, 0.1), sample('c', 4, 0.1)],
    are: [],
  },
])('issue 5, G8: $what', ({ samples, are }) => {
  expect(liars(...samples)).toEqual(are);
});

test('issue 5, G8: a near source that the majority contradicts is not gone by, though a vague one agrees with it', () => {
  const samples = [
    sample('liar', 2_000, 1, 1),
    sample('vague', 1_000, 1_000, 300),
    sample('a', 0, 10, 40),
    sample('b', 5, 10, 50),
    sample('c', 6, 10, 60),
  ];
  expect(liars(...samples)).toEqual(['liar']);
  expect(bestSample(samples)?.source).not.toBe('liar');
});
