// Stands for the `electron` module in main. A name that is missing here fails the import, a missing member throws.
import { standInApp } from './stand-in/app.ts';
import { standInBrowserWindow, standInWebContents } from './stand-in/browser-window.ts';
import { standInIpcMain } from './stand-in/ipc-main.ts';
import { standInProtocol } from './stand-in/protocol.ts';
import { standInSession } from './stand-in/session.ts';
import {
  standInClipboard,
  standInDesktopCapturer,
  standInDialog,
  standInGlobalShortcut,
  standInMenu,
  standInNativeTheme,
  standInPowerMonitor,
  standInScreen,
  standInShell,
  standInTray,
} from './stand-in/system.ts';
import { strict } from './strict.ts';

export const app = strict('app', standInApp);
export const BrowserWindow = standInBrowserWindow;
export const clipboard = strict('clipboard', standInClipboard);
export const desktopCapturer = strict('desktopCapturer', standInDesktopCapturer);
export const dialog = strict('dialog', standInDialog);
export const globalShortcut = strict('globalShortcut', standInGlobalShortcut);
export const ipcMain = strict('ipcMain', standInIpcMain);
export const Menu = strict('Menu', standInMenu);
export const nativeTheme = strict('nativeTheme', standInNativeTheme);
export const powerMonitor = strict('powerMonitor', standInPowerMonitor);
export const protocol = strict('protocol', standInProtocol);
export const screen = strict('screen', standInScreen);
export const session = strict('session', standInSession);
export const shell = strict('shell', standInShell);
export const Tray = standInTray;
export const webContents = strict('webContents', standInWebContents);
