// Tells when the system locks its screen or goes to sleep.
import { powerMonitor } from 'electron';
import { watchLinuxScreenLock } from './linux-screen-lock.ts';

/** Answers how to end it. */
export function watchSystemLock(onLocked: () => void): () => void {
  powerMonitor.on('suspend', onLocked);
  powerMonitor.on('lock-screen', onLocked);
  const endOnLinux = process.platform === 'linux' ? watchLinuxScreenLock(onLocked) : (): boolean => true;
  return () => {
    powerMonitor.off('suspend', onLocked);
    powerMonitor.off('lock-screen', onLocked);
    endOnLinux();
  };
}
