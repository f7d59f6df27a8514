// Backups: set-up, in order, behind, failed, the test restore and its outcomes, the reminder.
import { type BackupStatus, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { appAnswers, appStatus, backupsInOrder, SCENE_NOW_MS } from './app-answers.ts';
import { full } from './authenticator-scenes.ts';
import type { Scene } from './scene.ts';

type Act = NonNullable<Scene['act']>;

const DAY_MS = 24 * 60 * 60 * 1000;

const withBackups = (status: Partial<BackupStatus>, more: FakeAnswers = {}): FakeAnswers => ({
  ...appAnswers,
  'backup:status': { ...backupsInOrder, ...status },
  'authenticator:list': { accounts: [] },
  'console:passwordStrength': ({ password }) =>
    password.length < 12
      ? { score: 1, accepted: false, advice: 'Add another word or two.' }
      : { score: 4, accepted: true, advice: '' },
  ...more,
});
const none: Partial<BackupStatus> = { plan: null, last: null, isBehind: true, isReminderDue: true };

const toCard: Act = async (page) => page.getByRole('region', { name: 'Backups' }).scrollIntoViewIfNeeded();
const openSetUp: Act = async (page) => {
  await page.getByRole('button', { name: 'Set up backups' }).click();
  await page.locator('.dialog').waitFor();
};
const testRestore: Act = async (page) => {
  await page.getByRole('button', { name: 'Test restore' }).click();
  const dialog = page.locator('.dialog');
  await dialog.getByLabel('Backup password', { exact: true }).fill('glass otter 42 lantern');
  await dialog.getByRole('button', { name: 'Open the backup' }).click();
};
const tested = {
  atMs: SCENE_NOW_MS,
  path: '/media/maria/backup-disk/Twofold/twofold-backup-2026-11-17-091430.json',
};

export const backupScenes: readonly Scene[] = [
  { name: 'backup-none', route: 'settings', answers: withBackups(none), act: toCard },
  {
    name: 'backup-set-up',
    route: 'settings',
    answers: withBackups(none, { 'app:status': { ...appStatus, host: 'desktop' } }),
    act: async (page) => {
      await openSetUp(page);
      await page.getByLabel('Backup password', { exact: true }).fill('glass otter 42 lantern');
      await page.getByText('Very strong').waitFor();
    },
  },
  {
    name: 'backup-set-up-refused',
    route: 'settings',
    answers: withBackups(none, {
      'backup:setUp': () => {
        throw new TwofoldError(
          'invalid-input',
          'This folder holds the data itself: what takes one away would take the other too. Choose another. Nothing was changed.',
          { field: 'folder' },
        );
      },
    }),
    act: async (page) => {
      await openSetUp(page);
      const dialog = page.locator('.dialog');
      await dialog.getByLabel('Folder', { exact: true }).fill('/home/maria/.config/Twofold/backups');
      await dialog.getByLabel('Backup password', { exact: true }).fill('glass otter 42 lantern');
      await dialog.getByLabel('Backup password again', { exact: true }).fill('glass otter 42 lantern');
      await dialog.getByRole('button', { name: 'Make the first backup' }).click();
      await dialog.getByText('holds the data itself').waitFor();
    },
  },
  {
    name: 'backup-in-order',
    route: 'settings',
    answers: withBackups({
      lastTest: { ...tested, accounts: 7 },
      last: { ...tested, accounts: 7 },
    }),
    act: toCard,
  },
  {
    name: 'backup-change',
    route: 'settings',
    answers: withBackups({}),
    act: async (page) => {
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await page.getByText('Choose another password').waitFor();
    },
  },
  {
    name: 'backup-failed',
    route: 'settings',
    answers: withBackups({
      isBehind: true,
      last: { ...tested, atMs: SCENE_NOW_MS - 3 * DAY_MS, accounts: 7 },
      lastFailure: {
        atMs: SCENE_NOW_MS,
        message:
          'The folder /media/maria/backup-disk/Twofold is not there, so no backup was made. Connect the disk that it lies on, or choose another folder.',
      },
    }),
    act: toCard,
  },
  {
    name: 'backup-test-right',
    route: 'settings',
    answers: withBackups({}, { 'backup:test': { ...tested, accounts: 7, missing: 0, extra: 0 } }),
    act: async (page) => {
      await testRestore(page);
      await page.getByText('It holds all').waitFor();
    },
  },
  {
    name: 'backup-test-behind',
    route: 'settings',
    answers: withBackups({}, { 'backup:test': { ...tested, accounts: 7, missing: 2, extra: 1 } }),
    act: async (page) => {
      await testRestore(page);
      await page.getByText('but lacks').waitFor();
    },
  },
  {
    name: 'backup-test-wrong',
    route: 'settings',
    answers: withBackups(
      {},
      {
        'backup:test': () => {
          throw new TwofoldError(
            'import-refused',
            'This password does not open the file. Check capitals and keyboard, and that it is the password given at the export. Nothing was added.',
            { reason: 'wrong-password' },
          );
        },
      },
    ),
    act: async (page) => {
      await testRestore(page);
      await page.getByText('does not open the file').waitFor();
    },
  },
  {
    name: 'backup-reminder',
    route: 'authenticator',
    answers: { ...full, 'backup:status': { ...backupsInOrder, ...none } },
    act: async (page) => page.getByRole('button', { name: 'Remind me in a week' }).waitFor(),
  },
];
