// The system's own dialogs, in front of the window that has the focus.
import { BrowserWindow, dialog } from 'electron';
import type { ChooseExport } from '../../authenticator/transfer/transfer.ts';

/** Where one exported file goes, or the folder for several. The dialog asks before a file that is there is replaced. */
export const chooseExport: ChooseExport = ({ kind, suggestedName }) =>
  kind === 'folder' ? chooseFolder() : chooseFile(suggestedName);

async function chooseFile(suggestedName: string): Promise<string | null> {
  const options = {
    defaultPath: suggestedName,
    properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
  };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (window === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  return canceled || filePath === '' ? null : filePath;
}

/** A folder, or null: the user cancelled. */
export async function chooseFolder(): Promise<string | null> {
  const options = { properties: ['openDirectory' as const, 'createDirectory' as const] };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** Says what happened. Does not wait for the answer, for there is only one. */
export function tell(title: string, sentence: string): void {
  void dialog.showMessageBox({
    type: 'warning',
    title: 'Twofold',
    message: title,
    detail: sentence,
    buttons: ['OK'],
  });
}
