// The console as its users see it: sign-in, set-up, codes, keeping the secret, one's own account.
import type { Locator, Page } from 'playwright-core';

export interface NewOrganization {
  readonly organization: string;
  readonly displayName: string;
  readonly userName: string;
  readonly password: string;
}

export interface SamplePassword {
  readonly name: string;
  readonly userName: string;
  readonly oneTimePassword: string;
}

export class ConsolePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** The title of the screen: 'Sign in', 'Enter your code', … */
  screen(title: string): Locator {
    return this.page.getByRole('heading', { level: 1, name: title });
  }

  /** What is said about something that went wrong, beside a field or on its own. */
  get complaint(): Locator {
    return this.page.locator('main').locator('[role=alert], .field-error');
  }

  async createOrganization({
    organization,
    displayName,
    userName,
    password,
  }: NewOrganization): Promise<void> {
    await this.screen('Create an organization').waitFor();
    await this.page.getByLabel('Organization name').fill(organization);
    await this.page.getByLabel('Your name').fill(displayName);
    await this.page.getByLabel('User name').fill(userName);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Create organization' }).click();
  }

  /** Tries the sample organization and reads its one-time passwords; goes on to the sign-in. */
  async trySample(): Promise<SamplePassword[]> {
    await this.page.getByRole('button', { name: 'Try a sample organization' }).click();
    const rows = this.page.locator('.people-table tbody tr');
    await rows.first().waitFor();
    const people: SamplePassword[] = [];
    for (const row of await rows.all()) {
      people.push({
        name: (await row.locator('.table-title').textContent()) ?? '',
        userName: (await row.locator('td').nth(1).textContent()) ?? '',
        oneTimePassword: (await row.locator('.password-shown').textContent()) ?? '',
      });
    }
    await this.page.getByRole('button', { name: 'Continue to sign-in' }).click();
    await this.screen('Sign in').waitFor();
    return people;
  }

  async signIn(userName: string, password: string): Promise<void> {
    await this.screen('Sign in').waitFor();
    await this.page.getByLabel('User name').fill(userName);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async changePassword(password: string): Promise<void> {
    await this.screen('Choose your own password').waitFor();
    await this.page.getByLabel('New password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Change password' }).click();
  }

  /** The secret shown during set-up, reset or keep-your-secret, in base32 without spaces. */
  async secret(): Promise<string> {
    return ((await this.page.locator('.secret-text').textContent()) ?? '').replaceAll(' ', '');
  }

  get qrCode(): Locator {
    return this.page.locator('.qr-code').first();
  }

  /** During a set-up or a reset. */
  async confirmCode(code: string): Promise<void> {
    await this.page.getByLabel('Code that the app shows').fill(code);
    await this.page.getByRole('button', { name: 'Confirm' }).click();
  }

  /** Leaves keep-your-secret. */
  async keepSecret(): Promise<void> {
    await this.screen('Keep your secret').waitFor();
    await this.page.getByRole('button', { name: 'Continue' }).click();
  }

  async submitCode(code: string, { trust = false } = {}): Promise<void> {
    await this.screen('Enter your code').waitFor();
    await this.page.getByLabel('Code', { exact: true }).fill(code);
    if (trust) await this.page.getByText('Trust this browser for').click();
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).click();
    await this.screen('Sign in').waitFor();
  }

  /** Resolves once somebody is signed in and sees the account or the administration. */
  async signedIn(): Promise<void> {
    await this.page.getByRole('button', { name: 'Sign out' }).waitFor();
  }

  /** Starts a reset of the own factor with a code of the old device (G12). */
  async startReset(oldCode: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Reset two-factor authentication' }).click();
    const dialog = this.page.locator('.dialog');
    await dialog.getByLabel('Your own current code').fill(oldCode);
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** After a code that was refused because of the device's clock: two codes in a row (S16). */
  async resynchronize(first: string, second: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Enter two codes' }).click();
    await this.screen('Enter two codes in a row').waitFor();
    await this.page.getByLabel('First code').fill(first);
    await this.page.getByLabel('Next code').fill(second);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** From the code screen to the ways on, each as the text that it shows. */
  async lostDevice(): Promise<string[]> {
    await this.page.getByRole('button', { name: 'I can’t use my device' }).click();
    const ways = this.page.getByRole('list', { name: 'Ways on' });
    await ways.waitFor();
    return ways.locator('.way').allTextContents();
  }

  /** From the ways on. */
  async useRecoveryCode(code: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Enter a recovery code' }).click();
    await this.page.getByLabel('Recovery code').fill(code);
    await this.page.getByRole('button', { name: 'Sign in' }).click();
  }

  /** From the ways on. */
  async useBreakGlassCode(code: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Use a break-glass code' }).click();
    await this.page.getByLabel('Break-glass code').fill(code);
    await this.page.getByRole('button', { name: 'Use the code' }).click();
  }

  /** On the account's page: makes recovery codes and answers them; their dialog stays open. */
  async makeRecoveryCodes(code: string): Promise<string[]> {
    await this.page.getByRole('button', { name: /^Make (recovery|new) codes$/ }).click();
    return this.confirmCodes(code);
  }

  /** Confirms the making of codes with an own code, and reads them. */
  async confirmCodes(code: string): Promise<string[]> {
    const dialog = this.page.locator('.dialog');
    await dialog.getByLabel('Your own current code').fill(code);
    await dialog.getByRole('button', { name: 'Make codes' }).click();
    const codes = dialog.getByRole('list', { name: 'Codes' });
    await codes.waitFor();
    return codes.getByRole('listitem').allTextContents();
  }

  /** Closes the dialog that shows codes this once. */
  async closeCodes(): Promise<void> {
    const dialog = this.page.locator('.dialog');
    await dialog.getByRole('button', { name: /^(Done|Close without keeping them)$/ }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** The restore drill, on the account's page or on keep-your-secret. */
  async proveBackup(code: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Prove that it works' }).click();
    const dialog = this.page.locator('.dialog');
    await dialog.getByLabel('Code of the second authenticator').fill(code);
    await dialog.getByRole('button', { name: 'Prove', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
  }
}
