// The settings, the keys, and what stands in the window when the host is not there.
import { type KeyState, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { appAnswers, appStatus, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const withKeys = (keys: KeyState): FakeAnswers => ({
  ...appAnswers,
  'app:status': { ...appStatus, keys },
  'console:passwordStrength': ({ password }) =>
    password.length < 12
      ? { score: 1, accepted: false, advice: 'Add another word or two.' }
      : { score: 4, accepted: true, advice: '' },
});

const noKeychain = 'No keychain answers in this session: there is no D-Bus (“Cannot autolaunch D-Bus”).';

export const frameScenes: readonly Scene[] = [
  { name: 'settings', route: 'settings', answers: appAnswers },
  {
    name: 'settings-passphrase',
    route: 'settings',
    answers: withKeys({ kind: 'ready', protection: 'keychain' }),
    act: async (page) => {
      await page.getByRole('button', { name: 'Use a passphrase' }).click();
      await page.getByLabel('Passphrase', { exact: true }).fill('glass otter 42 lantern');
      await page.getByLabel('Passphrase again', { exact: true }).fill('glass otter 43');
      await page.getByText('Very strong').waitFor();
    },
  },
  {
    name: 'settings-other-browser',
    route: 'settings',
    answers: appAnswers,
    act: async (page) => {
      await page.getByRole('button', { name: 'Make a link' }).click();
      await page.getByText('It works once').waitFor();
    },
  },
  {
    name: 'notices',
    route: 'authenticator',
    answers: {
      ...appAnswers,
      'authenticator:list': { accounts: [] },
      'app:status': {
        ...appStatus,
        notices: [
          {
            id: 'one',
            atMs: SCENE_NOW_MS,
            severity: 'wrong',
            message:
              'The file of your accounts was damaged. It was set aside as accounts.vault.corrupt-20261117T091430Z, and the copy from 09:02 was opened in its place. Look whether an account is missing.',
          },
          {
            id: 'two',
            atMs: SCENE_NOW_MS,
            severity: 'attention',
            message: 'The system’s keychain was slow. Twofold started without it and found it later.',
          },
          {
            id: 'three',
            atMs: SCENE_NOW_MS,
            severity: 'info',
            message:
              'Your data was brought to the format of this version. The earlier one is kept beside it.',
          },
        ],
      },
    },
  },
  {
    name: 'keys-choose-passphrase',
    route: 'authenticator',
    answers: withKeys({ kind: 'choose-passphrase', reason: noKeychain }),
    act: async (page) => {
      await page.getByLabel('Passphrase', { exact: true }).fill('otter 42');
      await page.getByText('Weak').waitFor();
    },
  },
  {
    name: 'keys-enter-passphrase',
    route: 'authenticator',
    answers: {
      ...withKeys({ kind: 'enter-passphrase', reason: 'Your data is protected by a passphrase.' }),
      'app:enterPassphrase': () => {
        throw new TwofoldError(
          'passphrase-refused',
          'That is not the passphrase of this data. Nothing was changed. Check capitals and keyboard layout, then try again.',
        );
      },
    },
    act: async (page) => {
      await page.getByLabel('Passphrase', { exact: true }).fill('glass otter');
      await page.getByRole('button', { name: 'Open' }).click();
      await page.getByText('That is not the passphrase').waitFor();
    },
  },
  {
    name: 'keys-keychain-unavailable',
    route: 'authenticator',
    answers: withKeys({
      kind: 'keychain-unavailable',
      reason:
        'The system’s keychain is locked. Your data is kept as it is, and no new key was made. Unlock the keychain, then try again.',
    }),
  },
  {
    name: 'keys-missing',
    route: 'authenticator',
    answers: withKeys({
      kind: 'key-missing',
      reason:
        'The OS keychain has no key for this data. Your data is kept as it is, and no new key was made. Restore the keychain from a backup, then try again.',
    }),
  },
  { name: 'host-ended', route: 'clock', answers: appAnswers, endsHost: true },
  {
    name: 'host-refused',
    route: 'authenticator',
    answers: {
      'app:status': () => {
        throw new TwofoldError(
          'sender-refused',
          'This browser was not opened from the address that Twofold printed.',
        );
      },
    },
  },
  {
    name: 'start-failed',
    route: 'authenticator',
    answers: {
      'app:status': () => {
        throw new TwofoldError(
          'storage-failed',
          'The data folder cannot be read. Nothing was changed. Check its permissions, then try again.',
        );
      },
    },
  },
];
