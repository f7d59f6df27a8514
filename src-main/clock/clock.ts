// The Clock port: the only way any part of the program learns the time.

export interface Clock {
  /** Wall clock: milliseconds since 1970-01-01 UTC. May jump. */
  nowMs(): number;
  /** Monotonic milliseconds from an arbitrary start. Never jumps; for measuring spans. */
  monotonicMs(): number;
  /**
   * Where monotonicMs stands still while the computer sleeps: milliseconds from an arbitrary start that go on meanwhile,
   * to within some 20 ms. Absent where monotonicMs itself goes on, or the system does not tell.
   */
  uptimeMs?(): number;
  /** Calls `work` once after `delayMs`; the returned function cancels it. Never keeps the process alive. */
  after(delayMs: number, work: () => void): () => void;
}
