// The contract's `clock:` methods.
import type { Handlers } from '../ipc/handlers.ts';
import type { ClockMonitor } from './monitor.ts';

export const clockHandlers = (monitor: ClockMonitor): Handlers<'clock'> => ({
  'clock:status': () => monitor.status(),
  'clock:check': () => monitor.check(),
});
