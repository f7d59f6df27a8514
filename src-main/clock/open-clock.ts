// The clock's services over the files of one folder: the monitor, its history, and the notices of a clock that is off.
import { correctionOf } from '../../src-shared/clock/correction.ts';
import type { Preferences } from '../app/preferences.ts';
import type { EventHub } from '../ipc/events.ts';
import { dataFiles } from '../storage/data-files.ts';
import type { RecoveryEvent } from '../storage/durable-file.ts';
import type { Clock } from './clock.ts';
import { startDriftNotices } from './drift-notices.ts';
import { type ClockHistory, openClockHistory } from './history.ts';
import { ClockMonitor } from './monitor.ts';

export interface OpenClockOptions {
  /** The folder of all data. Whoever opens it here holds its writer lock. */
  readonly home: string;
  readonly clock: Clock;
  readonly events: EventHub;
  readonly preferences: Preferences;
  /** The host says whenever the computer wakes up. */
  readonly tellsOfWake: boolean;
  readonly onRecovered: (event: RecoveryEvent) => void;
}

export interface OpenedClock {
  readonly monitor: ClockMonitor;
  readonly history: ClockHistory;
  /** Real time minus this computer's, in milliseconds, where codes are to go by it. */
  correctionMs(): number;
  /** Ends the checks and waits for what is being saved. */
  close(): Promise<void>;
}

/** Does not check yet: `monitor.start()` does. */
export async function openClock(options: OpenClockOptions): Promise<OpenedClock> {
  const { home, clock, events, preferences, tellsOfWake, onRecovered } = options;
  const path = dataFiles(home).clockHistory;
  const history = await openClockHistory({ path, clock, events, onRecovered });
  const monitor = new ClockMonitor({
    clock,
    servers: () => preferences.settings.timeServers,
    fallbacks: () => preferences.settings.timeFallbacks,
    events,
    onFound: (finding) => history.record(finding),
    tellsOfWake,
  });
  const correctsClock = (): boolean => preferences.settings.correctsClock;
  const endNotices = startDriftNotices({ clock, events, correctsClock, board: preferences, memory: history });
  return {
    monitor,
    history,
    correctionMs: () => (correctsClock() ? correctionOf(monitor.status()) : 0),
    async close() {
      monitor.dispose();
      await endNotices();
      await history.close();
    },
  };
}
