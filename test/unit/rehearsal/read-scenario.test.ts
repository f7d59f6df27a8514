// Bad input of the rehearsal: files that are no scenarios, names that are not there, times that no clock shows.
import { describe, expect, test } from 'vitest';
import { TwofoldError } from '../../../src-shared/contract/index.ts';
import { readScenario, writeScenario } from '../../../src-main/rehearsal/read-scenario.ts';
import { scenarios } from '../../../src-main/rehearsal/scenarios.ts';
import { zonedTime } from '../../../src-main/rehearsal/zoned-time.ts';
import { playForTest } from './play-for-test.ts';

const [, base] = scenarios;
if (base === undefined) throw new Error('There is no scenario to spoil.');
const freePlay = scenarios.find(({ name }) => name === 'free-play') ?? base;

/** The refusal, as whoever imports the file reads it. */
function refusal(content: string): { reason: unknown; message: string } {
  try {
    readScenario(content);
  } catch (error) {
    if (error instanceof TwofoldError && error.code === 'invalid-input') {
      return { reason: error.details?.['reason'], message: error.message };
    }
    throw error;
  }
  throw new Error('It was not refused.');
}

const changed = (change: object): string => JSON.stringify({ ...base, ...change });
const withCast = (change: object): string => changed({ cast: { ...base.cast, ...change } });
const wait = { do: 'wait', seconds: 1 };

describe('issue 5: a scenario file that cannot be used is refused with its place and rule', () => {
  test.each<[what: string, content: string, reason: string, says: RegExp]>([
    ['no JSON', 'steps:', 'no-json', /not JSON/],
    ['deep nesting', '['.repeat(100_000), 'no-json', /not JSON/],
    ['another format', '{"format":"other"}', 'format', /twofold-scenario-1/],
    ['a list', '[]', 'format', /twofold-scenario-1/],
    ['an unknown field', changed({ colour: 'red' }), 'scenario', /colour/],
    [
      'an unknown field of a step',
      changed({ steps: [{ ...wait, loud: true }] }),
      'scenario',
      /step 1: .*loud/,
    ],
    ['a reference to itself', changed({ steps: [{ $ref: '#/steps' }] }), 'scenario', /step 1/],
    [
      'an unknown action',
      changed({ steps: [{ do: 'dance' }] }),
      'scenario',
      /step 1, do: there is no action “dance”\./,
    ],
    [
      'HTML in a title',
      changed({ title: '<b>Lost</b>' }),
      'scenario',
      /title: must be one line.*without < and >/,
    ],
    ['HTML in a name', withCast({ browsers: ['<script>'] }), 'scenario', /cast, browsers, 0: must be/],
    ['two of one name', withCast({ browsers: ['Desk', 'Desk'] }), 'names', /two of the same name: “Desk”/],
    [
      'an unknown browser',
      changed({ steps: [{ do: 'reload', browser: 'Tablet' }] }),
      'names',
      /Step 1: there is no browser “Tablet” by then/,
    ],
    [
      'an unknown person in an expectation',
      changed({ steps: [{ ...wait, expect: { factors: { nobody: 'set-up' } } }] }),
      'names',
      /Step 1, expect: there is no person “nobody”/,
    ],
    [
      'a browser that is there already',
      changed({ steps: [{ do: 'open-browser', browser: 'Office laptop' }] }),
      'names',
      /Step 1: there is a “Office laptop” already/,
    ],
    [
      'a month that there is not',
      withCast({ startsAt: '2026-13-01T00:00:00' }),
      'time',
      /no time 2026-13-01/,
    ],
    [
      'a zone that there is not',
      withCast({ zone: 'Europe/Atlantis' }),
      'time',
      /no time zone “Europe\/Atlantis”/,
    ],
    [
      'a time that the night in spring leaves out',
      withCast({ startsAt: '2026-03-29T02:30:00', zone: 'Europe/Berlin' }),
      'time',
      /set forward/,
    ],
    [
      'years of waiting',
      changed({ steps: [{ do: 'wait', days: 100_000 }] }),
      'scenario',
      /step 1, days: must be at most 400\./,
    ],
    [
      'nothing but the format',
      '{"format":"twofold-scenario-1"}',
      'scenario',
      /name: is missing\. title: is missing/,
    ],
    ['an action without a name', changed({ steps: [{}] }), 'scenario', /step 1, do: is missing\./],
    ['a step that is a number', changed({ steps: [7] }), 'scenario', /step 1: must be an object in \{ \}\./],
    [
      'a field left out',
      changed({ steps: [{ do: 'sign-in', user: 'maria' }] }),
      'scenario',
      /step 1, browser: is missing\./,
    ],
    [
      'text for a number',
      changed({ steps: [{ do: 'wait', minutes: 'ten' }] }),
      'scenario',
      /step 1, minutes: must be a number\./,
    ],
    [
      'half a minute',
      changed({ steps: [{ do: 'wait', minutes: 0.5 }] }),
      'scenario',
      /step 1, minutes: must be a whole number\./,
    ],
    [
      'a screen that there is not',
      changed({ steps: [{ ...wait, expect: { screens: { 'Office laptop': 'blue' } } }] }),
      'scenario',
      /step 1, expect, screens, Office laptop: must be one of “no-organization”, “signed-out”/,
    ],
    [
      'a refusal that there is not',
      changed({ steps: [{ ...wait, expect: { refused: 'no' } }] }),
      'scenario',
      /step 1, expect, refused: is none of what may stand there\./,
    ],
    [
      'HTML where a name stands as a field',
      changed({ steps: [{ ...wait, expect: { screens: { '<img src=x>': 'code' } } }] }),
      'scenario',
      /is no name that can be there/,
    ],
    ['nobody', withCast({ people: [] }), 'scenario', /cast, people: must have at least 1 entries/],
    [
      'two people whose names differ in case alone',
      withCast({ people: [base.cast.people[0], { name: 'MARIA', displayName: 'Maria' }] }),
      'names',
      /two of the same name: “maria”/,
    ],
    [
      'a sheet before it was kept',
      changed({ steps: [{ do: 'type-secret', device: 'Old phone', sheet: 'Paper' }] }),
      'names',
      /Step 1: there is no sheet “Paper” by then/,
    ],
    [
      'a policy with a value that there is not',
      withCast({ policy: { windowStep: 1 } }),
      'scenario',
      /cast, policy: has what no scenario has there: “windowStep”/,
    ],
    [
      'set up before the story, with 2FA off',
      withCast({ twoFactor: 'off' }),
      'cast',
      /maria cannot have set up “Old phone” before the story/,
    ],
  ])('%s', (_what, content, reason, says) => {
    const refused = refusal(content);
    expect(refused.reason).toBe(reason);
    expect(refused.message).toMatch(says);
    expect(refused.message).toMatch(/Nothing was opened/);
  });

  test('a policy that does not go together, and a year without clocks, are refused before they are opened', () => {
    const policy = { sessionIdleMs: 86_400_000, sessionAbsoluteMs: 300_000 };
    const crossed = refusal(withCast({ policy }));
    expect(crossed.reason).toBe('policy');
    expect(crossed.message).toMatch(/^A session cannot end unused later than it ends in any case\./u);
    for (const startsAt of ['9999-12-31T23:59:59', '1900-01-01T00:00:00']) {
      const outside = refusal(withCast({ startsAt }));
      expect(outside.reason).toBe('time');
      expect(outside.message).toMatch(/^The clocks of a rehearsal go from 1970 to 2199\./u);
    }
  });

  test('no sentence speaks of schemas', () => {
    const spoiled = [
      {},
      7,
      null,
      { do: 7 },
      { do: 'wait', minutes: -1 },
      { do: 'wait', seconds: 1, loud: 1 },
    ];
    for (const step of spoiled) {
      expect(refusal(changed({ steps: [step] })).message).not.toMatch(
        /undefined|received|invalid|expected|unrecognized|discriminator/iu,
      );
    }
  });

  test('a million steps', () => {
    const steps = Array.from({ length: 30_000 }, () => wait);
    expect(refusal(changed({ steps })).message).toMatch(/steps/);
    const million = `{"format":"twofold-scenario-1","steps":[${'{"do":"wait","seconds":1},'.repeat(1_000_000)}`;
    expect(refusal(million).reason).toBe('too-large');
  });

  test('what is written can be read, also by hand', () => {
    expect(readScenario(writeScenario(base))).toEqual(base);
  });
});

describe('issue 5: clocks show times of people alone', () => {
  test.each([
    ['the year 9999', '9999-01-01T00:00:00'],
    ['before 1970', '1969-12-31T23:00:00'],
  ])('a story in %s is refused', async (_what, startsAt) => {
    const scenario = { ...freePlay, cast: { ...freePlay.cast, startsAt } };
    await expect(playForTest(scenario)).rejects.toThrow(/from 1970 to 2199/);
  });

  test('jumps stop before the year 2200, and nothing has changed', async () => {
    const scenario = { ...freePlay, cast: { ...freePlay.cast, startsAt: '2199-06-01T09:00:00' } };
    const { play } = await playForTest(scenario);
    const before = play.world.verifier.nowMs();
    const refused = await play.act({ do: 'wait', days: 400 });
    expect(refused).toMatchObject({ code: 'invalid-input', reason: 'time' });
    expect(play.world.verifier.nowMs()).toBe(before);
    expect(await play.act({ do: 'set-verifier-clock', aheadSeconds: 400 * 86_400 })).toMatchObject({
      reason: 'time',
    });
  });

  test('of a time that an autumn night has twice, the first', () => {
    expect(zonedTime('2026-10-25T02:30:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(zonedTime('2026-03-03T09:00:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 3, 8));
    expect(zonedTime('2026-03-03T09:00:00', 'UTC')).toBe(Date.UTC(2026, 2, 3, 9));
  });
});
