// The console on its way to a real PostgreSQL and back, as an administrator moves it on screen.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createDatabase,
  type DatabaseServer,
  startDatabaseServer,
  withClient,
} from '../../database/server/database-server.ts';
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
const authority = join(import.meta.dirname, '../../database/server/certificates/authority.pem');

let server: DatabaseServer;
beforeAll(async () => {
  server = await startDatabaseServer();
});
afterAll(() => server.stop());

onEachDriver('the database', (driver) => {
  it('issue 6, S10: is named, tested, tried and moved to; after a restart the console is there; and back', async () => {
    const name = `screen_${driver.name.replace('-', '_')}`;
    await createDatabase(server, name);
    const app = await driver.start({ home: temporaryFolder() });
    const rooms = (): AppPage => new AppPage(app.page);
    const console = (): ConsolePage => new ConsolePage(app.page);
    const administration = (): AdministrationPage => new AdministrationPage(app.page);
    const card = () => app.page.getByRole('region', { name: 'Database' });
    const press = (label: string) =>
      administration().dialog.getByRole('button', { name: label, exact: true }).click();
    await rooms().openRoom('Console');
    await console().createOrganization(MARIA);
    await console().signedIn();
    await administration().addUser('Jonas Frei', 'jonas.frei');
    await administration().openTab('Policy');
    await card().getByText('In the folder').waitFor();

    // Tested: without the authority's certificate it is refused, and nothing can be moved.
    await card().getByRole('button', { name: 'Move to a database…' }).click();
    const { dialog } = administration();
    await dialog.getByLabel('Address').fill(`postgres://twofold@localhost:${server.port}/${name}`);
    await dialog.getByRole('textbox', { name: 'Password of the database' }).fill('right password');
    await press('Test the connection');
    await dialog.getByText('certificate could not be verified').waitFor();
    expect(await dialog.getByRole('button', { name: 'Move', exact: true }).isDisabled()).toBe(true);
    const [chooser] = await Promise.all([app.page.waitForEvent('filechooser'), press('Choose file')]);
    await chooser.setFiles(authority);
    await dialog.getByText('authority.pem').waitFor();
    await press('Test the connection');
    await dialog.getByText('It holds no console yet.').waitFor();

    // Tried, then moved. Nobody is signed out.
    await press('Dry run');
    await dialog.getByText('nothing was kept: a dry run').waitFor();
    const users = dialog.getByRole('row').filter({ hasText: 'Users' });
    expect(await users.getByRole('cell').nth(1).textContent()).toBe('2');
    await card().getByText('In the folder').waitFor();
    await press('Move');
    await dialog.getByText('Every record is the same.').waitFor();
    await press('Done');
    await card().getByText(`twofold@localhost:${server.port}/${name}`).waitFor();
    await administration().openTab('Audit');
    await app.page.getByText('Ended moving the console from the folder').waitFor();

    // Started again, Twofold opens it there, with the password from the keychain.
    await app.restart();
    await rooms().openRoom('Console');
    await console().signIn(MARIA.userName, MARIA.password);
    await console().signedIn();
    await administration().openTab('Users');
    await administration().addUser('Lea Vogt', 'lea.vogt');
    await withClient(server, name, async (client) => {
      const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM twofold.users');
      expect(rows).toEqual([{ n: 3 }]);
    });

    // And back, with the administrator's own code once there is a factor.
    await administration().previewTwoFactor(true);
    await administration().confirm('Turn on');
    await administration().dialog.waitFor({ state: 'hidden' });
    await console().signOut();
    await console().signIn(MARIA.userName, MARIA.password);
    await console().screen('Set up two-factor authentication').waitFor();
    const device = new OtherAuthenticator(await console().secret());
    await console().confirmCode(await device.unused());
    await console().keepSecret();
    await console().signedIn();
    await administration().openTab('Policy');
    await card().getByRole('button', { name: 'Move back to the folder…' }).click();
    await administration().confirm('Move back', await device.unused());
    await administration().dialog.getByText('Every record is the same.').waitFor();
    await press('Done');
    await card().getByText('In the folder').waitFor();
    await administration().openTab('Users');
    await administration().row('Lea Vogt').waitFor();
    // While the console moves, calls are refused for the moment, and the browser notes each.
    expect(app.problems.filter((problem) => !problem.includes('status of 503'))).toEqual([]);
    await app.close();
  });
});
