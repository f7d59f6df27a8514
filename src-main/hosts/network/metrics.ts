// What a network host counts and measures, in Prometheus' words.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type AuditEvent, auditEvents } from '../../console/audit.ts';
import type { PoolUse } from '../../console/postgres/primary-pool.ts';
import type { PasswordHasher } from '../../console/passwords.ts';
import { isMethodName } from '../../../src-shared/contract/index.ts';

const CALL_BUCKETS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const HASH_BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface Gauges {
  /** Null without a database. */
  readonly pool: () => PoolUse | null;
  readonly streams: () => number;
  readonly isReady: () => Promise<boolean>;
}

/** How a call ended: done, refused with a sentence, put off (busy, database away), or a fault of ours. */
export type CallOutcome = 'done' | 'refused' | 'unavailable' | 'fault';

export class Metrics {
  readonly #registry = new Registry();
  readonly #events: Counter<'event'>;
  readonly #calls: Histogram<'method' | 'outcome'>;
  readonly #programs: Histogram<'status'>;
  readonly #hashes: Histogram<'work'>;
  readonly #limited: Counter<'limit'>;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#events = new Counter({
      name: 'twofold_events_total',
      help: 'Events of the audit: sign-ins by outcome (signed-in, password-refused, code-refused), locks (password-locked, code-locked, factor-stopped), and all others.',
      labelNames: ['event'],
      registers,
    });
    // All of them from the start: what is not there yet cannot be told from what never happened.
    for (const event of Object.keys(auditEvents)) this.#events.inc({ event }, 0);
    this.#calls = new Histogram({
      name: 'twofold_call_seconds',
      help: 'Time that calls of pages took, by method and outcome.',
      labelNames: ['method', 'outcome'],
      buckets: CALL_BUCKETS_S,
      registers,
    });
    this.#programs = new Histogram({
      name: 'twofold_program_request_seconds',
      help: 'Time that requests of other programs took, by status.',
      labelNames: ['status'],
      buckets: CALL_BUCKETS_S,
      registers,
    });
    this.#hashes = new Histogram({
      name: 'twofold_password_hash_seconds',
      help: 'Time until a password was hashed or compared, with the time it waited for its turn.',
      labelNames: ['work'],
      buckets: HASH_BUCKETS_S,
      registers,
    });
    this.#limited = new Counter({
      name: 'twofold_rate_limited_total',
      help: 'Requests that were turned away because too many came from their address.',
      labelNames: ['limit'],
      registers,
    });
  }

  /** What is looked up whenever somebody asks. Once. */
  watch({ pool, streams, isReady }: Gauges): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'twofold_database_connections',
      help: 'Connections to the database by state, and callers that wait for one.',
      labelNames: ['state'],
      registers,
      collect() {
        const use = pool();
        if (use === null) return;
        this.set({ state: 'busy' }, use.open - use.idle);
        this.set({ state: 'idle' }, use.idle);
        this.set({ state: 'waiting' }, use.waiting);
      },
    });
    new Gauge({
      name: 'twofold_event_streams',
      help: 'Pages that are open and hear of events.',
      registers,
      collect() {
        this.set(streams());
      },
    });
    new Gauge({
      name: 'twofold_ready',
      help: '1 while this node can do its work.',
      registers,
      async collect() {
        this.set((await isReady()) ? 1 : 0);
      },
    });
  }

  readonly countEvent = (event: AuditEvent): void => this.#events.inc({ event });

  countLimited(limit: string): void {
    this.#limited.inc({ limit });
  }

  /** Names that are none of the contract's are one: anybody could make up any number of them. */
  noteCall(method: string, outcome: CallOutcome, seconds: number): void {
    this.#calls.observe({ method: isMethodName(method) ? method : 'unknown', outcome }, seconds);
  }

  noteProgram(status: number, seconds: number): void {
    this.#programs.observe({ status }, seconds);
  }

  /** The same hasher, measured. */
  measured(hasher: PasswordHasher): PasswordHasher {
    const timed = async <T>(work: string, run: () => Promise<T>): Promise<T> => {
      const end = this.#hashes.startTimer({ work });
      try {
        return await run();
      } finally {
        end();
      }
    };
    return {
      hash: (password) => timed('hash', () => hasher.hash(password)),
      verify: (hash, password) => timed('verify', () => hasher.verify(hash, password)),
    };
  }

  /** All of it as text, and of which kind. */
  async text(): Promise<{ readonly mediaType: string; readonly text: string }> {
    return { mediaType: this.#registry.contentType, text: await this.#registry.metrics() };
  }
}
