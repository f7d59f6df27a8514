// issue 6: the console in other people's browsers, over TLS, from an empty server to its graceful end.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { OtherAuthenticator } from '../devices/other-authenticator.ts';
import { temporaryFolder } from '../drivers/index.ts';
import { loopbackDriver } from '../drivers/loopback-driver.ts';
import { NetworkNode } from '../drivers/network-driver.ts';
import { endSurroundings } from '../drivers/surroundings.ts';
import { AdministrationPage } from '../pages/administration-page.ts';
import { AppPage } from '../pages/app-page.ts';
import { ConsolePage } from '../pages/console-page.ts';

const MARIA = {
  organization: 'Northwind',
  displayName: 'Maria Keller',
  userName: 'maria.keller',
  password: 'glass otter 42 lantern',
};

describe('issue 6: the console over the network', () => {
  const home = temporaryFolder();
  let node: NetworkNode;
  let page: Page;
  let console: ConsolePage;
  let device: OtherAuthenticator;

  afterAll(async () => {
    await node.close();
    await endSurroundings();
  });

  it('says so where there is no organization, and lets nobody create one', async () => {
    node = await NetworkNode.start({ home });
    const empty = new ConsolePage(await node.openBrowser());
    await empty.screen('There is no organization yet').waitFor();
    expect(await empty.page.getByRole('textbox').count()).toBe(0);
    expect(node.problems).toEqual([]);
    expect((await node.stop()).log).toContainEqual(expect.objectContaining({ event: 'no-organization' }));
    await node.close();
  });

  describe('once there is one', () => {
    beforeAll(async () => {
      const app = await loopbackDriver.start({ home });
      const rooms = new AppPage(app.page);
      await rooms.ready();
      await rooms.openRoom('Console');
      const here = new ConsolePage(app.page);
      await here.createOrganization(MARIA);
      await here.signedIn();
      await app.close();
      node = await NetworkNode.start({ home });
      page = await node.openBrowser();
      console = new ConsolePage(page);
    });

    it('any browser signs in, and meets the console alone', async () => {
      await console.signIn(MARIA.userName, MARIA.password);
      await console.signedIn();
      expect(await page.getByRole('navigation', { name: 'Rooms' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Open another browser' }).count()).toBe(0);
      await page.goto(`${node.address}/#/authenticator`);
      await console.signedIn();
      expect(new URL(page.url()).hash).toBe('#/console');
      const cookies = await page.context().cookies();
      expect(cookies.every(({ secure, httpOnly, name }) => secure && httpOnly && /^__Host-/.test(name))).toBe(
        true,
      );
    });

    it('G1, G3–G7: two-factor authentication works there as everywhere', async () => {
      const administration = new AdministrationPage(page);
      await administration.previewTwoFactor(true);
      await administration.confirm('Turn on');
      await console.signOut();
      await console.signIn(MARIA.userName, MARIA.password);
      await console.qrCode.waitFor();
      device = new OtherAuthenticator(await console.secret());
      await console.confirmCode(await device.unused());
      await console.keepSecret();
      await console.signedIn();
      await console.signOut();
      await console.signIn(MARIA.userName, MARIA.password);
      await console.submitCode(await device.unused(), { trust: true });
      await console.signedIn();
      await console.signOut();
      await console.signIn(MARIA.userName, MARIA.password);
      await console.signedIn();
    });

    it('another browser is not trusted, and a sign-out in one tab is seen in the other', async () => {
      const elsewhere = new ConsolePage(await node.openBrowser());
      await elsewhere.signIn(MARIA.userName, MARIA.password);
      await elsewhere.screen('Enter your code').waitFor();
      const tab = new ConsolePage(await page.context().newPage());
      await tab.page.goto(node.address);
      await tab.signedIn();
      await tab.signOut();
      await console.page.getByLabel('Password', { exact: true }).first().waitFor();
      expect(node.problems).toEqual([]);
    });

    it('ends on SIGTERM by itself, and the page says that it does not answer', async () => {
      const { exitCode, log } = await node.stop();
      expect(exitCode).toBe(0);
      const events = log.flatMap((line) =>
        typeof line === 'object' && line !== null && 'event' in line ? [line.event] : [],
      );
      expect(events.filter((event) => event !== 'request')).toEqual(['started', 'stopping', 'stopped']);
      await page.getByRole('heading', { name: 'The service console does not answer' }).waitFor();
    });
  });
});
