// Stands for the parts of Electron that reach the operating system.
import { EventEmitter } from 'node:events';
import { ClipboardText } from '../messages.ts';
import { answerParent, parent } from './parent.ts';

export const standInClipboard = {
  readText: async (): Promise<string> => ClipboardText.parse(await parent.ask('clipboard:read')),
  async writeText(text: string): Promise<void> {
    await parent.ask('clipboard:write', text);
  },
};

export const standInDialog = {
  /** As Electron does on Linux before it is ready. */
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`${title}\n${content}\n`);
  },
};

export const standInShell = {
  async openExternal(url: string): Promise<void> {
    await parent.ask('external', url);
  },
};

export const standInMenu = {
  buildFromTemplate: (template: readonly unknown[]): readonly unknown[] => template,
  setApplicationMenu(): void {
    // Chromium without a window has no menu.
  },
};

class StandInNativeTheme extends EventEmitter {
  readonly shouldUseDarkColors = false;
  themeSource = 'system';
}
export const standInNativeTheme = new StandInNativeTheme();

export const standInPowerMonitor = new EventEmitter();
answerParent({ resume: () => standInPowerMonitor.emit('resume') });
