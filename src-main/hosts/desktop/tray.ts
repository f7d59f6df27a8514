// The icon in the system's tray, with the menu of tray-menu.ts.
import { Menu, Tray } from 'electron';
import type { Clock } from '../../clock/clock.ts';
import { type TrayAction, type TrayItem, trayMenu, type TrayState } from './tray-menu.ts';

/** Several changes in a row, as an import brings them, make one new menu. */
const SETTLE_MS = 200;

export interface TrayOptions {
  /** The icon, an absolute path. */
  readonly icon: string;
  readonly clock: Clock;
  readonly readState: () => Promise<TrayState>;
  readonly act: (action: TrayAction) => void;
}

export interface RunningTray {
  /** Something changed that the menu may depend on. */
  refresh(): void;
  dispose(): void;
}

/** Shows the icon. On a Linux desktop without a tray nothing is seen of it, and nothing is lost. */
export function startTray({ icon, clock, readState, act }: TrayOptions): RunningTray {
  const tray = new Tray(icon);
  tray.setToolTip('Twofold');
  let shown = '';
  let cancel = (): void => undefined;
  let isEnded = false;

  const show = (items: readonly TrayItem[]): void => {
    const key = JSON.stringify(items);
    // A menu that is replaced while it is open is closed by the system.
    if (key === shown) return;
    shown = key;
    tray.setContextMenu(
      Menu.buildFromTemplate(
        items.map((item) =>
          item.kind === 'separator'
            ? { type: 'separator' }
            : { label: item.label, click: () => act(item.action) },
        ),
      ),
    );
  };
  const read = async (): Promise<void> => {
    const state = await readState();
    if (!isEnded) show(trayMenu(state));
  };
  const refresh = (): void => {
    cancel();
    cancel = clock.after(SETTLE_MS, () => void read());
  };

  show(trayMenu({ keys: 'elsewhere', canLock: false, pinned: [] }));
  // Where there is a menu, macOS and Linux open it by a click; on Windows that is the other button's.
  if (process.platform === 'win32') tray.on('click', () => act({ kind: 'open' }));
  void read();
  return {
    refresh,
    dispose() {
      isEnded = true;
      cancel();
      tray.destroy();
    },
  };
}
