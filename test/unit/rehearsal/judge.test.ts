// What is expected against what is seen: every kind of expectation is met where it holds, and differs where it does not.
import { describe, expect, test } from 'vitest';
import type { Expectation, ScenarioStep } from '../../../src-shared/contract/index.ts';
import { expectationWords } from '../../../src-main/rehearsal/judge.ts';
import { namesOf } from '../../../src-main/rehearsal/names-of.ts';
import { northwind, scenario } from '../../../src-main/rehearsal/scenarios/scenario.ts';
import { playForTest } from './play-for-test.ts';

const cast = northwind({
  people: [
    { name: 'Maria.Keller', displayName: 'Maria Keller', device: 'Phone' },
    { name: 'jonas', displayName: 'Jonas Frei' },
  ],
  browsers: ['Laptop', 'Tablet'],
  devices: [{ name: 'Phone' }],
});

const story = (steps: ScenarioStep[]) =>
  scenario({ name: 'judged', title: 'Judged', cases: [], story: 'A story for a test.', cast, steps });

const signIn = (browser: string, expect?: Expectation): ScenarioStep => ({
  do: 'sign-in',
  user: 'Maria.Keller',
  browser,
  expect,
});

/** Signed in and trusted; then the step with that expectation. Answers the checks that were not met. */
async function unmet(step: ScenarioStep): Promise<[expected: string, seen: string][]> {
  const { play } = await playForTest(
    story([
      signIn('Laptop'),
      { do: 'enter-code', browser: 'Laptop', device: 'Phone', trust: true },
      { do: 'wait-for-next-code' },
      step,
    ]),
  );
  await play.finish();
  return (play.played.at(-1)?.checks ?? [])
    .filter(({ isMet }) => !isMet)
    .map(({ expected, seen }) => [expected, seen]);
}

const reload = (expectation: Expectation): ScenarioStep => ({
  do: 'reload',
  browser: 'Laptop',
  expect: expectation,
});

describe('issue 5: what holds is met, what does not is told with what is seen', () => {
  test.each<[holds: Expectation, not: Expectation, expected: string, seen: string]>([
    [
      { screens: { Laptop: 'signed-in', Tablet: 'signed-out' } },
      { screens: { Tablet: 'code' } },
      'Tablet asks for a code',
      'Tablet shows the sign-in',
    ],
    [
      { offersTrust: { Laptop: false } },
      { offersTrust: { Laptop: true } },
      'Laptop offers to be trusted',
      'Laptop does not offer to be trusted',
    ],
    [
      { trusted: { Laptop: ['Maria.Keller'], Tablet: [] } },
      { trusted: { Laptop: ['jonas', 'Maria.Keller'] } },
      'Laptop is trusted for Jonas Frei, Maria Keller',
      'Laptop is trusted for Maria Keller',
    ],
    [
      { factors: { 'Maria.Keller': 'set-up', jonas: 'not-set-up' } },
      { factors: { jonas: 'service-account' } },
      'Jonas Frei is a service account',
      'Jonas Frei has not set up 2FA',
    ],
    [
      { sessions: { 'Maria.Keller': 1, jonas: 0 } },
      { sessions: { 'Maria.Keller': 2 } },
      'Maria Keller has 2 live sessions',
      'Maria Keller has 1 live session',
    ],
    [
      { locked: { 'Maria.Keller': false } },
      { locked: { 'Maria.Keller': true } },
      'Maria Keller is locked for a while',
      'Maria Keller is not locked',
    ],
    [
      { notices: { Laptop: ['last-sign-in'] } },
      { notices: { Laptop: ['factor-reset'] } },
      'Laptop tells of: factor reset',
      'Laptop tells of: last sign in',
    ],
    [
      { accounts: { Phone: 1 } },
      { accounts: { Phone: 2 } },
      'Phone holds 2 accounts',
      'Phone holds 1 account',
    ],
    [{ audit: [] }, { audit: ['signed-in'] }, 'the audit says: signed in', 'the audit says nothing new'],
    [{}, { refused: 'code-refused', reason: 'wrong' }, 'it is refused: that code is not right', 'it is done'],
  ])('%j, and not %j', async (holds, not, expected, seen) => {
    expect(await unmet(reload(holds))).toEqual([]);
    expect(await unmet(reload(not))).toEqual([[expected, seen]]);
  });

  test('the audit: in this order, others may stand between', async () => {
    const expecting = (audit: string[]) => unmet(signIn('Laptop', { audit }));
    expect(await expecting(['signed-out', 'password-accepted', 'signed-in'])).toEqual([]);
    expect(await expecting(['signed-in', 'password-accepted'])).toEqual([
      [
        'the audit says: signed in, password accepted',
        'the audit says: signed out, password accepted, trusted browser used, signed in',
      ],
    ]);
  });

  test('a session that ends by its time stands in the audit of the step in which it ended', async () => {
    expect(await unmet({ do: 'wait-out', what: 'idle', expect: { audit: ['session-expired'] } })).toEqual([]);
  });
});

describe('issue 5: refusals', () => {
  const secondCode = (expectation?: Expectation) => unmet({ ...codeAtTablet, expect: expectation });
  const codeAtTablet: ScenarioStep = { do: 'enter-code', browser: 'Tablet', device: 'Phone' };

  test('where none was expected: the sentence, and what an expectation would call it', async () => {
    expect(await secondCode()).toEqual([
      [
        'it is done',
        'it is refused: This sign-in is over. Sign in again with your user name and password (step-expired)',
      ],
    ]);
  });

  test('another code, reason or clock than the expected one differs', async () => {
    expect(await secondCode({ refused: 'step-expired' })).toEqual([]);
    for (const expectation of [
      { refused: 'code-refused' },
      { refused: 'step-expired', reason: 'wrong' },
      { refused: 'step-expired', clockAheadSeconds: -90 },
    ] as const) {
      expect(await secondCode(expectation)).toHaveLength(1);
    }
  });

  test('what cannot be done in this world', async () => {
    const { play } = await playForTest(
      story([
        { do: 'lose-device', device: 'Phone' },
        signIn('Laptop'),
        { do: 'enter-code', browser: 'Laptop', device: 'Phone', expect: { refused: 'not-possible' } },
        { do: 'lose-device', device: 'Phone' },
      ]),
    );
    await play.finish();
    expect(play.played[2]?.checks).toEqual([
      {
        isMet: true,
        expected: 'it is not possible',
        seen: 'it is not possible: Phone is lost, so there is no code to read',
      },
    ]);
    expect(play.played[3]?.checks).toMatchObject([
      { isMet: false, seen: 'it is not possible: Phone is lost already (not-possible)' },
    ]);
    expect(play.lines.at(-1)?.text).toBe('Phone is lost: not possible. Phone is lost already.');
  });
});

describe('issue 5: names', () => {
  test('an unknown browser, person or device is not seen, and the story goes on', async () => {
    const { play } = await playForTest(
      story([
        reload({
          screens: { Nowhere: 'code' },
          trusted: { Nowhere: [] },
          factors: { nobody: 'set-up' },
          accounts: { Nothing: 0 },
        }),
        signIn('Nowhere'),
        signIn('Laptop', { screens: { Laptop: 'code' } }),
      ]),
    );
    await play.finish();
    expect(play.played[0]?.checks.map(({ isMet, seen }) => [isMet, seen])).toEqual([
      [true, 'it is done'],
      [false, 'There is no browser “Nowhere” here'],
      [false, 'There is no browser “Nowhere” here'],
      [false, 'Nobody here is called “nobody”'],
      [false, 'There is no device “Nothing” here'],
    ]);
    expect(play.played[1]?.checks[0]?.isMet).toBe(false);
    expect(play.played[2]?.checks.every(({ isMet }) => isMet)).toBe(true);
  });

  test('people are called by their display names; two of the same are told apart; strangers by what they type', () => {
    const nameOf = namesOf({
      ...cast,
      people: [
        { name: 'maria', displayName: 'Maria Keller' },
        { name: 'maria2', displayName: 'Maria Keller' },
        { name: 'jonas', displayName: 'Jonas Frei' },
      ],
    });
    expect(['maria', 'MARIA2', ' Jonas', 'eve'].map(nameOf)).toEqual([
      'Maria Keller (maria)',
      'Maria Keller (maria2)',
      'Jonas Frei',
      'eve',
    ]);
  });

  test('each way to be refused reads as a sentence', () => {
    const words = (expectation: Expectation) => expectationWords(expectation, namesOf(cast))[0];
    expect(words({})).toBe('it is done');
    expect(words({ refused: 'code-refused' })).toBe('it is refused: the code is not accepted');
    expect(words({ refused: 'code-refused', reason: 'replayed' })).toBe(
      'it is refused: that code was used already',
    );
    expect(words({ refused: 'code-refused', reason: 'device-clock', clockAheadSeconds: -90 })).toBe(
      'it is refused: the device’s clock is 90 s behind',
    );
    expect(words({ refused: 'code-refused', clockAheadSeconds: 30 })).toBe(
      'it is refused: the device’s clock is 30 s ahead',
    );
    expect(words({ refused: 'locked-out' })).toBe('it is refused: there were too many wrong codes');
    expect(words({ refused: 'storage-failed' })).toBe('it is refused: storage-failed');
  });
});
