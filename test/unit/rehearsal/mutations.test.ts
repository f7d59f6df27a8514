// Scenarios can fail: each one differs where a policy, something done by hand, or a step left out breaks what it plays.
import { describe, expect, test } from 'vitest';
import type { Action, PolicyValues } from '../../../src-shared/contract/index.ts';
import { scenarios } from '../../../src-main/rehearsal/scenarios.ts';
import { differences, playForTest } from './play-for-test.ts';

const scenarioNamed = (name: string) => {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`There is no scenario ${name}.`);
  return found;
};

const HOUR_MS = 3_600_000;

describe('issue 5: a scenario differs where a policy breaks what it plays', () => {
  test.each<[name: string, policy: PolicyValues, step: number]>([
    ['trusted-browser-at-hand', { trustedBrowsersPerUser: 0 }, 1],
    ['trusted-browser-at-hand', { trustMs: HOUR_MS }, 8],
    ['slow-typist', { windowSteps: 0 }, 4],
    ['shared-browser', { trustedBrowsersPerUser: 0 }, 2],
    ['stolen-trust', { trustedBrowsersPerUser: 0 }, 2],
    ['stolen-trust-late', { trustedBrowsersPerUser: 0 }, 1],
    ['trusted-browsers-ended', { trustedBrowsersPerUser: 1 }, 5],
    ['device-behind', { periodS: 60 }, 2],
    ['daylight-saving', { windowSteps: 0 }, 7],
    ['guessing', { challengeWrongCodes: 1 }, 6],
  ])('%s with %j, at step %i', async (name, policy, step) => {
    const { play } = await playForTest(scenarioNamed(name), policy);
    await play.finish();
    expect(differences(play)[0]?.[0]).toBe(step);
  });
});

describe('issue 5: stories fit any sound policy, where they are not about its value', () => {
  test.each<[policy: PolicyValues, but: readonly string[]]>([
    [{ windowSteps: 0, consecutiveCodeFailures: 10 }, ['slow-typist', 'daylight-saving']],
    [{ windowSteps: 2, codeFailures: 3, challengeMs: 60_000 }, []],
    [{ codeFailures: 12, challengeWrongCodes: 3, lockMs: 60_000, sessionIdleMs: 120_000 }, []],
    [{ lockMs: HOUR_MS, sessionIdleMs: 24 * HOUR_MS, sessionAbsoluteMs: 24 * HOUR_MS }, []],
    [{ digits: 8, algorithm: 'SHA-512', breakGlassDelayMs: HOUR_MS, trustMs: 168 * HOUR_MS }, []],
    [{ periodS: 60 }, ['device-behind']],
  ])('%j', async (policy, but) => {
    const differing: string[] = [];
    for (const scenario of scenarios) {
      const { play } = await playForTest(scenario, policy);
      await play.finish();
      if (differences(play).length > 0) differing.push(scenario.name);
    }
    expect(differing).toEqual(but);
  });
});

describe('issue 5: something done by hand before a step makes the rest differ', () => {
  test.each<[name: string, before: number, actions: readonly Action[], step: number]>([
    // The thief comes first.
    [
      'trusted-browser-at-hand',
      6,
      [
        { do: 'copy-cookies', from: 'Office laptop', to: 'Hotel computer' },
        { do: 'sign-in', user: 'maria', browser: 'Hotel computer' },
        { do: 'sign-out', browser: 'Hotel computer' },
      ],
      6,
    ],
    // The new phone cannot be used.
    ['saved-secret', 10, [{ do: 'lock-device', device: 'New phone' }], 10],
    // Ada’s phone is gone as well.
    ['nothing-saved', 7, [{ do: 'lose-device', device: 'Ada’s phone' }], 7],
    ['change-of-device', 9, [{ do: 'cancel-reset', browser: 'Office laptop' }], 9],
    ['administrator-resets', 11, [{ do: 'set-device-clock', device: 'Ada’s phone', aheadSeconds: 300 }], 11],
    // Another code than the one that was used.
    ['code-typed-twice', 5, [{ do: 'wait-for-next-code' }, { do: 'note-code', device: 'Maria’s phone' }], 5],
    // The lock is over before her code comes.
    ['guessing', 6, [{ do: 'wait-out', what: 'lock' }], 6],
    ['clock-set-back', 11, [{ do: 'set-verifier-clock', aheadSeconds: 0 }], 11],
    ['device-behind', 2, [{ do: 'set-device-clock', device: 'Old tablet', aheadSeconds: 0 }], 2],
    ['stolen-trust', 6, [{ do: 'copy-cookies', from: 'Thief’s computer', to: 'Office laptop' }], 6],
    ['break-glass-stopped', 11, [{ do: 'wait-out', what: 'break-glass' }], 11],
    ['daylight-saving', 7, [{ do: 'wait', minutes: 5 }], 7],
  ])('%s, before step %i', async (name, before, actions, step) => {
    const { play } = await playForTest(scenarioNamed(name));
    for (let played = 1; played < before; played += 1) await play.step();
    for (const action of actions) expect(await play.act(action)).toBeNull();
    await play.finish();
    expect(differences(play)[0]?.[0]).toBe(step);
  });
});

describe('issue 5: the deed of a story left out makes the rest differ', () => {
  test.each<[name: string, step: number]>([
    ['trusted-browser-at-hand', 2],
    ['saved-secret', 10],
    ['nothing-saved', 7],
    ['change-of-device', 9],
    ['administrator-resets', 11],
    ['trusted-browsers-ended', 9],
    ['service-account', 7],
    ['turned-off-and-on', 5],
    ['turned-on-while-signed-in', 3],
    ['code-typed-twice', 3],
    ['slow-typist', 8],
    ['device-behind', 3],
    ['guessing', 4],
    ['guessing-goes-on', 2],
    ['stolen-trust', 5],
    ['stolen-trust-late', 5],
    ['sheet-never-right', 13],
    ['last-administrator', 4],
    ['last-administrator-saved-secret', 15],
    ['break-glass-stopped', 11],
    ['phone-comes-back', 5],
    ['shared-browser', 10],
    ['daylight-saving', 2],
    ['autumn-night', 6],
    ['clock-set-back', 5],
  ])('%s without step %i', async (name, left) => {
    const scenario = scenarioNamed(name);
    const steps = scenario.steps.filter((_step, index) => index !== left - 1);
    const { play } = await playForTest({ ...scenario, steps });
    await play.finish();
    expect(differences(play)).not.toEqual([]);
  });

  test('every scenario with a story is in that list', () => {
    expect(scenarios.filter(({ steps }) => steps.length > 0)).toHaveLength(25);
  });
});
