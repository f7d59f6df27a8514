// The authenticator as a user sees it: the list with its codes, and the dialog that adds accounts.
import type { Locator, Page } from 'playwright-core';

export class AuthenticatorPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The row of the account with that issuer or name. */
  row(text: string): Locator {
    return this.page.locator('.account-row').filter({ hasText: text });
  }

  get dialog(): Locator {
    return this.page.locator('.dialog');
  }

  /** The code that the row shows now, without its spaces. */
  async code(text: string): Promise<string> {
    const code = await this.row(text).locator('.account-code .code.large').textContent();
    return (code ?? '').replaceAll(' ', '');
  }

  async openAddAccount(way: 'Read a picture' | 'Paste a link' | 'Type it in'): Promise<void> {
    await this.page.getByRole('button', { name: 'Add account' }).first().click();
    await this.dialog.getByRole('tab', { name: way }).click();
  }

  /** Gives the dialog a picture, as the file chooser would. */
  async readPicture(picture: Buffer): Promise<void> {
    await this.openAddAccount('Read a picture');
    await this.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: picture });
  }

  async pasteLink(link: string): Promise<void> {
    await this.openAddAccount('Paste a link');
    await this.dialog.getByLabel('Link').fill(link);
    await this.dialog.locator('button[type=submit]').click();
  }

  /** Confirms the preview of what was found. */
  async confirmPreview(): Promise<void> {
    await this.dialog.getByRole('button', { name: /^Add (account|\d+ accounts)$/ }).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  async typeIn({ issuer, name, secret }: { issuer: string; name: string; secret: string }): Promise<void> {
    await this.openAddAccount('Type it in');
    await this.dialog.getByLabel('Issuer').fill(issuer);
    await this.dialog.getByLabel('Account').fill(name);
    await this.dialog.getByLabel('Secret').fill(secret);
    await this.dialog.locator('button[type=submit]').click();
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
