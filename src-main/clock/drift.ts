// From several answers about the time to one, and what its offset means for codes. Pure.
import type { ClockSourceResult, ClockStatus } from '../../src-shared/contract/clock.ts';

export type SourceOutcome = ClockSourceResult['outcome'];
export type SourceAnswer = Extract<SourceOutcome, { kind: 'answered' }>;
export type Verdict = Extract<ClockStatus, { kind: 'checked' }>['verdict'];

const HINT_FROM_MS = 5_000;
const WARNING_FROM_MS = 15_000;

/** An answer with the source that gave it. */
export interface Sample extends SourceAnswer {
  readonly source: string;
}

/** What an offset means: a verifier with a window of one step of 30 s always accepts below 5 s and may refuse from 15 s. */
export function verdictFor(offsetMs: number): Verdict {
  const size = Math.abs(offsetMs);
  if (size >= WARNING_FROM_MS) return 'warning';
  return size >= HINT_FROM_MS ? 'hint' : 'right';
}

/** Both can be right: their ranges of uncertainty touch. */
const agree = (a: Sample, b: Sample): boolean =>
  Math.abs(a.offsetMs - b.offsetMs) <= a.uncertaintyMs + b.uncertaintyMs;

/**
 * The best answer: of those that most others agree with (RFC 5905 §11.2.1 in small), the one with the shortest round
 * trip. Undefined where there is none.
 */
export function bestSample(samples: readonly Sample[]): Sample | undefined {
  const votes = (sample: Sample): number => samples.filter((other) => agree(sample, other)).length;
  return [...samples].sort((a, b) => votes(b) - votes(a) || a.delayMs - b.delayMs)[0];
}

/** The answers among the results. */
export const samplesOf = (results: readonly ClockSourceResult[]): Sample[] =>
  results.flatMap(({ source, outcome }) => (outcome.kind === 'answered' ? [{ source, ...outcome }] : []));
