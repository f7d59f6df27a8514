// The lock: the button, what it needs, the lock screen with its waits, the forgotten passphrase, the settings.
import { type AppStatus, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { appAnswers, appStatus } from './app-answers.ts';
import type { Scene } from './scene.ts';

const withStatus = (status: Partial<AppStatus>): FakeAnswers => ({
  ...appAnswers,
  'app:status': { ...appStatus, ...status },
  'authenticator:list': { accounts: [] },
  'console:passwordStrength': ({ password }) =>
    password.length < 12
      ? { score: 1, accepted: false, advice: 'Add another word or two.' }
      : { score: 4, accepted: true, advice: '' },
});
const underPassphrase: Partial<AppStatus> = { keys: { kind: 'ready', protection: 'passphrase' } };
const locked = withStatus({ keys: { kind: 'enter-passphrase', reason: 'Twofold is locked.' } });

export const lockScenes: readonly Scene[] = [
  { name: 'lock-screen', route: 'authenticator', answers: locked },
  {
    name: 'lock-screen-wait',
    route: 'authenticator',
    answers: {
      ...locked,
      'app:enterPassphrase': () => {
        throw new TwofoldError(
          'passphrase-refused',
          'That is not the passphrase of this data. Nothing was changed. Check capitals and keyboard layout, then try again.',
          { reason: 'wrong', retryAfterMs: 8_000 },
        );
      },
    },
    act: async (page) => {
      await page.getByLabel('Passphrase', { exact: true }).fill('glass otter 43');
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByText('before the next try').waitFor();
    },
  },
  {
    name: 'lock-screen-forgotten',
    route: 'authenticator',
    answers: locked,
    act: async (page) => {
      await page.getByRole('button', { name: 'Forgot the passphrase?' }).click();
      await page.locator('.dialog').waitFor();
    },
  },
  {
    name: 'lock-needs-passphrase',
    route: 'clock',
    answers: withStatus({}),
    act: async (page) => {
      await page.keyboard.press('Control+l');
      await page.locator('.dialog').waitFor();
    },
  },
  {
    name: 'lock-settings',
    route: 'settings',
    answers: withStatus({ ...underPassphrase, host: 'desktop' }),
    act: async (page) => page.getByText('Lock with the system').scrollIntoViewIfNeeded(),
  },
  {
    name: 'lock-settings-times',
    route: 'settings',
    answers: withStatus(underPassphrase),
    act: async (page) => {
      await page.getByRole('button', { name: 'Lock when nobody is here for' }).click();
      await page.getByRole('option', { name: '60 minutes' }).waitFor();
    },
  },
  {
    name: 'lock-settings-keychain',
    route: 'settings',
    answers: withStatus({ host: 'desktop' }),
    act: async (page) => page.getByText('Hide the windows').scrollIntoViewIfNeeded(),
  },
  {
    name: 'lock-change-passphrase',
    route: 'settings',
    answers: {
      ...withStatus(underPassphrase),
      'app:changePassphrase': () => {
        throw new TwofoldError(
          'passphrase-refused',
          'That is not the passphrase of this data. Nothing was changed. Check capitals and keyboard layout, then try again.',
          { reason: 'wrong', field: 'present', retryAfterMs: 0 },
        );
      },
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Change passphrase' }).click();
      const dialog = page.locator('.dialog');
      await dialog.getByLabel('Present passphrase', { exact: true }).fill('glass otter 43');
      await dialog.getByLabel('New passphrase', { exact: true }).fill('paper walnut harbour');
      await dialog.getByLabel('New passphrase again', { exact: true }).fill('paper walnut harbour');
      await dialog.getByRole('button', { name: 'Change passphrase' }).click();
      await dialog.getByText('That is not the passphrase').waitFor();
    },
  },
];
