// The Clock port: the only way any part of the program learns the time.

export interface Clock {
  /** Wall clock: milliseconds since 1970-01-01 UTC. May jump. */
  nowMs(): number;
  /** Monotonic milliseconds from an arbitrary start. Never jumps; for measuring spans. */
  monotonicMs(): number;
  /** Calls `work` once after `delayMs`; the returned function cancels it. Never keeps the process alive. */
  after(delayMs: number, work: () => void): () => void;
}
