// API keys, as an administrator makes and revokes them; the loopback host answers the program that has one.
import { expect, it } from 'vitest';
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

onEachDriver('API keys', (driver) => {
  it('issue 4, for other programs: a key is shown once, opens what it is for, and nothing once revoked', async () => {
    const app = await driver.start({ home: temporaryFolder() });
    const { page } = app;
    const console = new ConsolePage(page);
    const administration = new AdministrationPage(page);
    await new AppPage(page).openRoom('Console');
    await console.createOrganization(MARIA);
    await console.signedIn();
    await administration.openTab('Policy');
    const card = page.getByRole('region', { name: 'API keys' });
    await card.getByText('There is no key.').waitFor();

    await card.getByRole('button', { name: 'Make a key' }).click();
    await administration.dialog.getByRole('textbox', { name: 'Name' }).fill('Payroll');
    await administration.dialog.getByText('Read the roll-out', { exact: true }).click();
    await administration.confirm('Make the key');
    const key = (await page.getByTestId('api-key').textContent()) ?? '';
    expect(key).toMatch(/^twofold_[A-Za-z0-9_-]{43}$/);
    await administration.dialog.getByRole('button', { name: 'Done' }).click();
    await card.getByRole('listitem').filter({ hasText: 'Payroll' }).waitFor();
    expect(await page.content()).not.toContain(key);

    const { origin, protocol } = new URL(page.url());
    await card.getByText('Programs are answered on this machine alone').waitFor();
    const isAnswered = await card.getByText(`${origin}/api/v1`).isVisible();
    const ask = async (path: string): Promise<number> => {
      const answer = await fetch(`${origin}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } });
      return answer.status;
    };
    if (isAnswered) {
      expect(protocol).toBe('http:');
      expect([await ask('/roll-out'), await ask('/users')]).toEqual([200, 403]);
    } else {
      await card.getByText('This window does not answer them.').waitFor();
    }

    await card.getByRole('button', { name: 'Revoke Payroll' }).click();
    await administration.confirm('Revoke');
    await card.getByText('Revoked', { exact: true }).waitFor();
    if (isAnswered) expect(await ask('/roll-out')).toBe(401);
    expect(app.problems).toEqual([]);
    await app.close();
  });
});
