// Settings as they are where nothing was chosen, for tests and scenes; the time sources are the caller's.
import type { Settings } from '../../src-shared/contract/index.ts';

export const sampleSettings: Omit<Settings, 'theme' | 'timeServers' | 'timeFallbacks'> = {
  density: 'comfortable',
  hidesCodes: false,
  accountOrder: 'manual',
  correctsClock: false,
  locksAfterMinutes: 5,
  locksWithSystem: true,
  protectsContent: true,
  startsAtLogin: false,
  staysInTray: false,
  quickCopyKeys: null,
};
