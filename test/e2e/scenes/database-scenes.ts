// Where the console's data lie: the card in its states, and the move from naming a database to its end.
import type { Page } from 'playwright-core';
import type { DatabaseCheck, DataPlace, Output } from '../../../src-shared/contract/index.ts';
import type { FakeAnswers, FakeHost } from '../../fakes/fake-host.ts';
import { answers as organizationAnswers } from './organization-scenes.ts';
import type { Scene } from './scene.ts';

const inFolder: DataPlace = { kind: 'folder', path: '/home/maria/.config/twofold' };
const inDatabase: DataPlace = {
  kind: 'database',
  address: 'twofold@db.northwind.example:5432/twofold',
  safety: 'tls',
  isFromEnvironment: false,
  changes: 'at-once',
};

const right = (check: DatabaseCheck['check'], sentence: string): DatabaseCheck => ({
  check,
  isRight: true,
  sentence,
});

const reached = right('reached', 'The server of twofold@db.northwind.example:5432/twofold answers.');
const allRight: DatabaseCheck[] = [
  reached,
  right('safe', 'TLS is spoken, and the server’s certificate was verified.'),
  right('signed-in', 'twofold is let in.'),
  right('version', 'PostgreSQL 17.5.'),
  right('rights', 'twofold may set up the schema twofold.'),
  right('content', 'It holds no console yet.'),
];

const part = (name: string, count: number, seed: number) => ({
  name,
  count,
  checksum: (0x9e3779b97f4a7 * seed).toString(16).padEnd(64, '4'),
});
const moved: Output<'database:move'> = {
  keptAt: '/home/maria/.config/twofold',
  parts: [
    part('units', 4, 11),
    part('organization', 1, 23),
    part('users', 12_480, 37),
    part('factors', 12_071, 41),
    part('trusts', 8_214, 53),
    part('sessions', 3_902, 67),
    part('challenges', 2, 71),
    part('counters', 640, 83),
    part('devices', 15_377, 97),
    part('apiKeys', 2, 101),
    part('breakGlass', 1, 113),
    part('audit', 1_204_118, 127),
  ],
};

const at = (place: DataPlace, more: FakeAnswers = {}): FakeAnswers => ({
  ...organizationAnswers,
  'administration:breakGlass': { sealed: null, pending: null },
  'database:place': place,
  'database:test': { checks: allRight, canMove: true },
  'database:move': moved,
  ...more,
});

const toCard = (page: Page): Promise<void> =>
  page.getByRole('region', { name: 'Database' }).scrollIntoViewIfNeeded();

async function nameIt(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Move to a database…' }).click();
  await page.getByLabel('Address').fill('postgres://twofold@db.northwind.example:5432/twofold');
  await page.getByRole('textbox', { name: 'Password of the database' }).fill('glass otter 42 lantern');
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await page.getByRole('list', { name: 'What was found' }).waitFor();
}

/** Presses a button at the foot of the dialog, with a code where one is asked. */
async function press(page: Page, name: string): Promise<void> {
  const code = page.getByLabel('Your own current code');
  if (await code.isVisible()) await code.fill('123456');
  await page.locator('.dialog').getByRole('button', { name, exact: true }).click();
}

const toEnd = (page: Page): Promise<void> =>
  page
    .locator('.dialog-body > *')
    .last()
    .evaluate((element) => element.scrollIntoView({ block: 'end' }));

/** Tells of the move that is under way, whose id only its call names. */
function neverEndingMove(): Pick<Scene, 'answers' | 'onHost'> {
  let host: FakeHost | null = null;
  return {
    onHost: (opened) => {
      host = opened;
    },
    answers: at(inFolder, {
      'database:move': ({ jobId }) => {
        host?.emit('database:progress', {
          jobId,
          share: 0.71,
          step: 'comparing',
          part: 'audit',
          count: 214_000,
        });
        return new Promise(() => undefined);
      },
    }),
  };
}

export const databaseScenes: readonly Scene[] = [
  { name: 'console-database-folder', route: 'console/policy', answers: at(inFolder), act: toCard },
  { name: 'console-database', route: 'console/policy', answers: at(inDatabase), act: toCard },
  {
    name: 'console-database-environment',
    route: 'console/policy',
    answers: at({ ...inDatabase, isFromEnvironment: true, changes: 'by-looking' }),
    act: toCard,
  },
  {
    name: 'console-database-tested',
    route: 'console/policy',
    answers: at(inFolder),
    act: async (page) => {
      await nameIt(page);
      await page.getByText('While it moves').waitFor();
      await toEnd(page);
    },
  },
  {
    name: 'console-database-refused',
    route: 'console/policy',
    answers: at(inFolder, {
      'database:test': {
        canMove: false,
        checks: [
          reached,
          {
            check: 'safe',
            isRight: false,
            sentence:
              'The server’s certificate could not be verified, or it speaks no TLS. Nothing was sent. Choose the certificate of its authority.',
          },
        ],
      },
    }),
    act: nameIt,
  },
  {
    name: 'console-database-dry-run',
    route: 'console/policy',
    answers: at(inFolder),
    act: async (page) => {
      await nameIt(page);
      await press(page, 'Dry run');
      await page.getByRole('table', { name: 'What was copied' }).waitFor();
      await toEnd(page);
    },
  },
  {
    name: 'console-database-moving',
    route: 'console/policy',
    ...neverEndingMove(),
    act: async (page) => {
      await nameIt(page);
      await press(page, 'Move');
      await page.getByText('Step 3 of 3').waitFor();
      await toEnd(page);
    },
  },
  {
    name: 'console-database-moved',
    route: 'console/policy',
    answers: at(inFolder),
    act: async (page) => {
      await nameIt(page);
      await press(page, 'Move');
      await page.getByRole('heading', { name: 'The console is in the database' }).waitFor();
    },
  },
  {
    name: 'console-database-back',
    route: 'console/policy',
    answers: at(inDatabase),
    act: async (page) => {
      await page.getByRole('button', { name: 'Move back to the folder…' }).click();
      await page.locator('.dialog').waitFor();
    },
  },
];
