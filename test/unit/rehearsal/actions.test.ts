// What the actions of a rehearsal do where a person would do more than one thing.
import { expect, test } from 'vitest';
import type { PolicyValues, ScenarioStep } from '../../../src-shared/contract/index.ts';
import type { Play } from '../../../src-main/rehearsal/play.ts';
import { northwind, scenario } from '../../../src-main/rehearsal/scenarios/scenario.ts';
import { differences, playForTest } from './play-for-test.ts';

const play = async (steps: ScenarioStep[], policy: PolicyValues = {}, aheadSeconds = 0) => {
  const story = scenario({
    name: 'acted',
    title: 'Acted',
    cases: [],
    story: 'A story for a test.',
    cast: northwind({
      people: [{ name: 'maria', displayName: 'Maria Keller', device: 'Phone' }],
      browsers: ['Laptop'],
      devices: [{ name: 'Phone', aheadSeconds }],
    }),
    steps,
  });
  const { play: played } = await playForTest(story, policy);
  await played.finish();
  return played;
};

/** As the transcript tells: many of the same at once in one line. */
const refusedCodes = ({ lines }: Play, step: number): number =>
  lines
    .filter((line) => line.step === step && line.text.startsWith('enters a code: refused'))
    .map(({ text }) => Number(/ \((\d+) times\)$/u.exec(text)?.[1] ?? 1))
    .reduce((sum, count) => sum + count, 0);

const signIn: ScenarioStep = { do: 'sign-in', user: 'maria', browser: 'Laptop' };
const resynchronize: ScenarioStep = { do: 'resynchronize', browser: 'Laptop', device: 'Phone' };

test.each([-95, -90, -37, 44, 90, 290])(
  'S16: two codes in a row of a clock that is %i s off say where it is, so that the next code is right without any window',
  async (aheadSeconds) => {
    const played = await play(
      [
        signIn,
        { ...resynchronize, expect: { audit: ['device-resynchronized'] } },
        { do: 'wait', minutes: 10 },
        signIn,
        {
          do: 'enter-code',
          browser: 'Laptop',
          device: 'Phone',
          expect: { screens: { Laptop: 'signed-in' } },
        },
      ],
      // Where the steps of both clocks do not begin together, one step beside is another half of the time.
      { windowSteps: aheadSeconds % 30 === 0 ? 0 : 1 },
      aheadSeconds,
    );
    expect(differences(played)).toEqual([]);
  },
);

test.each<[PolicyValues, number]>([
  [{ codeFailures: 5, challengeWrongCodes: 5 }, 5],
  [{ codeFailures: 3, challengeWrongCodes: 20 }, 3],
  [{ codeFailures: 20, challengeWrongCodes: 1 }, 20],
])('S5: wrong codes until the lock are as many as the policy allows: %j', async (policy, tries) => {
  const played = await play(
    [
      signIn,
      {
        do: 'enter-wrong-codes',
        browser: 'Laptop',
        times: 'all-but-one',
        expect: { refused: 'code-refused' },
      },
      { do: 'wait', days: 1 },
      signIn,
      {
        do: 'enter-wrong-codes',
        browser: 'Laptop',
        times: 'until-locked',
        expect: { refused: 'locked-out' },
      },
    ],
    policy,
  );
  expect(differences(played)).toEqual([]);
  expect([refusedCodes(played, 1), refusedCodes(played, 4)]).toEqual([tries - 1, tries]);
});

test('S5: wrong codes until the factor is stopped wait out each lock', async () => {
  const played = await play([
    signIn,
    {
      do: 'enter-wrong-codes',
      browser: 'Laptop',
      times: 'until-stopped',
      expect: { refused: 'locked-out', reason: 'factor-stopped', factors: { maria: 'blocked' } },
    },
  ]);
  expect(differences(played)).toEqual([]);
  const texts = played.lines.filter(({ step }) => step === 1).map(({ text }) => text);
  expect(refusedCodes(played, 1)).toBe(100);
  expect(texts.length).toBeLessThan(100);
  expect(texts.filter((text) => text.endsWith('so that the lock is over'))).toHaveLength(19);
});

test('G5: a kept secret is tried with another device', async () => {
  const prove = (device: string, expected: ScenarioStep['expect']): ScenarioStep => ({
    do: 'prove-backup',
    browser: 'Laptop',
    device,
    expect: expected,
  });
  const played = await play([
    signIn,
    { do: 'enter-code', browser: 'Laptop', device: 'Phone' },
    { do: 'wait-for-next-code' },
    { do: 'start-reset', browser: 'Laptop', device: 'Phone' },
    { do: 'get-device', device: 'New phone' },
    { do: 'scan', device: 'New phone', browser: 'Laptop' },
    { do: 'confirm-reset', browser: 'Laptop', device: 'New phone' },
    { do: 'keep-sheet', browser: 'Laptop', sheet: 'Right' },
    { do: 'keep-sheet', browser: 'Laptop', sheet: 'Mistyped', mistyped: true },
    { do: 'get-device', device: 'Tablet' },
    { do: 'type-secret', device: 'Tablet', sheet: 'Mistyped' },
    { do: 'wait-for-next-code' },
    prove('Tablet', { refused: 'code-refused', reason: 'wrong' }),
    { do: 'get-device', device: 'Watch' },
    { do: 'type-secret', device: 'Watch', sheet: 'Right' },
    prove('Watch', { audit: ['code-accepted', 'backup-proven'] }),
  ]);
  expect(differences(played)).toEqual([]);
  expect(played.lines.at(-1)?.text).toBe('tries the kept secret: it works');
});
