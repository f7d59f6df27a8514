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

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search issuer, account, tag' });
  }

  /** The issuers in the order of the list. */
  issuers(): Promise<string[]> {
    return this.page.locator('.account-row .account-name').allTextContents();
  }

  /** Chooses from the menu of the row. */
  async choose(text: string, action: string): Promise<void> {
    await this.row(text).getByRole('button', { name: 'Actions for' }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** Chooses from the menu above the list. */
  async chooseMore(action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More', exact: true }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  async chooseOrder(order: 'By hand' | 'Name' | 'Last used' | 'Most used'): Promise<void> {
    await this.page.getByRole('button', { name: 'Order:' }).click();
    await this.page.getByRole('menuitemradio', { name: order }).click();
    await this.page.getByRole('button', { name: `Order: ${order}` }).waitFor();
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
    await this.dialog.getByRole('textbox', { name: 'Link' }).fill(link);
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
    await this.dialog.getByRole('textbox', { name: 'Account' }).fill(name);
    await this.dialog.getByLabel('Secret').fill(secret);
    await this.dialog.locator('button[type=submit]').click();
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
