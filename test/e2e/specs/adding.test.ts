// Issue 3, "Adding accounts: one flow, every way in": each way leads to one preview, and one undo takes all of it back.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import QRCode from 'qrcode';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { OtherAuthenticator } from '../devices/other-authenticator.ts';
import { onEachDriver, type RunningApp, temporaryFolder } from '../drivers/index.ts';
import { AppPage } from '../pages/app-page.ts';
import { AuthenticatorPage } from '../pages/authenticator-page.ts';
import { type GivenFile, TransferPage } from '../pages/transfer-page.ts';

const vector = (name: string): Buffer =>
  readFileSync(join(import.meta.dirname, '../../vectors/transfer', name));

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
/** RFC 4226, appendix D: the secret of the test values. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

const linkOf = (issuer: string, name: string, secret = SECRET): string =>
  `otpauth://totp/${issuer}:${name}?secret=${secret}&issuer=${issuer}`;

async function picture(name: string, text: string): Promise<GivenFile> {
  const content = await QRCode.toBuffer(text, { margin: 4, width: 400 });
  return { name, content, mediaType: 'image/png' };
}

/** What the page gets when it asks for the screen: a picture with a small code in a corner. The system's own picker and
 * screen are beyond a browser without a window. */
async function showOnScreen(page: Page, text: string): Promise<void> {
  const code = await QRCode.toDataURL(text, { margin: 4, width: 160 });
  await page.evaluate(async (source) => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 1920;
    canvas.height = 1080;
    const draw = (): void => {
      const context = canvas.getContext('2d');
      if (context === null) return;
      context.fillStyle = '#5d6b82';
      context.fillRect(0, 0, 1920, 1080);
      context.drawImage(image, 1500, 760);
    };
    draw();
    setInterval(draw, 50);
    Object.defineProperty(navigator.mediaDevices, 'getDisplayMedia', {
      configurable: true,
      value: () => Promise.resolve(canvas.captureStream(20)),
    });
  }, code);
}

onEachDriver('adding accounts', (driver) => {
  let app: RunningApp;
  let transfer: TransferPage;
  let authenticator: AuthenticatorPage;

  beforeAll(async () => {
    app = await driver.start({ home: temporaryFolder() });
    await new AppPage(app.page).ready();
    transfer = new TransferPage(app.page);
    authenticator = new AuthenticatorPage(app.page);
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

  /** Rows out of sight are not drawn: looks for the accounts with this word by the search. */
  const find = async (text: string, count = 1): Promise<void> => {
    await authenticator.search.fill(text);
    if (count === 0) await app.page.getByText('Nothing found').waitFor();
    else await expect.poll(() => authenticator.row(text).count()).toBe(count);
  };

  it('reads an image file', async () => {
    await transfer.open('Read a picture');
    await transfer.chooseFiles([await picture('one.png', linkOf('Picture', 'maria'))]);
    await transfer.titled('Add this account?').waitFor();
    await transfer.confirm('Add account');
    await transfer.told('Added Picture (maria)');
    const code = await authenticator.code('Picture');
    expect(new OtherAuthenticator(SECRET).shows(code)).toBe(true);
  });

  it('reads several image files at once, and says which of them holds nothing', async () => {
    await transfer.open('Read a picture');
    const blank = await QRCode.toBuffer('https://example.com/', { width: 200 });
    await transfer.chooseFiles([
      await picture('one.png', linkOf('Several', 'first')),
      { name: 'address.png', content: blank, mediaType: 'image/png' },
      await picture('two.png', linkOf('Several', 'second')),
    ]);
    await transfer.candidate('first').waitFor();
    await transfer.candidate('second').waitFor();
    await transfer.dialog.getByText('address.png').waitFor();
    await transfer.confirm('Add 2 accounts');
    await transfer.told('Added 2 accounts');
    await find('Several', 2);
  });

  it('takes what is dropped on the window: a picture and a file in one preview', async () => {
    await transfer.hand('drop', [
      await picture('dropped.png', linkOf('Dropped', 'maria')),
      { name: 'links.txt', content: Buffer.from(`${linkOf('Dropped', 'jonas')}\n`) },
    ]);
    await transfer.candidate('maria').waitFor();
    await transfer.candidate('jonas').waitFor();
    await transfer.confirm('Add 2 accounts');
    await find('Dropped', 2);
  });

  it('takes a pasted image', async () => {
    await transfer.hand('paste', [await picture('image.png', linkOf('Pasted', 'image'))]);
    await transfer.titled('Add this account?').waitFor();
    await transfer.confirm('Add account');
    await find('Pasted');
  });

  it('takes a pasted link, and lets the dialog be closed without adding it', async () => {
    await transfer.hand('paste', [], linkOf('Closed', 'link'));
    await transfer.titled('Add this account?').waitFor();
    await transfer.close();
    await find('Closed', 0);
  });

  it('takes a text with several links, names the bad ones, and undoes all of it at once', async () => {
    await transfer.open('Paste a link');
    const lines = [linkOf('Text', 'one'), 'otpauth://totp/Text:broken', linkOf('Text', 'two'), 'a word'];
    await transfer.dialog.getByRole('textbox', { name: 'Link' }).fill(lines.join('\n'));
    await transfer.dialog.getByRole('button', { name: 'Read link' }).click();
    await transfer.dialog.getByText('Left out (2)').waitFor();
    await transfer.dialog.getByText('Line 2').waitFor();
    await transfer.confirm('Add 2 accounts');
    await find('Text', 2);
    await transfer.undo('Added 2 accounts');
    await find('Text', 0);
  });

  it('goes on reading into the same preview', async () => {
    await transfer.open('Paste a link');
    await transfer.dialog.getByRole('textbox', { name: 'Link' }).fill(linkOf('More', 'first'));
    await transfer.dialog.getByRole('button', { name: 'Read link' }).click();
    await transfer.dialog.getByRole('button', { name: 'Add more' }).click();
    await transfer.showWay('Read a picture');
    await transfer.chooseFiles([await picture('more.png', linkOf('More', 'second'))]);
    await transfer.candidate('first').waitFor();
    await transfer.candidate('second').waitFor();
    await transfer.dialog.getByText('Read from Links and QR code').waitFor();
    await transfer.confirm('Add 2 accounts');
    await transfer.undo('Added 2 accounts');
  });

  it('reads the screen: the whole of it first, then a region that was dragged', async () => {
    await showOnScreen(app.page, linkOf('Screen', 'maria'));
    await transfer.open('Screen');
    await transfer.dialog.getByRole('button', { name: 'Choose screen' }).click();
    await transfer.candidate('Screen').waitFor();
    await transfer.dialog.getByRole('button', { name: 'Add more' }).click();
    const box = await transfer.dialog.locator('.region-picker').boundingBox();
    if (box === null) throw new Error('The picture of the screen is not shown.');
    await app.page.mouse.move(box.x + box.width * 0.76, box.y + box.height * 0.68);
    await app.page.mouse.down();
    await app.page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.88, { steps: 5 });
    await app.page.mouse.up();
    await transfer.titled('Add this account?').waitFor();
    await transfer.confirm('Add account');
    await find('Screen');
  });

  it('adds what is typed in: TOTP with ten digits and a short secret, HOTP, Steam', async () => {
    const type = async (kind: string | null, issuer: string, secret: string): Promise<void> => {
      await transfer.open('Type it in');
      await transfer.dialog.getByRole('textbox', { name: 'Issuer' }).fill(issuer);
      await transfer.dialog.getByRole('textbox', { name: 'Account' }).fill('typed');
      await transfer.dialog.getByRole('textbox', { name: 'Secret' }).fill(secret);
      await transfer.dialog.getByRole('button', { name: 'Advanced' }).click();
      if (kind === null) return;
      await transfer.dialog.getByRole('button', { name: /Type$/ }).click();
      await app.page.getByRole('option', { name: kind }).click();
    };
    const send = async (): Promise<void> => {
      await transfer.dialog.locator('button[type=submit]').click();
      await transfer.dialog.waitFor({ state: 'hidden' });
    };

    await type(null, 'Ten', 'jbsw y3dp');
    await transfer.dialog.getByText('40 bits').waitFor();
    await transfer.dialog.getByRole('button', { name: /Digits$/ }).click();
    await app.page.getByRole('option', { name: '10' }).click();
    await transfer.dialog.getByRole('textbox', { name: 'Period in seconds' }).fill('86400');
    await send();
    await find('Ten');
    await expect.poll(() => authenticator.code('Ten')).toMatch(/^\d{10}$/);

    await type('Counter-based (HOTP)', 'Counter', RFC_SECRET);
    await transfer.dialog.getByRole('textbox', { name: 'Counter' }).fill('1');
    await send();
    await find('Counter');
    await authenticator.row('Counter').getByRole('button', { name: 'Next code' }).click();
    // RFC 4226, appendix D, count 1.
    await expect.poll(() => authenticator.code('Counter')).toBe('287082');

    await type('Steam', 'Steam', SECRET);
    await send();
    await find('Steam');
    await expect.poll(() => authenticator.code('Steam')).toMatch(/^[2-9BCDFGHJKMNPQRTVWXY]{5}$/);
  });

  it('imports a plain file, lists what is left out and what was changed, and undoes it', async () => {
    await transfer.open('Import a file');
    await transfer.chooseFiles([{ name: 'aegis.json', content: vector('aegis/plain.json') }]);
    await transfer.candidate('kim@example.com').waitFor();
    await transfer.dialog.getByText('Left out (2)').waitFor();
    await transfer.dialog.getByText('Icons are not taken over.').waitFor();
    await transfer.confirm('Add 4 accounts');
    await find('kim@example.com');
    await transfer.undo('Added 4 accounts');
    await find('kim@example.com', 0);
  });

  it('imports an encrypted file: a wrong password keeps it chosen, the right one opens it', async () => {
    await transfer.open('Import a file');
    await transfer.chooseFiles([{ name: 'aegis-encrypted.json', content: vector('aegis/encrypted.json') }]);
    await transfer.titled('Password of the file').waitFor();
    await transfer.enterPassword('correct house');
    await transfer.dialog.getByText('does not open the file').waitFor();
    await transfer.enterPassword('correct horse');
    await transfer.candidate('kim@example.com').waitFor();
    await transfer.close();
  });

  it('says that a file is of no known kind', async () => {
    await transfer.open('Import a file');
    await transfer.chooseFiles([{ name: 'notes.txt', content: Buffer.from('milk, bread, eggs') }]);
    await transfer.dialog.getByRole('alert').filter({ hasText: 'neither a picture nor a file' }).waitFor();
    await transfer.close();
  });

  it('gathers an export of Google Authenticator over several pictures, and names what is missing', async () => {
    const links = vector('google-migration/version-1.txt').toString('utf8').trim().split('\n');
    const [first = '', second = '', third = ''] = links;
    await transfer.open('Read a picture');
    await transfer.chooseFiles([await picture('1.png', first), await picture('3.png', third)]);
    await transfer.candidate('kim@example.com').waitFor();
    await transfer.dialog.getByText('This QR code of the export is missing').waitFor();
    await transfer.dialog.getByRole('button', { name: 'Add more' }).click();
    await transfer.chooseFiles([await picture('2.png', second)]);
    await transfer.candidate('Unnamed').waitFor();
    expect(await transfer.dialog.getByText('This QR code of the export is missing').count()).toBe(0);
    await transfer.close();
  });

  it('shows what is already there: skips it, keeps both, or replaces it', async () => {
    const twice = linkOf('Twice', 'maria');
    const paste = async (): Promise<void> => {
      await transfer.open('Paste a link');
      await transfer.dialog
        .getByRole('textbox', { name: 'Link' })
        .fill(`${twice}\n${linkOf('Twice', 'jonas')}`);
      await transfer.dialog.getByRole('button', { name: 'Read link' }).click();
      await transfer.candidate('maria').waitFor();
    };
    await paste();
    await transfer.confirm('Add 2 accounts');
    await find('Twice', 2);

    await paste();
    expect(await transfer.candidate('maria').textContent()).toContain('Already there');
    expect(await transfer.dialog.getByRole('button', { name: 'Add accounts' }).isDisabled()).toBe(true);
    await transfer.decide('maria', 'Keep both');
    await transfer.confirm('Add account');
    await find('Twice', 3);

    await paste();
    await transfer.decide('jonas', 'Replace');
    await transfer.confirm('Replace account');
    await transfer.told('Replaced 1 account');
    await transfer.undo('Replaced 1 account');
    await find('Twice', 3);
  });
});
