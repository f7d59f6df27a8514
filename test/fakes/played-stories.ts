// Stories for tests of reports: one that goes as expected, and one with hostile words in which things differ.
import { VirtualClock } from '../../src-main/clock/virtual-clock.ts';
import { defaultPolicy } from '../../src-main/console/policy.ts';
import { Play } from '../../src-main/rehearsal/play.ts';
import {
  type PlayedScenario,
  playedScenario,
  type RehearsalRun,
} from '../../src-main/rehearsal/report/rehearsal-run.ts';
import { northwind, scenario } from '../../src-main/rehearsal/scenarios/scenario.ts';
import { trustedBrowserAtHand } from '../../src-main/rehearsal/scenarios/trusted-browser-at-hand.ts';
import type { Scenario } from '../../src-shared/contract/index.ts';

/** What a file of somebody else may hold: markup of each kind, characters that XML forbids, and marks that turn text. */
export const HOSTILE =
  '<script>alert(1)</script> & "quoted" \'too\' ]]> <!-- --> <![CDATA[ | *bold* `code` [a](javascript:x) \u0007\u001b[31m \ufffe \u202e &amp; 😀';

/** Every kind of screen and device that a picture draws. */
export const hostileStory = scenario({
  name: 'hostile-words',
  title: 'Hostile “words” & \'quotes"',
  cases: ['G12'],
  story: `${HOSTILE}\n- not a list\n1. nor a numbered one`,
  cast: northwind({
    policy: { digits: 8 },
    people: [
      { name: 'admin', displayName: 'Ada Lindqvist', role: 'administrator', device: 'Ada’s phone' },
      { name: 'maria.keller_von_hohenstein@northwind', displayName: 'Maria Keller von Hohenstein Altenburg' },
    ],
    browsers: ['Office laptop', 'A computer whose name is very very long'],
    devices: [
      { name: 'Ada’s phone', aheadSeconds: 95 },
      { name: 'New phone' },
      { name: 'Phone in a drawer' },
      { name: 'Empty phone' },
    ],
  }),
  steps: [
    {
      do: 'sign-in',
      user: 'maria.keller_von_hohenstein@northwind',
      browser: 'A computer whose name is very very long',
      expect: {
        screens: { 'A computer whose name is very very long': 'code' },
        notices: { 'Office laptop': [HOSTILE.slice(0, 60)] },
        audit: [HOSTILE.slice(60, 118).toWellFormed()],
      },
    },
    { do: 'scan', device: 'New phone', browser: 'A computer whose name is very very long' },
    {
      do: 'confirm-set-up',
      device: 'New phone',
      browser: 'A computer whose name is very very long',
      expect: { screens: { 'A computer whose name is very very long': 'keep-secret' } },
    },
    { do: 'finish-set-up', browser: 'A computer whose name is very very long' },
    { do: 'wait-for-next-code' },
    { do: 'start-reset', device: 'New phone', browser: 'A computer whose name is very very long' },
    { do: 'lock-device', device: 'Phone in a drawer' },
    { do: 'lose-device', device: 'New phone' },
    { do: 'wait', days: 1 },
    {
      do: 'sign-in',
      user: 'admin',
      browser: 'Office laptop',
      expect: { screens: { 'Office laptop': 'code' } },
    },
    {
      do: 'enter-wrong-codes',
      browser: 'Office laptop',
      times: 1,
      expect: { refused: 'code-refused', reason: HOSTILE.slice(0, 60) },
    },
  ],
});

/** Plays a story, all of its steps or the first of them, and perhaps something by hand after each step. */
export async function playStory(
  story: Scenario,
  {
    steps = story.steps.length,
    byHand = async () => {},
  }: { steps?: number; byHand?: (play: Play) => Promise<unknown> } = {},
): Promise<PlayedScenario> {
  const play = await Play.begin({
    scenario: story,
    policy: {},
    realClock: new VirtualClock(0),
    version: 'test',
    onEvent: () => undefined,
    onFault: (method, error) => {
      throw new Error(`${method}: ${String(error)}`);
    },
  });
  try {
    for (let step = 0; step < steps; step += 1) {
      await play.step();
      await byHand(play);
    }
    return playedScenario(play, 1_234);
  } finally {
    await play.dispose();
  }
}

export const RAN_AT_MS = Date.UTC(2026, 10, 24, 9);

export const runOf = (...scenarios: readonly PlayedScenario[]): RehearsalRun => ({
  version: '1.2.3',
  policy: { ...defaultPolicy, lockMs: 600_000 },
  ranAtMs: RAN_AT_MS,
  scenarios,
});

export const rightStory = trustedBrowserAtHand;
