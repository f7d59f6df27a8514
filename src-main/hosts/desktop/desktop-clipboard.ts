// The Clipboard port on Electron, whose clipboard functions are promises in main.
import { clipboard } from 'electron';
import type { Clipboard } from '../../authenticator/clipboard.ts';

export const desktopClipboard: Clipboard = {
  write: (text) => clipboard.writeText(text),
  async clearIfHolds(text) {
    if ((await clipboard.readText()) === text) await clipboard.writeText('');
  },
};
