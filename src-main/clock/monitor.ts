// Watches this computer's clock: at start, every hour, after sleep or a change of the clock, and on demand.
import {
  CLOCK_CHECK_EVERY_MS,
  type ClockCheck,
  type ClockEvent,
  type ClockJump,
  type ClockSourceResult,
  type ClockStatus,
} from '../../src-shared/contract/clock.ts';
import type { EventHub } from '../ipc/events.ts';
import type { Clock } from './clock.ts';
import { bestSample, samplesOf, verdictFor } from './drift.ts';
import { queryHttpDate } from './http-date.ts';
import { JUMP_MS, jumpReason, jumpsBetween, onceToldOfWake, readClock } from './passage.ts';
import { type QuerySource, querySntp } from './sntp.ts';

const LOOK_EVERY_MS = 30 * 1000;

/** What one check found, and what had happened to the clock before it. */
export interface ClockFinding {
  /** Null where there was nobody to ask. */
  readonly check: ClockCheck | null;
  readonly events: readonly ClockEvent[];
  readonly sources: readonly ClockSourceResult[];
}

export interface ClockMonitorOptions {
  readonly clock: Clock;
  /** NTP servers, as `host` or `host:port`; asked for at each check. */
  readonly servers: () => readonly string[];
  /** HTTPS addresses, asked only where no NTP server has answered. */
  readonly fallbacks: () => readonly string[];
  readonly events: EventHub;
  /** Told of each check once it is over. */
  readonly onFound?: (finding: ClockFinding) => void;
  /** The host calls `wake` whenever the computer wakes up: a clock that is ahead without that was set. */
  readonly tellsOfWake?: boolean;
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
  /** Wall minus monotonic clock: changes only when the wall clock is set or slewed, or the computer slept. */
  #wallStartMs: number;
  /** The clocks at the last look. */
  #seen: ReturnType<typeof readClock>;
  /** When the next look is due, by the monotonic clock; null where none is. */
  #lookDueMs: number | null = null;
  /** Happened since the last check ended, each with its moment by the monotonic clock. */
  #jumps: { readonly jump: ClockJump; readonly atMonotonicMs: number }[] = [];
  /** How often what was found before was void. */
  #voided = 0;

  constructor(options: ClockMonitorOptions) {
    this.#options = options;
    this.#wallStartMs = this.#wallMinusMonotonicMs();
    this.#seen = readClock(options.clock);
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
    const hasUptime = this.#seen.uptimeMs !== null;
    this.#jumps = this.#jumps.map(({ jump, ...rest }) => ({
      ...rest,
      jump: onceToldOfWake(jump, hasUptime),
    }));
    this.#note(true);
    this.#void('The computer was asleep, so its clock is checked again.');
  }

  /** Real time as far as it is known: by the last check, else this computer's. */
  realNowMs(): number {
    const offsetMs = this.#finding.kind === 'checked' ? this.#finding.offsetMs : 0;
    return Math.round(this.#options.clock.nowMs() + offsetMs);
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

  /** Notices that the wall clock was set or the computer slept: then what was found before is void. */
  #look(): void {
    const jumps = this.#note(false);
    if (jumps.length > 0) this.#void(jumpReason(jumps));
    else if (Math.abs(this.#wallMinusMonotonicMs() - this.#wallStartMs) > JUMP_MS)
      this.#void("This computer's clock is being set slowly, so it is checked again.");
  }

  /** Keeps for the next check what happened since the last look. */
  #note(isToldOfWake: boolean): readonly ClockJump[] {
    const { clock, tellsOfWake = false } = this.#options;
    const now = readClock(clock);
    const lateByMs = this.#lookDueMs === null ? 0 : now.monotonicMs - this.#lookDueMs;
    const jumps = jumpsBetween(this.#seen, now, { isToldOfWake, tellsOfWake, lateByMs });
    // Being late is told once; the look that is late sets the time of the next one.
    if (lateByMs > 0) this.#lookDueMs = null;
    this.#seen = now;
    this.#jumps.push(...jumps.map((jump) => ({ jump, atMonotonicMs: now.monotonicMs })));
    return jumps;
  }

  #void(reason: string): void {
    this.#voided += 1;
    this.#wallStartMs = this.#wallMinusMonotonicMs();
    this.#finding = { kind: 'not-checked', reason, sources: [] };
    void this.#check();
  }

  #lookLater(): void {
    this.#lookDueMs = this.#options.clock.monotonicMs() + LOOK_EVERY_MS;
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
      const voided = this.#voided;
      const finding = await this.#ask();
      this.#look();
      // Otherwise it was set while the servers were asked: their answers are about a clock that no longer is.
      if (voided === this.#voided) {
        this.#finding = finding;
        break;
      }
    }
    this.#tellFound();
    this.#running = null;
    this.#cancelNextCheck();
    if (this.#isStarted)
      this.#cancelNextCheck = this.#options.clock.after(CLOCK_CHECK_EVERY_MS, () => void this.check());
    const status = this.#status();
    this.#options.events.emit('clock:changed', status);
    return status;
  }

  #tellFound(): void {
    const jumps = this.#jumps;
    this.#jumps = [];
    const { sources } = this.#finding;
    const nowMs = this.realNowMs();
    const nowMonotonicMs = this.#options.clock.monotonicMs();
    this.#options.onFound?.({
      check: sources.length === 0 ? null : { atMs: nowMs, found: this.#found() },
      events: jumps.map(({ jump, atMonotonicMs }) => ({
        atMs: Math.round(nowMs - (nowMonotonicMs - atMonotonicMs)),
        jump,
      })),
      sources,
    });
  }

  #found(): ClockCheck['found'] {
    if (this.#finding.kind === 'not-checked') return null;
    const { offsetMs, uncertaintyMs, source } = this.#finding;
    return { offsetMs, uncertaintyMs, source };
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
