// From several answers about the time to one, and what its offset means for codes. Pure.
import {
  type ClockSourceResult,
  type ClockStatus,
  DRIFT_HINT_MS,
  DRIFT_WARNING_MS,
} from '../../src-shared/contract/clock.ts';
import { falsetickers } from './falsetickers.ts';

export type SourceOutcome = ClockSourceResult['outcome'];
export type SourceAnswer = Extract<SourceOutcome, { kind: 'answered' }>;
export type Verdict = Extract<ClockStatus, { kind: 'checked' }>['verdict'];

/** An answer with the source that gave it. */
export interface Sample extends SourceAnswer {
  readonly source: string;
}

/** What an offset means: a verifier with a window of one step of 30 s always accepts below 5 s and may refuse from 15 s. */
export function verdictFor(offsetMs: number): Verdict {
  const size = Math.abs(offsetMs);
  if (size >= DRIFT_WARNING_MS) return 'warning';
  return size >= DRIFT_HINT_MS ? 'hint' : 'right';
}

/** Both can be right: their ranges of uncertainty touch. */
const agree = (a: Sample, b: Sample): boolean =>
  Math.abs(a.offsetMs - b.offsetMs) <= a.uncertaintyMs + b.uncertaintyMs;

/**
 * The best answer: of those that the majority does not contradict, and that most others agree with, the one with the
 * shortest round trip. Undefined where there is none.
 */
export function bestSample(samples: readonly Sample[]): Sample | undefined {
  const liars = falsetickers(samples);
  const votes = (sample: Sample): number => samples.filter((other) => agree(sample, other)).length;
  return samples
    .filter((sample) => !liars.has(sample))
    .sort((a, b) => votes(b) - votes(a) || a.delayMs - b.delayMs)[0];
}

/** The answers among the results. */
export const samplesOf = (results: readonly ClockSourceResult[]): Sample[] =>
  results.flatMap(({ source, outcome }) => (outcome.kind === 'answered' ? [{ source, ...outcome }] : []));
