// How far a move is: everything is read once, then written, then compared.
import type { MoveStep } from './move.ts';

const STEPS: readonly MoveStep[] = ['reading', 'writing', 'comparing'];

/** How many records there are is known once all are read: until then the share stays 0. */
export class MoveProgress {
  readonly #counts: Readonly<Record<MoveStep, Map<string, number>>> = {
    reading: new Map(),
    writing: new Map(),
    comparing: new Map(),
  };

  /** So many records of that part are done in that step. Answers the share of the whole, 0 to 1. */
  note(step: MoveStep, part: string, count: number): number {
    this.#counts[step].set(part, count);
    if (step === 'reading') return 0;
    const all = this.#sum('reading');
    const done = all === 0 ? 1 : this.#sum(step) / all;
    return (STEPS.indexOf(step) + Math.min(1, done)) / STEPS.length;
  }

  #sum(step: MoveStep): number {
    return [...this.#counts[step].values()].reduce((sum, count) => sum + count, 0);
  }
}
