// What the desktop adds around the windows (issue 3, daily use): tray, keys from anywhere, links, locks, start at login.
// On the stand-in for Electron alone, where a test can press what lies outside of the windows.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OtherAuthenticator } from '../devices/other-authenticator.ts';
import { availableDrivers, temporaryFolder } from '../drivers/index.ts';
import {
  type DesktopApp,
  type DesktopStartOptions,
  startDesktopApp,
} from '../drivers/electron-host-driver.ts';
import { pictureFailure } from '../drivers/failure-pictures.ts';
import { endSurroundings } from '../drivers/surroundings.ts';
import { AppPage } from '../pages/app-page.ts';

const PASSPHRASE = 'glass otter 42 lantern';
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const LINK = `otpauth://totp/Northwind:maria.keller?secret=${SECRET}&issuer=Northwind`;
const OTHER_LINK = 'otpauth://totp/GitHub:maria?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=GitHub';
const KEYS = 'Control+Shift+Space';
/** A busy machine is no failure of the app. */
const SOON = { timeout: 30_000 };

const host = availableDrivers().find(({ name }) => name === 'electron-host');
if (host === undefined || 'missing' in host) {
  throw new Error(`The driver electron-host cannot run: ${host?.missing ?? 'there is none'}.`);
}

const running: DesktopApp[] = [];
afterEach(async ({ task }) => {
  await pictureFailure(task);
  for (const app of running.splice(0)) await app.close();
});
afterAll(endSurroundings);

/** Starts the app with a passphrase, which is what can be locked. */
async function startApp(options: Partial<DesktopStartOptions> = {}): Promise<DesktopApp> {
  const app = await startDesktopApp({ home: temporaryFolder(), keychain: 'none', ...options });
  running.push(app);
  return app;
}

async function call(page: Page, method: string, input: unknown): Promise<unknown> {
  const envelope = await page.evaluate(([name, value]) => window.twofold?.call(name, value), [
    method,
    input,
  ] as const);
  if (envelope?.ok !== true) throw new Error(`${method}: ${envelope?.error.message ?? 'there is no bridge'}`);
  return envelope.value;
}

async function open(options: Partial<DesktopStartOptions> = {}): Promise<DesktopApp> {
  const app = await startApp(options);
  await app.page.getByRole('heading', { name: 'Choose a passphrase' }).waitFor();
  await call(app.page, 'app:choosePassphrase', { passphrase: PASSPHRASE });
  await new AppPage(app.page).ready();
  return app;
}

const Status = z.object({ settings: z.looseObject({}) });

async function changeSettings(page: Page, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const { settings } = Status.parse(await call(page, 'app:status', {}));
  await call(page, 'app:saveSettings', { ...settings, ...changes });
}

async function addAccount(page: Page, issuer: string, name: string, pinned: boolean): Promise<string> {
  const added = await call(page, 'authenticator:addManually', {
    type: 'totp',
    issuer,
    name,
    secret: issuer === 'Northwind' ? SECRET : 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    algorithm: 'SHA-1',
    digits: 6,
    periodS: 30,
    counter: 0,
  });
  const { id } = z.object({ id: z.string() }).parse(added);
  await call(page, 'authenticator:pin', { id, pinned });
  return id;
}

const unlock = async (page: Page): Promise<void> => {
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
};
/** The page closes by this; a key that is still being released by then does not count. */
async function closes(page: Page, act: () => Promise<void>): Promise<void> {
  const closed = page.waitForEvent('close');
  await act().catch(() => undefined);
  await closed;
}

const locked = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Enter your passphrase' }).waitFor();

describe('the tray', () => {
  it('names the pinned accounts and copies their codes; locked, it only unlocks; it quits', async () => {
    const app = await open();
    const id = await addAccount(app.page, 'Northwind', 'maria.keller', true);
    await addAccount(app.page, 'GitHub', 'maria', false);
    await expect
      .poll(() => app.desktop.tray(), SOON)
      .toEqual(['Northwind — maria.keller', '-', 'Open Twofold', 'Lock', '-', 'Quit']);

    await app.desktop.pressTray('Northwind — maria.keller');
    const other = new OtherAuthenticator(SECRET);
    await expect.poll(async () => other.shows(await app.clipboardText()), SOON).toBe(true);

    await call(app.page, 'authenticator:pin', { id, pinned: false });
    await expect.poll(() => app.desktop.tray(), SOON).toEqual(['Open Twofold', 'Lock', '-', 'Quit']);

    await app.desktop.pressTray('Lock');
    await locked(app.page);
    await expect.poll(() => app.desktop.tray(), SOON).toEqual(['Unlock Twofold', '-', 'Quit']);
    await unlock(app.page);
    await new AppPage(app.page).ready();
    await expect.poll(() => app.desktop.tray(), SOON).toContain('Lock');

    await app.desktop.pressTray('Quit');
    expect(await app.ended()).toMatchObject({ exitCode: 0 });
    expect(app.problems).toEqual([]);
  });

  it('keeps the app running without a window where the settings say so, and brings a window back', async () => {
    const app = await open();
    await changeSettings(app.page, { staysInTray: true });
    await app.page.close();
    await expect.poll(() => app.desktop.windows(), SOON).toEqual([]);
    await app.desktop.pressTray('Open Twofold');
    await new AppPage(await app.nextWindow()).ready();
    await app.desktop.pressTray('Quit');
    expect(await app.ended()).toMatchObject({ exitCode: 0 });
  });

  it('lets the app end with its last window otherwise', async () => {
    const app = await open();
    await app.page.close();
    expect(await app.ended()).toMatchObject({ exitCode: 0 });
  });
});

describe('quick copy', () => {
  it('opens by keys from anywhere, finds, copies and is gone; Escape and another program close it', async () => {
    const app = await open();
    await addAccount(app.page, 'GitHub', 'maria', false);
    await addAccount(app.page, 'Northwind', 'maria.keller', false);
    const rooms = new AppPage(app.page);
    await rooms.openRoom('Settings');
    expect(await app.desktop.pressKeys(KEYS), 'off until chosen').toBe(false);
    const keys = app.page.getByRole('group', { name: 'Keys for quick copy' });
    await keys.getByRole('button', { name: 'Choose keys' }).click();
    await app.page.keyboard.press('Control+Shift+Space');
    await keys.getByText('Ready', { exact: true }).waitFor();

    expect(await app.desktop.pressKeys(KEYS)).toBe(true);
    const quick = await app.nextWindow();
    const search = quick.getByRole('searchbox', { name: 'Find an account' });
    await search.waitFor();
    await expect.poll(() => search.evaluate((field) => field === document.activeElement), SOON).toBe(true);
    expect(await quick.getByRole('option').count()).toBe(2);
    await quick.keyboard.type('north');
    await expect.poll(() => quick.getByRole('option').count(), SOON).toBe(1);
    await closes(quick, () => quick.keyboard.press('Enter'));
    expect(new OtherAuthenticator(SECRET).shows(await app.clipboardText())).toBe(true);

    await app.desktop.pressKeys(KEYS);
    const second = await app.nextWindow();
    await second.getByRole('option').first().waitFor();
    await closes(second, () => second.keyboard.press('Escape'));

    await app.desktop.pressKeys(KEYS);
    const third = await app.nextWindow();
    await third.getByRole('option').first().waitFor();
    await closes(third, () => app.desktop.blur());
    expect(await app.desktop.windows()).toHaveLength(1);

    await keys.getByRole('button', { name: 'Remove' }).click();
    await keys.getByText('None yet').waitFor();
    await expect.poll(() => app.desktop.hasKeys(KEYS), SOON).toBe(false);
    expect(app.problems).toEqual([]);
  });

  it('asks for the passphrase while Twofold is locked', async () => {
    const app = await open();
    await addAccount(app.page, 'Northwind', 'maria.keller', false);
    await changeSettings(app.page, { quickCopyKeys: KEYS });
    await call(app.page, 'app:lock', {});
    expect(await app.desktop.pressKeys(KEYS)).toBe(true);
    const quick = await app.nextWindow();
    await locked(quick);
    await unlock(quick);
    await quick.getByRole('option').waitFor();
    await new AppPage(app.page).ready();
  });

  it('says so where another program has the keys already', async () => {
    const app = await open();
    await app.desktop.takeKeys('Control+Alt+T');
    await new AppPage(app.page).openRoom('Settings');
    const keys = app.page.getByRole('group', { name: 'Keys for quick copy' });
    await keys.getByRole('button', { name: 'Choose keys' }).click();
    await app.page.keyboard.press('Control+Alt+t');
    await keys.getByText('Another program or the system has these keys already').waitFor();
    expect(await keys.getByText('Ready', { exact: true }).count()).toBe(0);
  });
});

describe('lock', () => {
  it.each(['suspend', 'lock-screen'] as const)(
    'G17: locks with the system (%s), unless the settings say otherwise',
    async (event) => {
      const app = await open();
      await changeSettings(app.page, { locksWithSystem: false });
      await app.desktop.power(event);
      await changeSettings(app.page, { locksWithSystem: true });
      await new AppPage(app.page).openRoom('Clock');
      await app.desktop.power(event);
      await locked(app.page);
    },
  );
});

describe('otpauth links', () => {
  /** Starts the app a second time, as the system does with a link. */
  const openLink = async (app: DesktopApp, home: string, link: string): Promise<void> => {
    const refusal = await startDesktopApp({ home, keychain: 'none', args: [link] }).then(
      () => 'started',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    expect(refusal).toContain('Twofold is already open');
    expect(app.problems).toEqual([]);
  };

  it('show what they would add, from a second start and from macOS; nothing of them is written down', async () => {
    const home = temporaryFolder();
    const app = await open({ home });
    const dialog = app.page.locator('.dialog');
    await openLink(app, home, LINK);
    await dialog.getByText('maria.keller').waitFor();
    await app.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    await app.desktop.openUrl(OTHER_LINK);
    await dialog.getByText('GitHub').first().waitFor();
    await app.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    await app.desktop.openUrl('https://example.com/');
    await app.desktop.openUrl('otpauth://totp/Northwind:no-secret');
    await dialog.getByText(/no secret/i).waitFor();

    await app.desktop.pressTray('Quit');
    const { errors } = await app.ended();
    expect(errors).not.toContain(SECRET);
    expect(existsSync(join(home, 'SingletonArguments'))).toBe(false);
  });

  it('wait while Twofold is locked; the newest is shown after unlocking', async () => {
    const home = temporaryFolder();
    const app = await open({ home });
    await app.desktop.power('suspend');
    await locked(app.page);
    await app.desktop.openUrl(OTHER_LINK);
    await app.desktop.openUrl(LINK);
    await unlock(app.page);
    const dialog = app.page.locator('.dialog');
    await dialog.getByText('maria.keller').waitFor();
    expect(await dialog.getByText('GitHub').count()).toBe(0);
  });

  it('can be what Twofold is started with', async () => {
    const app = await startApp({ args: [LINK] });
    await app.page.getByRole('heading', { name: 'Choose a passphrase' }).waitFor();
    await call(app.page, 'app:choosePassphrase', { passphrase: PASSPHRASE });
    await app.page.locator('.dialog').getByText('maria.keller').waitFor();
  });
});

describe('windows', () => {
  it('are kept out of recordings as the settings say, at once', async () => {
    const app = await open();
    await app.openOtherBrowser();
    const areProtected = async () => (await app.desktop.windows()).map(({ isProtected }) => isProtected);
    expect(await areProtected(), 'on by default').toEqual([true, true]);
    await changeSettings(app.page, { protectsContent: false });
    expect(await areProtected()).toEqual([false, false]);
  });

  it('step aside for a picture of the screen, for our own page after a click alone', async () => {
    const app = await open();
    const question = {
      url: 'app://twofold/index.html',
      isMainFrame: true,
      userGesture: true,
      audioRequested: false,
    };
    for (const change of [
      { isMainFrame: false },
      { userGesture: false },
      { audioRequested: true },
      { url: 'https://example.com/' },
    ]) {
      expect(await app.desktop.capture({ ...question, ...change }), JSON.stringify(change)).toBeNull();
    }
    const areVisible = async () => (await app.desktop.windows()).map(({ isVisible }) => isVisible);
    expect(await app.desktop.capture(question), 'the screen that the window is on').toBe('screen:1:0');
    expect(await areVisible()).toEqual([false]);
    await expect.poll(areVisible, SOON).toEqual([true]);
  });

  it('may use the camera while their scan screen is open, and no longer', async () => {
    const app = await open();
    expect(await app.desktop.mayUse('video')).toBe(false);
    await call(app.page, 'app:useCamera', { isOpen: true });
    expect([await app.desktop.mayUse('video'), await app.desktop.mayUse('audio')]).toEqual([true, false]);
    await call(app.page, 'app:useCamera', { isOpen: false });
    expect(await app.desktop.mayUse('video')).toBe(false);
    await call(app.page, 'app:useCamera', { isOpen: true });
    await app.page.reload();
    await new AppPage(app.page).ready();
    expect(await app.desktop.mayUse('video'), 'loaded anew').toBe(false);
  });

  it('come back when their page breaks down, with everything kept', async () => {
    const app = await open();
    await addAccount(app.page, 'Northwind', 'maria.keller', false);
    await app.desktop.crash('Twofold');
    await app.page.waitForEvent('load');
    await app.page.getByText('maria.keller').waitFor();
  });
});

describe('a frame in a window, as the rehearsal has them', () => {
  it('shows our own page alone, without the bridge to main', async () => {
    const { page } = await open();
    const addFrame = (address: string): Promise<void> =>
      page.evaluate((src) => {
        const frame = document.createElement('iframe');
        frame.src = src;
        document.body.append(frame);
      }, address);
    await addFrame('./index.html#/settings');
    await expect.poll(() => page.frames().map((frame) => new URL(frame.url()).hash)).toContain('#/settings');
    const inner = page.frames().find((frame) => frame.parentFrame() !== null);
    if (inner === undefined) throw new Error('There is no frame.');
    await inner.waitForFunction(() => document.readyState === 'complete');
    expect(
      await inner.evaluate(() =>
        [
          'twofold',
          ...Object.getOwnPropertyNames(window).filter((name) => name.startsWith('__electron')),
        ].filter((name) => Reflect.get(window, name) !== undefined),
      ),
      'what the preload puts on the window, and what the stand-in needs for it',
    ).toEqual([]);
    // Nobody around it has a port for it, so it reaches nothing.
    expect(await inner.evaluate(() => document.getElementById('root')?.childElementCount)).toBe(0);

    await addFrame('./assets/none.js');
    await addFrame('https://example.com/');
    await inner.evaluate(() => {
      location.href = './assets/none.js';
    });
    // A call and its answer, so that whatever was to be loaded has begun.
    await call(page, 'app:status', {});
    expect(
      page
        .frames()
        .map((frame) => frame.url())
        .filter((url) => url.includes('none.js') || url.includes('example.com')),
    ).toEqual([]);
    expect(inner.url()).toMatch(/index\.html#\/settings$/);
  });
});

describe('start at login', () => {
  it('is an entry in the autostart folder, and goes with the setting', async () => {
    const user = temporaryFolder();
    const app = await open({ env: { HOME: user } });
    const entry = join(user, '.config/autostart/twofold.desktop');
    await changeSettings(app.page, { startsAtLogin: true });
    await expect.poll(() => existsSync(entry), SOON).toBe(true);
    const text = readFileSync(entry, 'utf8');
    expect(text).toMatch(/^\[Desktop Entry\]\nType=Application\n/);
    expect(text).toMatch(/^Exec="[^"]+" "[^"]+out\/main\/index\.js" "--at-login"$/m);
    expect(statSync(entry).mode & 0o777).toBe(0o644);
    await changeSettings(app.page, { startsAtLogin: false });
    await expect.poll(() => existsSync(entry), SOON).toBe(false);
    expect(await app.desktop.messages()).toEqual([]);
  });

  it('opens no window where Twofold stays in the tray; another start shows it', async () => {
    const home = temporaryFolder();
    const first = await open({ home });
    await changeSettings(first.page, { staysInTray: true });
    await first.close();
    running.splice(0);

    const app = await startApp({ home, args: ['--at-login'], isInTray: true });
    await expect.poll(() => app.desktop.tray(), SOON).toEqual(['Unlock Twofold', '-', 'Quit']);
    expect(await app.desktop.windows()).toEqual([]);
    await startDesktopApp({ home, keychain: 'none' }).catch(() => undefined);
    await locked(await app.nextWindow());
  });
});
