// What the tray reads from the services, and what its items do. Free of electron.
import type { KeyState } from '../../../src-shared/contract/index.ts';
import type { Services } from '../../services.ts';
import type { TrayAction, TrayState } from './tray-menu.ts';

type TrayServices = Pick<Services, 'keys' | 'quick' | 'lock'>;

const kindOf = ({ kind }: KeyState): TrayState['keys'] =>
  kind === 'ready' ? 'ready' : kind === 'enter-passphrase' ? 'locked' : 'elsewhere';

/** Never rejects: what cannot be read is for the window to tell. */
export async function readTrayState(services: TrayServices): Promise<TrayState> {
  const state = services.keys();
  const keys = kindOf(state);
  const canLock = state.kind === 'ready' && state.protection === 'passphrase';
  if (keys !== 'ready') return { keys, canLock, pinned: [] };
  try {
    return { keys, canLock, pinned: await services.quick.pinned() };
  } catch {
    return { keys: 'elsewhere', canLock: false, pinned: [] };
  }
}

export interface TrayEffects {
  readonly showWindow: () => void;
  readonly quit: () => void;
}

/** Does what the item says. */
export async function actInTray(
  action: TrayAction,
  services: TrayServices,
  { showWindow, quit }: TrayEffects,
): Promise<void> {
  switch (action.kind) {
    case 'copy':
      // Where it cannot be copied, the window shows why.
      await services.quick.copy(action.id).catch(showWindow);
      return;
    case 'open':
      showWindow();
      return;
    case 'lock':
      services.lock();
      return;
    case 'quit':
      quit();
  }
}
