// The contract's `app:` methods.
import { type AppStatus, type KeyState, TwofoldError } from '../../src-shared/contract/index.ts';
import type { AutoLock } from '../authenticator/auto-lock.ts';
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
  readonly autoLock: AutoLock;
  /** Locks where there is a passphrase, and says so by `app:changed`. */
  readonly lock: () => void;
  /** Whether the page of this caller may use the camera now. */
  readonly useCamera: (caller: Caller, isOpen: boolean) => void;
  /** Why the keys for the quick-copy window do not work, or null. */
  readonly quickCopyFault: () => string | null;
  /** Called after the time sources changed. */
  readonly onTimeSourcesChanged: () => void;
}

export function appHandlers(options: AppOptions): Handlers<'app'> {
  const { preferences, keys, events, autoLock } = options;
  const changed = <T>(value: T): T => {
    events.emit('app:changed', {});
    return value;
  };
  /** The keys were opened by whoever sits here now: the time until the lock begins anew. */
  const opened = (state: KeyState): KeyState => {
    autoLock.begin();
    return changed(state);
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
      quickCopyFault: options.quickCopyFault(),
    }),
    'app:choosePassphrase': async ({ passphrase }) => opened(await keys.choosePassphrase(passphrase)),
    'app:enterPassphrase': async ({ passphrase }) => opened(await keys.enterPassphrase(passphrase)),
    'app:retryKeys': async () => changed(await keys.retry()),
    'app:moveKeys': async (move) => opened(await keys.move(move)),
    'app:lock': () => {
      const state = keys.state();
      const hasPassphrase =
        state.kind === 'enter-passphrase' || (state.kind === 'ready' && state.protection === 'passphrase');
      if (!hasPassphrase) {
        throw new TwofoldError(
          'conflict',
          'Without a passphrase there is nothing to lock with. Choose one in the settings first.',
        );
      }
      options.lock();
      return keys.state();
    },
    'app:active': () => {
      autoLock.activity();
      return {};
    },
    'app:changePassphrase': async ({ present, next }) => opened(await keys.changePassphrase(present, next)),
    'app:useCamera': ({ isOpen }, caller) => {
      options.useCamera(caller, isOpen);
      return {};
    },
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
      autoLock.look();
      return changed(saved);
    },
    'app:openBrowser': (_input, caller) => options.openBrowser(caller),
  };
}
