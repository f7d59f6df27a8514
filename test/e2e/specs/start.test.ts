// The program starts, keeps to itself, opens another browser, is started once only, and comes back after a restart.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { onEachDriver, type RunningApp, temporaryFolder } from '../drivers/index.ts';
import { AppPage } from '../pages/app-page.ts';

onEachDriver('start', (driver) => {
  let home = '';
  let app: RunningApp;
  /** How many problems earlier tests of this app had. */
  let known = 0;

  beforeAll(async () => {
    home = temporaryFolder();
    app = await driver.start({ home });
    await new AppPage(app.page).ready();
  });
  beforeEach(() => {
    known = app.problems.length;
  });
  afterAll(() => app.close());

  it('shows the authenticator first, without a console error or a violation of its policy', async () => {
    const first = new AppPage(app.page);
    await first.title.waitFor();
    expect(await first.title.textContent()).toBe('Authenticator');
    for (const room of ['Console', 'Clock', 'Settings', 'Authenticator'] as const) await first.openRoom(room);
    // All since the start, not only since this test.
    expect(app.problems).toEqual([]);
  });

  it('gives its pages nothing of Node or Electron', async () => {
    const names = [
      'require',
      'process',
      'module',
      'Buffer',
      'electron',
      'ipcRenderer',
      '__dirname',
      'global',
    ];
    expect(await app.page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([]);
  });

  it('runs no script but its own', async () => {
    await app.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "changed"';
      document.body.append(script);
    });
    expect(await app.page.title()).not.toBe('changed');
    await expect.poll(() => app.problems.slice(known).join('\n')).toContain('Content Security Policy');
  });

  it('opens another browser, and goes on without it', async () => {
    const other = await app.openOtherBrowser();
    await new AppPage(other).ready();
    expect(other).not.toBe(app.page);
    await other.close();
    await new AppPage(app.page).openRoom('Clock');
    expect(app.problems.slice(known)).toEqual([]);
  });

  it('refuses a second instance on the same data with a sentence, and goes on', async () => {
    const refusal = await driver.start({ home }).then(
      () => 'started',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    expect(refusal).toMatch(/Twofold is (already open|open already)/);
    expect(refusal).not.toMatch(/\n\s+at /);
    await new AppPage(app.page).openRoom('Settings');
    expect(app.problems.slice(known)).toEqual([]);
  });

  if (driver.name !== 'loopback') {
    it('keeps its window on its own page and opens no other', async () => {
      const before = app.page.url();
      const openBefore = app.page.context().pages().length;
      await app.page.evaluate(() => {
        location.href = 'https://example.com/';
      });
      await app.page.evaluate(() => {
        window.open('https://example.com/');
      });
      // The page still answers, and by then whatever was to open has opened.
      await new AppPage(app.page).openRoom('Clock');
      await expect.poll(() => app.page.context().pages().length).toBe(openBefore);
      expect(new URL(app.page.url()).host).toBe(new URL(before).host);
    });
  }

  it('quits wholly and starts again on the same data', async () => {
    expect(existsSync(join(home, 'keys.json'))).toBe(true);
    await app.restart();
    await new AppPage(app.page).ready();
    expect(app.problems.slice(known)).toEqual([]);
  });
});

onEachDriver('start without a keychain', (driver) => {
  it('asks for a passphrase and says why', async () => {
    const app = await driver.start({ home: temporaryFolder(), keychain: 'none' });
    try {
      await app.page
        .getByText(/keychain/i)
        .first()
        .waitFor();
      expect(await app.page.getByLabel(/passphrase/i).count()).toBeGreaterThan(0);
      expect(app.problems).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
