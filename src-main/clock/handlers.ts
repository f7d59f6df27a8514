// The contract's `clock:` methods.
import type { Handlers } from '../ipc/handlers.ts';
import type { ClockHistory } from './history.ts';
import type { ClockMonitor } from './monitor.ts';

export interface ClockHandlersOptions {
  readonly monitor: ClockMonitor;
  readonly history: ClockHistory;
}

export const clockHandlers = ({ monitor, history }: ClockHandlersOptions): Handlers<'clock'> => ({
  'clock:status': () => monitor.status(),
  'clock:check': () => monitor.check(),
  'clock:history': () => history.read(monitor.realNowMs()),
});
