// Lets the services finish what they are writing before the program ends, within a bound.
import { app } from 'electron';
import type { Clock } from '../../clock/clock.ts';

const CLOSE_WITHIN_MS = 5_000;

/** `close` runs once, when the app is quitting and its windows are closed; then the program ends. */
export function closeOnQuit(close: () => Promise<void>, clock: Clock): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    clock.after(CLOSE_WITHIN_MS, () => app.exit(1));
    close().then(
      () => app.exit(0),
      () => app.exit(1),
    );
  });
}
