// Puts the settings of the desktop into effect: content protection, the keys for quick copy, the start at login.
import type { Settings } from '../../../src-shared/contract/index.ts';
import type { EventHub } from '../../ipc/events.ts';
import { tell } from './dialogs.ts';
import { launchCommand } from './launch-command.ts';
import { setStartsAtLogin } from './login-item.ts';
import type { QuickCopyKeys } from './quick-copy-keys.ts';
import type { Windows } from './windows.ts';

export interface Followers {
  readonly settings: () => Settings;
  readonly events: EventHub;
  readonly windows: Windows;
  readonly keys: QuickCopyKeys;
}

/** Does so now and by each call of the answered function. */
export function followSettings({ settings, events, windows, keys }: Followers): () => void {
  let startedAtLogin: boolean | null = null;
  const follow = (): void => {
    const { protectsContent, quickCopyKeys, startsAtLogin } = settings();
    windows.protectContent(protectsContent);
    // The page shows whether the keys work, and asked for that before they were tried.
    if (keys.set(quickCopyKeys)) events.emit('app:changed', {});
    if (startsAtLogin === startedAtLogin) return;
    // At the start only where it is on: the program may lie elsewhere since, and what is off needs no undoing.
    const isNeeded = startedAtLogin !== null || startsAtLogin;
    startedAtLogin = startsAtLogin;
    if (!isNeeded) return;
    setStartsAtLogin(startsAtLogin, launchCommand(process)).catch(() =>
      tell(
        'Starting at login could not be changed',
        'The system did not let Twofold write or remove its entry. Look at the permissions of your autostart folder, then switch the setting off and on again.',
      ),
    );
  };
  follow();
  return follow;
}
