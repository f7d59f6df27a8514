// The frame of the app as a user sees it: the rail with the rooms, and the title of the room.
import type { Locator, Page } from 'playwright-core';

export type RoomName = 'Authenticator' | 'Console' | 'Rehearsal' | 'Clock' | 'Settings';

export class AppPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get rail(): Locator {
    return this.page.getByRole('navigation', { name: 'Rooms' });
  }

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** Waits until the app answers. */
  async ready(): Promise<void> {
    await this.rail.waitFor();
  }

  async openRoom(name: RoomName): Promise<void> {
    await this.rail.getByRole('link', { name, exact: true }).click();
    await this.rail.locator('[aria-current=page]', { hasText: name }).waitFor();
  }
}
