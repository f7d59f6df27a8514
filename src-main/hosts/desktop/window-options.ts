// How each window is made: the same sandbox for all, the size and frame by what it is for.
import { type BrowserWindowConstructorOptions, nativeTheme, type Rectangle } from 'electron';

/** Absolute paths. */
export interface WindowFiles {
  /** The compiled preload. */
  readonly preload: string;
  /** The icon of the windows, where the system does not take it from the program's own file. */
  readonly icon: string;
}

const background = (): string => (nativeTheme.shouldUseDarkColors ? '#0f1116' : '#f5f6f8');

const common = ({ preload, icon }: WindowFiles): BrowserWindowConstructorOptions => ({
  show: false,
  icon,
  backgroundColor: background(),
  webPreferences: {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    // Its dictionaries would be downloaded, and what is typed here is nothing to spell.
    spellcheck: false,
  },
});

export const ordinaryWindow = (files: WindowFiles, title: string): BrowserWindowConstructorOptions => ({
  ...common(files),
  title,
  width: 1280,
  height: 800,
  minWidth: 720,
  minHeight: 560,
});

const QUICK_COPY = { width: 480, height: 540 };

/** Small, without a frame, over all others, in the upper middle of the area. */
export const quickCopyWindow = (files: WindowFiles, area: Rectangle): BrowserWindowConstructorOptions => {
  const width = Math.min(QUICK_COPY.width, area.width);
  const height = Math.min(QUICK_COPY.height, area.height);
  return {
    ...common(files),
    title: 'Twofold — copy a code',
    width,
    height,
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 4),
    frame: false,
    alwaysOnTop: true,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    // On macOS a panel comes up over full-screen programs without bringing the other windows along.
    ...(process.platform === 'darwin' ? { type: 'panel' } : {}),
  };
};
