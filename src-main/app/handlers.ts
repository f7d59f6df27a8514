// The contract's `app:` methods.
import type { AppStatus } from '../../src-shared/contract/index.ts';
import type { Caller } from '../ipc/caller.ts';
import type { EventHub } from '../ipc/events.ts';
import type { Handlers } from '../ipc/handlers.ts';
import type { KeyRing } from '../secrets/key-ring.ts';
import type { Preferences } from './preferences.ts';
import { checkTimeFallback, checkTimeServer } from './time-server-address.ts';

export interface AppOptions {
  readonly host: AppStatus['host'];
  readonly version: string;
  readonly dataFolder: string;
  readonly preferences: Preferences;
  readonly keys: KeyRing;
  readonly events: EventHub;
  /** Opens another browser for the console; the host alone knows how. */
  readonly openBrowser: (caller: Caller) => Promise<{ url: string | null }>;
  /** Called after the time sources changed. */
  readonly onTimeSourcesChanged: () => void;
}

export function appHandlers(options: AppOptions): Handlers<'app'> {
  const { preferences, keys, events } = options;
  const changed = <T>(value: T): T => {
    events.emit('app:changed', {});
    return value;
  };
  return {
    'app:status': () => ({
      host: options.host,
      version: options.version,
      platform: process.platform,
      dataFolder: options.dataFolder,
      keys: keys.state(),
      notices: [...preferences.notices],
      settings: preferences.settings,
    }),
    'app:choosePassphrase': async ({ passphrase }) => changed(await keys.choosePassphrase(passphrase)),
    'app:enterPassphrase': async ({ passphrase }) => changed(await keys.enterPassphrase(passphrase)),
    'app:retryKeys': async () => changed(await keys.retry()),
    'app:moveKeys': async (move) => changed(await keys.move(move)),
    'app:dismissNotice': async ({ id }) => {
      await preferences.dismissNotice(id);
      return changed({});
    },
    'app:saveSettings': async (settings) => {
      settings.timeServers.forEach(checkTimeServer);
      settings.timeFallbacks.forEach(checkTimeFallback);
      const before = preferences.settings;
      const saved = await preferences.saveSettings(settings);
      const sourcesOf = ({ timeServers, timeFallbacks }: typeof saved) =>
        JSON.stringify([timeServers, timeFallbacks]);
      if (sourcesOf(before) !== sourcesOf(saved)) options.onTimeSourcesChanged();
      return changed(saved);
    },
    'app:openBrowser': (_input, caller) => options.openBrowser(caller),
  };
}
