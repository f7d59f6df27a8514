// Export: which accounts, in which format, protected how, what was written, and the QR codes for Google Authenticator.
import type { Page } from 'playwright-core';
import { type Account, TwofoldError } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { sampleAccount } from '../../fakes/sample-account.ts';
import { appAnswers, appStatus, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const account = (index: number): Account =>
  sampleAccount(`account-${index}`, {
    issuer: ['GitHub', 'Northwind', 'Fastmail', 'Bank of Aare'][index % 4] ?? '',
    name: `maria.keller+${index}@northwind.example`,
    tags: index % 3 === 0 ? ['work'] : index % 3 === 1 ? ['home'] : [],
    addedAtMs: SCENE_NOW_MS,
  });

const answers: FakeAnswers = {
  ...appAnswers,
  'authenticator:list': { accounts: Array.from({ length: 24 }, (_, index) => account(index)) },
  'authenticator:codes': { codes: [], nowMs: SCENE_NOW_MS, correctedByMs: 0 },
  'console:passwordStrength': { score: 3, accepted: true, advice: '' },
};

const withPassphrase: FakeAnswers = {
  ...answers,
  'app:status': { ...appStatus, keys: { kind: 'ready', protection: 'passphrase' } },
};

const openExport = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  await page.getByText('Which accounts?').waitFor();
};

const toFormat = async (page: Page, kind: string): Promise<void> => {
  await openExport(page);
  await page.getByRole('button', { name: /^Continue/ }).click();
  await page.getByText(kind, { exact: true }).click();
};

const toProtection = async (page: Page, kind: string): Promise<void> => {
  await toFormat(page, kind);
  await page.getByRole('button', { name: /^Continue/ }).click();
};

const writeEncrypted = async (page: Page): Promise<void> => {
  await toProtection(page, 'Encrypted file');
  await page.getByRole('textbox', { name: 'Password of the file', exact: true }).fill('correct horse');
  await page.getByRole('textbox', { name: 'Password of the file again' }).fill('correct horse');
};

/** As long as the real ones of ten accounts. */
const pages = [0, 1, 2].map(
  (index) => `otpauth-migration://offline?data=${index}${'Q2lVS0NhMjVzYXR6ZWluZXNLb250b3M'.repeat(18)}`,
);

export const transferScenes: readonly Scene[] = [
  { name: 'export-accounts', route: 'authenticator', answers, act: openExport },
  {
    name: 'export-accounts-tag',
    route: 'authenticator',
    answers,
    act: async (page) => {
      await openExport(page);
      await page.getByText('Those with a tag').click();
      await page.getByText('Continue with 8 accounts').waitFor();
    },
  },
  {
    name: 'export-accounts-selected',
    route: 'authenticator',
    answers,
    act: async (page) => {
      await openExport(page);
      await page.getByText('Selected accounts').click();
      await page.getByRole('button', { name: 'Select none' }).click();
      await page.locator('.dialog').getByText('maria.keller+1@').click();
    },
  },
  {
    name: 'export-format',
    route: 'authenticator',
    answers,
    act: (page) => toFormat(page, 'Encrypted file'),
  },
  {
    name: 'export-format-clear',
    route: 'authenticator',
    answers,
    act: (page) => toFormat(page, 'File for another app, in clear'),
  },
  { name: 'export-password', route: 'authenticator', answers, act: writeEncrypted },
  {
    name: 'export-confirm',
    route: 'authenticator',
    answers,
    act: (page) => toProtection(page, 'File for another app, in clear'),
  },
  {
    name: 'export-passphrase-wrong',
    route: 'authenticator',
    answers: {
      ...withPassphrase,
      'transfer:export': () => {
        throw new TwofoldError('passphrase-refused', 'This is not the passphrase. Nothing was written.', {
          reason: 'wrong',
        });
      },
    },
    act: async (page) => {
      await toProtection(page, 'On paper');
      await page.getByRole('textbox', { name: 'Your passphrase' }).fill('something else');
      await page.getByRole('button', { name: 'Export 24 accounts' }).click();
      await page.getByText('This is not the passphrase').waitFor();
    },
  },
  {
    name: 'export-done',
    route: 'authenticator',
    answers: {
      ...answers,
      'transfer:export': {
        kind: 'saved',
        paths: ['/home/maria/Downloads/twofold-2fas.2fas'],
        accounts: 24,
        lost: [
          'Notes have no place in this format (3 accounts).',
          'Pins have no place in this format (1 account).',
        ],
      },
    },
    act: async (page) => {
      await writeEncrypted(page);
      await page.getByRole('button', { name: 'Export 24 accounts' }).click();
      await page.getByText('Exported 24 accounts').waitFor();
    },
  },
  {
    name: 'export-failed',
    route: 'authenticator',
    answers: {
      ...answers,
      'transfer:export': () => {
        throw new TwofoldError(
          'storage-failed',
          'The folder cannot be written to. Nothing was exported. Choose another folder.',
        );
      },
    },
    act: async (page) => {
      await writeEncrypted(page);
      await page.getByRole('button', { name: 'Export 24 accounts' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'export-google-pages',
    route: 'authenticator',
    answers: {
      ...answers,
      'transfer:migrationPages': {
        links: pages,
        lost: [
          'Google Authenticator cannot show 1 account: Steam, other periods than 30 seconds, or other lengths than 6 and 8 digits. They were left out.',
        ],
      },
    },
    act: async (page) => {
      await toProtection(page, 'Google Authenticator');
      await page.getByText('I know that these QR codes').click();
      await page.getByRole('button', { name: 'Show QR codes' }).click();
      await page.getByText('Page 1 of 3').waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('Page 2 of 3').waitFor();
    },
  },
  {
    name: 'export-nothing',
    route: 'settings',
    answers: { ...answers, 'authenticator:list': { accounts: [] } },
    act: async (page) => {
      await page.getByRole('button', { name: 'Export…' }).click();
      await page.getByText('There is nothing to export').waitFor();
    },
  },
];
