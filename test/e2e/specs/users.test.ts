// Issue 4, users: import from CSV, units, bulk actions, editing and deleting, as an administrator does it.
import { expect, it } from 'vitest';
import { OtherAuthenticator } from '../devices/other-authenticator.ts';
import { onEachDriver, temporaryFolder } from '../drivers/index.ts';
import { AdministrationPage } from '../pages/administration-page.ts';
import { AppPage } from '../pages/app-page.ts';
import { ConsolePage } from '../pages/console-page.ts';

const MARIA = {
  organization: 'Northwind',
  displayName: 'Maria Keller',
  userName: 'maria.keller',
  password: 'glass otter 42 lantern',
};
const OWN_PASSWORD = 'paper walnut 77 harbour';

const FILE = [
  'user name;display name;role;unit',
  'jonas.frei;Jonas Frei;user;Sales',
  'ida.strand;Ida Strand;;sales',
  'noor.haddad;"Haddad, Noor";;Laboratory',
].join('\n');

onEachDriver('users', (driver) => {
  it('S11, G15: import, units, bulk, edit, role, exemption and delete', async () => {
    const app = await driver.start({ home: temporaryFolder() });
    const rooms = new AppPage(app.page);
    const console = new ConsolePage(app.page);
    const administration = new AdministrationPage(app.page);
    const { dialog } = administration;
    const isGone = () => dialog.waitFor({ state: 'hidden' });
    await rooms.openRoom('Console');
    await console.createOrganization(MARIA);
    await console.signedIn();

    // A file with a problem is shown line by line, and cannot be imported.
    await administration.previewImport(`${FILE}\nmaria.keller;Somebody;;\nida strand;Ida;;`);
    await dialog.getByText('2 lines cannot be imported').waitFor();
    await dialog.getByText('Somebody has that user name already.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Import 5 users' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Another file' }).click();

    // The mended one is imported as a whole; its one-time passwords are saved once.
    await dialog.getByLabel('Or paste its lines').fill(FILE);
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByText('Every line can be imported').waitFor();
    await administration.confirm('Import 3 users');
    await dialog.getByText('3 users added').waitFor();
    expect(await dialog.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
    const saving = app.page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save one-time passwords' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^one-time-passwords-\d{4}-\d\d-\d\d\.csv$/);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await saved.createReadStream())
      if (chunk instanceof Uint8Array) chunks.push(chunk);
    const lines = Buffer.concat(chunks).toString('utf8').split('\r\n');
    expect(lines[3]).toMatch(/^noor\.haddad,"Haddad, Noor",user,Laboratory,([a-z2-9]{4}-){3}[a-z2-9]{4},/);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await isGone();
    const oneTimePassword = lines[1]?.split(',')[4] ?? '';

    // It works at another browser, and the list shows the session.
    const otherPage = await app.openOtherBrowser();
    const otherConsole = new ConsolePage(otherPage);
    await new AppPage(otherPage).openRoom('Console');
    await otherConsole.signIn('jonas.frei', oneTimePassword);
    await otherConsole.changePassword(OWN_PASSWORD);
    await otherConsole.signedIn();
    // A page behind another one draws once a second.
    await app.page.bringToFront();

    // Search, filter, units.
    await app.page.getByPlaceholder('Search name or user name').fill('haddad noor');
    await administration.row('Jonas Frei').waitFor({ state: 'detached' });
    await administration.row('Haddad, Noor').waitFor();
    await app.page.getByRole('button', { name: 'Clear search' }).click();
    await administration.row('Jonas Frei').waitFor();
    await administration.openMore('Units…');
    await dialog.getByLabel('New unit').fill('Archive');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByText('Archive').waitFor();
    await dialog.getByRole('button', { name: 'Remove Sales' }).click();
    await dialog.getByText('still has 2 users').waitFor();
    await dialog.getByRole('button', { name: 'Rename Laboratory' }).click();
    await dialog.getByLabel('Name of Laboratory').fill('Research');
    await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
    await dialog.getByText('Research').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await isGone();

    // Editing: another name and unit.
    await administration.choose('Haddad, Noor', 'Edit');
    await dialog.getByLabel('Name', { exact: true }).fill('Noor Haddad');
    await administration.confirm('Save');
    await isGone();
    await administration.row('Noor Haddad').waitFor();

    // A range by keys, from the box of a row: Shift and the arrow choose the next one too.
    await administration.row('Ida Strand').locator('input[type=checkbox]').focus();
    await app.page.keyboard.press('Space');
    await app.page.keyboard.press('Shift+ArrowDown');
    await administration.bulkBar.getByText('2 users chosen').waitFor();

    // Bulk: what could not be done is told with its reason, and the other browser's session ends (S11).
    await administration.bulk('Deactivate');
    expect(await dialog.textContent()).toContain('Ends 1 session and 0 trusted browsers.');
    await administration.confirm('Deactivate');
    await dialog.getByText('2 users were deactivated.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await isGone();
    await otherConsole.screen('Sign in').waitFor();
    await app.page.getByRole('table', { name: 'Users' }).locator('.user-list-head .choice').click();
    await administration.bulk('Activate');
    await administration.confirm('Activate');
    await dialog.getByText('2 users were activated.').waitFor();
    await dialog.getByText('Was active.').first().waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await isGone();

    // An administrator of a unit sees the unit alone.
    await administration.choose('Jonas Frei', 'Make administrator');
    await dialog.getByRole('button', { name: /Administers/ }).click();
    await app.page.getByRole('option', { name: 'Sales' }).click();
    await administration.confirm('Make administrator');
    await isGone();
    await otherPage.bringToFront();
    await otherConsole.signIn('jonas.frei', OWN_PASSWORD);
    await otherConsole.signedIn();
    await otherPage.getByRole('heading', { name: /Users of Sales/ }).waitFor();
    const seen = new AdministrationPage(otherPage);
    await seen.row('Ida Strand').waitFor();
    expect(await seen.row('Noor Haddad').count()).toBe(0);
    await otherPage.getByRole('button', { name: 'More: import, export and units' }).click();
    expect(await otherPage.getByRole('menuitem', { name: 'Units…' }).count()).toBe(0);
    await otherPage.keyboard.press('Escape');
    await app.page.bringToFront();

    // G15 and back, then deletion: the row says so, and the user is gone for good.
    await administration.choose('Noor Haddad', 'Make service account');
    await administration.confirm('Make service account');
    await isGone();
    await administration.row('Noor Haddad').getByText('Service account').waitFor();
    await administration.choose('Noor Haddad', 'End service account');
    await administration.confirm('End service account');
    await isGone();
    await administration.row('Noor Haddad').getByText('Not set up').waitFor();
    await administration.choose('Noor Haddad', 'Delete');
    await administration.confirm('Delete');
    await isGone();
    await administration.row('Noor Haddad').waitFor({ state: 'detached' });

    // The export holds those who are left.
    const exporting = app.page.waitForEvent('download');
    await administration.openMore('Export the list');
    expect((await exporting).suggestedFilename()).toMatch(/^users-\d{4}-\d\d-\d\d\.csv$/);
    expect(app.problems).toEqual([]);
    await app.close();
  });

  it('S10, G14: a bulk reset of trusted browsers asks for the own code, and the next sign-in for a code again', async () => {
    const app = await driver.start({ home: temporaryFolder() });
    const console = new ConsolePage(app.page);
    const administration = new AdministrationPage(app.page);
    await new AppPage(app.page).openRoom('Console');
    await console.createOrganization(MARIA);
    await console.signedIn();
    const oneTimePassword = await administration.addUser('Jonas Frei', 'jonas.frei');
    const preview = await administration.previewTwoFactor(true);
    await administration.confirm('Turn on');
    await preview.waitFor({ state: 'hidden' });
    await console.signOut();
    await console.signIn(MARIA.userName, MARIA.password);
    await console.screen('Set up two-factor authentication').waitFor();
    const ownDevice = new OtherAuthenticator(await console.secret());
    await console.confirmCode(await ownDevice.unused());
    await console.keepSecret();
    await console.signedIn();

    // Jonas sets his factor up and trusts his browser.
    const otherPage = await app.openOtherBrowser();
    const otherConsole = new ConsolePage(otherPage);
    await new AppPage(otherPage).openRoom('Console');
    await otherConsole.signIn('jonas.frei', oneTimePassword);
    await otherConsole.changePassword(OWN_PASSWORD);
    await otherConsole.screen('Set up two-factor authentication').waitFor();
    const device = new OtherAuthenticator(await otherConsole.secret());
    await otherConsole.confirmCode(await device.unused());
    await otherConsole.keepSecret();
    await otherConsole.signedIn();
    await otherConsole.signOut();
    await otherConsole.signIn('jonas.frei', OWN_PASSWORD);
    await otherConsole.submitCode(await device.unused(), { trust: true });
    await otherConsole.signedIn();
    await otherConsole.signOut();

    // Without the own code nothing is sent; with it the trust ends, and the summary says for how many.
    await app.page.bringToFront();
    await administration.choosePeople('Jonas Frei');
    const dialog = await administration.bulk('Reset trusted browsers');
    expect(await dialog.textContent()).toContain('Ends 1 trusted browser.');
    expect(await dialog.getByRole('button', { name: 'Reset' }).isDisabled()).toBe(true);
    await administration.confirm('Reset', await ownDevice.unused());
    await dialog.getByText('1 user was reset.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'hidden' });
    await otherPage.bringToFront();
    await otherConsole.signIn('jonas.frei', OWN_PASSWORD);
    await otherConsole.screen('Enter your code').waitFor();
    expect(app.problems).toEqual([]);
    await app.close();
  });
});
