// The administrator's side of the console: users, two-factor authentication for everyone, audit.
import type { Locator, Page } from 'playwright-core';

export class AdministrationPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async openTab(name: 'Users' | 'Audit' | 'Policy' | 'My account'): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  /** The row of the user with that display name. */
  row(displayName: string): Locator {
    return this.page.getByRole('table', { name: 'Users' }).getByRole('row').filter({ hasText: displayName });
  }

  /** The open dialog; messages at the foot of the window have the same role, so the class tells them apart. */
  get dialog(): Locator {
    return this.page.locator('.dialog');
  }

  /** Adds a user and answers the one-time password. */
  async addUser(displayName: string, userName: string): Promise<string> {
    await this.page.getByRole('button', { name: 'Add user', exact: true }).click();
    await this.dialog.getByLabel('Name', { exact: true }).fill(displayName);
    await this.dialog.getByLabel('User name').fill(userName);
    await this.dialog.getByRole('button', { name: 'Add user' }).click();
    return this.takeOneTimePassword();
  }

  /** Reads the one-time password that is shown this once, and closes its dialog. */
  async takeOneTimePassword(): Promise<string> {
    const shown = this.dialog.locator('.password-shown');
    await shown.waitFor();
    const password = (await shown.textContent()) ?? '';
    await this.dialog.getByRole('button', { name: 'Done' }).click();
    await this.dialog.waitFor({ state: 'hidden' });
    return password;
  }

  /** Opens the dialog of an action in the menu of a user's row. */
  async choose(displayName: string, action: string): Promise<Locator> {
    await this.row(displayName)
      .getByRole('button', { name: `Actions for ${displayName}` })
      .click();
    await this.page.getByRole('menuitem', { name: action }).click();
    await this.dialog.waitFor();
    return this.dialog;
  }

  /** Chooses these users for a bulk action, or gives them up again. */
  async choosePeople(...displayNames: readonly string[]): Promise<void> {
    for (const name of displayNames) await this.row(name).locator('.choice').click();
    await this.bulkBar.waitFor();
  }

  /** The bar that is there while users are chosen. */
  get bulkBar(): Locator {
    return this.page.getByRole('region', { name: 'Chosen users' });
  }

  /** Opens the dialog of a bulk action in the bar's menu. */
  async bulk(action: string): Promise<Locator> {
    await this.bulkBar.getByRole('button', { name: 'More actions for the chosen users' }).click();
    await this.page.getByRole('menuitem', { name: action, exact: true }).click();
    await this.dialog.waitFor();
    return this.dialog;
  }

  /** Import, export or units, in the menu above the list. */
  async openMore(action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More: import, export and units' }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** Pastes the lines of a file of users and looks at them. */
  async previewImport(content: string): Promise<Locator> {
    await this.openMore('Import users…');
    await this.dialog.getByLabel('Or paste its lines').fill(content);
    await this.dialog.getByRole('button', { name: 'Preview' }).click();
    return this.dialog;
  }

  /** Opens the preview of turning two-factor authentication on or off (S19). */
  async previewTwoFactor(turnOn: boolean): Promise<Locator> {
    await this.page.getByRole('button', { name: turnOn ? 'Turn on for everyone' : 'Turn off' }).click();
    await this.dialog.getByRole('list', { name: 'What it does' }).waitFor();
    return this.dialog;
  }

  /** Confirms the open dialog, with the administrator's own code where one is asked. */
  async confirm(label: string, code?: string): Promise<void> {
    if (code !== undefined) await this.dialog.getByLabel('Your own current code').fill(code);
    await this.dialog.getByRole('button', { name: label, exact: true }).click();
  }
}
