// The rehearsal: its list of scenarios, and worlds in the middle of one, with pages of their own in their frames.
import { decodeWire, encodeWire } from '../../../src-shared/wire.ts';
import type { Page } from 'playwright-core';
import {
  type ConsoleStep,
  type Output,
  type PlannedStep,
  type RehearsedWorld,
  type ScenarioSummary,
  type TranscriptLine,
  TwofoldError,
} from '../../../src-shared/contract/index.ts';
import { createFakeHost, type FakeAnswers } from '../../fakes/fake-host.ts';
import { sampleAccount } from '../../fakes/sample-account.ts';
import { appAnswers, appStatus, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LAPTOP = 'Office laptop';
const HOTEL = 'Hotel computer';
const OLD = 'Old phone';
const NEW = 'New phone';
const organization = 'Northwind';

const trusted: ScenarioSummary = {
  name: 'trusted-browser-at-hand',
  title: 'Lost device, trusted browser at hand',
  cases: ['G9', 'G7'],
  story:
    'Maria leaves her phone in a taxi. At the hotel computer she is asked for a code and has none; at the office laptop, which she trusts, the password is enough, and she sets her new phone up there.',
  steps: 6,
  isOwn: false,
};

const scenarios: readonly ScenarioSummary[] = [
  {
    name: 'free-play',
    title: 'Free play',
    cases: [],
    story: 'A small organization, two browsers and a device, and nothing that has to happen.',
    steps: 0,
    isOwn: false,
  },
  trusted,
  {
    name: 'kept-sheet',
    title: 'Lost device, the sheet is in the drawer',
    cases: ['G10'],
    story:
      'The QR code was printed at set-up. A new phone takes the secret from paper, and its codes are right.',
    steps: 7,
    isOwn: false,
  },
  {
    name: 'nothing-left',
    title: 'Lost device, nothing left',
    cases: ['G11', 'S14'],
    story:
      'No trusted browser, no sheet, no recovery codes: an administrator resets two-factor authentication.',
    steps: 9,
    isOwn: false,
  },
  {
    name: 'clock-behind',
    title: 'The device’s clock is 90 s behind',
    cases: ['G8'],
    story: 'Codes are refused, the console says why, and two codes in a row adjust it to the device.',
    steps: 5,
    isOwn: false,
  },
  {
    name: 'our-helpdesk',
    title: 'What our helpdesk does on Monday mornings',
    cases: [],
    story: 'Saved in the room.',
    steps: 14,
    isOwn: true,
  },
];

const step = (
  sentence: string,
  expected: readonly string[],
  more: Partial<PlannedStep> = {},
): PlannedStep => ({ sentence, expected: [...expected], state: 'to-come', checks: [], ...more });
const asExpected = { state: 'as-expected' } as const;

const plan: readonly PlannedStep[] = [
  step(`Maria Keller signs in at ${LAPTOP} and trusts the browser`, [`${LAPTOP} is signed in`], asExpected),
  step(`${OLD} is lost`, [], asExpected),
  step(
    `Maria Keller signs in at ${HOTEL}`,
    [`${HOTEL} asks for a code`, `${HOTEL} is not trusted`],
    asExpected,
  ),
  step(`Maria Keller signs in at ${LAPTOP}`, [`${LAPTOP} is signed in, without a code`], asExpected),
  step(`The administrator at ${LAPTOP} resets the two-factor authentication of maria`, [
    'Maria Keller has not set up',
    `${HOTEL} is signed out`,
  ]),
  step(`${NEW} scans the QR code on the screen of ${LAPTOP}`, [`${NEW} holds 1 account`]),
];

const line = (
  id: number,
  beforeMs: number,
  actor: string | null,
  text: string,
  ofStep: number | null,
): TranscriptLine => ({ id, atMs: SCENE_NOW_MS - beforeMs, actor, text, step: ofStep });

const transcript: readonly TranscriptLine[] = [
  line(1, 4.5 * MINUTE_MS, LAPTOP, 'Maria Keller signs in: password right, the code is asked', 0),
  line(2, 4.5 * MINUTE_MS, LAPTOP, 'enters a code: right, signed in, the browser is trusted from now on', 0),
  line(3, 2.5 * MINUTE_MS, null, `${OLD} is lost`, 1),
  line(4, MINUTE_MS, HOTEL, 'Maria Keller signs in: password right, the code is asked', 2),
  line(
    5,
    MINUTE_MS / 2,
    LAPTOP,
    'Maria Keller signs in: password right, no code asked: the browser is trusted',
    3,
  ),
];

const person = (userName: string, displayName: string, role: 'administrator' | 'user') => ({
  userName,
  displayName,
  role,
  isServiceAccount: false,
  password: 'coral-lantern-42-otter',
});

const world: RehearsedWorld = {
  id: 3,
  organization,
  zone: 'UTC',
  nowMs: SCENE_NOW_MS,
  isRunning: false,
  verifierAheadMs: 0,
  periodS: 30,
  passphrase: 'glass otter 42 lantern',
  people: [person('maria', 'Maria Keller', 'administrator'), person('jonas', 'Jonas Frei', 'user')],
  browsers: [
    {
      name: LAPTOP,
      screen: 'reset',
      userName: 'maria',
      trusted: [{ userName: 'maria', untilMs: SCENE_NOW_MS + 29.5 * DAY_MS }],
      showsQrCode: true,
    },
    { name: HOTEL, screen: 'code', userName: 'maria', trusted: [], showsQrCode: false },
  ],
  devices: [
    {
      name: OLD,
      lostAtMs: SCENE_NOW_MS - 2.5 * MINUTE_MS,
      aheadMs: 0,
      isLocked: false,
      accounts: 1,
    },
    { name: NEW, lostAtMs: null, aheadMs: 0, isLocked: false, accounts: 0 },
  ],
  sheets: [
    {
      name: 'Sheet in the drawer',
      kind: 'secret',
      userName: 'maria',
      lines: ['Northwind: maria', 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP'],
    },
  ],
  transcript: [...transcript],
  scenario: { ...trusted, plan: [...plan] },
  next: 4,
};

const maria = { id: 'maria', userName: 'maria', displayName: 'Maria Keller', role: 'user' } as const;

const signedIn: ConsoleStep = {
  kind: 'signed-in',
  organization,
  person: maria,
  sessionId: 'session-1',
  idleEndsAtMs: SCENE_NOW_MS + 30 * MINUTE_MS,
  endsAtMs: SCENE_NOW_MS + 720 * MINUTE_MS,
  twoFactorOn: true,
  factorSetUp: true,
  trustedUntilMs: SCENE_NOW_MS + 29.5 * DAY_MS,
  notices: [],
  pendingReset: null,
  rollOutDeadlineMs: null,
  breakGlassAtMs: null,
};

const code: ConsoleStep = {
  kind: 'code',
  organization,
  person: maria,
  expiresAtMs: SCENE_NOW_MS + 5 * MINUTE_MS,
  trustDays: 30,
  digits: 6,
  attemptsLeft: 5,
  breakGlass: false,
};

const myAccount: Output<'console:myAccount'> = {
  person: maria,
  factor: { addedAtMs: SCENE_NOW_MS - 15 * DAY_MS, lastUsedAtMs: SCENE_NOW_MS - 4 * MINUTE_MS },
  backupProvenAtMs: null,
  recoveryCodes: null,
  trustedBrowsers: [
    {
      id: 'trust-1',
      name: LAPTOP,
      firstUsedAtMs: SCENE_NOW_MS - 5 * MINUTE_MS,
      lastUsedAtMs: SCENE_NOW_MS,
      expiresAtMs: SCENE_NOW_MS + 29.5 * DAY_MS,
      isThisBrowser: true,
    },
  ],
  sessions: [],
  recentSignIns: [],
};

const inWorld: FakeAnswers = {
  ...appAnswers,
  'app:status': { ...appStatus, host: 'rehearsal' },
};

const atBrowser = (consoleStep: ConsoleStep): FakeAnswers => ({
  ...inWorld,
  'console:step': consoleStep,
  'console:myAccount': myAccount,
});

const onDevice = (accounts: readonly string[]): FakeAnswers => ({
  ...inWorld,
  'authenticator:list': {
    accounts: accounts.map((id) =>
      sampleAccount(id, { issuer: organization, name: 'maria', addedAtMs: SCENE_NOW_MS - DAY_MS }),
    ),
  },
  'authenticator:codes': ({ ids }) => ({
    nowMs: SCENE_NOW_MS,
    correctedByMs: 0,
    codes: ids.map((id) => ({
      id,
      code: '482913',
      nextCode: '118027',
      validFromMs: SCENE_NOW_MS,
      validUntilMs: SCENE_NOW_MS + 30_000,
    })),
  }),
  'authenticator:trash': { accounts: [] },
});

/** Each page in the world has a host of its own. */
function inside(actors: Readonly<Record<string, FakeAnswers>>): FakeAnswers {
  const hosts = new Map(Object.entries(actors).map(([name, answers]) => [name, createFakeHost(answers)]));
  return {
    'rehearsal:call': async ({ actor, method, input }) => {
      const host = hosts.get(actor);
      if (host === undefined) throw new TwofoldError('not-found', `There is no ${actor}.`);
      return { envelope: encodeWire(await host.call(method, decodeWire(input))) };
    },
  };
}

const room = (shown: RehearsedWorld | null, actors: Readonly<Record<string, FakeAnswers>>): FakeAnswers => ({
  ...appAnswers,
  ...inside(actors),
  'rehearsal:scenarios': { scenarios: [...scenarios] },
  'rehearsal:world': { world: shown },
  'rehearsal:act': { world: shown, refusal: 'Hotel computer shows no QR code and no secret.' },
});

const actors = {
  [LAPTOP]: atBrowser(signedIn),
  [HOTEL]: atBrowser(code),
  [OLD]: onDevice(['northwind']),
  [NEW]: onDevice([]),
};

/** Until the pages in the frames are there. */
const settled =
  (...names: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const name of names) {
      await page
        .frameLocator(`iframe[title="Screen of ${name}"]`)
        .locator('h1')
        .first()
        .waitFor({ state: 'attached' });
    }
  };

/** In a small window one part of the room is shown at a time. */
async function show(page: Page, view: string): Promise<void> {
  const chip = page.getByRole('radio', { name: view });
  if (await chip.isVisible()) await chip.click();
}

const signedOutWorld: RehearsedWorld = {
  ...world,
  id: 4,
  isRunning: true,
  verifierAheadMs: 90_000,
  browsers: [{ name: LAPTOP, screen: 'signed-out', userName: null, trusted: [], showsQrCode: false }],
  devices: [{ name: OLD, lostAtMs: null, aheadMs: -90_000, isLocked: false, accounts: 1 }],
  transcript: [],
  scenario: { ...trusted, name: 'free-play', title: 'Free play', cases: [], steps: 0, plan: [] },
  next: 0,
};

export const rehearsalScenes: readonly Scene[] = [
  { name: 'rehearsal-scenarios', route: 'rehearsal', answers: room(null, {}) },
  {
    name: 'rehearsal-world',
    route: 'rehearsal',
    answers: room(world, actors),
    act: settled(LAPTOP, HOTEL, NEW),
  },
  {
    name: 'rehearsal-differs',
    route: 'rehearsal',
    answers: room(
      {
        ...world,
        next: 4,
        scenario: {
          ...world.scenario,
          plan: plan.map((one, index) =>
            index === 3
              ? {
                  ...one,
                  state: 'differs',
                  checks: [
                    {
                      isMet: false,
                      expected: `${LAPTOP} is signed in, without a code`,
                      seen: 'the code is asked',
                    },
                    { isMet: true, expected: 'not refused', seen: 'not refused' },
                  ],
                }
              : one,
          ),
        },
      },
      actors,
    ),
    act: async (page) => {
      await settled(LAPTOP, HOTEL, NEW)(page);
      await show(page, 'Transcript');
    },
  },
  {
    name: 'rehearsal-refused',
    route: 'rehearsal',
    answers: room(world, actors),
    act: async (page) => {
      await settled(LAPTOP, HOTEL, NEW)(page);
      await page.getByRole('button', { name: `What happens at ${HOTEL}` }).click();
      await page.getByRole('menuitem', { name: 'Enter the noted code' }).click();
      await page.getByText('shows no QR code and no secret.').waitFor();
    },
  },
  {
    name: 'rehearsal-free-play',
    route: 'rehearsal',
    answers: room(signedOutWorld, {
      [LAPTOP]: atBrowser({ kind: 'signed-out', organization }),
      [OLD]: onDevice(['northwind']),
    }),
    act: async (page) => {
      await settled(LAPTOP, OLD)(page);
      await show(page, 'Devices');
    },
  },
  {
    name: 'rehearsal-menu',
    route: 'rehearsal',
    answers: room(world, actors),
    act: async (page) => {
      await settled(LAPTOP, HOTEL, NEW)(page);
      await page.getByRole('button', { name: 'More in this world' }).click();
    },
  },
  {
    name: 'rehearsal-people',
    route: 'rehearsal',
    answers: room(world, actors),
    act: async (page) => {
      await settled(LAPTOP, HOTEL, NEW)(page);
      await page.getByRole('button', { name: 'More in this world' }).click();
      await page.getByRole('menuitem', { name: 'People and passwords' }).click();
    },
  },
];
