// Issue 5, "Clock room": the drift in a plot, what it means for codes, the health of sources, and the notices of a drift.
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openPreferences } from '../../../src-main/app/preferences.ts';
import { systemClock } from '../../../src-main/clock/system-clock.ts';
import { dataFiles } from '../../../src-main/storage/data-files.ts';
import { type FakeNtpServer, rightAnswer, startNtpServer } from '../../fakes/ntp-server.ts';
import { onEachDriver, type RunningApp, temporaryFolder } from '../drivers/index.ts';
import { AppPage } from '../pages/app-page.ts';

onEachDriver('clock', (driver) => {
  let app: RunningApp;
  let page: Page;
  let known = 0;
  const servers: FakeNtpServer[] = [];
  /** By how much this computer is behind, as the servers say; one for each. */
  const behindMs = [0, 0, 0];

  beforeAll(async () => {
    for (const index of behindMs.keys())
      servers.push(
        await startNtpServer((request) => [rightAnswer(request, Date.now() + (behindMs[index] ?? 0))]),
      );
    const home = temporaryFolder();
    // No time server but those of this test is ever asked.
    const preferences = await openPreferences(dataFiles(home).preferences, systemClock);
    await preferences.saveSettings({ ...preferences.settings, timeServers: [], timeFallbacks: [] });
    app = await driver.start({ home });
    await new AppPage(app.page).ready();
  });
  beforeEach(async () => {
    page = app.page;
    known = app.problems.length;
    await new AppPage(page).openRoom('Clock');
  });
  afterEach(() => {
    expect(app.problems.slice(known)).toEqual([]);
  });
  afterAll(async () => {
    await app.close();
    for (const server of servers) server.close();
  });

  const notices = (): Locator => page.locator('.notices .note');
  const verdict = (words: string | RegExp): Locator =>
    page.getByRole('heading', { level: 2 }).filter({ hasText: words });
  const plot = (): Locator => page.getByRole('img', { name: /in the last day/ });
  const typedServer = (index: number): Locator =>
    page.getByRole('textbox', { name: `Time server ${index + 1}`, exact: true });
  const sourceRow = (index: number): Locator =>
    page
      .getByRole('table', { name: 'Time sources' })
      .getByRole('row')
      .filter({ hasText: servers[index]?.address ?? 'no server' });

  /** All servers say the same; then the user has the clock checked. */
  async function checkWith(ms: number): Promise<void> {
    behindMs.fill(ms);
    await page.getByRole('button', { name: 'Check now' }).click();
  }

  it('issue 5, G8: time sources are set in the room, and asked at once', async () => {
    await page.getByText('No check so far').waitFor();
    for (const [index, { address }] of servers.entries()) {
      await page.getByRole('button', { name: 'Add time server' }).click();
      await typedServer(index).fill(address);
    }
    await page.getByRole('button', { name: 'Save' }).click();
    await verdict('This computer’s clock is right').waitFor();
    await page.getByText('Your codes are right; margin 29 s.').waitFor();
    await sourceRow(0).getByText('Answered 1 of 1').waitFor();
    expect(servers.map(({ requests }) => requests.length > 0)).toEqual([true, true, true]);
  });

  it('issue 5, G8: one check is no drift yet; with the second one the plot is there, as a table too', async () => {
    await page.getByText('One check so far').waitFor();
    expect(await plot().count()).toBe(0);
    await checkWith(1_500);
    await plot().waitFor();
    expect(await plot().getAttribute('aria-label')).toMatch(
      /^2 checks in the last day, from 1\.[4-9] s behind to/,
    );
    await page.getByText('Your codes are right; margin 28 s.').waitFor();
    // With the keyboard, from one check to the one before.
    await page.getByRole('slider').focus();
    const chosen = (): Promise<string | null> => page.getByRole('slider').getAttribute('aria-valuetext');
    expect(await chosen()).toContain('1.5 s behind');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(chosen).not.toContain('1.5 s behind');
    await page.getByRole('button', { name: 'Show as table' }).click();
    const rows = page.getByRole('table', { name: 'Drift over time' }).getByRole('row');
    await expect.poll(() => rows.count()).toBe(3);
    expect(await rows.nth(1).textContent()).toContain('1.5 s behind');
    await page.getByRole('radio', { name: 'Month' }).click();
    await page.getByRole('img', { name: /in the last 30 days/ }).waitFor();
    await page.getByRole('radio', { name: 'Day' }).click();
  });

  it('issue 5, G8: past 5 s a hint is told once, past 15 s a warning in its place, and it goes by itself', async () => {
    await checkWith(6_200);
    await notices().getByText("This computer's clock is 6 s behind.").waitFor();
    await page.getByText('Your codes are still accepted; margin 23 s.').waitFor();
    expect(await notices().count()).toBe(1);
    await checkWith(20_200);
    await notices()
      .getByText("This computer's clock is 20 s behind. Services may refuse its codes.")
      .waitFor();
    expect(await notices().count()).toBe(1);
    // In every room, not only in this one.
    await new AppPage(page).openRoom('Authenticator');
    expect(await notices().count()).toBe(1);
    await new AppPage(page).openRoom('Clock');
    await checkWith(0);
    await verdict('This computer’s clock is right').waitFor();
    await notices().waitFor({ state: 'detached' });
  });

  it('issue 5, G8: a dismissed notice stays away at the next check, and over a restart', async () => {
    await checkWith(7_000);
    await notices().getByRole('button', { name: 'Dismiss' }).click();
    await notices().waitFor({ state: 'detached' });
    await checkWith(7_400);
    await verdict('7.4 s behind').waitFor();
    expect(await notices().count()).toBe(0);
    await app.restart();
    page = app.page;
    await new AppPage(page).openRoom('Clock');
    await verdict('7.4 s behind').waitFor();
    // What was found before the restart is in the plot still.
    await expect.poll(() => plot().getAttribute('aria-label')).toMatch(/^[6-9] checks in the last day/);
    expect(await notices().count()).toBe(0);
  });

  it('issue 5, G8: codes by the checked time: the room says that they are right, and by how much', async () => {
    await checkWith(25_000);
    await notices().getByText('Services may refuse its codes.').waitFor();
    await page.getByText('Your codes are still accepted; margin 4 s.').waitFor();
    await page.getByText('Make codes by the checked time').click();
    await page.getByText('They go by the checked time, as this computer is 25 s behind.').waitFor();
    await notices().getByText('Codes go by the checked time, so they are right.').waitFor();
    await page.getByText('Make codes by the checked time').click();
    await page.getByText('Your codes are still accepted; margin 4 s.').waitFor();
    await checkWith(0);
    await notices().waitFor({ state: 'detached' });
  });

  it('issue 5, G8: a source that contradicts the others, and one that does not answer, are named', async () => {
    behindMs[1] = 40_000;
    servers[2]?.close();
    await page.getByRole('button', { name: 'Check now' }).click();
    await sourceRow(2).getByText('Failed').waitFor();
    await sourceRow(2)
      .getByText(/^Answered 7 of the last 8/)
      .waitFor();
    // One against one is no majority: with a third that agrees with the first there is.
    expect(await sourceRow(1).getByText('Contradicts').count()).toBe(0);
    const third = await startNtpServer((request) => [rightAnswer(request, Date.now())]);
    servers[2] = third;
    await typedServer(2).fill(third.address);
    await page.getByRole('button', { name: 'Save' }).click();
    await sourceRow(1).getByText('Contradicts').waitFor();
    await sourceRow(1)
      .getByText(/1 of them contradicting/)
      .waitFor();
    await verdict('This computer’s clock is right').waitFor();
  });

  it('issue 5: the settings lead to the room', async () => {
    await new AppPage(page).openRoom('Settings');
    await page.getByRole('link', { name: 'Clock room' }).click();
    await page.getByRole('heading', { level: 1, name: 'Clock' }).waitFor();
  });
});
