// The organization, as an administrator runs it: policy, roll-out with a deadline, explain, and the audit as a file.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import type { Policy } from '../../../src-shared/contract/index.ts';
import { OtherAuthenticator } from '../devices/other-authenticator.ts';
import { callHost } from '../drivers/call-host.ts';
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

const STEP_MS = 30_000;
/** A busy machine is no failure of the app. */
const SOON = { timeout: 30_000 };

/** What is sent now arrives in the same time step: the verifier's clock is the real one. */
async function untilEarlyInStep(): Promise<void> {
  while (Date.now() % STEP_MS > 20_000) await new Promise((resolve) => setTimeout(resolve, 250));
}

onEachDriver('the organization', (driver) => {
  it('issue 4, G1, G16, S4, S18: policy, roll-out, explain and audit', async () => {
    const app = await driver.start({ home: temporaryFolder() });
    const { page } = app;
    const rooms = new AppPage(page);
    const console = new ConsolePage(page);
    const administration = new AdministrationPage(page);
    await rooms.openRoom('Console');
    await console.createOrganization(MARIA);
    await console.signedIn();
    await administration.addUser('Jonas Frei', 'jonas.frei');
    await administration.previewTwoFactor(true);
    await administration.confirm('Turn on');
    await administration.dialog.waitFor({ state: 'hidden' });

    // Policy: judged while it is typed, asked about before it is left, and in force once saved.
    await administration.openTab('Policy');
    await page.getByText('1 in 3,334').waitFor();
    const window = page.getByRole('textbox', { name: 'Codes accepted on each side of the present one' });
    await window.fill('2');
    await page.getByText('is too much').first().waitFor();
    await administration.openTab('Users');
    await administration.dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await window.inputValue()).toBe('2');
    await page.getByRole('textbox', { name: 'Wrong codes before a lock' }).fill('3');
    await page.getByRole('button', { name: 'Save' }).click();
    const changes = administration.dialog.getByRole('list', { name: 'Changes' });
    expect(await changes.getByRole('listitem').count()).toBe(2);
    await administration.confirm('Save');
    await administration.dialog.waitFor({ state: 'hidden' });
    await page.getByText('1 in 2,000').first().waitFor();

    // In force, S4: with the window of 2, a code of two steps before is taken.
    await console.signOut();
    await console.signIn(MARIA.userName, MARIA.password);
    await console.screen('Set up two-factor authentication').waitFor();
    const device = new OtherAuthenticator(await console.secret());
    await untilEarlyInStep();
    await console.confirmCode(device.codeAt(-2 * STEP_MS));
    await console.keepSecret();
    await console.signedIn();

    // Roll-out: the curve, who is missing, and a deadline with the administrator's own code.
    await administration.openTab('Users');
    await page.getByRole('button', { name: 'Who is missing' }).click();
    const curve = administration.dialog.getByRole('table', { name: 'The roll-out over time' });
    await curve.waitFor({ state: 'attached' });
    expect(await curve.getByRole('row').last().textContent()).toMatch(/21$/);
    await administration.dialog.getByText('1 person missing').waitFor();
    await administration.dialog.getByText('jonas.frei').waitFor();
    await administration.dialog.getByRole('button', { name: 'Set a deadline' }).click();
    await administration.dialog.getByLabel('Deadline', { exact: true }).fill('2099-01-01T18:00');
    await administration.confirm('Set deadline', await device.unused());
    await administration.dialog.getByText('Deadline: 1 Jan 2099').waitFor();
    await administration.dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('deadline 1 Jan 2099').waitFor();

    // Explain: now, and at a moment to come.
    await administration.choose('Jonas Frei', 'Explain');
    await administration.dialog.getByText('Must choose a new password').waitFor();
    await administration.dialog.getByRole('button', { name: 'When' }).click();
    await page.getByRole('option', { name: 'After the deadline' }).click();
    await administration.dialog.getByText('Sign-in is refused').waitFor();
    await administration.dialog.getByText('The one-time password was valid until').waitFor();
    await administration.dialog.getByRole('button', { name: 'Close' }).last().click();

    // Audit: filtered, exported both ways, and whole.
    await administration.openTab('Audit');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('button', { name: 'Event' }).click();
    await page.getByRole('option', { name: 'Policy changed' }).click();
    const log = page.getByRole('table', { name: 'Audit' });
    await page.getByRole('status').filter({ hasText: /^1$/ }).waitFor();
    await log.getByText('The policy was changed').waitFor();
    expect(await log.getByRole('row').count()).toBe(2);
    const save = async (format: string): Promise<string> => {
      await page.getByRole('button', { name: 'Export the audit' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: format }).click(),
      ]);
      return readFile(await download.path(), 'utf8');
    };
    const csv = (await save('CSV')).trim().split('\r\n');
    expect(csv).toHaveLength(2);
    expect(csv[1]).toContain('policy-changed');
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await log.getByText('The audit was exported as CSV').waitFor();
    const lines = (await save('JSON lines')).trim().split('\n');
    expect(lines[0]).toContain('"previousHash":""');
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('Intact').waitFor();
    expect(app.problems).toEqual([]);
    await app.close();
  });

  it('issue 4, policy: what another administrator saves meanwhile is shown, and own changes are kept', async () => {
    const app = await driver.start({ home: temporaryFolder() });
    const { page } = app;
    const console = new ConsolePage(page);
    const administration = new AdministrationPage(page);
    await new AppPage(page).openRoom('Console');
    await console.createOrganization(MARIA);
    await console.signedIn();
    await administration.openTab('Policy');
    const own = page.getByRole('textbox', { name: 'Wrong codes before a lock' });
    const others = page.getByRole('textbox', { name: 'Codes accepted on each side of the present one' });
    const bar = page.getByRole('region', { name: 'Unsaved changes' });
    const saveElsewhere = async (changes: Partial<Policy>): Promise<void> => {
      const { policy } = await callHost(page, 'administration:policy', {});
      const input = { policy: { ...policy, ...changes }, code: null };
      await callHost(page, 'administration:savePolicy', input);
    };

    await own.fill('3');
    await saveElsewhere({ windowSteps: 2 });
    await expect.poll(() => others.inputValue(), SOON).toBe('2');
    expect(await own.inputValue()).toBe('3');
    await bar.getByText('1 unsaved change', { exact: true }).waitFor();

    // Saving changes what was typed here, and takes nothing back.
    await bar.getByRole('button', { name: 'Save' }).click();
    const changes = administration.dialog.getByRole('list', { name: 'Changes' });
    expect(await changes.getByRole('listitem').count()).toBe(1);
    await administration.confirm('Save');
    await administration.dialog.waitFor({ state: 'hidden' });
    await bar.waitFor({ state: 'hidden' });
    const { policy } = await callHost(page, 'administration:policy', {});
    expect(policy).toMatchObject({ codeFailures: 3, windowSteps: 2 });

    // What is no value yet stays as it is typed; given up, it is the value that is in force by then.
    await own.fill('');
    await saveElsewhere({ codeFailures: 4, windowSteps: 1 });
    await expect.poll(() => others.inputValue(), SOON).toBe('1');
    expect(await own.inputValue()).toBe('');
    await bar.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => own.inputValue(), SOON).toBe('4');

    // The same change from both sides is none any more.
    await own.fill('3');
    await bar.waitFor();
    await saveElsewhere({ codeFailures: 3 });
    await bar.waitFor({ state: 'hidden' });
    await administration.openTab('Users');
    await administration.row('Maria Keller').waitFor();
    expect(app.problems).toEqual([]);
    await app.close();
  });
});
