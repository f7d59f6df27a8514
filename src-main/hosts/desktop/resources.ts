// Which pictures of `resources/` a system wants. Free of electron.
import { join } from 'node:path';

/** Absolute paths. */
export interface DesktopResources {
  /** For windows, where the system does not take it from the program's own file. */
  readonly icon: string;
  readonly trayIcon: string;
}

/** Electron itself finds the `@2x` twins; on macOS a name that ends in `Template` follows the colour of the menu bar. */
export function desktopResources(folder: string, platform: NodeJS.Platform): DesktopResources {
  const trayIcons: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
    darwin: 'tray/trayTemplate.png',
    win32: 'icon.ico',
  };
  return {
    icon: join(folder, platform === 'win32' ? 'icon.ico' : 'icon.png'),
    trayIcon: join(folder, trayIcons[platform] ?? 'tray/tray.png'),
  };
}
