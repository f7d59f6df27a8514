// Watches this computer's clock: at start, every hour, after sleep or a change of the clock, and on demand.
import type { ClockSourceResult, ClockStatus } from '../../src-shared/contract/clock.ts';
import type { EventHub } from '../ipc/events.ts';
import type { Clock } from './clock.ts';
import { bestSample, samplesOf, verdictFor } from './drift.ts';
import { queryHttpDate } from './http-date.ts';
import { type QuerySource, querySntp } from './sntp.ts';

const CHECK_EVERY_MS = 60 * 60 * 1000;
const LOOK_EVERY_MS = 30 * 1000;
/** The wall clock was set, or the computer slept, when it went that far from the monotonic clock. */
const JUMP_MS = 1_000;

export interface ClockMonitorOptions {
  readonly clock: Clock;
  /** NTP servers, as `host` or `host:port`; asked for at each check. */
  readonly servers: () => readonly string[];
  /** HTTPS addresses, asked only where no NTP server has answered. */
  readonly fallbacks: () => readonly string[];
  readonly events: EventHub;
  readonly queryServer?: QuerySource;
  readonly queryFallback?: QuerySource;
}

type Finding =
  | { readonly kind: 'not-checked'; readonly reason: string; readonly sources: ClockSourceResult[] }
  | Omit<Extract<ClockStatus, { kind: 'checked' }>, 'checking'>;

const seconds = (spanMs: number): string => (Math.abs(spanMs) / 1000).toFixed(1);

/** Says how an earlier finding stood, for when a new one cannot be had. */
function tellEarlier(earlier: Finding): string {
  if (earlier.kind === 'not-checked') return '';
  const way = earlier.offsetMs >= 0 ? 'behind' : 'ahead';
  return ` The last check, at ${new Date(earlier.checkedAtMs).toISOString()}, found it ${seconds(earlier.offsetMs)} s ${way}.`;
}

/** Knows how far this computer's clock is off, and says so by `clock:changed`. Where nothing answers it says that, and no more. */
export class ClockMonitor {
  readonly #options: ClockMonitorOptions;
  #finding: Finding = { kind: 'not-checked', reason: 'The clock was not checked yet.', sources: [] };
  #running: Promise<ClockStatus> | null = null;
  #isStarted = false;
  #cancelNextCheck = (): void => undefined;
  #cancelNextLook = (): void => undefined;
  /** Wall minus monotonic clock: changes only when the wall clock is set or the computer slept. */
  #wallStartMs: number;

  constructor(options: ClockMonitorOptions) {
    this.#options = options;
    this.#wallStartMs = this.#wallMinusMonotonicMs();
  }

  status(): ClockStatus {
    this.#look();
    return this.#status();
  }

  /** Asks all sources now; whoever asks while that runs gets the same answer. Never throws. */
  check(): Promise<ClockStatus> {
    this.#look();
    return this.#check();
  }

  /** Checks now, then every hour and whenever the wall clock has jumped, until `dispose`, which it answers. */
  start(): () => void {
    if (!this.#isStarted) {
      this.#isStarted = true;
      void this.check();
      this.#lookLater();
    }
    return () => this.dispose();
  }

  /** The computer woke up: what was found before may no longer hold. */
  wake(): void {
    this.#void('The computer was asleep, so its clock is checked again.');
  }

  dispose(): void {
    this.#isStarted = false;
    this.#cancelNextCheck();
    this.#cancelNextLook();
  }

  #status(): ClockStatus {
    return { ...this.#finding, checking: this.#running !== null };
  }

  #wallMinusMonotonicMs(): number {
    return this.#options.clock.nowMs() - this.#options.clock.monotonicMs();
  }

  /** Notices that the wall clock was set or stood still. */
  #look(): void {
    if (Math.abs(this.#wallMinusMonotonicMs() - this.#wallStartMs) <= JUMP_MS) return;
    this.#void("This computer's clock was set, or the computer was asleep, so it is checked again.");
  }

  #void(reason: string): void {
    this.#wallStartMs = this.#wallMinusMonotonicMs();
    this.#finding = { kind: 'not-checked', reason, sources: [] };
    void this.#check();
  }

  #lookLater(): void {
    this.#cancelNextLook = this.#options.clock.after(LOOK_EVERY_MS, () => {
      if (!this.#isStarted) return;
      this.#look();
      this.#lookLater();
    });
  }

  #check(): Promise<ClockStatus> {
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<ClockStatus> {
    // First the caller gets this promise and `checking` is true; only then is anybody told.
    await Promise.resolve();
    this.#options.events.emit('clock:changed', this.#status());
    for (;;) {
      const wallStartMs = this.#wallStartMs;
      const finding = await this.#ask();
      // Set while the servers were asked: their answers are about a clock that no longer is.
      const hasJumped = Math.abs(this.#wallMinusMonotonicMs() - wallStartMs) > JUMP_MS;
      if (!hasJumped && wallStartMs === this.#wallStartMs) {
        this.#finding = finding;
        break;
      }
      this.#wallStartMs = this.#wallMinusMonotonicMs();
    }
    this.#running = null;
    this.#cancelNextCheck();
    if (this.#isStarted)
      this.#cancelNextCheck = this.#options.clock.after(CHECK_EVERY_MS, () => void this.check());
    const status = this.#status();
    this.#options.events.emit('clock:changed', status);
    return status;
  }

  async #ask(): Promise<Finding> {
    const { clock, queryServer = querySntp, queryFallback = queryHttpDate } = this.#options;
    const ask = (kind: ClockSourceResult['kind'], query: QuerySource, sources: readonly string[]) =>
      Promise.all(sources.map(async (source) => ({ source, kind, outcome: await query(source, { clock }) })));

    const servers = await ask('ntp', queryServer, this.#options.servers());
    const isAnswered = servers.some(({ outcome }) => outcome.kind === 'answered');
    const fallbacks = isAnswered ? [] : await ask('https-date', queryFallback, this.#options.fallbacks());
    const sources: ClockSourceResult[] = [...servers, ...fallbacks];
    const best = bestSample(samplesOf(sources));
    if (best === undefined) {
      const reason =
        sources.length === 0
          ? 'No time source is set.'
          : `None of ${sources.length} time sources gave a usable answer.${tellEarlier(this.#finding)}`;
      return { kind: 'not-checked', reason, sources };
    }
    const { offsetMs, uncertaintyMs, source } = best;
    return {
      kind: 'checked',
      offsetMs,
      uncertaintyMs,
      source,
      checkedAtMs: Math.round(clock.nowMs()),
      verdict: verdictFor(offsetMs),
      sources,
    };
  }
}
