// A session that ends while something is typed: nothing of it is lost, and nobody else gets to see it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { ConsolePage } from '../pages/console-page.ts';
import { scenes } from '../scenes/index.ts';
import { openStage, type Stage } from '../stage/stage.ts';

const setting = { theme: 'light', width: 1280, height: 800 } as const;

describe('the end of a session', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  const show = (name: string, use: (page: Page) => Promise<void>): Promise<void> => {
    const scene = scenes.find((each) => each.name === name);
    if (scene === undefined) throw new Error(`There is no scene ${name}.`);
    return stage.show(scene, setting, use);
  };

  it('is told of a minute before, and can be put off', () =>
    show('console-session-ends', async (page) => {
      expect(await page.locator('.dialog').textContent()).toMatch(/Your session ends in a minute/);
      expect(await page.getByRole('button', { name: 'Stay signed in' }).isEnabled()).toBe(true);
    }));

  it.each([
    ['console-session-ended-while-typing', 'jonas.frei', 'New password', 'paper walnut 77 harbour'],
    ['console-session-ended-adding-a-user', 'maria.keller', 'Name', 'Tomáš Dvořák'],
  ])(
    '%s: the form is unseen until %s has signed in again, and holds what was typed',
    (name, who, label, typed) =>
      show(name, async (page) => {
        const field = page.getByLabel(label, { exact: true });
        expect(await field.isVisible(), 'unseen').toBe(false);
        expect(await page.getByLabel('User name').last().inputValue()).toBe(who);
        await page
          .locator('.sign-in-again')
          .getByLabel('Password', { exact: true })
          .fill('glass otter 42 lantern');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('heading', { name: 'Your session has ended' }).waitFor({ state: 'hidden' });
        await field.waitFor();
        expect(await field.inputValue()).toBe(typed);
      }),
  );

  it('what was typed can be given up', () =>
    show('console-session-ended-while-typing', async (page) => {
      await page.getByRole('button', { name: 'Leave, and lose what was typed' }).click();
      await new ConsolePage(page).screen('Sign in').waitFor();
      expect(await page.locator('.dialog').count()).toBe(0);
    }));
});
