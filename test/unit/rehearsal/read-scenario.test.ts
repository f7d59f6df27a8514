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
    ['an unknown action', changed({ steps: [{ do: 'dance' }] }), 'scenario', /step 1/],
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
    ['years of waiting', changed({ steps: [{ do: 'wait', days: 100_000 }] }), 'scenario', /step 1, days/],
  ])('%s', (_what, content, reason, says) => {
    const refused = refusal(content);
    expect(refused.reason).toBe(reason);
    expect(refused.message).toMatch(says);
    expect(refused.message).toMatch(/Nothing was opened/);
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
