// Time: when codes may go by the checked time instead of this computer's.
import { expect, test } from 'vitest';
import { correctionOf } from '../../../src-shared/clock/correction.ts';
import type { ClockStatus } from '../../../src-shared/contract/index.ts';

const checked = (offsetMs: number, uncertaintyMs: number): ClockStatus => ({
  kind: 'checked',
  offsetMs,
  uncertaintyMs,
  source: 'time.example',
  checkedAtMs: 1_800_000_000_000,
  verdict: 'right',
  checking: false,
  sources: [],
});

test.each([
  { what: 'a computer that is 40 s behind', status: checked(40_000.4, 20), by: 40_000 },
  { what: 'a computer that is 40 s ahead', status: checked(-40_000, 20), by: -40_000 },
  { what: 'one that is right but for noise', status: checked(3.4, 12), by: 0 },
  { what: 'half a second', status: checked(500, 10), by: 0 },
  { what: 'an error within its own uncertainty', status: checked(1_200, 1_500), by: 0 },
  {
    what: 'a clock that was not checked',
    status: { kind: 'not-checked', reason: 'Nobody answered.', checking: false, sources: [] },
    by: 0,
  },
] satisfies { what: string; status: ClockStatus; by: number }[])('Time: $what', ({ status, by }) => {
  expect(correctionOf(status)).toBe(by);
});
