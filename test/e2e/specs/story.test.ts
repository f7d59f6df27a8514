// The main job, as a user does it: an organization, its second factor, the authenticator that answers, a lost device.
import { expect, it } from 'vitest';
import { OtherAuthenticator } from '../devices/other-authenticator.ts';
import { onEachDriver, temporaryFolder } from '../drivers/index.ts';
import { AdministrationPage } from '../pages/administration-page.ts';
import { AppPage } from '../pages/app-page.ts';
import { AuthenticatorPage } from '../pages/authenticator-page.ts';
import { ConsolePage } from '../pages/console-page.ts';

const MARIA = {
  organization: 'Northwind',
  displayName: 'Maria Keller',
  userName: 'maria.keller',
  password: 'glass otter 42 lantern',
};
const JONAS_PASSWORD = 'paper walnut 77 harbour';

onEachDriver('the main job', (driver) => {
  it('G1-G7, G12, G13, S19: from a new organization to a reset second factor, and back after a restart', async () => {
    const app = await driver.start({ home: temporaryFolder() });
    let rooms = new AppPage(app.page);
    let console = new ConsolePage(app.page);
    const administration = new AdministrationPage(app.page);
    let authenticator = new AuthenticatorPage(app.page);

    // 1, 2: an organization, a user, and two-factor authentication for everyone after a look at whom it affects.
    await rooms.openRoom('Console');
    await console.createOrganization(MARIA);
    await console.signedIn();
    const oneTimePassword = await administration.addUser('Jonas Frei', 'jonas.frei');
    for (const name of ['Maria Keller', 'Jonas Frei']) {
      expect(await administration.row(name).textContent()).toContain('Not set up');
    }
    const preview = await administration.previewTwoFactor(true);
    expect(await preview.textContent(), 'S19: the blast radius').toMatch(/2 users/);
    await administration.confirm('Turn on');
    await preview.waitFor({ state: 'hidden' });
    await console.signedIn(); // G2: the administrator's own session goes on.

    // 3: at the next sign-in there is no way around the set-up, and its secret stays the same.
    await console.signOut();
    await console.signIn(MARIA.userName, MARIA.password);
    await console.screen('Set up two-factor authentication').waitFor();
    const secret = await console.secret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const otherApp = new OtherAuthenticator(secret);
    await console.confirmCode(otherApp.codeAt(1_000_000_000));
    await console.complaint.first().waitFor();
    expect(await console.secret(), 'the same after a wrong code').toBe(secret);
    await app.page.reload();
    await rooms.ready();
    await rooms.openRoom('Console');
    await console.screen('Set up two-factor authentication').waitFor();
    expect(await console.secret(), 'the same after a reload').toBe(secret);

    // 4: a screenshot of that screen is all that the authenticator needs.
    await console.qrCode.waitFor();
    const picture = await app.page.screenshot();
    await rooms.openRoom('Authenticator');
    await authenticator.readPicture(picture);
    await authenticator.confirmPreview();
    const row = authenticator.row('maria.keller');
    await row.waitFor();
    expect(await row.textContent()).toContain('Northwind');
    const firstCode = await authenticator.code('maria.keller');
    expect(otherApp.shows(firstCode), 'an independent authenticator agrees').toBe(true);

    // 5: its code completes the set-up, and the secret is there to keep.
    await rooms.openRoom('Console');
    await console.confirmCode(firstCode);
    await console.screen('Keep your secret').waitFor();
    for (const way of ['Print', 'Save as PDF', 'Save image', 'Copy secret']) {
      expect(await app.page.getByRole('button', { name: way }).isEnabled(), way).toBe(true);
    }
    otherApp.used(firstCode);
    await console.keepSecret();
    await console.signedIn();

    // 6, 7: the same code is refused with its reason, the next one works, and the browser is trusted from now on.
    await console.signOut();
    await console.signIn(MARIA.userName, MARIA.password);
    await console.submitCode(firstCode);
    await console.complaint.first().waitFor();
    expect(await console.complaint.first().textContent(), 'S1').toContain('used already');
    await console.submitCode(await otherApp.unused(), { trust: true });
    await console.signedIn();
    await console.signOut();
    await console.signIn(MARIA.userName, MARIA.password);
    await console.signedIn();

    // Another browser is asked, and another person begins there with the one-time password.
    const otherPage = await app.openOtherBrowser();
    const otherRooms = new AppPage(otherPage);
    const otherConsole = new ConsolePage(otherPage);
    await otherRooms.ready();
    await otherRooms.openRoom('Console');
    await otherConsole.signIn(MARIA.userName, MARIA.password);
    await otherConsole.screen('Enter your code').waitFor();
    await otherPage.getByRole('button', { name: 'Cancel' }).click();
    await otherConsole.signIn('jonas.frei', oneTimePassword);
    await otherConsole.changePassword(JONAS_PASSWORD);
    await otherConsole.screen('Set up two-factor authentication').waitFor();
    const oldDevice = new OtherAuthenticator(await otherConsole.secret());
    await otherConsole.confirmCode(await oldDevice.unused());
    await otherConsole.keepSecret();
    await otherConsole.signedIn();

    // 8, G12: the old device confirms the reset, the new one completes it.
    await otherConsole.startReset(await oldDevice.unused());
    const newSecret = await otherConsole.secret();
    const newDevice = new OtherAuthenticator(newSecret);
    await otherConsole.confirmCode(await newDevice.unused());
    await otherConsole.keepSecret();
    await otherConsole.signedIn();
    await otherConsole.signOut();

    // 9, S16: a device 90 s behind is told so.
    await otherConsole.signIn('jonas.frei', JONAS_PASSWORD);
    await otherConsole.submitCode(newDevice.codeAt(-90_000));
    await otherConsole.complaint.first().waitFor();
    expect(await otherConsole.complaint.first().textContent(), 'S16').toMatch(/(90|120) s behind/);
    await otherConsole.submitCode(await newDevice.unused());
    await otherConsole.signedIn();

    // G13, S10: the administrator resets Jonas with an own code, and his session ends.
    await administration.openTab('Users');
    const reset = await administration.choose('Jonas Frei', 'Reset two-factor authentication');
    await administration.confirm('Reset', await otherApp.unused());
    await reset.waitFor({ state: 'hidden' });
    await administration.row('Jonas Frei').getByText('Not set up').waitFor();
    await otherConsole.screen('Sign in').waitFor();

    // 10: quit and start again. The secrets come back through the OS keychain, the trust of this browser too.
    await app.restart();
    rooms = new AppPage(app.page);
    console = new ConsolePage(app.page);
    authenticator = new AuthenticatorPage(app.page);
    await rooms.ready();
    await authenticator.row('maria.keller').waitFor();
    expect(otherApp.shows(await authenticator.code('maria.keller'))).toBe(true);
    await rooms.openRoom('Console');
    await console.signIn(MARIA.userName, MARIA.password);
    await console.signedIn();
    expect(app.problems).toEqual([]);
    await app.close();
  });
});
