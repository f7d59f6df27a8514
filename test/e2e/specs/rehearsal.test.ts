// The rehearsal (issue 5) in its room: a guided story step by step, and a world in which one does as one likes.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { scenarios } from '../../../src-main/rehearsal/scenarios.ts';
import { onEachDriver, type RunningApp, temporaryFolder } from '../drivers/index.ts';
import { AppPage } from '../pages/app-page.ts';
import { RehearsalPage } from '../pages/rehearsal-page.ts';

const stories = scenarios
  .filter(({ steps }) => steps.length > 0)
  .map(({ title, cases, steps }) => ({ title, cases: cases.join(', '), steps: steps.length }));

const GUIDED = 'Lost device, trusted browser at hand';
const LAPTOP = 'Office laptop';
const PHONE = 'Maria’s phone';
/** A busy machine is no failure of the app. */
const SOON = { timeout: 20_000 };

onEachDriver('the rehearsal', (driver) => {
  let app: RunningApp;
  let rooms: AppPage;
  let rehearsal: RehearsalPage;

  beforeAll(async () => {
    app = await driver.start({ home: temporaryFolder() });
    rooms = new AppPage(app.page);
    rehearsal = new RehearsalPage(app.page);
    await rooms.ready();
    await rooms.openRoom('Rehearsal');
  });
  afterAll(() => app.close());

  it('G9: a guided story goes as expected, step by step by the key N, and the pages show what it says', async () => {
    await rehearsal.open(GUIDED);
    await rehearsal.screen(LAPTOP).getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(
      await app.page.evaluate(() => document.activeElement?.tagName),
      'no page takes the focus',
    ).not.toBe('IFRAME');
    await app.page.keyboard.press('n');
    await rehearsal.screen(LAPTOP).getByRole('heading', { name: 'Enter your code' }).waitFor();
    await expect.poll(() => rehearsal.standing.textContent(), SOON).toMatch(/^1 of \d+ steps as expected$/);
    await app.page.keyboard.press('n');
    await rehearsal.panel(LAPTOP).getByText('trusted for maria, 30 days').waitFor();
    await app.page.getByRole('button', { name: 'Run to the end' }).click();
    await app.page.getByText('Every step was played.').waitFor();
    expect(await rehearsal.standing.textContent()).toMatch(/^(\d+) of \1 steps as expected$/);
    await rehearsal
      .panel('Old phone')
      .getByText(/^lost at \d\d:\d\d$/)
      .waitFor();
    expect(await rehearsal.panel('Old phone').locator('iframe').count()).toBe(0);
    await rehearsal.close();
  });

  it('by hand: a code read from the device is typed into the browser, and both go by the world’s time', async () => {
    await rehearsal.open('Free play');
    const laptop = rehearsal.screen(LAPTOP);
    await rehearsal.happen(LAPTOP, 'Sign in as maria');
    await laptop.getByRole('heading', { name: 'Enter your code' }).waitFor();
    const [clock, code] = [await rehearsal.clock.textContent(), await rehearsal.codeOn(PHONE)];
    await app.page.getByRole('button', { name: '+ 10 min' }).click();
    await laptop.getByText('The sign-in took too long').waitFor();
    await expect.poll(() => rehearsal.codeOn(PHONE), SOON).not.toBe(code);
    expect([clock, await rehearsal.clock.textContent()]).toEqual(['09:00:00', '09:10:00']);

    await rehearsal.happen(LAPTOP, 'Sign in as maria');
    await laptop.getByRole('heading', { name: 'Enter your code' }).waitFor();
    await laptop.locator('input').first().click();
    await app.page.keyboard.type(await rehearsal.codeOn(PHONE));
    await app.page.keyboard.press('Enter');
    await laptop.getByRole('button', { name: 'Sign out' }).waitFor();
    await rehearsal.transcript.getByText(`${LAPTOP} · enters a code: right, signed in`).waitFor();
  });

  it('a change of device: a new one scans the QR code on the screen of the browser', async () => {
    await rehearsal.more('Get another device…');
    await app.page.getByRole('button', { name: 'Get it' }).click();
    await app.page.getByRole('button', { name: 'To the next code' }).click();
    await rehearsal.happen(LAPTOP, `Begin a change of device with ${PHONE}`);
    await rehearsal
      .screen(LAPTOP)
      .getByRole('heading', { name: 'Reset two-factor authentication' })
      .waitFor();
    await rehearsal
      .panel('New phone')
      .getByRole('button', { name: `Scan the screen of ${LAPTOP}` })
      .click();
    expect(await rehearsal.codeOn('New phone')).toMatch(/^\d{6}$/);
    await rehearsal.happen(LAPTOP, 'Confirm with the code of New phone');
    await rehearsal.screen(LAPTOP).getByRole('heading', { name: 'Keep your secret' }).waitFor();
  });

  it('issue 5: a browser that a step signs out says nothing odd', async () => {
    const laptop = rehearsal.screen(LAPTOP);
    await laptop.getByRole('button', { name: 'Continue' }).click();
    await laptop.getByRole('button', { name: 'Sign out' }).waitFor();
    await rehearsal.happen(LAPTOP, 'Sign out');
    await laptop.getByText('This browser is not signed in any more.').waitFor();
    expect(await laptop.getByText('from elsewhere').count()).toBe(0);
  });

  it.each(stories)('issue 5: “$title” ($cases) goes as expected in the window', async ({ title, steps }) => {
    await rehearsal.close();
    await rehearsal.open(title);
    await app.page.getByRole('button', { name: 'Run to the end' }).click();
    await app.page.getByText('Every step was played.').waitFor(SOON);
    expect(await rehearsal.standing.textContent()).toBe(`${steps} of ${steps} steps as expected`);
  });

  it('issue 5: saves reports, keeps what was done as an own scenario, exports it and takes it back in', async () => {
    const saved = async (press: () => Promise<void>): Promise<string> => {
      const [download] = await Promise.all([app.page.waitForEvent('download'), press()]);
      return readFile(await download.path(), 'utf8');
    };
    await rehearsal.close();
    await rehearsal.open(GUIDED);
    await app.page.getByRole('button', { name: 'Run to the end' }).click();
    await app.page.getByText('Every step was played.').waitFor(SOON);
    const html = await saved(() => rehearsal.more('Save report as HTML with pictures'));
    expect(html).toContain('<svg');
    expect(html).not.toContain('<script');
    expect(await saved(() => rehearsal.more('Save report as Markdown'))).toContain('as expected');
    expect(await saved(() => rehearsal.more('Save report as JUnit XML'))).toContain('<testsuite');

    await rehearsal.more('Save as own scenario…');
    await app.page.getByRole('textbox', { name: 'Title' }).fill('Our own night');
    await app.page.getByRole('button', { name: 'Save scenario' }).click();
    await app.page.getByText('Saved “Our own night”').waitFor();
    await rehearsal.close();
    const own = app.page.getByRole('region', { name: 'Your own' });
    const menuOf = async (entry: string): Promise<void> => {
      await own.getByRole('button', { name: 'Actions for Our own night' }).click();
      await app.page.getByRole('menuitem', { name: entry, exact: true }).click();
    };
    const file = await saved(async () => {
      await menuOf('Export as a file');
    });
    expect(JSON.parse(file)).toMatchObject({ format: 'twofold-scenario-1', name: 'our-own-night' });
    await menuOf('Delete…');
    await app.page.getByRole('button', { name: 'Delete scenario' }).click();
    await own.waitFor({ state: 'hidden' });

    const importing = async (content: string): Promise<void> => {
      const [chooser] = await Promise.all([
        app.page.waitForEvent('filechooser'),
        app.page.getByRole('button', { name: 'Import scenario…' }).click(),
      ]);
      await chooser.setFiles({
        name: 'our.json',
        mimeType: 'application/json',
        buffer: Buffer.from(content),
      });
    };
    await importing(file.replace('Our own night', '<b>Night</b>'));
    await app.page.getByText('must be one line of up to 100 characters, without < and >').waitFor();
    await importing(file);
    await own.getByText('Our own night').waitFor();
    await rehearsal.open('Our own night');
    await app.page.getByRole('button', { name: 'Run to the end' }).click();
    await app.page.getByText('Every step was played.').waitFor(SOON);
    expect(await rehearsal.standing.textContent()).toMatch(/^(\d+) of \1 steps as expected$/);
    await rehearsal.close();
  });

  it('the world stays while another room is shown, is apart from the real one, and ends when it is closed', async () => {
    await rehearsal.open('Free play');
    await rehearsal.happen(LAPTOP, 'Sign in as maria');
    await rehearsal.screen(LAPTOP).getByRole('heading', { name: 'Enter your code' }).waitFor();
    const lines = await rehearsal.transcript.locator('.transcript-line').count();
    await rooms.openRoom('Authenticator');
    expect(app.page.frames(), 'the pages in it are gone').toHaveLength(1);
    await app.page.getByText('Your codes will be here').waitFor();
    await rooms.openRoom('Console');
    await app.page.getByRole('heading', { name: 'Create an organization' }).waitFor();
    await rooms.openRoom('Rehearsal');
    await rehearsal.screen(LAPTOP).getByRole('heading', { name: 'Enter your code' }).waitFor();
    expect(await rehearsal.transcript.locator('.transcript-line').count()).toBe(lines);
    await rehearsal.close();
    expect(app.page.frames()).toHaveLength(1);
    expect(app.problems).toEqual([]);
  });
});
