// How thoroughly the faults are played: `npm run faults` takes its time, `npm test` does not.
import { inject } from 'vitest';

export interface FaultSize {
  /** How often the server goes away and comes back in each manner. */
  readonly restarts: number;
  /** How often a node is killed in the middle of each kind of action. */
  readonly kills: number;
  /** Of so many kinds. */
  readonly kinds: number;
}

/** Of this run. */
export function faultSize(): FaultSize {
  const size = inject('faultSize');
  if (size === undefined) throw new Error('This test needs the project "database" or "faults".');
  return size;
}

declare module 'vitest' {
  export interface ProvidedContext {
    faultSize?: FaultSize;
  }
}
