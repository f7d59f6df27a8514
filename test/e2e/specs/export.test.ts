// Issue 3, "Import and export": what is written reads back, is for this user alone, and says where it lies.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { onEachDriver, type RunningApp, temporaryFolder } from '../drivers/index.ts';
import { startDesktopApp } from '../drivers/electron-host-driver.ts';
import { AppPage } from '../pages/app-page.ts';
import { AuthenticatorPage } from '../pages/authenticator-page.ts';
import { TransferPage } from '../pages/transfer-page.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const PASSWORD = 'paper walnut 77 harbour';
const links = ['maria', 'jonas', 'kim'].map(
  (name) => `otpauth://totp/Northwind:${name}?secret=${SECRET}&issuer=Northwind`,
);

onEachDriver('export', (driver) => {
  let app: RunningApp;
  let transfer: TransferPage;
  /** Where the loopback host puts files; the desktop asks. */
  const downloads = join(temporaryFolder(), 'Downloads');
  let answerDialog = (path: string): Promise<void> => Promise.reject(new Error(`Nobody asks for ${path}.`));

  beforeAll(async () => {
    mkdirSync(downloads);
    const configuration = temporaryFolder();
    writeFileSync(join(configuration, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
    const options = { home: temporaryFolder(), env: { XDG_CONFIG_HOME: configuration } };
    if (driver.name === 'electron-host') {
      const desktop = await startDesktopApp(options);
      answerDialog = (path) => desktop.desktop.answerDialog(path);
      app = desktop;
    } else {
      app = await driver.start(options);
      answerDialog = () => Promise.resolve();
    }
    await new AppPage(app.page).ready();
    transfer = new TransferPage(app.page);
    await transfer.hand('paste', [], links.join('\n'));
    await transfer.confirm('Add 3 accounts');
    await new AuthenticatorPage(app.page).row('kim').waitFor();
  });
  // A test that fails must not leave its dialog to the next one.
  beforeEach(async () => {
    await app.page.reload();
    await new AppPage(app.page).ready();
  });
  afterAll(async () => {
    expect(app.problems).toEqual([]);
    await app.close();
  });

  it('writes otpauth links in clear only after a confirmation, with mode 0600', async () => {
    await answerDialog(join(downloads, 'twofold-links.txt'));
    await transfer.planExport('File for another app, in clear', 'otpauth links');
    expect(await transfer.dialog.locator('button[type=submit]').isDisabled()).toBe(true);
    await transfer.dialog.getByText('I know that the file holds the secrets in clear.').click();
    await transfer.finishExport();
    const [path = ''] = await transfer.exportedPaths();
    expect(path).toBe(join(downloads, 'twofold-links.txt'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(3);
    expect(readFileSync(path, 'utf8')).toContain(SECRET);
    await transfer.dialog.getByRole('button', { name: 'Done' }).click();
  });

  it('writes an encrypted file that holds no secret in clear and reads back with its password', async () => {
    await answerDialog(join(downloads, 'twofold-backup.json'));
    await transfer.planExport('Encrypted file', 'Twofold');
    await transfer.protectWith(PASSWORD);
    await transfer.finishExport();
    const [path = ''] = await transfer.exportedPaths();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const content = readFileSync(path);
    expect(content.includes(SECRET)).toBe(false);
    await transfer.dialog.getByRole('button', { name: 'Done' }).click();

    await transfer.open('Import a file');
    await transfer.chooseFiles([{ name: 'backup.json', content }]);
    await transfer.enterPassword(PASSWORD);
    await transfer.candidate('kim').waitFor();
    await transfer.dialog.getByText('3 already there').waitFor();
    await transfer.close();
  });

  it('asks for a password of eight characters, twice the same', async () => {
    await transfer.planExport('Encrypted file', 'Aegis');
    const finish = transfer.dialog.locator('button[type=submit]');
    await transfer.protectWith('short');
    expect(await finish.isDisabled()).toBe(true);
    await transfer.protectWith(PASSWORD);
    expect(await finish.isDisabled()).toBe(false);
    await transfer.dialog.getByRole('textbox', { name: 'Password of the file again' }).fill('another one');
    await transfer.dialog.getByText('The two are not the same.').waitFor();
    expect(await finish.isDisabled()).toBe(true);
    await transfer.close();
  });

  it('shows the QR codes for Google Authenticator on screen', async () => {
    await transfer.planExport('Google Authenticator', 'QR codes on this screen');
    await transfer.dialog.getByText('I know that these QR codes').click();
    await transfer.finishExport();
    await transfer.dialog.getByText('Page 1 of 1').waitFor();
    await transfer.dialog.getByRole('img', { name: 'QR code 1 of 1 for Google Authenticator' }).waitFor();
    await transfer.dialog.getByRole('button', { name: 'Done' }).click();
  });

  it('writes only what was selected', async () => {
    await answerDialog(join(downloads, 'twofold-selected.txt'));
    await app.page.getByRole('button', { name: 'More', exact: true }).click();
    await app.page.getByRole('menuitem', { name: 'Export…' }).click();
    await transfer.dialog.getByText('Selected accounts').click();
    await transfer.dialog.getByRole('button', { name: 'Select none' }).click();
    await transfer.dialog.getByText('kim').click();
    await transfer.dialog.getByRole('button', { name: 'Continue with 1 account' }).click();
    await transfer.dialog.getByText('File for another app, in clear', { exact: true }).click();
    await transfer.dialog.getByRole('button', { name: /^Continue/ }).click();
    await transfer.dialog.getByText('I know that the file holds the secrets in clear.').click();
    await transfer.finishExport();
    const [path = ''] = await transfer.exportedPaths();
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('kim');
    expect(text).not.toContain('maria');
    await transfer.dialog.getByRole('button', { name: 'Done' }).click();
  });
});

onEachDriver('export with a passphrase', (driver) => {
  it('asks for the passphrase before anything in clear, and says when it is wrong', async () => {
    const app = await driver.start({ home: temporaryFolder(), keychain: 'none' });
    try {
      const passphrase = 'glass otter 42 lantern';
      await app.page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
      await app.page.getByLabel('Passphrase again', { exact: true }).fill(passphrase);
      await app.page.getByRole('button', { name: 'Use this passphrase' }).click();
      await new AppPage(app.page).ready();
      const transfer = new TransferPage(app.page);
      await transfer.hand('paste', [], links.join('\n'));
      await transfer.confirm('Add 3 accounts');

      await transfer.planExport('Google Authenticator', 'QR codes on this screen');
      const field = transfer.dialog.getByRole('textbox', { name: 'Your passphrase' });
      await field.fill('something else');
      await transfer.finishExport();
      await transfer.dialog.getByText('That is not the passphrase').waitFor();
      await field.fill(passphrase);
      await transfer.finishExport();
      await transfer.dialog.getByText('Page 1 of 1').waitFor();
      expect(app.problems).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
