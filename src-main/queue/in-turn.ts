// Pieces of work that must not overlap: each begins when the one before has ended, well or badly.

export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` after all that was handed in before; resolves or rejects as it does. */
  run<R>(work: () => Promise<R>): Promise<R> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Waits for all that was handed in so far. Never throws. */
  async settled(): Promise<void> {
    await this.#last;
  }
}
