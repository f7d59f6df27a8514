// Issue 3, "Daily use" and "Types": one test for each line that is seen in the authenticator's room.
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Account, ManualAccount, Settings } from '../../../src-shared/contract/index.ts';
import { rightAnswer, startNtpServer } from '../../fakes/ntp-server.ts';
import { OtherAuthenticator } from '../devices/other-authenticator.ts';
import { callHost } from '../drivers/call-host.ts';
import { onEachDriver, type RunningApp, temporaryFolder } from '../drivers/index.ts';
import { AppPage } from '../pages/app-page.ts';
import { AuthenticatorPage } from '../pages/authenticator-page.ts';

/** "12345678901234567890", of which RFC 4226 lists the codes. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const RFC_CODES = ['755224', '287082', '359152', '969429'];
const SECRETS = {
  GitHub: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  Northwind: 'KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU',
  'Zürich Bank': 'MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK',
  Fastmail: 'ONSWG4TFOQYTEMZUONSWG4TFOQYTEMZU',
} as const;
type Issuer = keyof typeof SECRETS;
const ISSUERS: readonly Issuer[] = ['GitHub', 'Northwind', 'Zürich Bank', 'Fastmail'];
const PASSPHRASE = 'glass otter 42 lantern';

const typed = (issuer: string, secret: string, more: Partial<ManualAccount> = {}): ManualAccount => ({
  type: 'totp',
  issuer,
  name: 'maria.keller',
  secret,
  algorithm: 'SHA-1',
  digits: 6,
  periodS: 30,
  counter: 0,
  ...more,
});

const addAccount = (page: Page, ...account: Parameters<typeof typed>): Promise<Account> =>
  callHost(page, 'authenticator:addManually', typed(...account));

async function tagAccount(page: Page, account: Account, tags: string[], note = ''): Promise<void> {
  const { id, issuer, name, algorithm, digits, periodS } = account;
  const counter = account.type === 'hotp' ? 0 : null;
  const edit = { id, issuer, name, tags, note, algorithm, digits, periodS, counter };
  await callHost(page, 'authenticator:edit', edit);
}

async function changeSettings(page: Page, changes: Partial<Settings>): Promise<void> {
  const { settings } = await callHost(page, 'app:status', {});
  await callHost(page, 'app:saveSettings', { ...settings, ...changes });
}

/** Codes that are right within the seconds that a step of a test takes. */
const codesAround = (issuer: Issuer, offsetMs = 0): string[] => {
  const other = new OtherAuthenticator(SECRETS[issuer]);
  return [-10_000, 0].map((agoMs) => other.codeAt(offsetMs + agoMs));
};

const clearingNote = (page: Page, text: RegExp): Locator =>
  page.locator('.toast').filter({ hasText: text }).first();

onEachDriver('daily use', (driver) => {
  let app: RunningApp;
  let page: Page;
  let room: AuthenticatorPage;
  let usual: Settings;
  let known = 0;

  beforeAll(async () => {
    app = await driver.start({ home: temporaryFolder() });
    await new AppPage(app.page).ready();
    usual = (await callHost(app.page, 'app:status', {})).settings;
  });
  beforeEach(async () => {
    page = app.page;
    room = new AuthenticatorPage(page);
    known = app.problems.length;
    const { accounts } = await callHost(page, 'authenticator:list', {});
    for (const { id } of accounts) await callHost(page, 'authenticator:delete', { id });
    await callHost(page, 'authenticator:deleteForever', { ids: null });
    // No time server answers here, and none is to be asked.
    await callHost(page, 'app:saveSettings', { ...usual, timeServers: [], timeFallbacks: [] });
    for (const issuer of ISSUERS) await addAccount(page, issuer, SECRETS[issuer]);
    await page.goto(page.url().replace(/#.*$/, '') + '#/authenticator');
    await page.reload();
    await room.row('Fastmail').locator('.code.large').waitFor();
  });
  afterEach(() => {
    expect(app.problems.slice(known)).toEqual([]);
  });
  afterAll(() => app.close());

  const accountOf = async (issuer: string): Promise<Account> => {
    const { accounts } = await callHost(page, 'authenticator:list', {});
    const found = accounts.find((account) => account.issuer === issuer);
    if (found === undefined) throw new Error(`There is no account of ${issuer}.`);
    return found;
  };
  /** Waits until the list shows these, in this order. */
  const shows = async (...issuers: readonly string[]): Promise<void> => {
    await expect.poll(() => room.issuers(), { timeout: 20_000 }).toEqual(issuers);
  };
  const copied = (issuer: string): Locator => room.row(issuer).getByText('Copied');

  it('search as you type over issuer, account, tags; Esc clears', async () => {
    await tagAccount(page, await accountOf('GitHub'), ['Büro']);
    await tagAccount(page, { ...(await accountOf('Fastmail')), name: 'postfach' }, []);
    for (const [search, ...found] of [
      ['zurich', 'Zürich Bank'],
      ['BURO', 'GitHub'],
      ['postfach', 'Fastmail'],
      ['maria north', 'Northwind'],
    ]) {
      if (search === undefined) throw new Error('A search has words.');
      await room.search.fill(search);
      await shows(...found);
    }
    await page.keyboard.press('Escape');
    await shows(...ISSUERS);
    expect(await room.search.inputValue()).toBe('');
    await room.search.fill('nobody at all');
    await page.getByText('Nothing found').waitFor();
  });

  it('`/` focuses, arrows and Enter copy, in the search field and in the list', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('maria');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await copied('Northwind').waitFor();
    expect(codesAround('Northwind')).toContain(await app.clipboardText());
    expect(await room.search.inputValue()).toBe('maria');
    await room.row('GitHub').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await copied('Zürich Bank').waitFor();
    expect(codesAround('Zürich Bank')).toContain(await app.clipboardText());
  });

  it('`N` copies the next code', async () => {
    await room.row('Fastmail').focus();
    await page.keyboard.press('n');
    await copied('Fastmail').waitFor();
    expect(codesAround('Fastmail', 30_000)).toContain(await app.clipboardText());
    await page.keyboard.press('/');
    await page.keyboard.type('github');
    await page.keyboard.press('Shift+Enter');
    await copied('GitHub').waitFor();
    expect(codesAround('GitHub', 30_000)).toContain(await app.clipboardText());
  });

  it('tags: shown on the rows, chosen from above, renamed and taken off everywhere', async () => {
    await tagAccount(page, await accountOf('GitHub'), ['work']);
    await tagAccount(page, await accountOf('Northwind'), ['work', 'vpn']);
    const chip = (name: string): Locator => page.getByRole('radio', { name });
    await chip('work 2').click();
    await shows('GitHub', 'Northwind');
    expect(await room.row('Northwind').locator('.account-tag').allTextContents()).toEqual(['work', 'vpn']);

    await page.getByRole('button', { name: 'Actions for the tag work' }).click();
    await page.getByRole('menuitem', { name: 'Rename tag' }).click();
    await room.dialog.getByRole('textbox', { name: 'Name' }).fill('office');
    await room.dialog.getByRole('button', { name: 'Rename' }).click();
    await chip('office 2').waitFor();
    await shows('GitHub', 'Northwind');

    await page.getByRole('button', { name: 'Actions for the tag office' }).click();
    await page.getByRole('menuitem', { name: 'Remove tag' }).click();
    await room.dialog.getByRole('button', { name: 'Remove tag' }).click();
    await shows(...ISSUERS);
    expect((await accountOf('Northwind')).tags).toEqual(['vpn']);
  });

  it('pin: by key and menu, first in every order', async () => {
    await room.row('Fastmail').focus();
    await page.keyboard.press('p');
    await shows('Fastmail', 'GitHub', 'Northwind', 'Zürich Bank');
    await room.row('Fastmail').getByText('Pinned').waitFor();
    await room.choose('Zürich Bank', 'Pin to the top');
    await shows('Zürich Bank', 'Fastmail', 'GitHub', 'Northwind');
    await room.chooseOrder('Name');
    await shows('Fastmail', 'Zürich Bank', 'GitHub', 'Northwind');
    await room.choose('Fastmail', 'Take the pin off');
    await shows('Zürich Bank', 'Fastmail', 'GitHub', 'Northwind');
  });

  it('order by name, recent, frequent', async () => {
    for (const issuer of ['Northwind', 'Northwind', 'Zürich Bank']) {
      const { id } = await accountOf(issuer);
      await callHost(page, 'authenticator:copyCode', { id, which: 'current' });
    }
    await room.chooseOrder('Name');
    await shows('Fastmail', 'GitHub', 'Northwind', 'Zürich Bank');
    await room.chooseOrder('Last used');
    await shows('Zürich Bank', 'Northwind', 'GitHub', 'Fastmail');
    await room.chooseOrder('Most used');
    await shows('Northwind', 'Zürich Bank', 'GitHub', 'Fastmail');
    // The choice is kept.
    await page.reload();
    await shows('Northwind', 'Zürich Bank', 'GitHub', 'Fastmail');
  });

  it('a copy moves no row under the pointer; coming back to the window does', async () => {
    await room.chooseOrder('Last used');
    await room.row('Zürich Bank').click();
    await copied('Zürich Bank').waitFor();
    await expect.poll(async () => (await accountOf('Zürich Bank')).useCount).toBe(1);
    await shows(...ISSUERS);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await shows('Zürich Bank', 'GitHub', 'Northwind', 'Fastmail');
  });

  it('order by hand: with Alt and arrow keys, and by drag and drop', async () => {
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    await expect
      .poll(async () => {
        await room.row('Fastmail').focus();
        return focused();
      })
      .toContain('Fastmail');
    await page.keyboard.press('Alt+ArrowUp');
    await shows('GitHub', 'Northwind', 'Fastmail', 'Zürich Bank');
    await expect.poll(focused).toContain('Fastmail');
    await page.keyboard.press('Alt+ArrowUp');
    await shows('GitHub', 'Fastmail', 'Northwind', 'Zürich Bank');
    await expect.poll(focused).toContain('Fastmail');
    await page.keyboard.press('Alt+ArrowDown');
    await shows('GitHub', 'Northwind', 'Fastmail', 'Zürich Bank');
    // A busy browser may lose the start of a drag; once the row lies there, dragging it again moves nothing.
    await expect
      .poll(
        async () => {
          await room.row('Zürich Bank').dragTo(room.row('GitHub'), { targetPosition: { x: 300, y: 6 } });
          return room.issuers();
        },
        { timeout: 30_000, interval: 500 },
      )
      .toEqual(['Zürich Bank', 'GitHub', 'Northwind', 'Fastmail']);
    await expect
      .poll(async () => (await callHost(page, 'authenticator:list', {})).accounts.map((one) => one.issuer))
      .toEqual(['Zürich Bank', 'GitHub', 'Northwind', 'Fastmail']);
    await page.reload();
    await shows('Zürich Bank', 'GitHub', 'Northwind', 'Fastmail');
  });

  it('edit, notes: labels, tags, note and what makes the codes', async () => {
    await tagAccount(page, await accountOf('GitHub'), ['work']);
    await room.row('Northwind').focus();
    await page.keyboard.press('e');
    const { dialog } = room;
    await dialog.getByRole('textbox', { name: 'Issuer' }).fill('Northwind Traders');
    await dialog.getByRole('textbox', { name: 'Account' }).fill('maria');
    await dialog.getByRole('button', { name: 'Add work' }).click();
    await dialog.getByRole('textbox', { name: 'Tags' }).fill('vpn');
    await page.keyboard.press('Enter');
    await dialog.getByRole('textbox', { name: 'Note' }).fill('Line one\nLine two');
    await dialog.getByRole('button', { name: 'Advanced' }).click();
    await dialog.getByRole('button', { name: /Digits/ }).click();
    await page.getByRole('option', { name: '8' }).click();
    await dialog.getByRole('textbox', { name: 'Period in seconds' }).fill('0');
    await dialog.getByText('A whole number of seconds from 1 to 86400.').waitFor();
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Period in seconds' }).fill('60');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => room.code('Northwind Traders')).toMatch(/^\d{8}$/);
    const changed = await accountOf('Northwind Traders');
    expect(changed).toMatchObject({ name: 'maria', tags: ['work', 'vpn'], digits: 8, periodS: 60 });
    expect(await callHost(page, 'authenticator:details', { id: changed.id })).toMatchObject({
      note: 'Line one\nLine two',
    });
    // F2 and the menu open it as well, with what was kept.
    await room.row('Northwind Traders').focus();
    await page.keyboard.press('F2');
    await expect
      .poll(() => dialog.getByRole('textbox', { name: 'Note' }).inputValue())
      .toBe('Line one\nLine two');
    await dialog.getByRole('button', { name: 'Remove vpn' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await accountOf('Northwind Traders')).tags).toEqual(['work']);
  });

  it('issuer icons, or letters', async () => {
    await room.row('GitHub').locator('.avatar.mark svg').waitFor();
    expect(await room.row('Zürich Bank').locator('.avatar').textContent()).toBe('Z');
    expect(await room.row('Northwind').locator('.avatar svg').count()).toBe(0);
  });

  it('QR code and secret of an account shown only on purpose', async () => {
    await room.choose('GitHub', 'Show secret and QR code');
    await room.dialog.getByText('Nobody looks over your shoulder').waitFor();
    expect(await page.content()).not.toContain('JBSW Y3DP');
    await room.dialog.getByRole('button', { name: 'Show secret' }).click();
    await room.dialog.getByRole('img', { name: 'QR code of GitHub (maria.keller)' }).waitFor();
    expect(await room.dialog.textContent()).toContain('JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP');
    await room.dialog.getByText(/Hides itself in \d+ s/).waitFor();
    await room.dialog.getByRole('button', { name: 'Copy secret' }).click();
    await clearingNote(page, /Copied the secret of GitHub/).waitFor();
    await room.dialog.getByRole('button', { name: 'Hide' }).click();
    await room.dialog.waitFor({ state: 'hidden' });
    expect(await page.content()).not.toContain('JBSW Y3DP');
  });

  it('trash with restore, delete forever and empty', async () => {
    await room.row('GitHub').focus();
    await page.keyboard.press('Delete');
    await shows('Northwind', 'Zürich Bank', 'Fastmail');
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await shows(...ISSUERS);
    for (const issuer of ['GitHub', 'Northwind', 'Zürich Bank']) {
      await room.choose(issuer, 'Delete');
      await room.row(issuer).waitFor({ state: 'detached' });
    }
    await room.chooseMore('Trash');
    const deleted = page.locator('.trash-row');
    await expect.poll(() => deleted.count()).toBe(3);
    expect(await deleted.first().textContent()).toContain('Leaves in 30 days');
    await page.getByRole('button', { name: 'Restore: GitHub (maria.keller)' }).click();
    await expect.poll(() => deleted.count()).toBe(2);
    await page.getByRole('button', { name: 'Delete forever: Northwind (maria.keller)' }).click();
    await room.dialog.getByRole('button', { name: 'Delete forever' }).click();
    await expect.poll(() => deleted.count()).toBe(1);
    await page.getByRole('button', { name: 'Empty trash' }).click();
    await room.dialog.getByRole('button', { name: 'Empty trash' }).click();
    await page.getByText('The trash is empty').waitFor();
    await page.getByRole('link', { name: 'Authenticator' }).last().click();
    await expect.poll(async () => (await room.issuers()).toSorted()).toEqual(['Fastmail', 'GitHub']);
  });

  it('several copies in a row: the last one is on the clipboard, each says when it is cleared', async () => {
    for (const issuer of ['GitHub', 'Northwind', 'Zürich Bank'] as const) {
      await room.row(issuer).click();
      await copied(issuer).waitFor();
    }
    await clearingNote(page, /Copied the code of Zürich Bank. The clipboard is cleared after 30 s/).waitFor();
    expect(codesAround('Zürich Bank')).toContain(await app.clipboardText());
    await expect.poll(async () => (await accountOf('GitHub')).useCount).toBe(1);
  });

  it('codes hidden until pointed at, focused or revealed', async () => {
    const code = await room.code('Northwind');
    const words = async (issuer: string): Promise<string> => (await room.row(issuer).textContent()) ?? '';
    await page.mouse.move(2, 2);
    await page.getByRole('button', { name: 'Hide all codes' }).click();
    await page.mouse.move(2, 2);
    const dots = room.row('Northwind').getByRole('img', { name: 'Code hidden' });
    await dots.waitFor();
    expect(await words('Northwind')).not.toMatch(/\d{3} \d{3}/);
    expect(await room.row('Northwind').ariaSnapshot()).not.toContain(code.slice(0, 3));
    await room.row('Northwind').hover();
    await dots.waitFor({ state: 'detached' });
    expect(await words('Northwind')).toMatch(/\d{3} \d{3}/);
    expect(await words('GitHub')).not.toMatch(/\d{3} \d{3}/);
    await page.mouse.move(2, 2);
    await dots.waitFor();
    await room.row('Northwind').focus();
    await dots.waitFor({ state: 'detached' });
    await page.keyboard.press('h');
    await page.getByRole('button', { name: 'Hide all codes' }).waitFor();
    expect(await words('GitHub')).toMatch(/\d{3} \d{3}/);
  });

  it('compact and comfortable density', async () => {
    const height = async (): Promise<number> =>
      Math.round((await room.row('Northwind').boundingBox())?.height ?? 0);
    expect(await height()).toBe(69);
    await new AppPage(page).openRoom('Settings');
    await page.getByText('Compact', { exact: true }).click();
    await new AppPage(page).openRoom('Authenticator');
    await expect.poll(height).toBe(40);
    await page.reload();
    await expect.poll(height).toBe(40);
  });

  it('countdown as a ring, colour and text', async () => {
    await addAccount(page, 'Slow', RFC_SECRET, { periodS: 300 });
    await addAccount(page, 'Quick', RFC_SECRET, { name: 'quick', periodS: 5 });
    const left = async (issuer: string): Promise<number> =>
      Number.parseInt((await room.row(issuer).locator('.account-seconds').textContent()) ?? '', 10);
    await room.row('Quick').locator('.ring-arc.late').waitFor();
    await expect.poll(() => left('Slow')).toBeGreaterThan(0);
    expect(await left('Quick')).toBeLessThanOrEqual(5);
    const slow = room.row('Slow').locator('.ring-arc');
    await expect
      .poll(async () => (await left('Slow')) > 10 === !(await slow.getAttribute('class'))?.includes('late'))
      .toBe(true);
  });

  it('HOTP: next is explicit, its counter stored before it is shown, and it can be resynchronised', async () => {
    await addAccount(page, 'Northwind VPN', RFC_SECRET, { type: 'hotp' });
    const row = room.row('Northwind VPN');
    const next = row.getByRole('button', { name: 'Next code of Northwind VPN' });
    await next.click();
    await row.getByText('755 224').waitFor();
    await row.getByText('counter-based').waitFor();
    const { id } = await accountOf('Northwind VPN');
    expect(await callHost(page, 'authenticator:details', { id })).toMatchObject({ counter: 1 });
    await next.click();
    await row.getByText('287 082').waitFor();
    // What was counted stays counted.
    await page.reload();
    expect(await callHost(page, 'authenticator:details', { id })).toMatchObject({ counter: 2 });
    await row.focus();
    await page.keyboard.press('e');
    await room.dialog.getByRole('button', { name: 'Advanced' }).click();
    await room.dialog.getByRole('textbox', { name: 'Counter' }).fill('3');
    await room.dialog.getByRole('button', { name: 'Save' }).click();
    await room.dialog.waitFor({ state: 'hidden' });
    await row.focus();
    await page.keyboard.press('n');
    await copied('Northwind VPN').waitFor();
    expect(await app.clipboardText()).toBe(RFC_CODES[3]);
  });

  it('Steam: five of its own letters', async () => {
    await addAccount(page, 'Steam', RFC_SECRET, { type: 'steam', digits: 5 });
    await expect.poll(() => room.code('Steam').catch(() => '')).toMatch(/^[2-9BCDFGHJKMNPQRTVWXY]{5}$/);
  });

  it('G8, time: codes go by the checked time when the user allows it, and the room says so', async () => {
    const server = await startNtpServer((request) => [rightAnswer(request, Date.now() + 40_000)]);
    try {
      await changeSettings(page, { timeServers: [server.address], timeFallbacks: [] });
      await callHost(page, 'clock:check', {});
      await page.getByText('This computer is 40 s behind').waitFor();
      expect(codesAround('GitHub')).toContain(await room.code('GitHub'));
      await page.getByRole('button', { name: 'Use checked time' }).click();
      await page.getByText('Codes go by checked time: this computer is 40 s behind.').waitFor();
      await expect
        .poll(async () => codesAround('GitHub', 40_000).includes(await room.code('GitHub')))
        .toBe(true);
    } finally {
      server.close();
    }
  });

  it('`?` lists all keys', async () => {
    await room.row('GitHub').focus();
    await page.keyboard.press('?');
    await room.dialog.getByText('Copy the next code').waitFor();
    await page.keyboard.press('Escape');
    await room.dialog.waitFor({ state: 'hidden' });
  });
});

onEachDriver('daily use with a passphrase', (driver) => {
  it('QR code and secret of an account shown only after unlock', async () => {
    const app = await driver.start({ home: temporaryFolder(), keychain: 'none' });
    try {
      await app.page
        .getByText(/keychain/i)
        .first()
        .waitFor();
      await callHost(app.page, 'app:choosePassphrase', { passphrase: PASSPHRASE });
      await new AppPage(app.page).ready();
      await addAccount(app.page, 'GitHub', SECRETS.GitHub);
      const room = new AuthenticatorPage(app.page);
      await room.choose('GitHub', 'Show secret and QR code');
      const passphrase = room.dialog.getByLabel('Passphrase', { exact: true });
      await passphrase.fill('wrong horse battery staple');
      await room.dialog.getByRole('button', { name: 'Show secret' }).click();
      await room.dialog.locator('.field-error').waitFor();
      expect(await room.dialog.textContent()).not.toContain('JBSW');
      await passphrase.fill(PASSPHRASE);
      await room.dialog.getByRole('button', { name: 'Show secret' }).click();
      await room.dialog.getByText('JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP').waitFor();
      expect(app.problems).toEqual([]);
    } finally {
      await app.close();
    }
  });
});
