// Progress of long work on a command line.
import type { Surroundings } from './command.ts';

const EVERY_MS = 2_000;

/** Says what is under way, but not at every piece of it. */
export function tellNowAndThen({
  terminal,
  clock,
}: Pick<Surroundings, 'terminal' | 'clock'>): (sentence: () => string) => void {
  let toldMs = clock.monotonicMs();
  return (sentence) => {
    if (clock.monotonicMs() - toldMs < EVERY_MS) return;
    toldMs = clock.monotonicMs();
    terminal.tell(sentence());
  };
}
