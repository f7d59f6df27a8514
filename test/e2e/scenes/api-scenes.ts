// API keys in the administration: none, some, being made, just made, and one about to be revoked.
import type { Page } from 'playwright-core';
import type { ApiKey } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { SCENE_NOW_MS } from './app-answers.ts';
import { answers as organizationAnswers } from './organization-scenes.ts';
import type { Scene } from './scene.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const key = (id: string, name: string, more: Partial<ApiKey> = {}): ApiKey => ({
  id,
  name,
  scopes: ['users:read'],
  prefix: 'twofold_k7Qm2x',
  createdAtMs: SCENE_NOW_MS - 30 * DAY_MS,
  createdBy: 'maria.keller',
  lastUsedAtMs: SCENE_NOW_MS,
  // Beyond the time of any run: pages judge it by their own clock.
  expiresAtMs: SCENE_NOW_MS + 3_650 * DAY_MS,
  revokedAtMs: null,
  ...more,
});

const keys = [
  key('key-1', 'Payroll', { scopes: ['users:read', 'users:write', 'two-factor:read'] }),
  key('key-2', 'Door terminals', {
    prefix: 'twofold_9fTbZe',
    scopes: ['codes:verify', 'sign-in'],
    expiresAtMs: null,
    lastUsedAtMs: null,
  }),
  key('key-3', 'Old intranet', {
    prefix: 'twofold_c3PWua',
    revokedAtMs: SCENE_NOW_MS - 5 * DAY_MS,
    lastUsedAtMs: SCENE_NOW_MS - 9 * DAY_MS,
  }),
  key('key-4', 'Trial', { prefix: 'twofold_Xr81dn', expiresAtMs: SCENE_NOW_MS - DAY_MS }),
];

const at = (present: ApiKey[], more: FakeAnswers = {}): FakeAnswers => ({
  ...organizationAnswers,
  'administration:apiKeys': { keys: present },
  'administration:breakGlass': { sealed: null, pending: null },
  ...more,
});

const toCard = (page: Page): Promise<void> =>
  page.getByRole('region', { name: 'API keys' }).scrollIntoViewIfNeeded();

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Payroll');
  const scopes = page.getByRole('group', { name: 'What it may do' });
  await scopes.getByText('Read users', { exact: true }).click();
  await scopes.getByText('Verify codes', { exact: true }).click();
}

export const apiScenes: readonly Scene[] = [
  { name: 'console-api-keys-none', route: 'console/policy', answers: at([]), act: toCard },
  { name: 'console-api-keys', route: 'console/policy', answers: at(keys), act: toCard },
  { name: 'console-api-keys-make', route: 'console/policy', answers: at(keys), act: fillIn },
  {
    name: 'console-api-keys-made',
    route: 'console/policy',
    answers: at([], {
      'administration:makeApiKey': {
        key: 'twofold_k7Qm2xV0bTg4sYw9LrJdPn6HcZe1Aq3UfXi8oMt5KvE',
        record: key('key-1', 'Payroll', { scopes: ['users:read', 'codes:verify'], lastUsedAtMs: null }),
      },
    }),
    act: async (page) => {
      await fillIn(page);
      const code = page.getByLabel('Your own current code');
      if (await code.isVisible()) await code.fill('123456');
      await page.getByRole('button', { name: 'Make the key' }).click();
      await page.getByTestId('api-key').waitFor();
    },
  },
  {
    name: 'console-api-keys-revoke',
    route: 'console/policy',
    answers: at(keys),
    act: async (page) => {
      await page.getByRole('button', { name: 'Revoke Payroll' }).click();
      await page.locator('.dialog').waitFor();
    },
  },
];
