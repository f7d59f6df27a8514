// The clock's room: right, off, not checked, with a day, a week and a month behind it, with steps, sleep and a liar.
import type {
  ClockCheck,
  ClockEvent,
  ClockHistory,
  ClockSourceResult,
  SourceHealth,
} from '../../../src-shared/contract/index.ts';
import type { FakeAnswers } from '../../fakes/fake-host.ts';
import { appAnswers, appStatus, clockRight, SCENE_NOW_MS } from './app-answers.ts';
import type { Scene } from './scene.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Something like noise, the same in every picture. */
const noise = (index: number): number => Math.sin(index * 12.9898) + Math.sin(index * 78.233) / 2;

interface Stretch {
  /** Hours before now, from and until. */
  readonly from: number;
  readonly until: number;
  /** How far the clock is ahead at its begin, and what it gains in an hour, in milliseconds. */
  readonly aheadMs: number;
  readonly gainsMs: number;
  readonly uncertaintyMs: number;
}

const checksIn = ({ from, until, aheadMs, gainsMs, uncertaintyMs }: Stretch): ClockCheck[] =>
  Array.from({ length: Math.floor(from - until) + 1 }, (_, hour) => ({
    atMs: SCENE_NOW_MS - (from - hour) * HOUR_MS,
    found: {
      offsetMs: -(aheadMs + gainsMs * hour + (noise(from + hour) * uncertaintyMs) / 6),
      uncertaintyMs: uncertaintyMs * (1 + Math.abs(noise(hour)) / 3),
      source: hour % 5 === 0 ? '0.pool.ntp.org' : 'time.cloudflare.com',
    },
  }));

const eventAt = (hoursAgo: number, jump: ClockEvent['jump']): ClockEvent => ({
  atMs: SCENE_NOW_MS - hoursAgo * HOUR_MS,
  jump,
});

const health = (
  source: string,
  recent: SourceHealth['recent'],
  kind: SourceHealth['kind'] = 'ntp',
): SourceHealth => ({ source, kind, recent });
const always = (outcome: SourceHealth['recent'][number]): SourceHealth['recent'] =>
  Array.from({ length: 8 }, () => outcome);

const sources = [
  health('0.pool.ntp.org', always('answered')),
  health('1.pool.ntp.org', [...always('answered').slice(0, 5), 'failed', 'failed', 'failed']),
  health('2.pool.ntp.org', [...always('answered').slice(0, 7), 'disagreed']),
  health('time.cloudflare.com', always('answered')),
];

const history = (checks: readonly ClockCheck[], events: readonly ClockEvent[] = []): ClockHistory => ({
  nowMs: SCENE_NOW_MS,
  checks: [...checks].sort((a, b) => a.atMs - b.atMs),
  events: [...events].sort((a, b) => a.atMs - b.atMs),
  sources,
  unsaved: null,
});

/** An ordinary day: asleep at night, set once a little. */
export const clockDay = history(
  [
    ...checksIn({ from: 23.4, until: 13.4, aheadMs: 2, gainsMs: 2.2, uncertaintyMs: 11 }),
    ...checksIn({ from: 4, until: 0, aheadMs: -18, gainsMs: 2.6, uncertaintyMs: 9 }),
  ],
  [eventAt(4.02, { kind: 'suspend', forMs: 8.9 * HOUR_MS })],
);

/** A clock that runs away, is set, and runs away again. */
const runaway = history(
  [
    ...checksIn({ from: 23.5, until: 9.5, aheadMs: -1_200, gainsMs: -1_250, uncertaintyMs: 25 }),
    ...checksIn({ from: 9, until: 0, aheadMs: 150, gainsMs: -700, uncertaintyMs: 60 }),
  ],
  [eventAt(9.02, { kind: 'step', byMs: 19_100 })],
);

const month = history(
  Array.from({ length: 29 }, (_, day) =>
    checksIn({
      from: 24 * (29 - day) - 7,
      until: 24 * (29 - day) - 18,
      aheadMs: day < 12 ? day * 60 : (day - 12) * 35 - 300,
      gainsMs: 4,
      uncertaintyMs: day === 20 || day === 21 ? 1_020 : 40,
    }),
  ).flat(),
  [
    ...Array.from({ length: 28 }, (_, day) =>
      eventAt(24 * (28 - day) - 6.9, { kind: 'suspend', forMs: 12.6 * HOUR_MS }),
    ),
    eventAt(24 * 17 - 8.5, { kind: 'step', byMs: -1_080 }),
    eventAt(24 * 6 - 10.5, { kind: 'step-or-suspend', byMs: 3 * HOUR_MS }),
  ],
);

const disagreeing: ClockSourceResult[] = clockRight.sources.map((result) =>
  result.source === '2.pool.ntp.org'
    ? { ...result, outcome: { kind: 'answered', offsetMs: 4_210, uncertaintyMs: 31, delayMs: 60.3 } }
    : result,
);

const checked = (more: Partial<typeof clockRight>): FakeAnswers => ({
  ...appAnswers,
  'clock:status': { ...clockRight, sources: disagreeing, ...more },
  'clock:history': clockDay,
});

const withDriftNotice = (message: string, severity: 'attention' | 'wrong'): FakeAnswers => ({
  'app:status': {
    ...appStatus,
    notices: [{ id: 'clock-drift', atMs: SCENE_NOW_MS, severity, message }],
  },
});

const first = clockDay.checks.slice(-1);

export const clockScenes: readonly Scene[] = [
  { name: 'clock-right', route: 'clock', answers: checked({}) },
  {
    name: 'clock-plot',
    route: 'clock',
    answers: checked({}),
    act: async (page) => {
      await page.getByText('Drift over time').scrollIntoViewIfNeeded();
      await page.getByRole('slider').focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await page.locator('.drift').evaluate((plot) => plot.scrollIntoView({ block: 'center' }));
    },
  },
  {
    name: 'clock-runaway',
    route: 'clock',
    answers: {
      ...checked({ offsetMs: 6_140, verdict: 'hint' }),
      ...withDriftNotice(
        "This computer's clock is 6 s behind. Most services still accept its codes. Set the clock in the system's settings.",
        'attention',
      ),
      'clock:history': runaway,
    },
    act: async (page) => {
      await page.locator('.drift').evaluate((plot) => plot.scrollIntoView({ block: 'end' }));
    },
  },
  {
    name: 'clock-month',
    route: 'clock',
    answers: { ...checked({}), 'clock:history': month },
    act: async (page) => {
      await page.getByRole('radio', { name: 'Month' }).click();
      await page.locator('.drift').evaluate((plot) => plot.scrollIntoView({ block: 'end' }));
    },
  },
  {
    name: 'clock-table',
    route: 'clock',
    answers: {
      ...checked({}),
      'clock:history': {
        ...clockDay,
        unsaved:
          'The disk is full, so clock-history.json was not saved. What was saved before is kept unchanged. Free some space and try again.',
      },
    },
    act: async (page) => {
      await page.getByRole('button', { name: 'Show as table' }).click();
      await page.getByRole('table', { name: 'Drift over time' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'clock-first-check',
    route: 'clock',
    answers: { ...checked({}), 'clock:history': history(first) },
  },
  {
    name: 'clock-no-check',
    route: 'clock',
    answers: {
      ...appAnswers,
      'clock:status': {
        kind: 'not-checked',
        reason: 'The clock was not checked yet.',
        checking: true,
        sources: [],
      },
      'clock:history': { ...history([]), sources: [] },
    },
  },
  {
    name: 'clock-warning',
    route: 'clock',
    answers: {
      ...checked({
        offsetMs: 90_120,
        verdict: 'warning',
        sources: [
          {
            source: 'time.cloudflare.com',
            kind: 'ntp',
            outcome: { kind: 'answered', offsetMs: 90_120, uncertaintyMs: 12.2, delayMs: 22.9 },
          },
        ],
      }),
      ...withDriftNotice(
        "This computer's clock is 90 s behind. Services may refuse its codes. Set the clock in the system's settings, or have codes made by the checked time: the Clock room has a switch for that.",
        'wrong',
      ),
    },
  },
  {
    name: 'clock-corrected',
    route: 'clock',
    answers: {
      ...checked({ offsetMs: -20_300, verdict: 'warning' }),
      'app:status': { ...appStatus, settings: { ...appStatus.settings, correctsClock: true } },
    },
  },
  { name: 'clock-hint', route: 'clock', answers: checked({ offsetMs: -6_400, verdict: 'hint' }) },
  {
    name: 'clock-not-checked',
    route: 'clock',
    answers: {
      ...appAnswers,
      'clock:status': {
        kind: 'not-checked',
        reason:
          'None of the time servers answered. This computer may be offline, or a firewall keeps them away.',
        checking: false,
        sources: clockRight.sources.map(({ source, kind }) => ({
          source,
          kind,
          outcome: { kind: 'failed', reason: 'It did not answer within 2 seconds.' },
        })),
      },
      'clock:history': {
        ...clockDay,
        sources: sources.map((one) => ({ ...one, recent: [...one.recent.slice(1), 'failed'] })),
      },
    },
  },
  {
    name: 'clock-sources',
    route: 'clock',
    answers: checked({}),
    act: async (page) => {
      await page.getByRole('table', { name: 'Time sources' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'clock-source-fault',
    route: 'clock',
    answers: checked({}),
    act: async (page) => {
      await page.getByLabel('Time server 1').fill('time server of ours');
      await page.getByText('The name of a server').scrollIntoViewIfNeeded();
    },
  },
];
