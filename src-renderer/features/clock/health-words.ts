// How a time source did in the checks before, in words.
import type { SourceHealth } from '../../../src-shared/contract/index.ts';

/** 'Answered 7 of the last 8', and how often it contradicted the others: such an answer is one all the same. */
export function healthWords(recent: SourceHealth['recent']): string {
  const total = recent.length;
  const answered = recent.filter((outcome) => outcome !== 'failed').length;
  const contradicting = recent.filter((outcome) => outcome === 'disagreed').length;
  const words = `Answered ${answered} of ${total === 1 ? '1' : `the last ${total}`}`;
  return contradicting === 0 ? words : `${words}, ${contradicting} of them contradicting`;
}
