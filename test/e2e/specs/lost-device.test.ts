// Lost devices and clocks that are off, as users meet them at the code screen: each of the ways on, walked to its end.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { OtherAuthenticator } from '../devices/other-authenticator.ts';
import { onEachDriver, type RunningApp, temporaryFolder } from '../drivers/index.ts';
import { AdministrationPage } from '../pages/administration-page.ts';
import { AppPage } from '../pages/app-page.ts';
import { ConsolePage } from '../pages/console-page.ts';
import { callHost } from '../drivers/call-host.ts';

const MARIA = {
  organization: 'Northwind',
  displayName: 'Maria Keller',
  userName: 'maria.keller',
  password: 'glass otter 42 lantern',
};
const JONAS = { userName: 'jonas.frei', password: 'paper walnut 77 harbour' };

onEachDriver('a lost device', (driver) => {
  let app: RunningApp;
  let oneTimePassword = '';
  let mariaDevice: OtherAuthenticator;
  let jonasSecret = '';
  let jonasDevice: OtherAuthenticator;
  /** Jonas’s browser. */
  let page: Page;

  const openConsole = async (where: Page): Promise<ConsolePage> => {
    const rooms = new AppPage(where);
    await rooms.ready();
    await rooms.openRoom('Console');
    return new ConsolePage(where);
  };
  const toCodeScreen = async (console: ConsolePage, who: { userName: string; password: string }) => {
    await console.signIn(who.userName, who.password);
    await console.screen('Enter your code').waitFor();
  };

  beforeAll(async () => {
    app = await driver.start({ home: temporaryFolder() });
    const console = await openConsole(app.page);
    await console.createOrganization(MARIA);
    await console.signedIn();
    const jonas = {
      userName: JONAS.userName,
      displayName: 'Jonas Frei',
      role: 'user',
      unitId: null,
    } as const;
    ({ oneTimePassword } = await callHost(app.page, 'administration:addUser', jonas));
    await callHost(app.page, 'administration:setTwoFactor', { turnOn: true, code: null });
    const { policy } = await callHost(app.page, 'administration:policy', {});
    await callHost(app.page, 'administration:savePolicy', {
      policy: { ...policy, recoveryCodes: true },
      code: null,
    });
    page = await app.openOtherBrowser();
  });
  afterAll(() => app.close());

  it('G3-G5: the set-up in three steps, and the restore drill proves the kept secret', async () => {
    const console = await openConsole(page);
    await console.signIn(JONAS.userName, oneTimePassword);
    await console.changePassword(JONAS.password);
    await console.screen('Set up two-factor authentication').waitFor();
    expect(await page.getByRole('list', { name: 'Steps' }).getByRole('listitem').allTextContents()).toEqual([
      '1Scan',
      '2Confirm',
      '3Keep',
    ]);
    jonasSecret = await console.secret();
    jonasDevice = new OtherAuthenticator(jonasSecret);
    await console.confirmCode(await jonasDevice.unused());
    await console.screen('Keep your secret').waitFor();
    await page.getByRole('button', { name: 'Copy secret' }).click();
    await console.proveBackup(await jonasDevice.unused());
    await page.getByText('A second authenticator has shown a right code.').waitFor();
    await console.keepSecret();
    await page.getByText(/^Proved on/).waitFor();
  });

  it('G9-G11: the ways on, and which of them are open; a recovery code signs in once', async () => {
    const console = await openConsole(page);
    const codes = await console.makeRecoveryCodes(await jonasDevice.unused());
    expect(codes).toHaveLength(10);
    await console.closeCodes();
    await page.getByText('10 codes left.').waitFor();
    await console.signOut();

    await toCodeScreen(console, JONAS);
    const ways = await console.lostDevice();
    expect(ways[0], 'G9').toMatch(/From a browser that you trust.*Not open to you/);
    expect(ways[1], 'G10').toMatch(/With the QR code or secret that you kept.*Proved on/);
    expect(ways[2], 'G11').toMatch(/With an administrator.*Ask Maria Keller/);
    expect(ways[3]).toMatch(/With a recovery code.*10 left/);
    expect(ways).toHaveLength(4);
    await console.useRecoveryCode('AAAA-BBBB-CCCC-DDDD');
    await page.getByText('none of your unused recovery codes').waitFor();
    await page.getByLabel('Recovery code').fill((codes[0] ?? '').toLowerCase());
    await page.getByRole('button', { name: 'Sign in' }).click();
    await console.signedIn();
    await page.getByText('9 codes left.').waitFor();
    await console.signOut();
  });

  it('G10, G9, S17: a device set up from the kept secret signs in; its browser is trusted, and named elsewhere', async () => {
    const console = new ConsolePage(page);
    const newDevice = new OtherAuthenticator(jonasSecret);
    await toCodeScreen(console, JONAS);
    const code = await jonasDevice.unused();
    expect(
      [-30_000, 0, 30_000].map((offsetMs) => newDevice.codeAt(offsetMs)),
      'the same codes',
    ).toContain(code);
    await console.submitCode(code, { trust: true });
    // S17: told of the recovery code at the sign-in after it.
    await console.signedIn();
    await page.getByText('A recovery code was used to sign in as you.').waitFor();
    await console.signOut();

    const elsewhere = await app.openOtherBrowser();
    const there = await openConsole(elsewhere);
    await toCodeScreen(there, JONAS);
    expect((await there.lostDevice())[0], 'G9').toMatch(/Open to you.*Sign in there/);
    await console.signIn(JONAS.userName, JONAS.password);
    await console.signedIn();
    await console.signOut();
  });

  it('S16, G8: two codes in a row of a clock that is ahead are taken up, and codes of it are accepted then', async () => {
    const elsewhere = await app.openOtherBrowser();
    const console = await openConsole(elsewhere);
    await toCodeScreen(console, JONAS);
    const codes = [150_000, 180_000, 210_000].map((aheadMs) => jonasDevice.codeAt(aheadMs));
    await console.submitCode(codes[0] ?? '');
    await console.complaint.first().waitFor();
    expect(await console.complaint.first().textContent()).toMatch(/\d+ s ahead/);
    await console.resynchronize(codes[0] ?? '', codes[1] ?? '');
    await console.signedIn();
    await console.signOut();
    await toCodeScreen(console, JONAS);
    await console.submitCode(codes[2] ?? '');
    await console.signedIn();
    await console.signOut();
  });

  it('break-glass: sealed codes begin a delay that is told to administrators, and a code cancels it', async () => {
    const console = new ConsolePage(app.page);
    await console.signOut();
    await console.signIn(MARIA.userName, MARIA.password);
    await console.screen('Set up two-factor authentication').waitFor();
    mariaDevice = new OtherAuthenticator(await console.secret());
    await console.confirmCode(await mariaDevice.unused());
    await console.keepSecret();
    await new AdministrationPage(app.page).openTab('Policy');
    await app.page.getByRole('button', { name: 'Make break-glass codes' }).click();
    // The own code is asked once main wants one.
    await app.page.locator('.dialog').getByRole('button', { name: 'Make codes' }).click();
    const sealed = await console.confirmCodes(await mariaDevice.unused());
    expect(sealed).toHaveLength(5);
    await console.closeCodes();

    const elsewhere = await app.openOtherBrowser();
    const lost = await openConsole(elsewhere);
    await toCodeScreen(lost, MARIA);
    expect((await lost.lostDevice()).at(-1)).toMatch(/With a break-glass code.*After a delay/);
    await lost.useBreakGlassCode(sealed[0] ?? '');
    await lost.screen('The delay is running').waitFor();
    await app.page.getByText('A break-glass code was used.', { exact: true }).waitFor();
    await app.page.getByRole('button', { name: 'Cancel it' }).click();
    const dialog = app.page.locator('.dialog');
    await dialog.getByLabel('Your own current code').fill(await mariaDevice.unused());
    await dialog.getByRole('button', { name: 'Cancel the use' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await app.page.getByText('A break-glass code was used.', { exact: true }).waitFor({ state: 'hidden' });
    await lost.screen('Enter your code').waitFor();
    expect(app.problems).toEqual([]);
  });
});
