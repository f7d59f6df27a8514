// Bringing accounts in and out, as a user sees it: the dialog with every way in, the preview, and the export.
import type { Locator, Page } from 'playwright-core';

export type WayIn = 'Read a picture' | 'Screen' | 'Camera' | 'Paste a link' | 'Type it in' | 'Import a file';

export interface GivenFile {
  readonly name: string;
  readonly content: Buffer;
  readonly mediaType?: string;
}

const asPayload = ({ name, content, mediaType = '' }: GivenFile) => ({
  name,
  mimeType: mediaType,
  buffer: content,
});

export class TransferPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get dialog(): Locator {
    return this.page.locator('.dialog');
  }

  /** A dialog with this title. */
  titled(title: string | RegExp): Locator {
    return this.dialog.getByRole('heading', { level: 2, name: title });
  }

  async open(way: WayIn): Promise<void> {
    await this.page.getByRole('button', { name: 'Add account' }).first().click();
    await this.showWay(way);
  }

  async showWay(way: WayIn): Promise<void> {
    await this.dialog.getByRole('tab', { name: way }).click();
  }

  /** Gives the dialog files, as the file chooser would. */
  async chooseFiles(files: readonly GivenFile[]): Promise<void> {
    await this.page.locator('input[type=file]').setInputFiles(files.map(asPayload));
  }

  /** Drops files on the window, or pastes them, as Chromium tells the page of it. */
  async hand(how: 'drop' | 'paste', files: readonly GivenFile[], text = ''): Promise<void> {
    const given = files.map(({ name, content, mediaType = '' }) => ({
      name,
      mediaType,
      base64: content.toString('base64'),
    }));
    await this.page.evaluate(
      ([kind, all, plain]) => {
        const data = new DataTransfer();
        for (const { name, mediaType, base64 } of all) {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          data.items.add(new File([bytes], name, { type: mediaType }));
        }
        if (plain !== '') data.setData('text/plain', plain);
        const event =
          kind === 'drop'
            ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      },
      [how, given, text] as const,
    );
  }

  /** The row of the preview with that issuer or name. */
  candidate(text: string): Locator {
    return this.dialog.locator('.candidate').filter({ hasText: text });
  }

  async decide(text: string, decision: 'Skip' | 'Replace' | 'Keep both'): Promise<void> {
    await this.candidate(text)
      .getByRole('button', { name: /What becomes of/ })
      .click();
    await this.page.getByRole('option', { name: decision }).click();
  }

  async enterPassword(password: string): Promise<void> {
    await this.dialog.getByRole('textbox', { name: 'Password', exact: true }).fill(password);
    await this.dialog.getByRole('button', { name: 'Open file' }).click();
  }

  /** Confirms the preview by the button with these words. */
  async confirm(words: string): Promise<void> {
    await this.dialog.getByRole('button', { name: words, exact: true }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Waits for the message with these words. */
  async told(words: string | RegExp): Promise<void> {
    await this.page.getByRole('alertdialog').filter({ hasText: words }).waitFor();
  }

  /** Takes back what the message with these words tells of. */
  async undo(words: string): Promise<void> {
    const message = this.page.getByRole('alertdialog').filter({ hasText: words });
    await message.getByRole('button', { name: 'Undo' }).click();
    await this.told('Taken back');
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close', exact: true }).first().click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** Goes as far as the protection: all accounts, the kind, the format. */
  async planExport(kind: string, format: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Export…' }).click();
    await this.dialog.getByRole('button', { name: /^Continue/ }).click();
    await this.dialog.getByText(kind, { exact: true }).click();
    await this.dialog.getByRole('button', { name: /Format$/ }).click();
    await this.page.getByRole('option', { name: format, exact: true }).click();
    await this.dialog.getByRole('button', { name: /^Continue/ }).click();
  }

  async protectWith(password: string): Promise<void> {
    await this.dialog.getByRole('textbox', { name: 'Password of the file', exact: true }).fill(password);
    await this.dialog.getByRole('textbox', { name: 'Password of the file again' }).fill(password);
  }

  async finishExport(): Promise<void> {
    await this.dialog.locator('button[type=submit]').click();
  }

  /** Where the files lie, as the result says. */
  async exportedPaths(): Promise<string[]> {
    await this.titled(/^Exported/).waitFor();
    return this.dialog.locator('.export-path').allTextContents();
  }
}
