// Keeps one notice in the window while this computer's clock is off: told once at each crossing, gone once it is right.
import { ClockStatus, type Notice } from '../../src-shared/contract/index.ts';
import type { EventHub } from '../ipc/events.ts';
import type { Clock } from './clock.ts';
import { driftLevel, driftNotice, isWorse } from './drift-notice.ts';
import type { ToldLevel } from './history-document.ts';

/** Always the same, so that there is one at most, over restarts too. */
export const DRIFT_NOTICE_ID = 'clock-drift';

export interface DriftNoticesOptions {
  readonly clock: Clock;
  readonly events: EventHub;
  readonly correctsClock: () => boolean;
  /** Where notices are kept until they are dismissed. */
  readonly board: {
    readonly notices: readonly Notice[];
    /** In the place of the one with the same id, where there is one. */
    addNotice(notice: Notice): Promise<void>;
    withdrawNotice(id: string): Promise<void>;
  };
  /** What the user was told before, kept over restarts. */
  readonly memory: { readonly told: ToldLevel; tell(level: ToldLevel): void };
}

/** Follows `clock:changed` and, for the setting that corrects codes, `app:changed`. Answers how to end it. */
export function startDriftNotices(options: DriftNoticesOptions): () => Promise<void> {
  const { events } = options;
  let status: ClockStatus | null = null;
  let reviewing: Promise<void> = Promise.resolve();
  const end = events.subscribe((event, payload) => {
    if (event !== 'clock:changed' && event !== 'app:changed') return;
    if (event === 'clock:changed') status = ClockStatus.parse(payload);
    reviewing = reviewing.then(() => review(options, status)).catch(() => undefined);
  });
  return () => {
    end();
    return reviewing;
  };
}

/**
 * While a check runs, and where nobody answered, all stays as it is: nothing else is known. Where the notice cannot be
 * saved, nothing counts as told, and the next check tries again.
 */
async function review(options: DriftNoticesOptions, status: ClockStatus | null): Promise<void> {
  if (status?.kind !== 'checked' || status.checking) return;
  const { clock, events, board, memory, correctsClock } = options;
  const shown = board.notices.find(({ id }) => id === DRIFT_NOTICE_ID);
  const level = driftLevel(status.offsetMs, memory.told);
  const isNews = level !== 'right' && isWorse(level, memory.told);
  if (level === 'right') {
    if (shown !== undefined) {
      await board.withdrawNotice(DRIFT_NOTICE_ID);
      events.emit('app:changed', {});
    }
  } else if (isNews || shown !== undefined) {
    // One that was dismissed stays so until the clock is off by more.
    const words = driftNotice(status, level, correctsClock());
    if (isNews || shown?.message !== words.message) {
      await board.addNotice({ id: DRIFT_NOTICE_ID, atMs: Math.round(clock.nowMs()), ...words });
      events.emit('app:changed', {});
    }
  }
  memory.tell(level);
}
