// The rehearsal's room in words and entries: clocks, trust, how the scenario stands, and what can happen at a browser.
import { describe, expect, it, vi } from 'vitest';
import type { Action, RehearsedBrowser, RehearsedWorld } from '../../../src-shared/contract/index.ts';
import { Action as ActionSchema } from '../../../src-shared/contract/index.ts';
import { browserActions } from '../../../src-renderer/features/rehearsal/browser-actions.ts';
import {
  aheadWords,
  clockTime,
  dayWords,
  freeName,
  standingOf,
  trustWords,
} from '../../../src-renderer/features/rehearsal/rehearsal-words.ts';
import {
  clockNow,
  deviceClock,
  verifierClock,
} from '../../../src-renderer/features/rehearsal/world-clock.ts';
import { consoleAddress } from '../../../src-shared/rehearsal/console-address.ts';

const NOW_MS = Date.UTC(2026, 2, 3, 8, 0, 0);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const browser = (more: Partial<RehearsedBrowser> = {}): RehearsedBrowser => ({
  name: 'Office laptop',
  screen: 'signed-out',
  userName: null,
  trusted: [],
  showsQrCode: false,
  ...more,
});

const person = (userName: string): RehearsedWorld['people'][number] => ({
  userName,
  displayName: userName,
  role: 'user',
  isServiceAccount: false,
  password: 'x',
});

const device = (name: string, more: Partial<RehearsedWorld['devices'][number]> = {}) => ({
  name,
  lostAtMs: null,
  aheadMs: 0,
  isLocked: false,
  accounts: 1,
  ...more,
});

const world = (more: Partial<RehearsedWorld> = {}): RehearsedWorld => ({
  id: 1,
  organization: 'Northwind',
  zone: 'Europe/Berlin',
  nowMs: NOW_MS,
  isRunning: false,
  verifierAheadMs: 0,
  periodS: 30,
  passphrase: 'x',
  people: [person('maria'), person('jonas')],
  browsers: [browser(), browser({ name: 'Hotel computer' })],
  devices: [device('Old phone')],
  sheets: [],
  transcript: [],
  scenario: {
    name: 'free-play',
    title: 'Free play',
    cases: [],
    story: '',
    steps: 0,
    isOwn: false,
    plan: [],
  },
  next: 0,
  ...more,
});

describe('words', () => {
  it('tell the time in the zone of the world, whatever zone this computer is in', () => {
    expect([clockTime(NOW_MS, 'Europe/Berlin'), dayWords(NOW_MS, 'Europe/Berlin')]).toEqual([
      '09:00:00',
      'Tuesday 3 Mar',
    ]);
    expect(clockTime(NOW_MS + 16 * HOUR_MS, 'UTC')).toBe('00:00:00');
  });

  it.each([
    [0, '+ 0 s'],
    [90_000, '+ 90 s'],
    [-90_000, '− 90 s'],
    [-180_000, '− 3 min'],
    [2 * DAY_MS, '+ 2 days'],
  ])('%d ms ahead are %s', (aheadMs, words) => {
    expect(aheadWords(aheadMs)).toBe(words);
  });

  it.each([
    [[], 'not trusted'],
    [[{ userName: 'maria', untilMs: NOW_MS + 29.5 * DAY_MS }], 'trusted for maria, 29 days'],
    [[{ userName: 'maria', untilMs: NOW_MS + DAY_MS }], 'trusted for maria, 1 day'],
    [[{ userName: 'maria', untilMs: NOW_MS + DAY_MS - 1 }], 'trusted for maria, 23 hours'],
    [[{ userName: 'maria', untilMs: NOW_MS + HOUR_MS - 1 }], 'trusted for maria, less than an hour'],
    [[{ userName: 'maria', untilMs: NOW_MS }], 'not trusted'],
    [
      [
        { userName: 'maria', untilMs: NOW_MS + DAY_MS },
        { userName: 'jonas', untilMs: NOW_MS + DAY_MS },
      ],
      'trusted for 2 people',
    ],
  ])('%j is %s', (trusted, words) => {
    expect(trustWords(browser({ trusted: [...trusted] }), NOW_MS)).toBe(words);
  });

  it('make an address of the organization, and a name that nobody has', () => {
    expect(consoleAddress('Bank of Aare (Bern)')).toBe('console.bank-of-aare-bern');
    expect(freeName('New phone', [])).toBe('New phone');
    expect(freeName('New phone', [{ name: 'New phone' }, { name: 'New phone 2' }])).toBe('New phone 3');
  });

  const steps = (...states: readonly ('to-come' | 'as-expected' | 'differs')[]) =>
    states.map((state) => ({ sentence: '', expected: [], state, checks: [] }));
  it.each([
    [[], null],
    [steps('to-come', 'to-come'), { tone: 'neutral', words: '2 steps' }],
    [steps('as-expected', 'to-come'), { tone: 'right', words: '1 of 2 steps as expected' }],
    [steps('as-expected', 'differs', 'to-come'), { tone: 'wrong', words: '1 step differs' }],
    [steps('differs', 'differs'), { tone: 'wrong', words: '2 steps differ' }],
  ] as const)('say how the scenario stands: case %#', (plan, standing) => {
    expect(standingOf(plan.map((one) => ({ ...one, expected: [], checks: [] })))).toEqual(standing);
  });
});

describe('the world’s clock', () => {
  it('goes on from what main said while it runs, and stands still otherwise', () => {
    vi.useFakeTimers({ now: 5_000 });
    try {
      const running = verifierClock(world({ isRunning: true }), 4_000);
      expect(clockNow(running)).toEqual({ nowMs: NOW_MS + 1_000, isRunning: true });
      expect(clockNow(verifierClock(world(), 4_000))).toEqual({ nowMs: NOW_MS, isRunning: false });
    } finally {
      vi.useRealTimers();
    }
  });

  it('of a device goes by the right time and its own error, not by the verifier’s', () => {
    const clock = deviceClock(world({ verifierAheadMs: 90_000 }), -30_000, 0);
    expect(clockNow(clock).nowMs).toBe(NOW_MS - 120_000);
  });
});

describe('what can happen at a browser', () => {
  const entries = (at: RehearsedWorld, name = 'Office laptop') => {
    const done: Action[] = [];
    const kept: unknown[] = [];
    const one = at.browsers.find((known) => known.name === name);
    if (one === undefined) throw new Error(`There is no ${name}.`);
    const actions = browserActions({
      world: at,
      browser: one,
      act: (action) => done.push(action),
      keep: (what) => kept.push(what),
    });
    for (const { onAction } of actions) onAction();
    return { labels: actions.map(({ label }) => label), ids: actions.map(({ id }) => id), done, kept };
  };
  const screens = [
    'no-organization',
    'signed-out',
    'change-password',
    'code',
    'break-glass',
    'set-up',
    'keep-secret',
    'signed-in',
    'reset',
  ] as const;

  it.each(screens)('on the screen %s is in the contract, and each entry is another one', (screen) => {
    const at = world({
      browsers: [browser({ screen, showsQrCode: true }), browser({ name: 'Hotel computer' })],
      sheets: [
        { name: 'Ten codes', kind: 'recovery-codes', userName: 'maria', lines: [] },
        { name: 'Envelope', kind: 'break-glass-codes', userName: null, lines: [] },
      ],
    });
    const { ids, done } = entries(at);
    expect(new Set(ids).size).toBe(ids.length);
    for (const action of done) expect(ActionSchema.parse(action)).toEqual(action);
  });

  it('signed out, everybody can sign in there', () => {
    expect(entries(world()).done.slice(0, 2)).toEqual([
      { do: 'sign-in', user: 'maria', browser: 'Office laptop' },
      { do: 'sign-in', user: 'jonas', browser: 'Office laptop' },
    ]);
  });

  it('offers codes of devices alone that can be looked at', () => {
    const at = world({
      browsers: [browser({ screen: 'code' })],
      devices: [
        device('Lost phone', { lostAtMs: NOW_MS }),
        device('Locked phone', { isLocked: true }),
        device('Empty phone', { accounts: 0 }),
        device('Tablet'),
      ],
    });
    const { done } = entries(at);
    expect(done.flatMap((action) => ('device' in action ? [action.device] : []))).toEqual([
      'Tablet',
      'Tablet',
      'Tablet',
    ]);
  });

  it('copies cookies to every other browser, and keeps a sheet only where one is shown', () => {
    const at = world({ browsers: [browser({ showsQrCode: true }), browser({ name: 'Hotel computer' })] });
    expect(entries(at).kept).toEqual(['sheet']);
    expect(entries(at, 'Hotel computer').kept).toEqual([]);
    expect(entries(at).done.at(-1)).toEqual({
      do: 'copy-cookies',
      from: 'Office laptop',
      to: 'Hotel computer',
    });
  });
});
