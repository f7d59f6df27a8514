// Issue 3, "Backups": set up, made, proved to open, and restored where nothing was.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEachDriver, type RunningApp, temporaryFolder } from '../drivers/index.ts';
import { AppPage } from '../pages/app-page.ts';
import { AuthenticatorPage } from '../pages/authenticator-page.ts';

const PASSWORD = 'glass otter 42 lantern';
const SECRETS = {
  GitHub: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  Northwind: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU',
  Fastmail: 'ONSWG4TFOQYTEMZUONSWG4TFOQYTEMZU',
} as const;

onEachDriver('backup', (driver) => {
  const folder = join(temporaryFolder(), 'on another disk');
  let app: RunningApp;
  let authenticator: AuthenticatorPage;

  const add = (issuer: keyof typeof SECRETS) =>
    authenticator.typeIn({ issuer, name: 'maria.keller', secret: SECRETS[issuer] });
  const dialog = () => app.page.locator('.dialog');
  const card = () => app.page.getByRole('region', { name: 'Backups' });

  beforeAll(async () => {
    app = await driver.start({ home: temporaryFolder() });
    authenticator = new AuthenticatorPage(app.page);
    await new AppPage(app.page).ready();
    await add('GitHub');
    await add('Northwind');
  });
  afterAll(() => app.close());

  it('backup: while there is none, the authenticator reminds of it and leads to the set-up', async () => {
    await app.page.getByText('There is no backup of your accounts').waitFor();
    await app.page.getByRole('button', { name: 'Set up backups' }).click();
    await dialog().getByLabel('Folder', { exact: true }).fill('backups');
    await dialog().getByLabel('Backup password', { exact: true }).fill(PASSWORD);
    await dialog().getByLabel('Backup password again', { exact: true }).fill(PASSWORD);
    await dialog().getByRole('button', { name: 'Make the first backup' }).click();
    await dialog().getByText('Give the whole path of the folder').waitFor();
    await dialog().getByLabel('Folder', { exact: true }).fill(folder);
    await dialog().getByRole('button', { name: 'Make the first backup' }).click();
    await app.page.getByText('The first backup is made').waitFor();
    await app.page.getByText('There is no backup of your accounts').waitFor({ state: 'hidden' });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('backup: a test restore opens it with its password, and with no other', async () => {
    await new AppPage(app.page).openRoom('Settings');
    await card().getByText('Not tested yet').waitFor();
    await card().getByRole('button', { name: 'Test restore' }).click();
    await dialog().getByLabel('Backup password', { exact: true }).fill('glass otter 43 lantern');
    await dialog().getByRole('button', { name: 'Open the backup' }).click();
    await dialog().getByText('This password does not open the file').waitFor();
    await dialog().getByLabel('Backup password', { exact: true }).fill(PASSWORD);
    await dialog().getByRole('button', { name: 'Open the backup' }).click();
    await dialog().getByText('It holds all 2 accounts that you use').waitFor();
    await dialog().getByRole('button', { name: 'Done' }).click();
    await card().getByText('2 accounts found').waitFor();
  });

  it('backup: made by hand after a change it holds the new account too; also after a restart', async () => {
    await new AppPage(app.page).openRoom('Authenticator');
    await add('Fastmail');
    await app.restart();
    authenticator = new AuthenticatorPage(app.page);
    await new AppPage(app.page).ready();
    // The one that was due was made when the app quit.
    expect(readdirSync(folder)).toHaveLength(2);
    await new AppPage(app.page).openRoom('Settings');
    await card().getByText('3 accounts').waitFor();
    await card().getByRole('button', { name: 'Back up now' }).click();
    await app.page.getByText('Backed up 3 accounts').waitFor();
    expect(readdirSync(folder)).toHaveLength(3);
    expect(app.problems).toEqual([]);
  });

  it('backup: restored where nothing was, through the import, all accounts are there with the same codes', async () => {
    const newest = readdirSync(folder).sort().at(-1) ?? '';
    const restored = await driver.start({ home: temporaryFolder() });
    try {
      await new AppPage(restored.page).ready();
      const page = new AuthenticatorPage(restored.page);
      await restored.page.getByRole('button', { name: 'Move from another app' }).click();
      await restored.page.locator('input[type=file]').setInputFiles(join(folder, newest));
      await page.dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.dialog.getByRole('button', { name: 'Open file' }).click();
      await page.confirmPreview();
      await page.row('Fastmail').waitFor();
      expect(await page.issuers()).toEqual(['GitHub', 'Northwind', 'Fastmail']);
      expect(restored.problems).toEqual([]);
    } finally {
      await restored.close();
    }
  });
});
