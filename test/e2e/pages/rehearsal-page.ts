// The rehearsal's room as its users see it: the scenarios, the open world, and the screens of its browsers and devices.
import type { FrameLocator, Locator, Page } from 'playwright-core';

export class RehearsalPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** What the world's clock shows. */
  get clock(): Locator {
    return this.page.locator('.time-clock');
  }

  /** How the scenario stands: '4 of 6 steps as expected'. */
  get standing(): Locator {
    return this.page.locator('.world-title .badge');
  }

  get transcript(): Locator {
    return this.page.locator('.transcript-lines').first();
  }

  /** Opens the scenario with that title, and waits until its world is there. */
  async open(title: string): Promise<void> {
    await this.page.getByRole('button', { name: `Open ${title}`, exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
    await this.clock.waitFor();
  }

  panel(actor: string): Locator {
    return this.page.getByRole('region', { name: actor, exact: true });
  }

  /** The page inside that browser or device. */
  screen(actor: string): FrameLocator {
    return this.page.frameLocator(`iframe[title="Screen of ${actor}"]`);
  }

  /** Chooses an entry of the menu of a browser or device. */
  async happen(actor: string, what: string): Promise<void> {
    await this.panel(actor)
      .getByRole('button', { name: /^What happens/ })
      .click();
    await this.page.getByRole('menuitem', { name: what, exact: true }).click();
  }

  /** Chooses an entry of the world's own menu. */
  async more(what: string): Promise<void> {
    await this.page.getByRole('button', { name: 'More in this world' }).click();
    await this.page.getByRole('menuitem', { name: what, exact: true }).click();
  }

  /** The code that the device shows, without its space. */
  async codeOn(device: string): Promise<string> {
    const code = this.screen(device).locator('.account-row .code').first();
    await code.waitFor();
    return ((await code.textContent()) ?? '').replaceAll(/\D/g, '');
  }

  async close(): Promise<void> {
    await this.page.getByRole('button', { name: 'Close the rehearsal' }).click();
    const question = this.page.getByRole('alertdialog', { name: 'Close the rehearsal?' });
    const list = this.page.getByRole('heading', { level: 1, name: 'Rehearsal' });
    await question.or(list).waitFor();
    if (await question.isVisible()) await question.getByRole('button', { name: 'Close' }).click();
    await list.waitFor();
  }
}
