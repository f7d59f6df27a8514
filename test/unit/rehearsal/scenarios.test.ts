// Every scenario that comes with Twofold: readable as a file, and as expected from its first to its last step.
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src-main/clock/system-clock.ts';
import { Play } from '../../../src-main/rehearsal/play.ts';
import { readScenario, writeScenario } from '../../../src-main/rehearsal/read-scenario.ts';
import { scenarios } from '../../../src-main/rehearsal/scenarios.ts';

describe.each(
  scenarios.map((scenario) => [`${scenario.name} (${scenario.cases.join(', ')})`, scenario] as const),
)('%s', (_name, scenario) => {
  test('issue 5: can be written to a file and read back', () => {
    expect(readScenario(writeScenario(scenario))).toEqual(scenario);
  });

  test('issue 5: goes as expected, step by step', async () => {
    const faults: unknown[] = [];
    const play = await Play.begin({
      scenario,
      policy: {},
      realClock: systemClock,
      version: 'test',
      onEvent: () => undefined,
      onFault: (method, error) => faults.push([method, error]),
    });
    try {
      await play.finish();
      const differing = play.played.flatMap(({ step, sentence, checks }) =>
        checks.filter(({ isMet }) => !isMet).map((check) => ({ step, sentence, ...check })),
      );
      expect(differing).toEqual([]);
      expect(play.played).toHaveLength(scenario.steps.length);
      expect(faults).toEqual([]);
    } finally {
      await play.dispose();
    }
  });
});

test('issue 5: names and titles are unique', () => {
  for (const key of ['name', 'title'] as const) {
    expect(new Set(scenarios.map((scenario) => scenario[key])).size).toBe(scenarios.length);
  }
});
